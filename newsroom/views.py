"""What is no page of the magazine."""

import mimetypes
import sys

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError, connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views import csrf, defaults
from django.views.decorators.http import require_safe
from psycopg.errors import DiskFull, QueryCanceled

from articles import sitemaps
from articles.admin import keeping
from articles.search.likely import likely
from newsletter import sitemaps as past_letters
from newsroom import publication
from newsroom.lib.furniture import without_publication
from newsroom.lib.pages import kept, leave_unfinished, leave_unread
from newsroom.lib.patience import TookTooLong, at_most
from newsroom.lib.whole_files import is_full
from newsroom.pages import unavailable

PATIENCE = 300  # milliseconds that a page which is not there waits for what may have been meant


@require_safe
@without_publication
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process answers; asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@without_publication
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether pages can be made here; 1 query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ready\n", content_type="text/plain")


@kept()
@require_safe
@without_publication
def robots(request: HttpRequest) -> HttpResponse:
    """What programs may read, and where they learn what there is (RFC 9309)."""
    maps = [reverse("sitemap"), reverse("articles:news_sitemap")]
    lines = ["User-agent: *", "Disallow: /admin/", ""]
    lines += [f"Sitemap: {settings.SITE_URL}{path}" for path in maps]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@kept()
@require_safe
@without_publication
def sitemap(request: HttpRequest) -> HttpResponse:
    """Where all that search engines shall find is listed; 6 queries."""
    at = timezone.now()
    return sitemaps.index([*sitemaps.maps(at), *past_letters.maps()])


@require_safe
@without_publication
def rendition(request: HttpRequest, token: str, name: str, extension: str) -> HttpResponseBase:
    """A clean copy, inert whatever a browser makes of it, and the same forever at its address.

    Until it is taken away: a cache that many share asks again after ten minutes. A web server in
    front may take this over.
    """
    try:
        file = default_storage.open(f"photos/{token}/{name}.{extension}")
    except FileNotFoundError:
        raise Http404 from None
    except OSError:
        return HttpResponse(unavailable.body(), status=503, headers=unavailable.headers())
    response = FileResponse(file, content_type=mimetypes.types_map[f".{extension}"])
    response["Cache-Control"] = "public, max-age=31536000, immutable, s-maxage=600"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Nothing is done; but what was typed into a form of ours is kept."""
    return keeping.csrf_failed(request) or csrf.csrf_failure(request, reason=reason)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 where the fault is ours; 503 where the database is gone, or was too slow and stopped;
    507 where the disk is full."""
    error = sys.exc_info()[1]
    if is_full(error) or isinstance(error.__cause__ if error else None, DiskFull):
        return HttpResponse(render_to_string("507.html"), status=507)
    if not isinstance(error, OperationalError | InterfaceError):
        return defaults.server_error(request)
    if not isinstance(error.__cause__, QueryCanceled):
        leave_unread(request)
    return HttpResponse(unavailable.body(), status=503, headers=unavailable.headers())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with pieces that the words of the address may have meant."""
    found = getattr(request, "publication", None) or publication.current()
    request.publication = found  # type: ignore[attr-defined]  # no view was met that had given it
    try:
        with at_most(PATIENCE):
            pieces = likely(request.path, timezone.now())
    except TookTooLong:
        pieces = []
        leave_unfinished(request)
    with timezone.override(found.zone):
        return render(request, "404.html", {"pieces": pieces}, status=404)
