"""What search engines shall find: https://www.sitemaps.org/protocol.html.

Every map is cut by ids, so that none grows with the archive, and the index finds them by going
from one to the next in an index of the database, past all that a map holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import MONTH, Article, Contributor, Page, Section, Series, Tag
from newsroom.lib.feeds import printable
from newsroom.lib.furniture import without_publication
from newsroom.lib.pages import kept
from newsroom.lib.reading import source

SIZE = 5_000  # ids in a map; a megabyte and a half at most
NEWS_FOR = timedelta(hours=48)  # Google's own limits, as is the next one
MOST_NEWS = 1_000
# The maps of lists, with the field of a piece that says where it is listed.
LISTS: dict[str, tuple[Any, str]] = {
    "sections": (Section, "section"),
    "topics": (Tag, "tags"),
    "series": (Series, "series"),
    "contributors": (Contributor, "contributors"),
}
IN_ORDER = {"section", "series"}  # whose newest piece stands first in an index
SKIP = """
WITH RECURSIVE map (month, part) AS (
    (SELECT month, id / {size} FROM ({rows}) AS every ORDER BY {key} LIMIT 1)
    UNION ALL
    SELECT further.month, further.id / {size} FROM map CROSS JOIN LATERAL (
        SELECT month, id FROM ({rows}) AS every
        WHERE ({key}) > ({after}(map.part + 1) * {size} - 1) ORDER BY {key} LIMIT 1
    ) AS further
)
SELECT month::int, part FROM map
"""


@dataclass(frozen=True)
class Entry:
    path: str
    changed_at: datetime | None = None


def maps(at: datetime) -> list[str]:
    """The paths of all maps, the newest pieces first; 5 queries."""
    pieces = Article.objects.findable(at).annotate(month=MONTH)
    months = skip(pieces.values("month", "id"), key="month, id", after="map.month, ")
    found = [
        reverse("articles:sitemap_month", args=[date((n - 1) // 12, (n - 1) % 12 + 1, 1), part])
        for n, part in sorted(months, reverse=True)
    ]
    for name in LISTS:
        rows = listed(name, at).annotate(month=Value(0)).values("month", "id")
        parts = skip(rows, key="id", after="")
        found += [reverse("articles:sitemap_list", args=[name, part]) for _, part in parts]
    return [*found, reverse("articles:sitemap_pages")]


def skip(rows: QuerySet, *, key: str, after: str) -> list[tuple[int, int]]:
    """The maps that `rows` (month and id) fall into, reading one row of each; 1 query."""
    sql, params = rows.order_by().query.sql_with_params()
    with source().cursor() as cursor:
        cursor.execute(SKIP.format(rows=sql, key=key, after=after, size=SIZE), params * 2)
        return list(cursor.fetchall())


def listed(name: str, at: datetime) -> QuerySet:
    """The rows of a list that have public pieces; a look at one piece for each."""
    model, field = LISTS[name]
    pieces = Article.objects.public(at).filter(**{field: OuterRef("pk")})
    one = pieces.newest_first() if field in IN_ORDER else pieces.order_by()
    newest = Subquery(one.values("published_at")[:1])
    rows: QuerySet = QuerySet(model).alias(newest=newest).filter(newest__isnull=False)
    return rows.annotate(changed_at=newest) if field in IN_ORDER else rows


@kept()
@require_safe
@without_publication
def sitemap_month(request: HttpRequest, month: date, part: int) -> HttpResponse:
    """Pieces by the month in their address; 1 query."""
    at = timezone.now()
    pieces = Article.objects.findable(at).alias(month=MONTH)
    pieces = pieces.filter(month=month.year * 12 + month.month, pk__range=ids(part))
    shown = pieces.with_updated_at(at).order_by("pk").only("slug", "published_on")
    return urls(Entry(piece.get_absolute_url(), piece.updated_at) for piece in shown)


@kept()
@require_safe
@without_publication
def sitemap_list(request: HttpRequest, name: str, part: int) -> HttpResponse:
    """Pages that list pieces, but those without any; 1 query."""
    if name not in LISTS:
        raise Http404
    rows = listed(name, timezone.now()).filter(pk__range=ids(part)).order_by("pk")
    entries = (Entry(row.get_absolute_url(), getattr(row, "changed_at", None)) for row in rows)
    return urls(entries)


@kept()
@require_safe
@without_publication
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """The front page and the plain pages; 1 query."""
    pages = Page.objects.only("slug")
    paths = [reverse("articles:front_page"), *(page.get_absolute_url() for page in pages)]
    return urls(map(Entry, paths))


@kept()
@require_safe
def news_sitemap(request: HttpRequest) -> HttpResponse:
    """Pieces of the last 48 hours for Google News, newest first; 1 query.

    https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
    """
    at = timezone.now()
    news = Article.objects.findable(at).filter(published_at__gt=at - NEWS_FOR).with_updated_at(at)
    shown = news.newest_first().only("headline", "slug", "published_on", "published_at")
    publication = request.publication  # type: ignore[attr-defined]
    entries = [
        (Entry(piece.get_absolute_url(), piece.updated_at), piece, printable(piece.headline))
        for piece in shown[:MOST_NEWS]
    ]
    context = {"entries": entries, "name": printable(publication.name)}
    return xml("sitemaps/news.xml", context)


def ids(part: int) -> tuple[int, int]:
    """The first and the last id of a map."""
    return part * SIZE, (part + 1) * SIZE - 1


def urls(entries: Iterable[Entry]) -> HttpResponse:
    """A map of pages; 404 for one without any."""
    if not (found := list(entries)):
        raise Http404
    return xml("sitemaps/urls.xml", {"entries": found})


def index(paths: list[str]) -> HttpResponse:
    """The map of maps."""
    return xml("sitemaps/index.xml", {"paths": paths})


def xml(template: str, context: dict[str, Any]) -> HttpResponse:
    context |= {"site_url": settings.SITE_URL}
    text = render_to_string(template, context)  # not as of a page, which asks for the magazine
    response = HttpResponse(text, content_type="application/xml")
    response["X-Robots-Tag"] = "noindex"
    return response
