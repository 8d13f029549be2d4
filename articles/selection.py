"""Which pieces stand beside a piece, and what the front page holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from math import log2
from typing import Any, Protocol, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Extract
from django.urls import reverse

from articles.models import (
    Article,
    ArticleQuerySet,
    FrontPage,
    FrontPagePick,
    RelatedLink,
    Section,
    TaggedArticle,
    TopicBox,
    TopicBoxPin,
)

N_KEEP_READING = 3
N_RELATED = 4
N_ALIKE = 50
N_LATEST = 5
N_SECONDARY = 4
N_RAIL = 8
N_ROW = 5
MAX_BOX_ITEMS = 10


class Shown(Protocol):
    """What a page leads to already."""

    @property
    def pk(self) -> int: ...


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


@dataclass(frozen=True)
class Box:
    """A titled list beside a piece; `url` leads to more of it."""

    title: str
    url: str
    articles: list[Article]


class Dealer:
    """Hands out ids, each only once, so that no page shows a piece twice."""

    def __init__(self) -> None:
        self._dealt: set[int] = set()

    def deal(self, ids: Iterable[int], n: int) -> list[int]:
        """The first `n` of `ids` that nobody has had yet."""
        fresh = list(islice((pk for pk in dict.fromkeys(ids) if pk not in self._dealt), n))
        self._dealt.update(fresh)
        return fresh


def newest_ids(articles: ArticleQuerySet, n: int) -> QuerySet[Article, int]:
    return articles.newest_first().values_list("pk", flat=True)[:n]


def boxes(at: datetime, *, seen: Iterable[Shown], n_latest: int = N_LATEST) -> list[Box]:
    """The topic boxes that stand at `at`, then Latest; no piece that was `seen`; 2 queries."""
    others = Article.objects.public(at).exclude(pk__in=[article.pk for article in seen])
    pins = TopicBoxPin.objects.filter(box=OuterRef("pk")).values("article")
    tagged = newest_ids(others.filter(tags=OuterRef("tag")), MAX_BOX_ITEMS)
    active = list(
        TopicBox.objects.active(at)
        .select_related("tag")
        .annotate(pin_ids=ArraySubquery(pins), tagged_ids=ArraySubquery(tagged))
    )
    wanted = {pk for box in active for pk in (*box.pin_ids, *box.tagged_ids)}
    newest = newest_ids(others, n_latest + len(wanted) if n_latest else 0)
    ids = others.filter(pk__in=wanted).values_list("pk", flat=True).union(newest)
    lines = Article.objects.filter(pk__in=ids).for_line().newest_first()
    found = {article.pk: article for article in lines}
    dealer = Dealer()

    def deal(ids: Iterable[int], n: int) -> list[Article]:
        return [found[pk] for pk in dealer.deal((pk for pk in ids if pk in found), n)]

    lists = [
        Box(
            title=box.title,
            url=box.tag.get_absolute_url() if box.tag else "",
            articles=deal([*box.pin_ids, *box.tagged_ids], box.n_items),
        )
        for box in active
    ]
    latest = Box("Latest", reverse("articles:latest"), deal(found, n_latest))
    return [box for box in (*lists, latest) if box.articles]


@dataclass(frozen=True)
class Row:
    """A section on the front page."""

    section: Section
    articles: list[Article]


@dataclass(frozen=True)
class FrontPageLayout:
    """What the front page shows, in the order of reading; no piece twice."""

    lead: Article | None
    secondary: list[Article]
    latest: list[Article]
    strips: list[Row]
    rows: list[Row]

    def articles(self) -> list[Article]:
        above = [self.lead] if self.lead else []
        below = [article for row in (*self.strips, *self.rows) for article in row.articles]
        return [*above, *self.secondary, *self.latest, *below]


def front_page(at: datetime) -> FrontPageLayout:
    """The editors' choice, filled up with the newest; 3 queries."""
    public = Article.objects.public(at)
    n_above = 1 + N_SECONDARY + N_RAIL
    newest = newest_ids(public, 2 * n_above)
    picks = FrontPagePick.objects.filter(front_page=OuterRef("pk"), article__in=public)
    front = FrontPage.objects.annotate(
        lead_ids=ArraySubquery(public.filter(pk=OuterRef("lead")).values("pk")),
        pick_ids=ArraySubquery(picks.values("article")),
        newest_ids=ArraySubquery(newest),
    ).first()
    lead_ids, pick_ids = (front.lead_ids, front.pick_ids) if front else ([], [])
    fillers = front.newest_ids if front else list(newest)
    of_section = newest_ids(public.filter(section=OuterRef("pk")), n_above + N_ROW)
    sections = Section.objects.exclude(front_page_form=Section.FrontPageForm.HIDDEN)

    dealer = Dealer()
    lead = dealer.deal([*lead_ids, *fillers], 1)
    secondary = dealer.deal([*pick_ids, *fillers], N_SECONDARY)
    latest = dealer.deal(fillers, N_RAIL)
    in_rows = [
        (section, dealer.deal(section.newest_ids, N_ROW))
        for section in sections.annotate(newest_ids=ArraySubquery(of_section))
    ]
    shown = {*lead, *secondary, *latest, *(pk for _, ids in in_rows for pk in ids)}
    found = public.for_list().in_bulk(shown)

    def articles(ids: list[int]) -> list[Article]:
        return [found[pk] for pk in ids if pk in found]  # one may be withdrawn just now

    rows = [Row(section, articles(ids)) for section, ids in in_rows if ids]
    strip = Section.FrontPageForm.STRIP
    return FrontPageLayout(
        lead=next(iter(articles(lead)), None),
        secondary=articles(secondary),
        latest=articles(latest),
        strips=[row for row in rows if row.section.front_page_form == strip],
        rows=[row for row in rows if row.section.front_page_form != strip],
    )
