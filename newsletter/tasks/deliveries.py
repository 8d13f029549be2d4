"""What staff are sent: tests of a round-up, and what they must hear of its sending."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.utils import timezone
from procrastinate.contrib.django import app

from newsletter import mail, proofs
from newsletter.alerts import alert
from newsletter.models import Issue, Sender
from newsletter.sending import pace
from newsletter.sending.sender import PATIENCE
from newsletter.sending.starting import NOBODY_STARTS
from newsletter.tasks.pace import PATIENT, SOON
from newsroom.models import User


@app.periodic(cron="* * * * *")
@app.task(name="newsletter.watch_sending", queueing_lock="newsletter.watch_sending", priority=SOON)
def watch_sending(timestamp: int) -> None:
    """Tell staff if letters wait and no sender is there to send them."""
    now = timezone.now()
    waits = Issue.objects.due(now - NOBODY_STARTS) | Issue.objects.at_work()
    is_alive = Sender.objects.filter(seen_at__gt=now - PATIENCE).exists()
    if not is_alive and (issue := waits.only("subject").first()):
        text = "No sender is running. Start one: manage.py sender, on any machine of the site."
        alert("no-sender", f"Nobody sends: {issue}", text)


@app.periodic(cron="23 3 * * *")
@app.task(name="newsletter.forget_senders")
def forget_senders(timestamp: int) -> None:
    """Processes long gone, and counts that no limit asks for."""
    now = timezone.now()
    Sender.objects.filter(seen_at__lt=now - timedelta(days=30)).delete()
    pace.forget(now)


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
