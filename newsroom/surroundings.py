"""What appeals may know of the magazine around them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Model
from django.urls import Resolver404, resolve, reverse

from articles.models import Article, ArticleQuerySet, Contributor, Format, Section, Series, Tag
from donations.facts import Kind, Page
from donations.surroundings import Name, RealPage

NAMED: dict[str, type[Model]] = {
    "section": Section,
    "format": Format,
    "series": Series,
    "tag": Tag,
    "contributor": Contributor,
}
KINDS = {
    "front_page": Kind.FRONT,
    "section_detail": Kind.SECTION,
    "topic_detail": Kind.TOPIC,
    "series_detail": Kind.SERIES,
    "contributor_detail": Kind.CONTRIBUTOR,
    "latest": Kind.LATEST,
    "archive_month": Kind.ARCHIVE,
}
ABOUT = {
    Kind.SECTION: "section",
    Kind.TOPIC: "tag",
    Kind.SERIES: "series",
    Kind.CONTRIBUTOR: "contributor",
}
N_PIECES = 40
# Where a magazine is found by search and links, most visits begin at a piece, and new ones lead;
# a guess until a site has numbers of its own.
FRONT, LIST, PIECE = 0.12, 0.01, 0.8
HALF_LIFE = timedelta(days=7)


class _Surroundings:
    def names(self, part: str) -> list[Name]:
        rows = NAMED[part]._default_manager.order_by("name").values_list("slug", "name")  # noqa: SLF001
        return [Name(slug, name) for slug, name in rows]

    def pages(self, at: datetime) -> list[RealPage]:
        return [*lists(), *pieces(at)]

    def page(self, path: str, at: datetime) -> RealPage | None:
        try:
            match = resolve(path)
        except Resolver404:
            return None
        if match.namespace != "articles":
            return None
        if match.url_name == "article_detail":
            return piece_at(match.kwargs["day"], match.kwargs["slug"], path, at)
        kind = KINDS.get(match.url_name or "")
        return listed(kind, match.kwargs.get("slug", ""), path) if kind else None

    def titles(self, articles: list[int]) -> dict[int, str]:
        return dict(Article.objects.filter(pk__in=articles).values_list("pk", "headline"))


surroundings = _Surroundings()


def lists() -> Iterator[RealPage]:
    yield RealPage("/", "Front page", Page(Kind.FRONT), FRONT)
    yield RealPage(reverse("articles:latest"), "Latest", Page(Kind.LATEST), LIST)
    for section in Section.objects.all():
        page = Page(Kind.SECTION, section=section.slug)
        yield RealPage(section.get_absolute_url(), section.name, page, LIST)


def pieces(at: datetime) -> list[RealPage]:
    """What was published last, newest first; 2 queries."""
    rows = list(whole().public(at).newest_first()[:N_PIECES])
    ages = [(at - row.published_at) / HALF_LIFE for row in rows if row.published_at]
    total = sum(0.5**age for age in ages) or 1
    shares = [PIECE * 0.5**age / total for age in ages]
    return [real(row, share) for row, share in zip(rows, shares, strict=True)]


def piece_at(day: date, slug: str, path: str, at: datetime) -> RealPage | None:
    row = whole().public(at).filter(published_on=day, slug=slug).first()
    return real(row, 0) if row else None


def whole() -> ArticleQuerySet:
    """With all that a piece tells of itself; 2 queries."""
    related = Article.objects.select_related("section", "format", "series")
    return related.prefetch_related("tags").defer("body")  # type: ignore[misc]  # as for_page


def real(article: Article, weight: float) -> RealPage:
    page = Page(
        Kind.ARTICLE,
        article=article.pk,
        section=article.section.slug if article.section else "",
        format=article.format.slug if article.format else "",
        series=article.series.slug if article.series else "",
        tags=tuple(tag.slug for tag in article.tags.all()),
        is_without=article.is_without_appeals,
    )
    return RealPage(article.get_absolute_url(), article.headline, page, weight)


def listed(kind: Kind, slug: str, path: str) -> RealPage | None:
    """A list at `path`, if what it is about exists; 1 query for those that are about something."""
    part = ABOUT.get(kind)
    if part is None:
        return RealPage(path, kind.label, Page(kind), 0)
    name = NAMED[part]._default_manager.filter(slug=slug).values_list("name", flat=True).first()  # noqa: SLF001
    if name is None:
        return None
    page = Page(
        kind,
        section=slug if kind == Kind.SECTION else "",
        series=slug if kind == Kind.SERIES else "",
        tags=(slug,) if kind == Kind.TOPIC else (),
    )
    return RealPage(path, name, page, 0)
