"""Pages at their former addresses."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, FormerAddress
from articles.services.addresses import is_known

View = Callable[..., HttpResponse]
# Seconds. Browsers would keep a permanent redirect for good, and send readers in circles when an
# address is given back.
CACHED_FOR = 60


def follows(kind: FormerAddress.Kind) -> Callable[[View], View]:
    """A view that leads on from a former address where it would answer that nothing is there.

    A piece that is not public any more answers there as it does at its own address.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **address: Any) -> HttpResponse:
            try:
                return view(request, **address)
            except Http404:
                page = moved(kind, address)
                present = address_of(page) if page else address
                if present == address:
                    raise
            if isinstance(page, Article) and not page.is_public(timezone.now()):
                return view(request, **present)
            return lead(request, present)

        return answer

    return decorate


def moved(kind: FormerAddress.Kind, address: dict[str, Any]) -> Model | None:
    """What was at `address` and is elsewhere now; 2 queries, at most 4 for a piece.

    A piece that has the address since and that readers may know there comes first.
    """
    if kind == FormerAddress.Kind.ARTICLE:
        here = Article.objects.filter(published_on=address["day"], slug=address["slug"]).first()
        if here and is_known(here, timezone.now()):
            return None
    former = FormerAddress.objects.filter(kind=kind, day=address.get("day"), slug=address["slug"])
    return found.page() if (found := former.first()) else None


def address_of(page: Any) -> dict[str, Any]:
    """What stands for `page` in the addresses that show it."""
    if isinstance(page, Article):
        return {"day": page.published_on, "slug": page.slug}
    return {"slug": page.slug}


def lead(request: HttpRequest, address: dict[str, Any]) -> HttpResponsePermanentRedirect:
    match = request.resolver_match
    url = reverse(match.view_name if match else "", kwargs=address)
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)
    response["Cache-Control"] = f"public, max-age={CACHED_FOR}"
    return response
