"""What a field of names offers while somebody types."""

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from donations.surroundings import here

PARTS = {"section", "format", "series", "tag"}
MOST = 20


def urls(site: AdminSite) -> list[URLPattern]:
    return [path("names/", site.admin_view(names), name="donations_names")]


@permission_required("donations.view_appeal", raise_exception=True)
@require_safe
def names(request: HttpRequest) -> HttpResponse:
    """Those of ?part= that hold ?term=, those that begin with it first; 1 query."""
    part, term = request.GET.get("part", ""), request.GET.get("term", "").strip().casefold()
    if part not in PARTS:
        raise BadRequest
    fitting = [name for name in here().names(part) if term in name.name.casefold()]
    fitting.sort(key=lambda name: not name.name.casefold().startswith(term))
    found = [{"id": name.slug, "text": name.name} for name in fitting[:MOST]]
    return JsonResponse({"results": found})
