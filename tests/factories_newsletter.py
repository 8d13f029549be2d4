"""Rows of the newsletter for tests: every maker fills in what a test does not care about."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from newsletter.models import Issue, Segment, Source, Subscriber
from tests.factories import numbers

Status = Subscriber.Status


def make_subscriber(address: str = "", status: str = Status.ACTIVE, **fields: Any) -> Subscriber:
    """Somebody who signed up on the newsletter's page and, unless pending, confirmed."""
    sections = fields.pop("sections", [])
    now = timezone.now()
    defaults = {
        "address": address or f"reader-{next(numbers)}@example.org",
        "source": Source.PAGE,
        "asked_at": now - timedelta(hours=1),
        "joined_at": None if status == Status.PENDING else now,
        "left_at": now if status == Status.LEFT else None,
    }
    subscriber = Subscriber.objects.create(status=status, **{**defaults, **fields})
    subscriber.sections.set(sections)
    return subscriber


def make_issue(**fields: Any) -> Issue:
    """An empty draft about the week that ends now."""
    now = timezone.now()
    defaults = {"since": now - timedelta(days=7), "until": now, "edited_at": now}
    return Issue.objects.create(**{**defaults, "subject": "What happened", **fields})


def make_segment(name: str = "", **fields: Any) -> Segment:
    sections = fields.pop("sections", [])
    segment = Segment.objects.create(name=name or f"Segment {next(numbers)}", **fields)
    segment.sections.set(sections)
    return segment
