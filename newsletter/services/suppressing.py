"""What the desk does about addresses that must not be mailed."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from newsletter import growth, suppressions
from newsletter.models import Subscriber, Suppression
from newsroom.lib import addresses
from newsroom.models import User

logger = logging.getLogger(__name__)
Status = Subscriber.Status
REASONS = {
    Status.COMPLAINED: Suppression.Reason.COMPLAINED,
    Status.BOUNCED: Suppression.Reason.BOUNCED,
}


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
    suppressions.suppress(subscriber.address, REASONS[Status(status)], at)
    return True


def find(address: str) -> Suppression | None:
    """The standing suppression of `address` (compared form), else the last one that was lifted."""
    of_it = Suppression.objects.filter(digest=addresses.digest(address))
    return of_it.order_by("-lifted_at").first()  # what stands has none, and comes first


@transaction.atomic
def lift(suppression: Suppression, *, by: User, why: str, at: datetime | None = None) -> bool:
    """Let lists bring the address back. False if that was done before."""
    standing = Suppression.objects.standing().filter(pk=suppression.pk)
    is_lifted = standing.update(lifted_at=at or timezone.now(), lifted_by=by, lifted_why=why)
    if is_lifted:
        logger.info("%s lifted suppression %s: %s", by.username, suppression.pk, why)
    return bool(is_lifted)
