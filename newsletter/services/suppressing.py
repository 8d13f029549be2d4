"""What the desk does about addresses that must not be mailed."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from newsletter.models import Suppression
from newsletter.suppressions import mark
from newsroom.lib import addresses
from newsroom.models import User

__all__ = ["find", "lift", "mark"]

logger = logging.getLogger(__name__)


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
