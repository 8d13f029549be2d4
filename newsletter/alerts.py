"""What staff must hear of at once, wherever they are."""

import logging
from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from newsroom.lib.logs import ADDRESS
from newsroom.models import Limit

logger = logging.getLogger(__name__)
AN_HOUR = timedelta(hours=1)


def alert(key: str, subject: str, text: str) -> None:
    """Mail those who may send round-ups, at most once an hour for `key`; the log hears it too."""
    if Limit.objects.take(f"alert:{key}", most=1, per=AN_HOUR, at=timezone.now()):
        logger.error("%s: %s", subject, text)
        task = app.configure_task("newsletter.mail_alert")
        task.defer(subject=subject, text=ADDRESS.sub("[address]", text))
