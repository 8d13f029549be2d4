"""Which of all pieces are searched, and in what order the finds are shown: what the form says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Model, Q
from django.utils import timezone

from articles.models import (
    Article,
    ArticleQuerySet,
    Contributor,
    Format,
    Section,
    Series,
    Tag,
    TagAlias,
)
from articles.search import query

N_PAGES = 25
NAMED: dict[str, type[Model]] = {
    "section": Section,
    "format": Format,
    "series": Series,
    "tag": Tag,
    "by": Contributor,
}
NAMES = ["q", *NAMED, "from", "to", "order", "page"]  # all that an address may say
WORDS = {"by": "contributor", "from": "day", "to": "day"}
YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Asked:
    """typed: what the form is filled with; rows: what that names; left_out: remarks on the rest.

    since, until: days, both included.
    """

    words: str
    order: str
    page: int
    typed: dict[str, str]
    rows: dict[str, Any] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    left_out: list[str] = field(default_factory=list)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.rows or self.since or self.until)

    @property
    def is_empty(self) -> bool:
        return not self.words and not self.is_narrowed


def asked(given: Mapping[str, str]) -> Asked:
    """At most 1 query for each filter, 2 for a tag."""
    typed = {name: query.tidy(given.get(name, "")) for name in [*NAMED, "from", "to"]}
    found = {name: row(name, text) for name, text in typed.items() if text and name in NAMED}
    days = {name: day(typed[name]) for name in ("from", "to") if typed[name]}
    left_out = [
        f"There is no {WORDS.get(name, name)} “{typed[name]}”. It was left out."
        for name, value in (found | days).items()
        if value is None
    ]
    words = query.tidy(given.get("q", ""))
    if query.is_cut(given.get("q", "")):
        left_out.append(f"Only the beginning was looked for, {query.N_PARTS} words at most.")
    return Asked(
        words=words,
        order="date" if given.get("order") == "date" or not words else "relevance",
        page=page(given.get("page", "")),
        typed=typed,
        rows={name: one for name, one in found.items() if one},
        since=days.get("from"),
        until=days.get("to"),
        left_out=left_out,
    )


def row(name: str, text: str) -> Any:
    """By slug or by name; a tag also by another name of it."""
    named = Q(slug=text) | Q(name__iexact=text)
    found = NAMED[name]._default_manager.filter(named).order_by("pk").first()  # noqa: SLF001
    if found is None and name == "tag":
        alias = TagAlias.objects.named([text]).select_related("tag").first()
        return alias.tag if alias else None
    return found


def day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def page(text: str) -> int:
    """From 1 to N_PAGES, whatever was typed."""
    digits = text[:4] if text.isascii() and text.isdecimal() else "1"
    return min(max(int(digits), 1), N_PAGES)


def pieces(asked: Asked, at: datetime) -> ArticleQuerySet:
    """The public pieces that the filters leave."""
    found = Article.objects.public(at)
    for name in ("section", "format", "series"):
        if name in asked.rows:
            found = found.filter(**{name: asked.rows[name]})
    if "tag" in asked.rows:
        found = found.filter(tags=asked.rows["tag"])
    if "by" in asked.rows:
        found = found.filter(pk__in=asked.rows["by"].bylines.values("article"))
    if asked.since:
        found = found.filter(published_at__gte=midnight(asked.since))
    if asked.until:
        found = found.filter(published_at__lt=midnight(asked.until + timedelta(days=1)))
    return found


def midnight(day: date) -> datetime:
    """With which `day` begins in the publication's time zone."""
    return datetime.combine(day, time(), timezone.get_current_timezone())
