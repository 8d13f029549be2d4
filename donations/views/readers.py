"""What readers may know about appeals, and the page on which givers arrive."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from donations import beacon, board, returning
from donations.models import Claim
from newsroom.lib.pages import kept

A_DAY, AN_HOUR = 86_400_000, 3_600_000  # milliseconds


@kept()
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What we ask and why; the same for everybody, 3 queries."""
    now = timezone.now()
    content = board.read() or board.build(now)
    running = [one for one in content["appeals"] if not beacon.is_withdrawn(content, one, now)]
    rules = content["rules"]
    context: dict[str, Any] = {
        "rules": rules,
        "n_days": rules["period"] // A_DAY,
        "n_hours": rules["gap"] // AN_HOUR,
        "claims": Claim.objects.of_appeals(one["id"] for one in running),
        "taxes": list(dict.fromkeys(one["tax"] for one in running if one["tax"])),
    }
    return render(request, "donations/about.html", context)


@require_safe
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Where the donation page and our mails send those who gave; their browser does the rest."""
    is_ours = returning.is_ours(token)
    name = "donations/thanks.html" if is_ours else "donations/no_thanks.html"
    response = render(request, name, status=200 if is_ours else 404)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
