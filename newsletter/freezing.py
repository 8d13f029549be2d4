"""The copy of a round-up that is approved, sent and kept."""

import hashlib
from datetime import datetime

from newsletter import content, drift, rendering
from newsletter.models import Issue

NO_COPY = {"content": None, "html": "", "plain": "", "digest": ""}


def freeze(issue: Issue) -> None:
    """Fill in the copy from what the round-up and its pieces say now; not saved."""
    issue.content = content.compose(issue)
    issue.html = rendering.html(issue.content)
    issue.plain = rendering.text(issue.content)
    issue.digest = digest(issue)


def digest(issue: Issue) -> str:
    """Of all that readers get but their personal parts."""
    parts = [issue.subject, issue.preheader, issue.html, issue.plain]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def withdrawn(issue: Issue, at: datetime) -> list[str]:
    """The headlines in the frozen copy whose pieces readers can no longer open; 1 query."""
    gone = drift.withdrawn(issue.content, at) if issue.content else []
    return [piece["headline"] for piece in gone]
