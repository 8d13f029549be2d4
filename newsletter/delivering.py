"""A round-up on its way: started, one letter after the other, finished.

Any number of workers may do this at once, and any of them may die at any point: what is done is in
the rows. A letter is claimed, sent, then marked; one whose worker died in between stays claimed
and, after LEASE, is sent again under the same Message-ID. So nobody is missed, and at most the one
letter that each dead worker had in hand arrives twice.
"""

from datetime import date, datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from time import monotonic

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from newsletter import freezing, mail, rendering, tokens
from newsletter.alerts import alert
from newsletter.audience import audience, needs_somebody_else
from newsletter.models import Delivery, Issue, Subscriber
from newsroom.lib.dates import spoken
from newsroom.models import Publication

NOBODY_STARTS = timedelta(minutes=3)  # the desk tells; the worker looks every minute
LATE = timedelta(minutes=15)  # staff are told
TOO_LATE = timedelta(hours=6)  # not sent any more without a human
LEASE = timedelta(minutes=10)  # several times what a mail server may take for one letter
GIVE_UP = timedelta(hours=24)  # after which a letter that is put off again and again has failed
SLICE = 200  # letters over one connection, so that other work gets its turn
SLICE_SECONDS = 5  # and a worker that shall stop is not waited for in vain
Status = Delivery.Status


def obstacle(issue: Issue, at: datetime) -> str:
    """Why a scheduled `issue` cannot start at `at` without a human; "" if nothing is in the way."""
    if issue.send_at and at - issue.send_at > TOO_LATE:
        hours = TOO_LATE // timedelta(hours=1)
        return f"It was due {spoken(issue.send_at)}, more than {hours} hours ago. Schedule it anew."
    if gone := freezing.withdrawn(issue, at):
        titles = ", ".join(f"“{title}”" for title in gone)
        return f"Readers can no longer open {titles}. Take the approval back and remove it."
    if issue.approved_by and needs_somebody_else(issue, issue.approved_by, at):
        return (
            "It goes to so many now that somebody who has not edited it must approve it. "
            "Take the approval back."
        )
    if freezing.digest(issue) != issue.digest:
        return "The approved copy is not what was approved. Take the approval back."
    day = day_of(at)
    if Issue.objects.filter(published_on=day).exclude(pk=issue.pk).exists():
        return f"A round-up of {day:%-d %B} is out already. Schedule it for another day."
    return ""


def day_of(at: datetime) -> date:
    return at.astimezone(Publication.current_zone()).date()


@transaction.atomic
def start(issue_id: int, at: datetime) -> bool:
    """Whether this call has started the round-up; of any number at once one does."""
    issue = Issue.objects.due(at).select_for_update().filter(pk=issue_id).first()
    if issue is None or not issue.send_at:
        return False
    if why := obstacle(issue, at):
        alert(f"held:{issue.pk}", f"Not sent: {issue}", why)
        return False
    if at - issue.send_at > LATE:
        alert(f"late:{issue.pk}", f"Late: {issue}", f"It was due {spoken(issue.send_at)}.")
    issue.status, issue.started_at, issue.published_on = Issue.Status.SENDING, at, day_of(at)
    issue.save(update_fields=["status", "started_at", "published_on"])
    prepare(issue, at)
    return True


def prepare(issue: Issue, at: datetime) -> int:
    """A row for everybody who gets it; how many."""
    chosen, params = audience(issue, at).order_by("id").values("id").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO newsletter_delivery (issue_id, subscriber_id, status, at) "  # noqa: S608
            f"SELECT %s, chosen.id, %s, %s FROM ({chosen}) chosen ON CONFLICT DO NOTHING",
            [issue.pk, Status.PREPARED, at, *params],
        )
        return int(cursor.rowcount)


