"""What staff see of a round-up before they approve it, and while it is on its way."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef

from newsletter import clicks, drift
from newsletter.audience import audience, is_months_first
from newsletter.checks import checks
from newsletter.completeness import covered, owed
from newsletter.delivering import NOBODY_STARTS, obstacle
from newsletter.models import Delivery, Issue, Item, Newsletter
from newsletter.services import approving
from newsroom.models import User

N_LISTED = 20
Status = Issue.Status


def approval(issue: Issue, *, by: User, at: datetime) -> dict[str, Any]:
    found = checks(issue)
    return {
        "checks": found,
        "objection": approving.objection(issue, found, by=by, at=at),
        "balance": balance(issue),
        "readers": readers(issue, at),
    }


def balance(issue: Issue) -> dict[str, Any]:
    """Published − included − skipped, and what is left; 4 queries."""
    before = Item.objects.exclude(issue=issue).filter(article=OuterRef("pk"))
    taken = issue.items.filter(kind=Item.Kind.ARTICLE, article__in=covered(issue))
    elsewhere = Item.objects.exclude(issue=issue).filter(article=OuterRef("article"))
    fresh = taken.filter(~Exists(elsewhere))
    missing = owed(issue).newest_first()
    return {
        "n_published": covered(issue).filter(~Exists(before)).count(),
        "n_included": fresh.filter(skip_reason="").count(),
        "n_skipped": fresh.exclude(skip_reason="").count(),
        "n_missing": missing.count(),
        "missing": missing[:N_LISTED],
    }


def readers(issue: Issue, at: datetime) -> dict[str, Any]:
    """The count is the one that is mailed; `most`: above it, two people are needed."""
    return {
        "count": audience(issue, at).count(),
        "with_monthly": is_months_first(issue, at),
        "most": Newsletter.current().second_person_above,
    }


def progress(issue: Issue, *, by: User, at: datetime) -> dict[str, Any]:
    """`pace`: after how many seconds the screen should look again; None if nothing will change."""
    is_scheduled, is_sending = issue.status == Status.SCHEDULED, issue.status == Status.SENDING
    leaves = issue.send_at or at
    can_change = issue.status in approving.SCHEDULABLE
    return {
        "is_scheduled": is_scheduled,
        "is_sending": is_sending,
        "is_sent": issue.status == Status.SENT,
        "pace": (3 if is_sending or leaves <= at else 20) if is_sending or is_scheduled else None,
        "obstacle": obstacle(issue, max(at, leaves)) if is_scheduled else "",
        "is_overdue": bool(issue.send_at and at - issue.send_at > NOBODY_STARTS),
        "drift": drift.drift(issue, at),
        "followed": clicks.followed(issue),
        "may_reopen": can_change and may(by, "change_issue", "approve_issue"),
        "may_schedule": can_change and may(by, "send_issue"),
        "readers": readers(issue, max(at, leaves)) if can_change else {},
        **({} if can_change else tally(issue)),
    }


def may(user: User, *permissions: str) -> bool:
    return any(user.has_perm(f"newsletter.{name}") for name in permissions)


def tally(issue: Issue) -> dict[str, Any]:
    """How many letters have come how far; 1 query."""
    rows = issue.deliveries.order_by().values_list("status").annotate(n=Count("pk"))
    counts = dict.fromkeys(Delivery.Status, 0) | {Delivery.Status(key): n for key, n in rows}
    waiting = counts[Delivery.Status.PREPARED] + counts[Delivery.Status.CLAIMED]
    return {
        "counts": [(status.label, n) for status, n in counts.items()],
        "n_total": sum(counts.values()),
        "n_done": sum(counts.values()) - waiting,
    }
