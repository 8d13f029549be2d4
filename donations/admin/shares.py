"""Which share of the page views each appeal will get."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone
from django.views.decorators.http import require_safe

from donations import as_if, board, simulating
from donations.admin import asked
from donations.admin.appeal_screen import may_view
from donations.models import Appeal, Slot
from donations.simulating import Shares, simulate
from donations.surroundings import here


def urls(site: AdminSite) -> list[URLPattern]:
    return asked.paths("shares", site.admin_view(shares))


@may_view
@require_safe
def shares(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """pk: an appeal that counts as live."""
    now, row = timezone.now(), asked.found(pk) if pk else None
    content, pages = asked.joined(as_if.content(now), row), here().pages(now)
    context: dict[str, Any] = {
        "title": "Shares",
        "has_pages": bool(pages),
        "model": model(),
    }
    if pages and content["appeals"]:
        found = simulate(content, pages, at=board.moment(now))
        context |= {"shares": found, "n_views": f"{found.n:,}", "rows": rows(content, found)}
    return asked.screen(request, "shares", row, context)


def rows(content: board.Content, found: Shares) -> list[dict[str, Any]]:
    """In order of precedence."""
    named: dict[int, Appeal] = asked.named(content)
    return [
        {
            "appeal": named[appeal["id"]],
            "is_letter": appeal["slot"] == Slot.LETTER,
            "share": found.of(appeal["id"]),
            "n": found.shown[appeal["id"]],
        }
        for appeal in content["appeals"]
        if appeal["id"] in named
    ]


def model() -> list[str]:
    """The readers of the simulation, in sentences."""
    times = [f"{n} come {often(times)} a week" for times, n in simulating.TIMES_A_WEEK.items()]
    pages = [f"{n} are of {length}" for length, n in simulating.PAGES_A_VISIT.items()]
    phones, forgetful = simulating.PHONES, simulating.WITHOUT_STORAGE
    closing, giving = simulating.CLOSING, simulating.GIVING
    return [
        f"{simulating.VISITS:,} visits in the seven days from now, by day and by night alike.",
        f"Of 100 readers, {', '.join(times)}.",
        f"Who comes more than once has read {simulating.READ_BEFORE} pages before.",
        f"Of 100 visits, {', '.join(pages)} pages; a minute each.",
        f"Of 100 readers, {phones} have a phone, and {forgetful} a browser that keeps nothing.",
        f"Of 100 who are asked, {closing} close the appeal, and {giving} has given.",
        "How often each page is read is guessed from its kind and its age.",
    ]


def often(times: int) -> str:
    return {1: "once", 2: "twice"}.get(times, f"{times} times")
