"""Every five minutes, a look into the mailbox that letters come back to."""

from django.conf import settings
from procrastinate.contrib.django import app

from newsletter.alerts import alert
from newsletter.bounces.mailbox import Unreadable, read_all

NAME = "newsletter.read_bounces"


@app.periodic(cron="*/5 * * * *")
@app.task(name=NAME, queueing_lock=NAME, lock=NAME)
def read_bounces(timestamp: int) -> None:
    if not settings.BOUNCE_MAILBOX_URL:
        return
    try:
        read_all(settings.BOUNCE_MAILBOX_URL)
    except Unreadable as error:
        text = f"It is tried again every five minutes. {error}"
        alert("bounce-mailbox", "The mailbox that letters come back to cannot be read", text)
