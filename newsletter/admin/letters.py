"""Of every single reader what became of their letter: the lists by state of one round-up."""

from collections.abc import Callable
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.views.decorators.http import require_safe

from newsletter.admin.issue_screen import View, found_light, may_look, paths, screen
from newsletter.admin.outcomes import COLOURS, ORDER
from newsletter.models import Delivery, Issue, Subscriber
from newsroom.lib import addresses as address_forms

N_SHOWN = 50
Status = Delivery.Status
TWICE = "perhaps-twice"  # of any state
LISTS = [
    *((one.value, one.label, COLOURS[one]) for one in ORDER),
    (TWICE, "Perhaps twice", COLOURS[Status.UNCERTAIN]),
]
LABELS = {name: label for name, label, _ in LISTS}


def addresses(wrap: Callable[[View], View]) -> list[URLPattern]:
    return paths([letters], wrap)


@may_look
@require_safe
def letters(request: HttpRequest, pk: int) -> HttpResponse:
    """Those in one state, or TWICE (?status=), N_SHOWN from a reader on (?after=)."""
    issue = found_light(pk)
    asked = request.GET.get("status", "")
    name = asked if asked in LABELS else Status.FAILED.value
    after = number(request.GET.get("after", ""))
    context = {
        **page(issue, name, after),
        "name": name,
        "label": LABELS[name],
        "is_first": not after,
        "is_tried_again": name in {Status.DEFERRED, Status.UNCERTAIN},
        "lists": LISTS,
    }
    return screen(request, "letters", issue, context, status=200)


def page(issue: Issue, name: str, after: int) -> dict[str, Any]:
    """1 query, by the reader's number, so that no page takes longer than the one before.

    What is rare is looked for among all: a quarter of a second for a million.
    """
    address = Subscriber.objects.filter(pk=OuterRef("subscriber")).values("address")
    letters = issue.deliveries.filter(subscriber__gt=after).order_by("subscriber_id")
    rows = letters.perhaps_twice() if name == TWICE else letters.filter(status=name)
    found = list(rows.annotate(address=Subquery(address))[: N_SHOWN + 1])
    is_more = len(found) > N_SHOWN
    return {
        "letters": [(row, shown(row)) for row in found[:N_SHOWN]],
        "next": found[N_SHOWN - 1].subscriber_id if is_more else None,
    }


def shown(row: Any) -> str:
    """The address as people write it; "" for somebody who was erased."""
    return address_forms.shown(row.address) if row.address else ""


def number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 19 else 0
