"""What the desk does with lists of addresses from elsewhere."""

import logging
from datetime import datetime
from pathlib import PurePath
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from newsletter.importing import ending
from newsletter.importing.text import Utf8
from newsletter.models import Import
from newsletter.tasks import imports as tasks
from newsroom.models import User

logger = logging.getLogger(__name__)
Status = Import.Status


@transaction.atomic
def take(file: BinaryIO, *, name: str, statement: str, by: User) -> Import:
    """Keep `file` and have the worker check it; nobody is added yet."""
    batch = Import(name=PurePath(name).name[:200], statement=statement, created_by=by)
    batch.file.save(f"{get_random_string(24)}.csv", Utf8(file, name), save=False)
    batch.n_bytes = batch.file.size
    batch.save()
    transaction.on_commit(tasks.go_on)
    logger.info("%s uploaded import %s and stated: %s", by.username, batch.pk, statement)
    return batch


@transaction.atomic
def agree(batch: Import, *, by: User, at: datetime | None = None) -> bool:
    """Have the worker add what the check has found. False if that was asked for before."""
    checked = Import.objects.filter(pk=batch.pk, status=Status.CHECKED)
    is_agreed = checked.update(
        status=Status.RUNNING,
        agreed_at=at or timezone.now(),
        n_bytes_done=0,
        n_added=0,
        n_known=0,
        n_suppressed=0,
    )
    if is_agreed:
        logger.info("%s started import %s", by.username, batch.pk)
        transaction.on_commit(tasks.go_on)
    return bool(is_agreed)


@transaction.atomic
def go_on(batch: Import) -> bool:
    """Try an import that has stopped once more. False if it has not stopped."""
    stopped = Import.objects.filter(pk=batch.pk, status=Status.FAILED)
    status = Status.RUNNING if batch.agreed_at else Status.WAITING
    is_going = stopped.update(status=status, failure="")
    if is_going:
        transaction.on_commit(tasks.go_on)
    return bool(is_going)


@transaction.atomic
def discard(batch: Import, *, by: User) -> bool:
    """Add no more of it. False if it is at work or done."""
    found = Import.objects.select_for_update().filter(pk=batch.pk)
    idle = found.filter(status__in=[Status.CHECKED, Status.FAILED]).first()
    if idle is None:
        return False
    logger.info("%s discarded import %s", by.username, batch.pk)
    ending.discard(idle)
    return True
