"""Round-ups ready to be approved, approved, scheduled, on their way."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from newsletter import delivering
from newsletter.audience import audience
from newsletter.models import Issue, Subscriber
from newsletter.services import approving
from newsroom.models import Publication, User
from tests.factories import make_published, make_user
from tests.factories_newsletter import make_issue, make_subscriber

ROLE = "newsletter editor"


def make_tested(n_subscribers: int = 1, **fields: Any) -> Issue:
    """A draft of one piece, tested as it stands, with subscribers to go to."""
    Publication.objects.update_or_create(pk=1, defaults={"postal_address": "1 Example Street"})
    an_hour_ago = timezone.now() - timedelta(hours=1)
    piece = make_published("The piece", at=an_hour_ago)
    issue = make_issue(**{"tested_version": 1, "preheader": "And more", **fields})
    issue.items.create(article=piece)
    for _ in range(n_subscribers):
        make_subscriber()
    return issue


def make_approved(n_subscribers: int = 1, **fields: Any) -> Issue:
    issue = make_tested(n_subscribers, **fields)
    approving.approve(issue, by=make_user(ROLE))
    return issue


def make_scheduled(n_subscribers: int = 1, *, at: datetime | None = None, **fields: Any) -> Issue:
    issue = make_approved(n_subscribers, **fields)
    schedule(issue, at=at)
    return issue


def schedule(issue: Issue, *, at: datetime | None = None, by: User | None = None) -> None:
    at = at or timezone.now()
    n = audience(issue, at).count()
    approving.schedule(issue, by=by or make_user(ROLE), at=at, recipients=n)


def send(issue: Issue, at: datetime | None = None) -> None:
    """What the worker does, from its start to the last letter."""
    delivering.start(issue.pk, at or timezone.now())
    while delivering.deliver(issue.pk):
        pass
    issue.refresh_from_db()


def leave(subscriber: Subscriber) -> None:
    Subscriber.objects.filter(pk=subscriber.pk).update(status=Subscriber.Status.LEFT)
