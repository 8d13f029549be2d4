"""The pages of the reader's search."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Format, Series
from articles.search import filters, results
from articles.search.suggestions import suggestions
from newsroom.lib.furniture import without_publication
from newsroom.lib.pages import kept
from newsroom.lib.patience import TookTooLong, at_most

# Milliseconds that one question may take of the database. A search of 50,000 pieces takes a
# twentieth of it.
PATIENCE = 1500
SUGGESTIONS_KEPT = 300  # seconds; they follow from names, which change seldom


@kept(*filters.NAMES)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the words and filters find; 503 where that would take too long."""
    asked = filters.asked(request.GET)
    context = {
        "asked": asked,
        "formats": Format.objects.values("name", "slug"),
        "series": Series.objects.values("name", "slug"),
    }
    try:
        with at_most(PATIENCE):
            context["results"] = None if asked.is_empty else results.find(asked, timezone.now())
    except TookTooLong:
        response = render(request, "articles/search.html", context | {"is_over": True}, status=503)
        response["Retry-After"] = "30"
    else:
        response = render(request, "articles/search.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@kept("term")
@require_safe
@without_publication
def search_suggestions(request: HttpRequest) -> JsonResponse:
    """Pages whose names begin as ?term= does, for who types into the search field."""
    try:
        with at_most(PATIENCE):
            found = suggestions(request.GET.get("term", ""), timezone.now())
    except TookTooLong:
        response = JsonResponse({"results": []})
        response["Cache-Control"] = "no-store"
    else:
        response = JsonResponse({"results": found})
        response["Cache-Control"] = f"public, max-age={SUGGESTIONS_KEPT}"
    response["X-Robots-Tag"] = "noindex"
    return response
