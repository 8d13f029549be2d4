"""What a round-up is made of, as the builder lists it."""

from dataclasses import dataclass
from datetime import datetime

from articles.models import Article
from newsletter.drift import SEEN, Difference, differences
from newsletter.forms.remembering import RememberingForm
from newsletter.models import Item

LEAD = "Lead"


@dataclass(frozen=True)
class Row:
    """A piece or a block, with the form that changes it."""

    item: Item
    form: RememberingForm
    at: datetime
    counts_from: datetime | None

    @property
    def piece(self) -> Article | None:
        return self.item.article

    @property
    def headline(self) -> str:
        return self.item.headline or (self.piece.headline if self.piece else "")

    @property
    def blurb(self) -> str:
        return self.item.blurb or (self.piece.deck if self.piece else "")

    @property
    def names(self) -> list[str]:
        found: list[str] = self.item.byline_names  # type: ignore[attr-defined]
        return found

    @property
    def is_gone(self) -> bool:
        """Whether readers can no longer open it."""
        return self.piece is not None and not self.piece.is_public(self.at)

    @property
    def may_go(self) -> bool:
        """Whether nobody would miss it; what readers have not had yet is skipped instead."""
        if self.piece is None or self.piece.published_at is None:
            return True
        appeared, issue = self.piece.published_at, self.item.issue
        is_covered = (self.counts_from or appeared) <= appeared < issue.until
        return bool(self.is_gone or self.item.repeat_reason or not is_covered)

    @property
    def changes(self) -> list[Difference]:
        """What the piece has said otherwise since somebody looked at it here."""
        if self.piece is None or not self.item.seen:
            return []
        now = {name: getattr(self.piece, name) for name in SEEN}
        return differences(self.item.seen, now, SEEN)


@dataclass(frozen=True)
class Group:
    """Pieces under one label, or a single block, with `label` None."""

    label: str | None
    rows: list[Row]

    @property
    def name(self) -> str:
        return self.label or LEAD
