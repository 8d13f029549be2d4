"""What is offered while somebody types: pages of the magazine whose names begin so."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Length

from articles.models import (
    Article,
    Byline,
    Contributor,
    NameWords,
    Section,
    Series,
    Tag,
    TagAlias,
)
from articles.search.query import tidy
from newsroom.lib.words import beginning_with

SHORTEST = 2  # characters
N_OF_A_KIND = 4
# In the order in which they are offered.
KINDS: dict[str, type[Section | Series | Tag | Contributor]] = {
    "Section": Section,
    "Series": Series,
    "Topic": Tag,
    "Author": Contributor,
}


def suggestions(typed: str, at: datetime) -> list[dict[str, str]]:
    """The shortest names first, and only those with pieces that are public; 1 query."""
    term = tidy(typed)
    if len(term) < SHORTEST:
        return []
    first, *others = [offered(kind, rows, term) for kind, rows in places(at)]
    kinds = list(KINDS)
    rows = sorted(first.union(*others), key=lambda row: (kinds.index(row[0]), len(row[1]), row[1]))
    return [shown(kind, name, slug) for kind, name, slug in rows]


def places(at: datetime) -> list[tuple[str, QuerySet]]:
    """By kind what can be offered, each with `offered` (its name) and `slug`."""
    public = Article.objects.public(at)
    signed = Byline.objects.filter(contributor=OuterRef("pk"), article__in=public.values("pk"))
    section, series = Exists(public.filter(section=OuterRef("pk"))), OuterRef("pk")
    tagged = Exists(public.filter(tags=OuterRef("pk")))
    meant = Exists(public.filter(tags=OuterRef("tag")))
    return [
        ("Section", Section.objects.filter(section)),
        ("Series", Series.objects.filter(Exists(public.filter(series=series)))),
        ("Topic", Tag.objects.filter(tagged)),
        ("Topic", TagAlias.objects.filter(meant)),
        ("Author", Contributor.objects.filter(Exists(signed))),
    ]


def offered(kind: str, rows: QuerySet, term: str) -> QuerySet:
    named = rows.alias(words=NameWords("name")).filter(words=beginning_with(term))
    of_tag = "tag__" if rows.model is TagAlias else ""
    shortest: Any = named.order_by(Length("name"), "name")[:N_OF_A_KIND]
    found: QuerySet = shortest.values_list(Value(kind), F(f"{of_tag}name"), F(f"{of_tag}slug"))
    return found


def shown(kind: str, name: str, slug: str) -> dict[str, Any]:
    return {"text": name, "note": kind, "url": KINDS[kind](slug=slug).get_absolute_url()}
