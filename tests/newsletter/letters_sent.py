"""Round-ups whose letters have come as far as a test says."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from newsletter.models import Delivery, Issue, Sender, Subscriber
from tests.desk import logged_in
from tests.newsletter.sending import ROLE, make_scheduled, start

Status = Delivery.Status
NOT_NULL = {Status.PLANNED, Status.DEFERRED, Status.LEASED}


def make_sending(*statuses: str, **fields: Any) -> Issue:
    """Under way, with a letter of each of these states; further fields are the issue's."""
    issue = make_scheduled(len(statuses))
    assert start(issue)
    for row, status in zip(issue.deliveries.all(), statuses, strict=True):
        become(row, status)
    Issue.objects.filter(pk=issue.pk).update(**fields)
    issue.refresh_from_db()
    return issue


def become(row: Delivery, status: str, **fields: Any) -> None:
    """Write the letter's row as if that had come of it just now."""
    now = timezone.now()
    is_planned = status in {Status.PLANNED, Status.LEASED}
    next_at = now + timedelta(minutes=5) if status in NOT_NULL else None
    came: dict[str, Any] = {"status": status, "next_at": next_at}
    came |= {"done_at": None if is_planned else now, "n_attempts": 0 if is_planned else 1}
    Delivery.objects.filter(pk=row.pk).update(**{**came, **fields})


def reader(row: Delivery) -> Subscriber:
    return Subscriber.objects.get(pk=row.subscriber_id)


def make_sender(host: str = "post-1", seen_at: datetime | None = None) -> Sender:
    now = timezone.now()
    return Sender.objects.create(host=host, started_at=now, seen_at=seen_at or now)


def url(issue: Issue, name: str) -> str:
    return f"/admin/newsletter/issue/{issue.pk}/{name}/"


def page(issue: Issue, name: str, client: Client | None = None, **query: str | int) -> str:
    return (client or logged_in(role=ROLE)).get(url(issue, name), query).content.decode()


def posted(issue: Issue, name: str, client: Client | None = None, **fields: object) -> str:
    client = client or logged_in(role=ROLE)
    return client.post(url(issue, name), fields, follow=True).content.decode()


def state(issue: Issue) -> str:
    return Issue.objects.values_list("status", flat=True).get(pk=issue.pk)
