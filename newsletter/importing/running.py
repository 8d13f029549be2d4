"""What the worker does with an import: check it, then, once somebody has agreed, add it."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone

from newsletter import growth
from newsletter.importing import staging
from newsletter.importing.ahead import ahead
from newsletter.importing.layout import Unreadable, layout_of
from newsletter.importing.rows import Chunk, Refusal, Rows
from newsletter.models import Import, RefusedRow, Source

LOCK = 1_000_901  # of the one import at a time; any number that no other advisory lock has
SLICE = 5.0  # seconds, after which other work has its turn
N_REFUSED_KEPT = 10_000
PROGRESS = ["status", "n_bytes_done", "n_rows", "n_known", "n_suppressed", "n_refused"]
UNEXPECTED = "Something unexpected happened; the log says what. Nothing is lost: go on from here."
Status = Import.Status


class Interfered(Exception):
    """Somebody on the list or in the same file was faster; the chunk must be done again."""


@dataclass(frozen=True)
class Prepared:
    """A chunk, ready for the database; `begin` is the byte where it starts."""

    chunk: Chunk
    begin: int
    lines: bytes


def work(batch_id: int) -> bool:
    """Do a slice of what there is to do; False while another import is at work."""
    with alone() as is_alone:
        batch = Import.objects.unfinished().filter(pk=batch_id).first()
        if batch is None or not is_alone:
            return is_alone
        try:
            finish(batch) if batch.is_all_added else do(batch)
        except Unreadable as error:
            fail(batch, str(error))
        except (OperationalError, InterfaceError):
            raise  # the database is away; whoever comes back to this goes on
        except Exception:
            fail(batch, UNEXPECTED)
            raise
    return True


@contextmanager
def alone() -> Iterator[bool]:
    """Whether no other import is at work; none will begin until this ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        is_alone = bool(cursor.fetchone()[0])
        try:
            yield is_alone
        finally:
            if is_alone:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def do(batch: Import) -> None:
    staging.prepare()
    with batch.file.open("rb") as opened:
        file = opened.file.file  # Django's own begin at the top with each loop over their lines
        add(batch, file) if batch.agreed_at else check(batch, file)


def fail(batch: Import, failure: str) -> None:
    Import.objects.unfinished().filter(pk=batch.pk).update(status=Status.FAILED, failure=failure)


def check(batch: Import, file: BinaryIO) -> None:
    """Count what adding would do, and note what is refused; begins anew if it is repeated."""
    batch.refused_rows.all().delete()
    batch.status = Status.CHECKING
    batch.n_bytes_done = batch.n_rows = batch.n_known = batch.n_suppressed = batch.n_refused = 0
    batch.save(update_fields=PROGRESS)
    for prepared in ahead(prepare(file, start=0)):
        staging.stage(prepared.lines)
        keep(batch, prepared.chunk.refusals)
        batch.n_rows += prepared.chunk.n_rows
        batch.n_bytes_done = prepared.chunk.end
        batch.save(update_fields=PROGRESS)
    with transaction.atomic():
        staging.tune()
        batch.n_suppressed = staging.drop_suppressed()
        n_left = batch.n_rows - batch.n_refused - batch.n_suppressed
        batch.n_known = n_left - staging.count_new()
    batch.status, batch.n_bytes_done = Status.CHECKED, 0
    batch.save(update_fields=PROGRESS)


def keep(batch: Import, refusals: list[Refusal]) -> None:
    room = max(N_REFUSED_KEPT - batch.n_refused, 0)
    RefusedRow.objects.bulk_create(
        RefusedRow(
            batch=batch,
            line=refusal.line,
            text=refusal.text.replace("\x00", ""),
            reason=refusal.reason[:120],
        )
        for refusal in refusals[:room]
    )
    batch.n_refused += len(refusals)


def prepare(file: BinaryIO, *, start: int) -> Iterator[Prepared]:
    for chunk in Rows(file, layout_of(file), start=start).chunks():
        chunk.addresses.sort()  # neighbours in the index, and in the same order as anybody else's
        yield Prepared(chunk, start, staging.copy_lines(chunk.addresses))
        start = chunk.end


def add(batch: Import, file: BinaryIO) -> None:
    """Add what is left to add, for a slice of time."""
    until = time.monotonic() + SLICE
    with closing(ahead(prepare(file, start=batch.n_bytes_done))) as upcoming:
        for prepared in upcoming:
            store(batch.pk, prepared)
            if time.monotonic() > until:
                return
    finish(batch)


def store(batch_id: int, prepared: Prepared) -> None:
    """Add one chunk and move the mark. Raises Interfered if the mark is not where it starts."""
    for _ in range(3):
        try:
            return store_once(batch_id, prepared, timezone.now())
        except Interfered:
            continue
    raise Interfered


@transaction.atomic
def store_once(batch_id: int, prepared: Prepared, at: datetime) -> None:
    staging.tune()
    staging.empty()
    staging.stage(prepared.lines)
    n_suppressed = staging.drop_suppressed()
    n_added = staging.subscribe(batch_id, at)
    if staging.count_suppressed() and staging.has_wrongly_subscribed():
        raise Interfered  # somebody was erased since; who has left from the list is no matter
    growth.joined(Source.IMPORT, at, n=n_added)
    here = Import.objects.filter(pk=batch_id, n_bytes_done=prepared.begin, status=Status.RUNNING)
    is_moved = here.update(
        n_bytes_done=prepared.chunk.end,
        n_added=F("n_added") + n_added,
        n_suppressed=F("n_suppressed") + n_suppressed,
        n_known=F("n_known") + len(prepared.chunk.addresses) - n_suppressed - n_added,
    )
    if not is_moved:
        raise Interfered


def finish(batch: Import) -> None:
    """The addresses have served; the numbers stay."""
    running = Import.objects.filter(pk=batch.pk, status=Status.RUNNING)
    running.update(n_bytes_done=F("n_bytes"))  # whoever has to repeat this needs no file for it
    batch.file.delete(save=False)
    running.update(status=Status.DONE, finished_at=timezone.now(), file="")