def deliver(issue_id: int, *, most: int = SLICE) -> bool:
    """Send up to `most` letters over one connection; whether more may wait.

    Raises OSError if the mail server cannot be reached or will have nothing of ours.
    """
    issue = Issue.objects.filter(pk=issue_id, status=Issue.Status.SENDING).first()
    if issue is None:
        return False
    stationery = mail.Stationery.current()
    end = monotonic() + SLICE_SECONDS
    with get_connection() as server:
        for _ in range(most):
            delivery = claim(issue)
            if delivery is None:
                finish(issue)
                return False
            letter = letter_to(issue, delivery.subscriber, stationery)
            settle(delivery, outcome(server, letter))
            if monotonic() > end:
                break
    return True


def claim(issue: Issue) -> Delivery | None:
    """The next letter that waits, now ours alone; whoever has left by this moment gets none.

    The subscriber's row is locked for that moment, so that leaving comes before or after.
    """
    while True:
        with transaction.atomic():
            waiting = Delivery.objects.filter(issue=issue, status=Status.PREPARED)
            waiting = waiting.select_related("subscriber").order_by("pk")
            found = waiting.select_for_update(skip_locked=True).first()
            if found is None:
                return None
            is_active = found.subscriber.status == Subscriber.Status.ACTIVE
            found.status = Status.CLAIMED if is_active else Status.LEFT
            found.at = timezone.now()
            found.save(update_fields=["status", "at"])
        if is_active:
            return found


def letter_to(
    issue: Issue, subscriber: Subscriber, stationery: mail.Stationery
) -> EmailMultiAlternatives:
    token = tokens.LEAVE.sign(str(subscriber.pk))
    links = {
        "leave": mail.url("leave", token),
        "preferences": mail.url("preferences", tokens.PREFERENCES.sign(str(subscriber.pk))),
        "archive": mail.url("issue_detail", issue.published_on),
    }
    return mail.letter(
        to=subscriber.address,
        subject=issue.subject,
        text=rendering.personal(issue.plain, **links),
        html=rendering.personal(issue.html, **links),
        message_id=f"roundup-{issue.pk}-{subscriber.pk}",
        leave_token=token,
        stationery=stationery,
    )


def outcome(server: BaseEmailBackend, letter: EmailMultiAlternatives) -> Delivery.Status:
    """What became of `letter`: sent, failed, or (put off by the server) still claimed.

    Raises OSError if the trouble is not with this letter.
    """
    try:
        server.send_messages([letter])
    except (SMTPRecipientsRefused, SMTPDataError) as error:
        return Status.FAILED if answer_of(error) >= 500 else Status.CLAIMED  # RFC 5321, 4.2.1
    return Status.SENT


def answer_of(error: SMTPRecipientsRefused | SMTPDataError) -> int:
    if isinstance(error, SMTPDataError):
        return int(error.smtp_code)
    return max(code for code, _ in error.recipients.values())


def settle(delivery: Delivery, status: Delivery.Status) -> None:
    """The moment of the claim names it: if the letter was claimed anew since, it is not ours."""
    ours = Delivery.objects.filter(pk=delivery.pk, status=Status.CLAIMED, at=delivery.at)
    ours.update(status=status, at=timezone.now())


def release(issue: Issue, at: datetime) -> int:
    """Letters that have been claimed for too long wait again, or have failed; how many."""
    overdue = Delivery.objects.filter(issue=issue, status=Status.CLAIMED, at__lt=at - LEASE)
    is_hopeless = issue.started_at is not None and at - issue.started_at > GIVE_UP
    return overdue.update(status=Status.FAILED if is_hopeless else Status.PREPARED, at=at)


def finish(issue: Issue) -> bool:
    """Whether this call has closed the round-up: every letter has met its end."""
    is_open = Delivery.objects.filter(
        issue=OuterRef("pk"), status__in=[Status.PREPARED, Status.CLAIMED]
    )
    sending = Issue.objects.filter(~Exists(is_open), pk=issue.pk, status=Issue.Status.SENDING)
    return bool(sending.update(status=Issue.Status.SENT, sent_at=timezone.now()))
