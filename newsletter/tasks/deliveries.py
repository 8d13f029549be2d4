"""Sending: started by the clock, and by whoever presses the button."""

from contextlib import suppress
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from newsletter import delivering, mail, proofs
from newsletter.alerts import alert
from newsletter.models import Issue
from newsletter.tasks.pace import PATIENT, SOON
from newsroom.models import Publication, User


@app.periodic(cron="* * * * *")
@app.task(name="newsletter.keep_sending", queueing_lock="newsletter.keep_sending", priority=SOON)
def keep_sending(timestamp: int) -> None:
    """Start what is due, and go on with what a dead worker or mail server left behind."""
    now = timezone.now()
    for issue_id in Issue.objects.due(now).values_list("pk", flat=True):
        start(issue_id)
    for issue in Issue.objects.filter(status=Issue.Status.SENDING).only("started_at"):
        delivering.release(issue, now)
        go_on(issue.pk)


@app.task(name="newsletter.start", priority=SOON)
def start(issue_id: int) -> None:
    with timezone.override(Publication.current_zone()):  # for what staff are told
        has_started = delivering.start(issue_id, timezone.now())
    if has_started:
        go_on(issue_id)


@app.task(name="newsletter.deliver")
def deliver(issue_id: int) -> None:
    """One slice; the next one queues up behind other work."""
    try:
        is_more = delivering.deliver(issue_id)
    except OSError as error:
        text = f"It is tried again every minute. The error: {type(error).__name__}: {error}"
        alert("mail-server", "The mail server does not take our letters", text)
    else:
        if is_more:
            go_on(issue_id)


def go_on(issue_id: int) -> None:
    """Queue the next slice, unless one waits already."""
    lock = f"newsletter.deliver:{issue_id}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        deliver.configure(queueing_lock=lock).defer(issue_id=issue_id)


@app.task(name="newsletter.send_proofs", retry=2, priority=SOON)
def send_proofs(issue_id: int, user_ids: list[int], stamp: int) -> None:
    proofs.send(issue_id, user_ids, stamp)


@app.task(name="newsletter.mail_alert", retry=PATIENT, priority=SOON)
def mail_alert(subject: str, text: str) -> None:
    """To everybody who may send round-ups and has an address."""
    may_send: Any = User.objects.with_perm(
        "newsletter.send_issue", backend=f"{ModelBackend.__module__}.{ModelBackend.__name__}"
    )
    readers = may_send.exclude(email="")
    mail.send(mail.notice(to=user.email, subject=subject, text=text) for user in readers)
