"""A round-up's last moment: every letter has met its end."""

from datetime import datetime
from operator import or_

from django.db import transaction
from django.db.models import Exists, OuterRef

from newsletter.models import Delivery, Issue
from newsletter.sending import certificate

STOPPED = "The round-up was stopped before its turn."
Status = Delivery.Status


@transaction.atomic
def close(issue_id: int, at: datetime) -> bool:
    """Whether this call has ended the round-up; certified, if nothing is left to be sent."""
    issue = locked(issue_id, Issue.Status.SENDING)
    if issue is None or is_open(issue):  # looked at again, as somebody may just have sent again
        return False
    issue.status, issue.sent_at = Issue.Status.SENT, at
    issue.certificate = certificate.of(issue)
    issue.save(update_fields=["status", "sent_at", "certificate"])
    return True


@transaction.atomic
def close_stopped(issue_id: int, at: datetime) -> bool:
    """The same for one that was stopped, once nobody has a letter of it in hand."""
    stopped = Issue.objects.to_close().filter(pk=issue_id)
    issue = stopped.select_for_update(skip_locked=True).first()
    if issue is None:
        return False
    letters = issue.deliveries
    letters.in_hand().filter(sender=None, status=Status.UNCERTAIN).update(next_at=None)
    letters.waiting().filter(n_lost__gt=0).update(status=Status.UNCERTAIN, next_at=None)
    letters.waiting().update(status=Status.SUPPRESSED, next_at=None, done_at=at, answer=STOPPED)
    if is_open(issue):  # some are in hand, or were leased by somebody who had not heard of it
        return False
    issue.sent_at = at
    issue.certificate = certificate.of(issue)
    issue.save(update_fields=["sent_at", "certificate"])
    return True


def is_open(issue: Issue) -> bool:
    """Whether a letter waits or is in hand; asked at once, or one that is given back escapes."""
    rows = Delivery.objects.filter(issue=OuterRef("pk"))
    found = [Exists(rows.filter(status=status)) for status in Delivery.WAITING]  # an index each
    return Issue.objects.filter(or_(*found) | Exists(rows.in_hand()), pk=issue.pk).exists()


def locked(issue_id: int, status: str) -> Issue | None:
    """The round-up, if it has that status and no letter that waits or is in hand."""
    rows = Delivery.objects.filter(issue=OuterRef("pk"))
    waiting = [~Exists(rows.filter(status=status)) for status in Delivery.WAITING]  # an index each
    ended = Issue.objects.filter(*waiting, ~Exists(rows.in_hand()), pk=issue_id)
    return ended.filter(status=status).select_for_update(skip_locked=True).first()
