"""From a draft to a round-up that is being sent: tested, approved, scheduled; and back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from newsletter import freezing, proofs
from newsletter.audience import audience, needs_somebody_else
from newsletter.checks import Check, checks
from newsletter.models import Issue, Newsletter
from newsletter.sending.starting import day_of, obstacle
from newsletter.services.drafts import NotAllowed
from newsletter.tasks.deliveries import send_proofs
from newsroom.lib import outbox
from newsroom.models import User

A_MINUTE = timedelta(minutes=1)
Status = Issue.Status
SCHEDULABLE = {Status.APPROVED, Status.SCHEDULED}


class Miscounted(NotAllowed):
    """The number that was typed is not the number of those who would get it."""


class OnItsWay(NotAllowed):
    """Somebody has pressed the button before."""

    def __init__(self) -> None:
        super().__init__("It is on its way already.")


def test_send(issue: Issue, *, by: User, to: Sequence[User]) -> None:
    """Have the worker mail the draft to some of the staff. Raises NotAllowed."""
    require(by, "change_issue", "approve_issue", "send_issue")
    if not issue.is_draft:
        raise NotAllowed("Only a draft is tested.")
    if not to:
        raise NotAllowed("Choose who shall get the test.")
    if len(to) > proofs.MOST:
        raise NotAllowed(f"A test goes to {proofs.MOST} people at most.")
    if not all(user.is_staff and user.is_active and user.email for user in to):
        raise NotAllowed("A test goes to staff who have a mail address, and to nobody else.")
    stamp = int(timezone.now().timestamp())
    send_proofs.defer(issue_id=issue.pk, user_ids=[user.pk for user in to], stamp=stamp)


@transaction.atomic
def approve(issue: Issue, *, by: User, at: datetime | None = None) -> None:
    """Freeze what readers will get. Raises NotAllowed where something speaks against it."""
    at = at or timezone.now()
    locked = Issue.objects.select_for_update().get(pk=issue.pk)
    if why := objection(locked, checks(locked, at), by=by, at=at):
        raise NotAllowed(why)
    freezing.freeze(locked)
    locked.status, locked.approved_at, locked.approved_by = Status.APPROVED, at, by
    locked.save(update_fields=["status", "approved_at", "approved_by", *freezing.NO_COPY])
    issue.refresh_from_db()


def objection(issue: Issue, found: list[Check], *, by: User, at: datetime) -> str:
    """Why `by` cannot approve `issue` now; "" if nothing speaks against it.

    found: what was looked at, the test after the last edit included.
    """
    if not by.has_perm("newsletter.approve_issue"):
        return "Your role does not approve round-ups."
    if not issue.is_draft:
        return "It is approved already."
    if blocking := [check.text for check in found if check.level == "block"]:
        return f"To be mended first: {'; '.join(blocking)}."
    if needs_somebody_else(issue, by, at):
        most = Newsletter.current().second_person_above
        return (
            f"It goes to more than {most:,} subscribers, and you have edited it: "
            "somebody who has not must approve it."
        )
    return ""


def reopen(issue: Issue, *, by: User) -> None:
    """Make it a draft again, as long as nothing is sent. Raises NotAllowed."""
    require(by, "change_issue", "approve_issue")
    nothing = {"approved_at": None, "approved_by": None, "send_at": None, **freezing.NO_COPY}
    waiting = Issue.objects.filter(pk=issue.pk, status__in=SCHEDULABLE)
    if not waiting.update(status=Status.DRAFT, **nothing):
        raise NotAllowed("It is too late: the round-up is a draft already, or on its way.")
    issue.refresh_from_db()


@transaction.atomic
def schedule(
    issue: Issue, *, by: User, at: datetime, recipients: int, now: datetime | None = None
) -> None:
    """Have it sent at `at`, or at once if that is now; anew if it is scheduled already.

    The senders look for it every second.

    recipients: what somebody has read and typed, to show that they know. Raises NotAllowed.
    """
    require(by, "send_issue")
    now = now or timezone.now()
    if at < now - A_MINUTE:
        raise NotAllowed("This moment is past. Choose a later one.")
    at = max(at, now)
    locked = Issue.objects.select_for_update().get(pk=issue.pk)
    if locked.status == Status.DRAFT:
        raise NotAllowed("Approve it first.")
    if locked.status not in SCHEDULABLE or (at == now and is_leaving(locked, now)):
        raise OnItsWay
    if not can_reach_readers():
        raise NotAllowed("No mail server is set up here: see EMAIL_URL in .env.example.")
    refuse_second_of_day(locked, at)
    locked.send_at = at
    if why := obstacle(locked, at):
        raise NotAllowed(why)
    refuse_miscount(locked, at, recipients)
    locked.status = Status.SCHEDULED
    locked.save(update_fields=["status", "send_at"])
    issue.refresh_from_db()


def is_leaving(issue: Issue, now: datetime) -> bool:
    """Whether a sender starts it at this moment, if nothing is in the way."""
    if issue.status != Status.SCHEDULED or issue.send_at is None:
        return False
    return abs(issue.send_at - now) < A_MINUTE


def can_reach_readers() -> bool:
    return settings.SITE_IS_LOCAL or settings.EMAIL_BACKEND != outbox.BACKEND


def refuse_second_of_day(issue: Issue, at: datetime) -> None:
    """A day's round-up has the day for its address; two at once would share it."""
    others = Issue.objects.exclude(pk=issue.pk)
    near = (at - timedelta(days=1), at + timedelta(days=1))
    waiting = others.filter(status=Status.SCHEDULED, send_at__range=near)
    day = day_of(at)
    if any(other.send_at and day_of(other.send_at) == day for other in waiting):
        raise NotAllowed(f"Another round-up is scheduled for {day:%-d %B}. Choose another day.")


def refuse_miscount(issue: Issue, at: datetime, recipients: int) -> None:
    count = audience(issue, at).count()
    if not count:
        raise NotAllowed("Nobody would get it: no subscriber is in this segment.")
    if recipients != count:
        raise Miscounted(f"It goes to {count:,} subscribers, not {recipients:,}. Type {count}.")


def cancel(issue: Issue, *, by: User) -> None:
    """Take the schedule back, until the first moment of sending. Raises NotAllowed."""
    require(by, "send_issue")
    scheduled = Issue.objects.filter(pk=issue.pk, status=Status.SCHEDULED)
    if not scheduled.update(status=Status.APPROVED, send_at=None):
        raise NotAllowed("It is too late: the round-up is not scheduled any more.")
    issue.refresh_from_db()


def require(user: User, *permissions: str) -> None:
    """Raises NotAllowed unless `user` has one of them."""
    if not any(user.has_perm(f"newsletter.{name}") for name in permissions):
        raise NotAllowed("Your role does not do this.")
