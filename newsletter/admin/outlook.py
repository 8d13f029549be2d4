"""What staff see of a round-up before they approve it, and while it is on its way."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from newsletter import clicks, drift
from newsletter.admin import watching
from newsletter.admin.outcomes import outcomes
from newsletter.admin.tally import Tally
from newsletter.audience import audience, is_months_first
from newsletter.checks import checks
from newsletter.completeness import covered, owed
from newsletter.models import Issue, Item, Newsletter
from newsletter.sending.starting import NOBODY_STARTS, obstacle
from newsletter.services import approving
from newsroom.models import User

N_LISTED = 20
Status = Issue.Status
PACES = {Status.SENDING: 3, Status.PAUSED: 5}  # seconds between two looks


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


def before(issue: Issue, *, by: User, at: datetime) -> dict[str, Any]:
    """What the screen says of a round-up that has not started.

    `pace`: after how many seconds it should look again; None if nothing will change.
    """
    is_scheduled, leaves = issue.status == Status.SCHEDULED, issue.send_at or at
    return {
        **around(issue, at),
        "is_scheduled": is_scheduled,
        "pace": (3 if leaves <= at else 20) if is_scheduled else None,
        "obstacle": obstacle(issue, max(at, leaves)) if is_scheduled else "",
        "is_overdue": bool(issue.send_at and at - issue.send_at > NOBODY_STARTS),
        "senders": watching.senders() if is_scheduled else [],
        "may_reopen": may(by, "change_issue", "approve_issue"),
        "may_schedule": may(by, "send_issue"),
        "readers": readers(issue, max(at, leaves)),
    }


def under_way(issue: Issue, *, at: datetime) -> dict[str, Any]:
    """The part of the screen that follows what happens, from the start on; 5 queries at most.

    In the first minute, 6; while limits keep letters back, 2 more.
    `said`: what is read aloud, which changes seldom.
    """
    watched = watching.outlook(issue, at=at)
    tally: Tally = watched["tally"]
    is_stopped = issue.status == Status.STOPPED
    has_ended = issue.status == Status.SENT or (is_stopped and bool(issue.certificate))
    return {
        **watched,
        "outcomes": outcomes(tally, at),
        "said": aloud(tally.percent),
        "is_out": True,
        "is_sending": issue.status == Status.SENDING,
        "is_paused": issue.status == Status.PAUSED,
        "is_ending": is_stopped and not has_ended,
        "has_ended": has_ended,
        "pace": None if has_ended else PACES.get(Status(issue.status), 2),
        "may_repeat": not is_stopped,
    }


def aloud(percent: int) -> str:
    """How much is done, in words that change with each tenth."""
    if percent == 100:
        return "All are done."
    tens = percent // 10 * 10
    return f"At least {tens} percent are done." if tens else "Less than 10 percent are done."


def around(issue: Issue, at: datetime) -> dict[str, Any]:
    """What else the screen says at any time: what has changed since, and what readers followed."""
    return {"drift": drift.drift(issue, at), "followed": clicks.followed(issue)}


def may(user: User, *permissions: str) -> bool:
    return any(user.has_perm(f"newsletter.{name}") for name in permissions)
