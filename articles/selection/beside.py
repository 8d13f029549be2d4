"""Which pieces stand beside a piece."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import log2
from typing import Any, Self

from django.db.models import Case, Q, Value, When

from articles.models import Article, ArticleQuerySet
from articles.models.article import address
from articles.selection.dealing import Dealer, Shown
from newsroom.lib.statements import GivenIds, given_id, given_time, statement

YEAR = timedelta(days=365).total_seconds()
N_KEEP_READING = 3
N_RELATED = 4

AT = given_time("at")


def keep_reading(article: Article, at: datetime) -> list[Article]:
    """The three pieces to read next: the section's next older ones, then the newest; 1 query.

    None that somebody chose to stand beside the piece, or that is around it in its series.
    """
    own = [article.pk, *(part.pk for part in parts_around(article))]
    return _keep_reading.run(
        at=at,
        shown=[*own, *article.chosen_ids],
        section=article.section_id,
        before=article.published_at or at,
    )


@statement
def _keep_reading() -> ArticleQuerySet:
    public = Article.objects.public(AT).exclude(pk__in=GivenIds("shown"))
    before = Q(section=given_id("section"), published_at__lte=given_time("before"))
    older = public.filter(before).newest_first().values("pk")[:N_KEEP_READING]
    newest = public.newest_first().values("pk")[: 2 * N_KEEP_READING]
    return (
        Article.objects.filter(pk__in=older.union(newest))
        .for_teaser()
        .annotate(is_next=Case(When(before, then=Value(1)), default=Value(0)))
        .order_by("-is_next", "-published_at", "-pk")[:N_KEEP_READING]
    )


def related(article: Article, at: datetime, *, without: Iterable[Article]) -> list[Article]:
    """Pieces chosen by hand in their order, then those most alike; of one out of for_page().

    None of `without`, nor what is around it in its series. 1 query, none if there is nothing.
    """
    shown: list[Shown] = [article, *without, *parts_around(article)]
    likeness = likeness_to(article, at)
    alike = sorted(likeness, key=lambda pk: (likeness[pk], pk), reverse=True)
    dealer = Dealer(piece.pk for piece in shown)
    ids = dealer.deal([*article.chosen_ids, *alike], len(article.chosen_ids) + N_RELATED)
    lines = {line.pk: line for line in _lines.run(at=at, ids=ids)} if ids else {}
    return [lines[pk] for pk in ids if pk in lines][:N_RELATED]  # one may be a draft still


@statement
def _lines() -> ArticleQuerySet:
    return Article.objects.public(AT).filter(pk__in=GivenIds("ids")).for_line()


def likeness_to(article: Article, at: datetime) -> dict[int, float]:
    """By the pieces' ids, how much they have in common with one out of for_page().

    What shares tags, the rarer the better, or the series, which counts as much as a tag of no
    other piece; an older piece must be more alike.
    """
    likeness: dict[int, float] = defaultdict(float)
    ages: dict[int, float] = {}
    lists = [(1 / log2(1 + len(one["pks"])), one) for one in article.tag_lists if one["pks"]]
    for weight, one in [*lists, (1.0, article.series_list)]:
        for pk, time in zip(one["pks"], one["times"], strict=True):
            likeness[pk] += weight
            ages[pk] = (at.timestamp() - time) / YEAR
    return {pk: found / (1 + ages[pk]) for pk, found in likeness.items()}


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
