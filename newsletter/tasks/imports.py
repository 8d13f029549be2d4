"""Imports: slice after slice, and each minute a look for what a dead worker left behind."""

from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from newsletter.importing import ending, running
from newsletter.models import Import


@app.periodic(cron="* * * * *")
@app.task(name="newsletter.keep_importing", queueing_lock="newsletter.keep_importing")
def keep_importing(timestamp: int) -> None:
    ending.forget(timezone.now())
    go_on()


@app.task(name="newsletter.run_import")
def run_import(import_id: int) -> None:
    if running.work(import_id):
        go_on()


def go_on() -> None:
    """Queue a slice of the oldest import that is not finished, unless one waits already."""
    batch = Import.objects.unfinished().first()
    if batch is None:
        return
    lock = f"newsletter.run_import:{batch.pk}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        run_import.configure(queueing_lock=lock).defer(import_id=batch.pk)
