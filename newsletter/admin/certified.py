"""The send certificate, as the desk shows it and as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern
from django.views.decorators.http import require_safe

from newsletter.admin.issue_screen import View, found_light, may_view, paths
from newsletter.admin.tally import Tally
from newsletter.models import Delivery, Issue
from newsletter.sending.certificate import imbalance

TIMES = ["approved", "scheduled", "started", "ended"]


@dataclass(frozen=True)
class Certified:
    """kept: the certificate. wrong: what does not add up in it. came_back: since it was made."""

    kept: dict[str, Any]
    times: list[tuple[str, datetime]]
    n_excluded: int
    wrong: str
    came_back: int


def certified(issue: Issue, tally: Tally) -> Certified | None:
    if not (kept := issue.certificate):
        return None
    counts = kept["counts"]
    return Certified(
        kept=kept,
        times=[(name, datetime.fromisoformat(at)) for name in TIMES if (at := kept["times"][name])],
        n_excluded=sum(counts["excluded"].values()),
        wrong=imbalance(counts),
        came_back=tally.counts[Delivery.Status.BOUNCED],
    )


def addresses(wrap: Callable[[View], View]) -> list[URLPattern]:
    return paths([certificate], wrap)


@may_view
@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """Exactly what is kept, as `manage.py verify_send --file` reads it."""
    issue = found_light(pk)
    if not issue.certificate:
        raise Http404
    as_text = {"indent": 2, "ensure_ascii": False}
    response = JsonResponse(issue.certificate, json_dumps_params=as_text)
    name = f"certificate-{issue.published_on}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
