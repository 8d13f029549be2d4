"""Telling staff of claims that lapse; pausing needs no task, readers' pages do it by the clock."""

from email.utils import formataddr, make_msgid

from django.core.mail import EmailMessage
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from donations import alerts
from newsroom.lib import mail
from newsroom.models import Publication, User

# Waits 4 ** n seconds: a day in all, which most troubles of a mail server do not outlast.
PATIENT = RetryStrategy(max_attempts=9, exponential_wait=4)


@app.periodic(cron="*/10 * * * *")
@app.task(name="donations.tell_lapses", queueing_lock="donations.tell_lapses")
def tell_lapses(timestamp: int) -> None:
    alerts.tell(timezone.now())


@app.task(name="donations.mail_lapse", retry=PATIENT)
def mail_lapse(user_ids: list[int], subject: str, text: str) -> None:
    readers = User.objects.filter(pk__in=user_ids, is_active=True).exclude(email="")
    mail.send(letter(reader.email, subject, text) for reader in readers)


def letter(to: str, subject: str, text: str) -> EmailMessage:
    publication = Publication.objects.only("name").first() or Publication()
    return EmailMessage(
        subject=mail.header_text(subject),
        body=text,
        from_email=formataddr((mail.header_text(publication.name), mail.sender())),
        to=[to],
        headers={
            "Message-ID": make_msgid(domain=mail.domain()),
            "Auto-Submitted": "auto-generated",
        },
    )
