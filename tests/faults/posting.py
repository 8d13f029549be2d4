"""Round-ups that are due, with as many readers as a test wants."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from newsletter.models import Issue, Newsletter, Source, Subscriber
from tests.newsletter.sending import make_approved, schedule

STEP = 5_000  # rows at a time


def make_readers(n: int, domains: Sequence[str] = ("example.org",)) -> None:
    joined = timezone.now() - timedelta(days=1)
    readers = [
        Subscriber(
            address=f"reader-{number}@{domains[number % len(domains)]}",
            status=Subscriber.Status.ACTIVE,
            source=Source.PAGE,
            asked_at=joined,
            joined_at=joined,
        )
        for number in range(n)
    ]
    Subscriber.objects.bulk_create(readers, batch_size=STEP)


def make_due(n: int, domains: Sequence[str] = ("example.org",), **newsletter: Any) -> Issue:
    """A round-up to `n` readers that whoever sends may start now; `newsletter`: what its row says.

    Two more readers have left or not confirmed yet.
    """
    Newsletter.objects.update_or_create(pk=1, defaults={"second_person_above": n, **newsletter})
    make_readers(n, domains)
    for status in (Subscriber.Status.LEFT, Subscriber.Status.PENDING):
        address = f"{status}@example.org"
        Subscriber.objects.create(address=address, status=status, source=Source.PAGE)
    issue = make_approved(0)
    schedule(issue)
    return issue
