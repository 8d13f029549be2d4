"""Which addresses of this site lead a reader somewhere, found out without asking the site."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import Manager
from django.urls import Resolver404, resolve

from articles.models import Article, Contributor, FormerAddress, Page, Section, Series, Tag
from newsletter.models import Issue

Arguments = dict[str, Any]  # what an address says between its slashes
ALWAYS_THERE = {
    "articles:front_page",
    "articles:latest",
    "articles:archive_index",
    "articles:archive_month",
    "articles:corrections",
    "newsletter:signup",
    "newsletter:issue_list",
    "newsletter:feed",
}


def is_own(url: str) -> bool:
    return urlsplit(url).netloc == urlsplit(str(settings.SITE_URL)).netloc


def dead(urls: Iterable[str], at: datetime) -> list[str]:
    """Those of `urls`, all of this site, that lead no reader anywhere; 1 query a kind of page."""
    asked: dict[str, list[tuple[str, Arguments]]] = defaultdict(list)
    for url in urls:
        view, arguments = found(url)
        asked[view].append((url, arguments))
    return [url for view, those in asked.items() for url in missing(view, those, at)]


def found(url: str) -> tuple[str, Arguments]:
    """Name and arguments of the page at `url`, with or without its last slash; "" for none."""
    path = unquote(urlsplit(url).path).removesuffix("/") + "/"
    try:
        match = resolve(path)
    except Resolver404:
        return "", {}
    return match.view_name, match.kwargs


def missing(view: str, those: list[tuple[str, Arguments]], at: datetime) -> list[str]:
    if view in ALWAYS_THERE:
        return []
    if view not in PRESENT:
        return [url for url, _ in those]
    present = PRESENT[view]([arguments for _, arguments in those], at)
    return [url for url, arguments in those if tuple(arguments.values()) not in present]


Present = Callable[[list[Arguments], datetime], set[tuple[Any, ...]]]


def articles(asked: list[Arguments], at: datetime) -> set[tuple[Any, ...]]:
    slugs = [one["slug"] for one in asked]
    public = Article.objects.public(at)
    here = public.filter(slug__in=slugs).values_list("published_on", "slug")
    moved = FormerAddress.objects.leading_to(public).filter(slug__in=slugs)
    return set(here.order_by().union(moved.order_by().values_list("day", "slug")))


def issues(asked: list[Arguments], at: datetime) -> set[tuple[Any, ...]]:
    days = [one["day"] for one in asked]
    return set(Issue.objects.sent().filter(published_on__in=days).values_list("published_on"))


def with_slug(rows: Manager[Any]) -> Present:
    def present(asked: list[Arguments], at: datetime) -> set[tuple[Any, ...]]:
        slugs = [one["slug"] for one in asked]
        here = rows.filter(slug__in=slugs).values_list("slug")
        moved = FormerAddress.objects.leading_to(rows.all()).filter(slug__in=slugs)
        return set(here.order_by().union(moved.order_by().values_list("slug")))

    return present


PRESENT: dict[str, Present] = {
    "articles:article_detail": articles,
    "articles:section_detail": with_slug(Section.objects),
    "articles:topic_detail": with_slug(Tag.objects),
    "articles:series_detail": with_slug(Series.objects),
    "articles:contributor_detail": with_slug(Contributor.objects),
    "articles:page_detail": with_slug(Page.objects),
    "newsletter:issue_detail": issues,
}
