"""The copy of a round-up that is approved, sent and kept."""

import hashlib
from datetime import datetime

from newsletter import content, drift, reach, rendering
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


def appeals(issue: Issue) -> list[int]:
    """The appeals in the frozen copy."""
    blocks = issue.content["blocks"] if issue.content else []
    return [block["appeal"] for block in blocks if "appeal" in block]


def withdrawn(issue: Issue, at: datetime) -> list[str]:
    """The headlines in the frozen copy whose pieces readers can no longer open; 2 queries."""
    if not issue.content:
        return []
    gone = [piece["headline"] for piece in drift.withdrawn(issue.content, at)]
    blocks = [block for block in issue.content["blocks"] if block["kind"] == "corrections"]
    corrected = {item["url"]: item["headline"] for block in blocks for item in block["items"]}
    return gone + [corrected[url] for url in reach.dead(corrected, at)]
