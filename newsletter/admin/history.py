"""What one subscriber was sent, and what came back."""

from typing import Any

from newsletter.admin.letters import number
from newsletter.admin.outcomes import COLOURS
from newsletter.models import Delivery, Issue, Subscriber

N_SHOWN = 20
OF_BOUNCES = ["kind", "source", "on", "code", "answer", "subscriber", "issue__subject"]
OF_LETTERS = ["subscriber", "issue__subject", "status", "n_attempts", "n_lost", "done_at", "answer"]


def letters(subscriber: Subscriber, before: str) -> dict[str, Any]:
    """Newest first, older than the round-up of the number `before`; 1 query.

    By the keys of the ledger, a look-up for each round-up: there is no index by subscriber.
    """
    issues = Issue.objects.filter(status__in=Issue.OUT)
    if place := number(before):
        issues = issues.filter(pk__lt=place)
    rows = subscriber.deliveries.filter(issue__in=issues).select_related("issue")
    rows = rows.order_by("-issue_id").only(*OF_LETTERS)[: N_SHOWN + 1]
    found = list(rows)
    is_more = len(found) > N_SHOWN
    return {
        "letters": [(row, COLOURS[Delivery.Status(row.status)]) for row in found[:N_SHOWN]],
        "older": found[N_SHOWN - 1].issue_id if is_more else None,
    }


def returned(subscriber: Subscriber) -> dict[str, Any]:
    """What came back, newest first; 1 query."""
    rows = subscriber.bounces.select_related("issue").only(*OF_BOUNCES)
    return {"bounces": list(rows[:N_SHOWN])}
