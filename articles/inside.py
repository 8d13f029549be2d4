"""Links inside the site, and whether anything is where they lead."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import DateField, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate
from django.urls import Resolver404, ResolverMatch, resolve

from articles.models import Article, Contributor, FormerAddress, Page, Section, Series, Tag

Key = tuple[date | None, str]
HREF = re.compile(r'<a href="([^"]*)"')
MODELS: dict[str, Any] = {
    "section_detail": Section,
    "topic_detail": Tag,
    "series_detail": Series,
    "contributor_detail": Contributor,
    "page_detail": Page,
}


def dead_links(body: str) -> list[str]:
    """Addresses of this site in a clean body where nothing is, in order; a query for each kind.

    Pieces count that are planned: by the time of a reader, they will be out.
    """
    paths = [path for href in HREF.findall(body) if (path := path_inside(unescape(href)))]
    matched = {path: match(path) for path in dict.fromkeys(paths)}
    is_there = standing(found for found in matched.values() if found)
    return [path for path, found in matched.items() if found is None or not is_there(found)]


def path_inside(href: str) -> str:
    """The path that `href` has on this site; "" for other sites and places on the page."""
    url = urlsplit(href)
    ours = {"", urlsplit(settings.SITE_URL).netloc}
    return url.path if url.scheme in {"", "http", "https"} and url.netloc in ours else ""


def match(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None


def standing(matches: Any) -> Callable[[ResolverMatch], bool]:
    """Tells of each of `matches` whether readers find its page there, or are led on to it."""
    asked: dict[str, set[Key]] = {}
    for found in matches:
        if found.url_name in {*MODELS, "article_detail"}:
            asked.setdefault(found.url_name, set()).add(key(found))
    there = {name: addresses(pages(name), {slug for _, slug in asked[name]}) for name in asked}
    return lambda found: found.url_name not in asked or key(found) in there[found.url_name]


def key(found: ResolverMatch) -> Key:
    return found.kwargs.get("day"), found.kwargs["slug"]


def pages(name: str) -> QuerySet:
    """What the view `name` shows, each with the `day` in its address."""
    if name in MODELS:
        rows: QuerySet = MODELS[name].objects.annotate(day=Value(None, DateField()))
        return rows
    day = Coalesce("published_on", TruncDate("published_at"))
    return Article.objects.expected().annotate(day=day)


def addresses(rows: QuerySet, slugs: set[str]) -> set[Key]:
    """Those with one of `slugs` at which one of `rows` is or was; 1 query."""
    former = FormerAddress.objects.leading_to(rows)
    both = [found.filter(slug__in=slugs).values_list("day", "slug") for found in (rows, former)]
    return set(both[0].union(both[1]))
