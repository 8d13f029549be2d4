"""Which pieces stand beside a piece."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import log2
from typing import Any, Self

from django.db.models import Case, F, FloatField, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, Extract
from django.urls import reverse

from articles.models import Article, RelatedLink, TaggedArticle
from articles.selection.dealing import Shown, newest_ids

N_KEEP_READING = 3
N_RELATED = 4
N_ALIKE = 50


def keep_reading(article: Article, at: datetime) -> list[Article]:
    """The three pieces to read next: the section's next older ones, then the newest; 1 query.

    None that somebody chose to stand beside the piece, or that is around it in its series.
    """
    chosen = RelatedLink.objects.filter(article=article).values("to_article")
    own = [article.pk, *(part.pk for part in parts_around(article))]
    public = Article.objects.public(at).exclude(pk__in=own).exclude(pk__in=chosen)
    before = Q(section=article.section_id, published_at__lte=article.published_at or at)
    older = public.filter(before).newest_first().values("pk")[:N_KEEP_READING]
    newest = public.newest_first().values("pk")[: 2 * N_KEEP_READING]
    return list(
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
    others = Article.objects.public(at).exclude(pk__in=[piece.pk for piece in shown])
    chosen = RelatedLink.objects.filter(article=article)
    alike = [newest_ids(others.filter(tags=one["tag"]), N_ALIKE) for one in article.tag_counts]
    in_series = newest_ids(others.filter(series=article.series_id or 0), N_ALIKE)
    candidates = chosen.values_list("to_article").union(in_series, *alike)
    return list(
        others.filter(pk__in=candidates)
        .for_line()
        .annotate(
            by_hand=Subquery(chosen.filter(to_article=OuterRef("pk")).values("position")[:1]),
            likeness=likeness(article) / (1 + age_in_years(at)),
        )
        .order_by(F("by_hand").asc(nulls_last=True), "-likeness", "-published_at")[:N_RELATED]
    )


def likeness(article: Article) -> Any:
    """How much a piece has in common with `article`: the series as much as a tag of no other."""
    weights = [When(tag=one["tag"], then=1 / log2(1 + one["n"])) for one in article.tag_counts]
    weight = Sum(Case(*weights, default=0.0))
    shared = TaggedArticle.objects.filter(content_object=OuterRef("pk")).order_by()
    by_tags = Subquery(shared.values("content_object").annotate(sum=weight).values("sum"))
    by_series = Case(When(series=article.series_id or 0, then=1.0), default=0.0)
    return Coalesce(by_tags, 0.0) + by_series


def age_in_years(at: datetime) -> Any:
    """Of each piece at `at`."""
    seconds = Extract(Value(at) - F("published_at"), "epoch")
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
        where = [date.fromisoformat(row["day"]), row["slug"]]
        return cls(row["pk"], row["headline"], reverse("articles:article_detail", args=where))


def parts_around(article: Article) -> list[Part]:
    """The pieces before and after `article` in its series; of one out of for_page()."""
    return list(filter(None, map(Part.of, (article.previous_part, article.next_part))))
