"""Round-ups ready to be approved, approved, scheduled, on their way."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.utils import timezone

from newsletter.audience import audience
from newsletter.freezing import freeze
from newsletter.models import Issue, Sender, Subscriber
from newsletter.sending import closing, recovering, starting
from newsletter.sending.gateways import open_gateway
from newsletter.sending.ledger import Holder
from newsletter.sending.line import Line
from newsletter.sending.sender import PATIENCE
from newsletter.sending.tending import tend
from newsletter.sending.writing import Writer
from newsletter.services import approving
from newsroom.models import Publication, User
from tests.factories import make_published, make_user
from tests.factories_newsletter import make_issue, make_subscriber

ROLE = "newsletter editor"


def make_tested(n_subscribers: int = 1, **fields: Any) -> Issue:
    """A draft of one piece, tested as it stands, with subscribers to go to."""
    Publication.objects.update(postal_address="1 Example Street")
    an_hour_ago = timezone.now() - timedelta(hours=1)
    piece = make_published("The piece", at=an_hour_ago)
    issue = make_issue(**{"tested_version": 1, "preheader": "And more", **fields})
    issue.items.create(article=piece)
    for _ in range(n_subscribers):
        make_subscriber()
    return issue


def make_approved(n_subscribers: int = 1, **fields: Any) -> Issue:
    """As `approving` leaves it, and test_approving.py holds it to that: no checks, no questions."""
    issue = make_tested(n_subscribers, **fields)
    freeze(issue)
    issue.status, issue.approved_at = Issue.Status.APPROVED, timezone.now()
    issue.approved_by = make_user(ROLE)
    issue.save()
    return issue


def make_scheduled(n_subscribers: int = 1, *, at: datetime | None = None, **fields: Any) -> Issue:
    issue = make_approved(n_subscribers, **fields)
    issue.status, issue.send_at = Issue.Status.SCHEDULED, at or timezone.now()
    issue.save(update_fields=["status", "send_at"])
    return issue


def schedule(issue: Issue, *, at: datetime | None = None, by: User | None = None) -> None:
    at = at or timezone.now()
    n = audience(issue, at).count()
    approving.schedule(issue, by=by or make_user(ROLE), at=at, recipients=n)


def start(issue: Issue, at: datetime | None = None) -> bool:
    return starting.start(issue.pk, at or timezone.now())


def make_line(*, writer: Callable[[int], Writer] | None = None) -> Line:
    """A line of a sender that is alive, to the mail server of the settings."""
    sender = Sender.objects.create(host="test", started_at=timezone.now(), seen_at=timezone.now())
    write = writer or cache(lambda pk: Writer.of(Issue.objects.get(pk=pk)))
    return Line(lambda: Holder(sender.pk, 0), open_gateway(), write)


def send(issue: Issue, at: datetime | None = None) -> None:
    """What a sender does, from its start until no letter waits that may leave now."""
    start(issue, at)
    deliver(issue)
    closing.close(issue.pk, timezone.now())
    issue.refresh_from_db()


def deliver(issue: Issue) -> None:
    line = make_line()
    try:
        while line.work([issue.pk]):
            pass
    finally:
        line.gateway.close()


def deliver_batch(issue: Issue) -> None:
    """To twenty, as a line does that knows the mail server to be quick."""
    line = make_line()
    line.most = 20
    assert line.work([issue.pk])
    line.gateway.close()


def tend_all() -> None:
    """What the sender process does on its own, until nothing is left that it can do now."""
    line = make_line()
    while line.work(tend(PATIENCE)):
        pass
    line.gateway.close()
    tend(PATIENCE)


def due_now(issue: Issue) -> None:
    """Let the time pass until what was put off may be tried again."""
    issue.deliveries.filter(next_at__isnull=False).update(next_at=timezone.now())


def recover(issue: Issue) -> int:
    return recovering.recover([issue.pk], PATIENCE)


def leave(subscriber: Subscriber) -> None:
    Subscriber.objects.filter(pk=subscriber.pk).update(status=Subscriber.Status.LEFT)
