"""What a page says of itself, and what a reader's browser knows of its reader."""

from dataclasses import dataclass

from django.db import models

from donations.models import Slot


class Kind(models.TextChoices):
    """Kinds of pages that may carry an appeal."""

    ARTICLE = "article", "Pieces"
    FRONT = "front", "Front page"
    SECTION = "section", "Pages of sections"
    TOPIC = "topic", "Pages of topics"
    SERIES = "series", "Pages of series"
    CONTRIBUTOR = "contributor", "Pages of contributors"
    LATEST = "latest", "Latest"
    ARCHIVE = "archive", "Archive"
    LETTER = "letter", "The round-up"


BANNERS = frozenset({Slot.TOP, Slot.FOOT})
LISTS = BANNERS | {Slot.LIST}
SLOTS: dict[str, frozenset[Slot]] = {
    Kind.ARTICLE: BANNERS | {Slot.BODY},
    Kind.FRONT: BANNERS,
    Kind.SECTION: LISTS,
    Kind.TOPIC: LISTS,
    Kind.SERIES: LISTS,
    Kind.CONTRIBUTOR: LISTS,
    Kind.LATEST: LISTS,
    Kind.ARCHIVE: LISTS,
    Kind.LETTER: frozenset({Slot.LETTER}),
}


@dataclass(frozen=True)
class Page:
    """Slugs of what it is about; the same for whoever reads it."""

    kind: str
    article: int = 0
    section: str = ""
    format: str = ""
    series: str = ""
    tags: tuple[str, ...] = ()
    is_without: bool = False  # “no appeals on this piece”


@dataclass(frozen=True)
class Reader:
    """All that is known of a reader, kept in the browser alone. Times are milliseconds since 1970.

    seed: 32 bits that sort readers into buckets. views: pages read, this one included.
    asks: when an appeal was shown, oldest first. until, why: asked not to be asked before.
    """

    seed: int
    views: int
    asks: tuple[int, ...] = ()
    until: int = 0
    why: str = ""
    is_phone: bool = False
    has_storage: bool = True
