"""Who must never be mailed again, whatever a list says."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from newsletter import growth
from newsletter.models import Subscriber, Suppression
from newsroom.lib import addresses
from newsroom.models import User

Reason = Suppression.Reason
Status = Subscriber.Status
REASONS = {Status.COMPLAINED: Reason.COMPLAINED, Status.BOUNCED: Reason.BOUNCED}


@transaction.atomic
def mark(subscriber_id: int, status: str, *, at: datetime | None = None) -> bool:
    """No letter after this moment, as mail to them came back or was reported.

    status: complained or bounced. False if it was noted before.
    """
    at = at or timezone.now()
    subscriber = Subscriber.objects.select_for_update().filter(pk=subscriber_id).first()
    if subscriber is None or subscriber.status == status:
        return False
    if subscriber.status == Status.ACTIVE:
        growth.left(subscriber.source, at)
    subscriber.status, subscriber.left_at = status, subscriber.left_at or at
    subscriber.save(update_fields=["status", "left_at"])
    suppress(subscriber.address, REASONS[Status(status)], at)
    return True


def suppress(address: str, reason: str, at: datetime) -> None:
    """Let nothing but a new confirmation bring `address` (compared form) back; safe to repeat.

    Leaving is the mildest reason: it does not replace another one that stands.
    """
    row = Suppression(digest=addresses.digest(address), reason=reason, at=at)
    Suppression.objects.bulk_create([row], ignore_conflicts=True)
    if reason != Reason.LEFT:
        Suppression.objects.of(address).exclude(reason=reason).update(reason=reason, at=at)


def lift(address: str, *, why: str, at: datetime, by: User | None = None) -> bool:
    """False if `address` was not suppressed. The row stays, with the reason for its end."""
    standing = Suppression.objects.of(address)
    return bool(standing.update(lifted_at=at, lifted_by=by, lifted_why=why))
