"""The proof of a sending: to whom, what, when, and that the books balance.

Everything in it can be worked out again from the ledger, at any later time: nobody joins or leaves
the ledger of a round-up that has started, and what comes back later was accepted before.
"""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q, Sum

from newsletter import freezing
from newsletter.models import Delivery, Issue, Newsletter
from newsroom.models import Publication

FORMAT = 1
RECIPIENTS = """
    SELECT encode(sha256(convert_to(coalesce(
        string_agg(subscriber_id::text, E'\\n' ORDER BY subscriber_id), ''), 'UTF8')), 'hex')
    FROM newsletter_delivery WHERE issue_id = %s
"""
Status = Delivery.Status
Certificate = dict[str, Any]


def of(issue: Issue) -> Certificate:
    """What can be certified of `issue` now; 4 queries, some seconds for a million letters."""
    totals = tally(issue)
    return {
        "format": FORMAT,
        "publication": (Publication.objects.first() or Publication()).name,
        "newsletter": Newsletter.current().name,
        "issue": {
            "id": issue.pk,
            "subject": issue.subject,
            "address": settings.SITE_URL + issue.get_absolute_url(),
        },
        "content_sha256": freezing.digest(issue),
        "recipients_sha256": recipients(issue),
        "times": {
            "approved": stamp(issue.approved_at),
            "scheduled": stamp(issue.send_at),
            "started": stamp(issue.started_at),
            "ended": stamp(issue.sent_at),
        },
        "counts": counts(issue, totals),
        "attempts": totals["attempts"],
        "perhaps_twice": totals["perhaps_twice"],
        "is_stopped": issue.status == Issue.Status.STOPPED,
    }


def tally(issue: Issue) -> dict[str, int]:
    """1 query over all letters."""
    numbers = {
        "prepared": Count("subscriber"),
        "accepted": Count("subscriber", Q(status__in=[Status.ACCEPTED, Status.BOUNCED])),
        "failed": Count("subscriber", Q(status=Status.FAILED)),
        "suppressed": Count("subscriber", Q(status=Status.SUPPRESSED)),
        "uncertain": Count("subscriber", Q(status=Status.UNCERTAIN)),
        "attempts": Sum("n_attempts"),
        "perhaps_twice": Count("subscriber", Delivery.PERHAPS_TWICE),
    }
    found = issue.deliveries.aggregate(**numbers)
    return {name: number or 0 for name, number in found.items()}


def counts(issue: Issue, totals: dict[str, int]) -> dict[str, Any]:
    """candidates = prepared + excluded; prepared = what follows it, added up."""
    books = issue.books or {}
    names = ["prepared", "accepted", "failed", "suppressed", "uncertain"]
    excluded = books.get("excluded", {})
    return {
        "candidates": books.get("candidates", totals["prepared"]),
        "excluded": excluded,
        **{name: totals[name] for name in names},
    }


def imbalance(counts: dict[str, Any]) -> str:
    """What does not add up in the counts of a certificate; "" if all does."""
    ended = sum(counts[name] for name in ("accepted", "failed", "suppressed", "uncertain"))
    if counts["prepared"] != ended:
        return f"{counts['prepared']} letters were prepared, {ended} are accounted for"
    known = counts["prepared"] + sum(counts["excluded"].values())
    if counts["candidates"] != known:
        return f"{counts['candidates']} could have got one, {known} are accounted for"
    return ""


def differences(issue: Issue, given: Certificate) -> list[str]:
    """Where `given` does not say what the ledger and the frozen copy say now; [] if it does."""
    now = of(issue)
    found = [
        f"{path}: the certificate says {before}, the ledger {after}"
        for path, before, after in compared(given, now)
        if before != after
    ]
    wrong = imbalance(now["counts"])
    return [*found, *([wrong] if wrong else [])]


def compared(given: Any, now: Any, path: str = "") -> list[tuple[str, Any, Any]]:
    """Each value with its path; names and addresses may change with the publication's."""
    if not (isinstance(given, dict) and isinstance(now, dict)):
        return [(path, given, now)]
    names = [name for name in {**now, **given} if name not in {"publication", "newsletter"}]
    return [
        pair
        for name in names
        if name != "address"
        for pair in compared(given.get(name), now.get(name), f"{path}.{name}".lstrip("."))
    ]


def recipients(issue: Issue) -> str:
    """SHA-256 of the ids of all subscribers in the ledger, in order, a line each."""
    with connection.cursor() as cursor:
        cursor.execute(RECIPIENTS, [issue.pk])
        return str(cursor.fetchone()[0])


def stamp(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else None
