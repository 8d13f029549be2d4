"""An import goes on where it stopped, whoever stopped it, and nothing is added twice."""

from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from newsletter.importing import running, staging
from newsletter.models import Growth, Import, Subscriber
from newsletter.services import importing, subscribing
from newsletter.tasks.imports import keep_importing
from tests.factories import make_user
from tests.factories_newsletter import make_subscriber
from tests.newsletter.imports import (
    batch_again,
    check,
    dying,
    numbers,
    only_chunk,
    take,
    work_off,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsletter.importing.rows.BLOCK", 2)
    monkeypatch.setattr("newsletter.importing.rows.CHUNK", 2)


@pytest.mark.parametrize("n_chunks", range(5))
def test_import_goes_on_where_it_died(
    monkeypatch: pytest.MonkeyPatch, small_chunks: None, n_chunks: int
) -> None:
    rows = [f"a{n}@example.org" for n in range(9)]
    batch = check(*rows)
    importing.agree(batch, by=make_user("newsletter editor"))
    with monkeypatch.context() as patched:
        patched.setattr(staging, "subscribe", dying(n_chunks))
        with pytest.raises(MemoryError):
            running.work(batch.pk)
    batch.refresh_from_db()
    assert batch.status == Import.Status.FAILED
    assert batch.n_added == Subscriber.objects.count() == 2 * n_chunks

    importing.go_on(batch)
    work_off(batch)

    assert numbers(batch) == {"rows": 9, "added": 9, "known": 0, "suppressed": 0, "refused": 0}
    assert Growth.objects.get().n_joined == Subscriber.objects.count() == 9


def test_import_goes_on_while_people_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    ann, batch = make_subscriber("ann@example.org"), check("ann@example.org", "bob@example.org")
    importing.agree(batch, by=make_user("newsletter editor"))
    subscribe = staging.subscribe

    def left_just_then(*arguments: Any) -> int:
        subscribing.leave(ann.pk)
        return subscribe(*arguments)

    monkeypatch.setattr(staging, "subscribe", left_just_then)
    work_off(batch)

    assert Subscriber.objects.active().get().address == "bob@example.org"


def test_long_import_is_done_in_slices(monkeypatch: pytest.MonkeyPatch, small_chunks: None) -> None:
    batch = check(*(f"a{n}@example.org" for n in range(9)))
    importing.agree(batch, by=make_user("newsletter editor"))
    monkeypatch.setattr(running, "SLICE", 0)

    running.work(batch.pk)

    batch.refresh_from_db()
    assert (batch.status, batch.n_added) == (Import.Status.RUNNING, 2)
    assert 0 < batch.n_bytes_done < batch.n_bytes


def test_chunk_is_stored_once_whoever_brings_it() -> None:
    batch = check("a@example.org")
    importing.agree(batch, by=make_user("newsletter editor"))
    chunk = only_chunk(batch)
    staging.prepare()
    running.store(batch.pk, chunk)

    with pytest.raises(running.Interfered):
        running.store(batch.pk, chunk)

    assert batch_again(batch).n_added == 1


@pytest.mark.django_db(transaction=True)
def test_one_import_at_a_time() -> None:
    batch = take("a@example.org")
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [running.LOCK])
            assert running.work(batch.pk) is False
            cursor.execute("SELECT pg_advisory_unlock(%s)", [running.LOCK])
    finally:
        other.close()

    assert running.work(batch.pk) is True


def test_worker_takes_up_what_a_dead_one_left() -> None:
    batch = take("a@example.org")
    Import.objects.filter(pk=batch.pk).update(status=Import.Status.CHECKING)

    keep_importing(0)

    job = ProcrastinateJob.objects.get(task_name="newsletter.run_import")
    assert job.args == {"import_id": batch.pk}


def test_looking_twice_queues_one_job() -> None:
    take("a@example.org")

    keep_importing(0)
    keep_importing(0)

    assert ProcrastinateJob.objects.filter(task_name="newsletter.run_import").count() == 1


def test_stopped_import_that_has_added_some_keeps_the_proof(
    monkeypatch: pytest.MonkeyPatch, small_chunks: None
) -> None:
    batch = check(*(f"a{n}@example.org" for n in range(9)))
    importing.agree(batch, by=make_user("newsletter editor"))
    with monkeypatch.context() as patched:
        patched.setattr(staging, "subscribe", dying(1))
        with pytest.raises(MemoryError):
            running.work(batch.pk)

    importing.discard(batch, by=make_user("newsletter editor"))

    kept = Import.objects.get()
    assert (kept.status, kept.n_added, bool(kept.file)) == (Import.Status.DONE, 2, False)
