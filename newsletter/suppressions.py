"""Who must never be mailed again, whatever a list says."""

from datetime import datetime

from newsletter.models import Suppression
from newsroom.lib import addresses
from newsroom.models import User

Reason = Suppression.Reason


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
