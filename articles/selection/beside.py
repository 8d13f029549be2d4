"""Which pieces stand beside a piece."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import log2
from typing import Any, Self

from django.db.models import OuterRef, QuerySet

from articles import listing
from articles.models import Article, Tag, TaggedArticle
from articles.models.article import address
from articles.models.article_queryset import listed
from articles.selection.dealing import Dealer
from newsroom.lib.generation import remembered_each
from newsroom.lib.statements import GivenIds, given_time, statement

YEAR = timedelta(days=365).total_seconds()
N_KEEP_READING = 3
N_RELATED = 4

AT = given_time("at")


@dataclass(frozen=True)
class Onward:
    """What leads on from a piece."""

    next: list[Article]
    related: list[Article]


def onward(article: Article, at: datetime) -> Onward:
    """Of one out of for_page(). 2 queries, 3 at a section's end; none for what is known."""
    next_ids = keep_reading(article, at)
    related_ids = related(article, at, without=next_ids)
    found = listing.pieces([*next_ids, *related_ids], at)  # one that was chosen may be a draft

    def those(ids: list[int]) -> list[Article]:
        return [found[pk] for pk in ids if pk in found]

    return Onward(next=those(next_ids), related=those(related_ids)[:N_RELATED])


def keep_reading(article: Article, at: datetime) -> list[int]:
    """The three to read next: the section's next older ones, then the newest; 1 query at most.

    None that somebody chose to stand beside the piece, or that is around it in its series.
    """
    shown = [*around(article), *article.chosen_ids]
    dealer = Dealer(shown)
    found = dealer.deal(article.older_ids, N_KEEP_READING)
    if n_left := N_KEEP_READING - len(found):
        place = slice(N_KEEP_READING + len(shown))
        found += dealer.deal(listing.everything.ids(place, at=at), n_left)
    return found


def related(article: Article, at: datetime, *, without: list[int]) -> list[int]:
    """Those chosen by hand in their order, public or not, then the N_RELATED most alike.

    None of `without`, nor what is around it in its series.
    """
    likeness = likeness_to(article, at)
    alike = sorted(zip(likeness.values(), likeness, strict=True), reverse=True)
    dealer = Dealer([*around(article), *without])
    ids = [*article.chosen_ids, *(pk for _, pk in alike)]
    return dealer.deal(ids, len(article.chosen_ids) + N_RELATED)


def around(article: Article) -> list[int]:
    """Itself, and the pieces before and after it in its series."""
    return [article.pk, *(part.pk for part in parts_around(article))]


def likeness_to(article: Article, at: datetime) -> dict[int, float]:
    """By the pieces' ids, how much they have in common with one out of for_page().

    What shares tags, the rarer the better, or the series, which counts as much as a tag of no
    other piece; an older piece must be more alike.
    """
    likeness: dict[int, float] = defaultdict(float)
    times: dict[int, int] = {}
    by_tag = newest_of_tags([tag.pk for tag in article.tags.all()], at).values()
    lists = [(1 / log2(1 + len(one)), one) for one in by_tag if one]
    for weight, one in [*lists, (1.0, article.series_list)]:
        for pk, time in one:
            likeness[pk] += weight
            times[pk] = time
    now = at.timestamp()
    return {pk: found / (1 + (now - times[pk]) / YEAR) for pk, found in likeness.items()}


@remembered_each
def newest_of_tags(ids: list[int], at: datetime) -> dict[int, list[list[int]]]:
    """By tag, the newest N_LISTED pieces; of each its id and time, as listed() has it; 1 query."""
    return {tag.pk: tag.pieces for tag in _tags.run(ids=ids, at=at)}


@statement
def _tags() -> QuerySet[Any]:
    newest = TaggedArticle.objects.filter(tag=OuterRef("pk")).public(AT).newest_pieces()
    pieces = listed(newest, "content_object_id", "public_from")
    tags = Tag.objects.filter(pk__in=GivenIds("ids"))
    return tags.annotate(pieces=pieces)  # type: ignore[no-any-return]  # as taggit's


@dataclass(frozen=True)
class Part:
    """A piece of a series, as another one leads to it."""

    pk: int
    headline: str
    url: str

    @classmethod
    def of(cls, row: dict[str, Any] | None) -> Self | None:
        """Of what with_neighbours() has fetched."""
        if row is None:
            return None
        url = address(date.fromisoformat(row["day"]), row["slug"])
        return cls(row["pk"], row["headline"], url)


def parts_around(article: Article) -> list[Part]:
    """The pieces before and after `article` in its series; of one out of for_page()."""
    return list(filter(None, map(Part.of, (article.previous_part, article.next_part))))
