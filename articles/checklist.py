"""What a piece still needs before readers get it: a registry of checks in three levels.

A check gets the piece as plain data and returns a sentence for editors, or None if all is well.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from articles import snapshots
from articles.inside import dead_links
from articles.models import Article, Photo
from articles.models.article import WORDS_A_MINUTE
from articles.readability import in_words, n_words, reading_ease
from articles.snapshots import Content

LONG_HEADLINE = 90  # characters; longer ones are cut in search results and on phones
WIDE_PHOTO = 1200  # pixels; what search engines and social networks ask for large cards
SUB_HEADS = re.compile(r"<h([23])>")


class Level(StrEnum):
    """Blocking checks hold a piece back; the others are for people to weigh."""

    BLOCKING = "blocking"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True)
class Piece:
    """What checks look at: the text, and the record of its lead photo."""

    said: Content
    photo: Photo | None

    def text(self, name: str) -> str:
        return str(self.said.get(name) or "").strip()

    def items(self, name: str) -> list[Any]:
        return self.said.get(name) or []


@dataclass(frozen=True)
class Finding:
    level: Level
    field: str  # of the writing screen
    text: str


Rule = Callable[[Piece], str | None]
CHECKS: list[tuple[Level, str, Rule]] = []


def check(level: Level, field: str) -> Callable[[Rule], Rule]:
    """Registers a rule about `field`; findings come level by level, in the order of the rules."""

    def register(rule: Rule) -> Rule:
        CHECKS.append((level, field, rule))
        return rule

    return register


def findings(piece: Piece, *levels: Level) -> list[Finding]:
    """In the order of their levels; at most 6 queries, and those for links inside the site."""
    return [
        Finding(level, field, text)
        for wanted in levels or Level
        for level, field, rule in CHECKS
        if level == wanted and (text := rule(piece))
    ]


def of_article(article: Article, *levels: Level) -> list[Finding]:
    """What is to be said of `article` as it is stored."""
    fresh = Article.objects.get(pk=article.pk)
    return findings(Piece(snapshots.stored([fresh])[fresh.pk], fresh.photo), *levels)


def blocking(article: Article) -> list[str]:
    """What holds `article` back, in sentences; [] when it is ready."""
    return [one.text for one in of_article(article, Level.BLOCKING)]


def blocking_of_row(article: Any) -> list[str]:
    """What holds a piece of a list back; no query for rows of `for_list` with `has_body`."""
    said: Content = {
        "headline": article.headline,
        "deck": article.deck,
        "body": "some" if article.has_body else "",
        "section": article.section_id,
        "tags": [article.kicker_id],
        "kicker": article.kicker_id,
        "bylines": [{"name": name} for name in article.byline_names],
    }
    return [one.text for one in findings(Piece(said, article.photo), Level.BLOCKING)]


# What no piece appears without


@check(Level.BLOCKING, "headline")
def headline(piece: Piece) -> str | None:
    return None if piece.text("headline") else "Add a headline."


@check(Level.BLOCKING, "deck")
def deck(piece: Piece) -> str | None:
    return None if piece.text("deck") else "Add a deck."


@check(Level.BLOCKING, "body")
def body(piece: Piece) -> str | None:
    return None if piece.text("body") else "Add a body."


@check(Level.BLOCKING, "section")
def section(piece: Piece) -> str | None:
    return None if piece.said.get("section") else "Choose a section."


@check(Level.BLOCKING, "bylines")
def byline(piece: Piece) -> str | None:
    authors = [one for one in piece.items("bylines") if not one.get("role")]
    return None if authors else "Add a byline."


@check(Level.BLOCKING, "kicker_name")
def kicker(piece: Piece) -> str | None:
    if piece.said.get("kicker"):
        return None
    return "Choose a kicker." if piece.items("tags") else "Add a tag, and choose it as the kicker."


@check(Level.BLOCKING, "photo")
def lead_photo(piece: Piece) -> str | None:
    return None if piece.photo else "Choose a lead photo."


@check(Level.BLOCKING, "photo")
def photo_is_described(piece: Piece) -> str | None:
    photo = piece.photo
    is_bare = photo is not None and not photo.alt and not photo.is_decorative
    return "Describe the lead photo." if is_bare else None


@check(Level.BLOCKING, "photo")
def photo_is_credited(piece: Piece) -> str | None:
    photo = piece.photo
    is_bare = photo is not None and not (photo.photographer or photo.agency)
    return "Add the credit of the lead photo." if is_bare else None


# What somebody should look at


@check(Level.WARNING, "headline")
def long_headline(piece: Piece) -> str | None:
    n = len(piece.text("headline"))
    if n <= LONG_HEADLINE:
        return None
    return f"The headline has {n} characters; phones and search results show about {LONG_HEADLINE}."


@check(Level.WARNING, "tag_list")
def tags(piece: Piece) -> str | None:
    return None if piece.items("tags") else "It has no tags, so no topic page lists it."


@check(Level.WARNING, "related_links")
def related(piece: Piece) -> str | None:
    return None if piece.items("related") else "No related piece is chosen; the software fills in."


@check(Level.WARNING, "photo")
def small_photo(piece: Piece) -> str | None:
    photo = piece.photo
    if photo is None or photo.width >= WIDE_PHOTO:
        return None
    return f"The lead photo is {photo.width} pixels wide; {WIDE_PHOTO} would be sharp everywhere."


@check(Level.WARNING, "body")
def skipped_sub_heads(piece: Piece) -> str | None:
    levels = [2, *map(int, SUB_HEADS.findall(piece.text("body")))]
    is_skipped = levels[1:2] == [3]
    return "The first sub-head is a small one; large ones come first." if is_skipped else None


@check(Level.WARNING, "body")
def links_inside(piece: Piece) -> str | None:
    dead = dead_links(piece.text("body"))
    if not dead:
        return None
    rest = f" and {len(dead) - 3} more" if len(dead) > 3 else ""
    return f"Nothing is there, where these links lead: {', '.join(dead[:3])}{rest}."


# For information


@check(Level.INFORMATION, "body")
def length(piece: Piece) -> str:
    n = n_words(piece.text("body"))
    minutes = max(1, round(n / WORDS_A_MINUTE))
    return f"{n:,} words, {minutes} min."


@check(Level.INFORMATION, "body")
def readability(piece: Piece) -> str | None:
    ease = reading_ease(piece.text("body"))
    return None if ease is None else f"Reading ease {ease:.0f} of 100: {in_words(ease)}."


def by_level(found: list[Finding]) -> dict[str, Any]:
    """For templates: blocking, warning and information as lists."""
    return {level.value: [one for one in found if one.level == level] for level in Level}
