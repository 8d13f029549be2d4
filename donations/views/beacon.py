"""Where browsers report what became of appeals: no cookie, no name, no row for each."""

import time

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseForbidden
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from donations import beacon
from donations.counting import sums
from donations.flood import flood
from donations.kept import keeper
from newsroom.lib import networks, origin, robots
from newsroom.lib.furniture import without_publication

PLAIN = "text/plain; charset=utf-8"


@csrf_exempt  # changes nothing that is anybody's; the origin is checked
@require_POST
@without_publication
def count(request: HttpRequest) -> HttpResponse:
    """204; 410 if the page shows an appeal that it must take away; at most 2 queries in 2 s."""
    if not origin.is_ours(request):
        return HttpResponseForbidden("not from a page of ours\n", content_type=PLAIN)
    now, seconds = timezone.now(), time.monotonic()
    if not flood.lets(networks.client(request), seconds):
        return HttpResponse("later\n", content_type=PLAIN, status=429)
    kept = keeper.current(seconds)
    try:
        report = beacon.read(request.read(beacon.MOST_BYTES + 1))
        known = beacon.known(report, kept)
    except beacon.Wrong as wrong:
        return HttpResponseBadRequest(f"{wrong}\n", content_type=PLAIN)
    if not robots.is_program(request.headers.get("User-Agent", "")):
        seen = [one for one in known if not beacon.is_gone(one, kept, now)]
        sums.add(beacon.counted(seen, report.article, kept, now))
    is_gone = any(beacon.is_gone(one, kept, now) for one in report.events)
    return HttpResponse(status=410 if is_gone else 204)
