"""Which pieces stand beside a piece."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import log2
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    Case,
    F,
    FloatField,
    Func,
    IntegerField,
    JSONField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Extract
from psycopg.types.json import Jsonb

from articles.models import Article, ArticleQuerySet, Tag, TaggedArticle
from articles.models.article import address
from articles.selection.dealing import Shown, newest_ids
from newsroom.lib.statements import Given, GivenIds, given_id, given_time, statement

N_KEEP_READING = 3
N_RELATED = 4
N_ALIKE = 50

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

    Alike is what shares tags, the rarer the better, or the series; an older piece must be more so.
    Of each tag and the series the N_ALIKE newest are weighed. 1 query.
    """
    shown: list[Shown] = [article, *without, *parts_around(article)]
    weights = {one["tag"]: 1 / log2(1 + one["n"]) for one in article.tag_counts}
    return _related.run(
        at=at,
        shown=[piece.pk for piece in shown],
        chosen=article.chosen_ids,
        series=article.series_id,
        tags=list(weights),
        weights=Jsonb(weights),
    )


@statement
def _related() -> ArticleQuerySet:
    others = Article.objects.public(AT).exclude(pk__in=GivenIds("shown"))
    chosen = others.filter(pk__in=GivenIds("chosen")).values("pk")
    in_series = newest_ids(others.filter(series=given_id("series")), N_ALIKE)
    newest = TaggedArticle.objects.filter(tag=OuterRef("pk")).public(AT).newest_pieces()
    alike = (
        Tag.objects.filter(pk__in=GivenIds("tags"))
        .order_by()
        .values(one=Func(ArraySubquery(newest[:N_ALIKE]), function="unnest"))
    )
    by_hand = Func(
        Given("chosen", ArrayField(BigIntegerField())),
        F("pk"),
        template="array_position(%(expressions)s)",
        output_field=IntegerField(),
    )
    return (
        others.filter(pk__in=chosen.union(in_series, alike))
        .for_line()
        .annotate(by_hand=by_hand, likeness=likeness() / (1 + age_in_years(AT)))
        .order_by(F("by_hand").asc(nulls_last=True), "-likeness", "-published_at")[:N_RELATED]
    )


def likeness() -> Any:
    """How much a piece has in common with the given one: the series as much as a tag of no other.

    By the given weights of the tags.
    """
    weight = Func(
        Given("weights", JSONField()),
        Cast("tag", TextField()),
        function="jsonb_extract_path_text",
        output_field=TextField(),
    )
    shared = TaggedArticle.objects.filter(content_object=OuterRef("pk"), tag__in=GivenIds("tags"))
    sums = shared.order_by().values("content_object").annotate(sum=Sum(Cast(weight, FloatField())))
    by_series = Case(When(series=given_id("series"), then=1.0), default=0.0)
    return Coalesce(Subquery(sums.values("sum")), 0.0) + by_series


def age_in_years(at: Any) -> Any:
    """Of each piece at `at`."""
    seconds = Extract(at - F("published_at"), "epoch")
    return Cast(seconds, FloatField()) / timedelta(days=365).total_seconds()


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
