"""The copy of a round-up that is approved, sent and kept."""

import hashlib
from datetime import datetime

from articles.models import Article
from newsletter import content, rendering
from newsletter.models import Issue

COPY = ["content", "html", "plain", "digest"]


def freeze(issue: Issue) -> None:
    """Fill in the copy from what the round-up and its pieces say now; not saved."""
    issue.content = content.compose(issue)
    issue.html = rendering.html(issue.content)
    issue.plain = rendering.text(issue.content)
    issue.digest = digest(issue)


def thaw(issue: Issue) -> None:
    issue.content, issue.html, issue.plain, issue.digest = None, "", "", ""


def digest(issue: Issue) -> str:
    """Of all that readers get but their personal parts."""
    parts = [issue.subject, issue.preheader, issue.html, issue.plain]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def withdrawn(issue: Issue, at: datetime) -> list[str]:
    """The headlines in the frozen copy whose pieces readers can no longer open; 1 query."""
    pieces = {piece["article"]: piece["headline"] for piece in frozen_pieces(issue)}
    public = Article.objects.public(at).filter(pk__in=pieces).values_list("pk", flat=True)
    return [pieces[pk] for pk in pieces.keys() - set(public)]


def frozen_pieces(issue: Issue) -> list[dict]:
    blocks = (issue.content or {}).get("blocks", [])
    leads = [block["item"] for block in blocks if block["kind"] == "lead"]
    return leads + [
        piece for block in blocks for piece in block.get("items", []) if "article" in piece
    ]
