"""Links inside the site, and whether anything is where they lead."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import Resolver404, ResolverMatch, resolve

from articles.models import Article, Contributor, Page, Section, Series, Tag

HREF = re.compile(r'<a href="([^"]*)"')
SLUGS: dict[str, Any] = {
    "section_detail": Section,
    "topic_detail": Tag,
    "series_detail": Series,
    "contributor_detail": Contributor,
    "page_detail": Page,
}


def dead_links(body: str) -> list[str]:
    """Addresses of this site in a clean body where nothing is, in order; a query for each kind.

    Pieces count as soon as they have an address: by the time of a reader, they will be out.
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
    """Tells of each of `matches` whether its object exists."""
    asked: dict[str, set[Any]] = {}
    for found in matches:
        if found.url_name in {*SLUGS, "article_detail"}:
            asked.setdefault(found.url_name, set()).add(key(found))
    there: dict[str, set[Any]] = {}
    for name, keys in asked.items():
        if name == "article_detail":
            wanted = Q(pk=0)
            for day, slug in keys:
                wanted |= Q(published_on=day, slug=slug)
            there[name] = set(Article.objects.filter(wanted).values_list("published_on", "slug"))
        else:
            slugs = SLUGS[name].objects.filter(slug__in=keys)
            there[name] = set(slugs.values_list("slug", flat=True))
    return lambda found: found.url_name not in asked or key(found) in there[found.url_name]


def key(found: ResolverMatch) -> Any:
    given = found.kwargs
    return (given["day"], given["slug"]) if "day" in given else given["slug"]
