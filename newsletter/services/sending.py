"""What staff do about a round-up that is on its way, or was."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from newsletter.models import Delivery, Issue
from newsletter.sending import origin, pace
from newsletter.services.approving import require
from newsletter.services.drafts import NotAllowed
from newsroom.models import User

logger = logging.getLogger(__name__)
Status = Issue.Status


def pause(issue: Issue, *, by: User, why: str = "", at: datetime | None = None) -> None:
    """No further letter until somebody resumes it; those in hand are finished. Raises NotAllowed.

    why: what others read beside it.
    """
    require(by, "send_issue")
    why = why.strip() or f"Paused by {by}."
    stamp = {"paused_at": at or timezone.now(), "pause_why": why[:300]}
    if not Issue.objects.at_work().filter(pk=issue.pk).update(status=Status.PAUSED, **stamp):
        raise NotAllowed(refusal(issue, Status.PAUSED, "It is paused already."))
    issue.refresh_from_db()


def resume(issue: Issue, *, by: User, at: datetime | None = None) -> None:
    """Go on where it was paused; what went wrong before counts no more. Raises NotAllowed."""
    require(by, "send_issue")
    fresh = {"running_since": at or timezone.now(), "paused_at": None, "pause_why": ""}
    paused = Issue.objects.filter(pk=issue.pk, status=Status.PAUSED)
    if not paused.update(status=Status.SENDING, **fresh):
        raise NotAllowed(refusal(issue, Status.SENDING, "It is being sent already."))
    issue.refresh_from_db()


def stop(issue: Issue, *, by: User) -> None:
    """End it for good: whoever has not got it will not get it. Raises NotAllowed."""
    require(by, "send_issue")
    under_way = Issue.objects.filter(pk=issue.pk, status__in=[Status.SENDING, Status.PAUSED])
    fresh = {"paused_at": None, "pause_why": ""}
    if not under_way.update(status=Status.STOPPED, **fresh):
        raise NotAllowed(refusal(issue, Status.STOPPED, "It is stopped already."))
    issue.refresh_from_db()


@transaction.atomic
def send_uncertain_again(issue: Issue, *, by: User, at: datetime | None = None) -> int:
    """Send what is held because its answer was lost; some readers may get it twice. How many.

    Raises NotAllowed.
    """
    require(by, "send_issue")
    locked = Issue.objects.select_for_update().get(pk=issue.pk)
    if locked.status not in {Status.SENDING, Status.PAUSED, Status.SENT}:
        raise NotAllowed("It is not being sent any more.")
    held = locked.deliveries.held()
    held.exclude(lane__in=pace.lanes()).update(lane=0)  # their domain's may be gone since
    n_held = held.update(status=Delivery.Status.DEFERRED, next_at=Now(), n_lost=1)
    if not n_held:
        raise NotAllowed("No letter is uncertain any more.")
    if locked.status == Status.SENT:
        locked.status, locked.running_since = Status.SENDING, at or timezone.now()
        locked.certificate = locked.sent_at = None
        locked.save(update_fields=["status", "running_since", "certificate", "sent_at"])
    issue.refresh_from_db()
    return n_held


def confirm_origin(*, by: User, at: datetime | None = None) -> None:
    """Let sending go on in this database, though it is a copy. Raises NotAllowed."""
    require(by, "send_issue")
    if not origin.is_elsewhere():
        raise NotAllowed("That is confirmed already.")
    origin.accept(at or timezone.now())
    logger.warning("%s confirmed that sending goes on in this database", by.username)


def refusal(issue: Issue, reached: str, already: str) -> str:
    """Why a step is not possible: somebody was faster, or it is not on its way."""
    status = Issue.objects.values_list("status", flat=True).get(pk=issue.pk)
    if status == reached:
        return already
    is_early = status in {Status.DRAFT, Status.APPROVED, Status.SCHEDULED}
    return "It is not on its way yet." if is_early else "It has ended already."
