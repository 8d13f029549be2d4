"""What the tests of paces share: settings, and whether a limit was kept."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from newsletter.models import DomainLimit, Newsletter
from newsletter.sending import pace

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
A_DAY, AN_HOUR, A_MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
A_SECOND = timedelta(seconds=1)


def set_limits(**fields: Any) -> None:
    Newsletter.objects.update_or_create(pk=1, defaults=fields)


def limit_domain(domain: str = "gmail.com", **fields: Any) -> int:
    """Its lane."""
    Newsletter.objects.get_or_create(pk=1)
    return DomainLimit.objects.update_or_create(domain=domain, newsletter_id=1, defaults=fields)[
        0
    ].pk


def ask(at: datetime, most: int = 20, lane: int = 0) -> pace.Grant:
    with transaction.atomic():
        return pace.grant(lane, most, at)


def ask_until(end: datetime, *, start: datetime = NOON, lane: int = 0) -> list[datetime]:
    """The slots of a line that always has letters, asks when it is told to, and sends on time."""
    slots: list[datetime] = []
    at = start
    while at < end:
        grant = ask(at, lane=lane)
        slots += grant.slots
        at = max([at + timedelta(milliseconds=1), *grant.slots, *filter(None, [grant.again_at])])
    return slots


def busiest(moments: Sequence[datetime], window: timedelta) -> int:
    """The most letters in any window of this length; by two fingers over all beginnings."""
    ordered = sorted(moments)
    most = first = 0
    for last, moment in enumerate(ordered):
        while moment - ordered[first] >= window:
            first += 1
        most = max(most, last - first + 1)
    return most
