"""From a file to subscribers: checked, agreed to, added, and gone on with after a death."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from newsletter import suppressions
from newsletter.importing import running, staging
from newsletter.models import Growth, Import, RefusedRow, Source, Subscriber, Suppression
from newsletter.services import importing, subscribing
from newsletter.tasks.imports import keep_importing
from tests.factories import make_user
from tests.factories_newsletter import make_subscriber

pytestmark = pytest.mark.django_db
PROOF = "Signed up on old.example.org from 2019 to 2024, each confirmed by mail."
Status = Subscriber.Status


def take(*rows: str) -> Import:
    file = io.BytesIO("\n".join(["Mail,Name", *rows]).encode())
    return importing.take(file, name="list.csv", statement=PROOF, by=make_user("newsletter editor"))


def check(*rows: str) -> Import:
    batch = take(*rows)
    running.work(batch.pk)
    batch.refresh_from_db()
    return batch


def add(*rows: str) -> Import:
    batch = check(*rows)
    importing.agree(batch, by=make_user("newsletter editor"))
    work_off(batch)
    return batch


def work_off(batch: Import) -> None:
    batch.refresh_from_db()
    while batch.is_at_work:
        running.work(batch.pk)
        batch.refresh_from_db()


def numbers(batch: Import) -> dict[str, int]:
    names = ["rows", "added", "known", "suppressed", "refused"]
    return {name: getattr(batch, f"n_{name}") for name in names}


def is_stored(name: str | None) -> bool:
    return bool(name) and storages["private"].exists(str(name))


def test_check_counts_and_adds_nobody() -> None:
    make_subscriber("known@example.org")
    suppressions.suppress("gone@example.org", Suppression.Reason.ERASED, timezone.now())

    rows = ["new@example.org", "NEW@example.org", "known@example.org", "gone@example.org", "bad"]
    batch = check(*rows)

    assert (batch.status, batch.n_new) == (Import.Status.CHECKED, 1)
    assert numbers(batch) == {"rows": 5, "added": 0, "known": 2, "suppressed": 1, "refused": 1}
    assert Subscriber.objects.count() == 1
    assert is_stored(batch.file.name)


def test_check_repeated_counts_the_same() -> None:
    batch = check("new@example.org", "bad")
    before = numbers(batch)
    Import.objects.update(status=Import.Status.CHECKING)

    running.work(batch.pk)

    batch.refresh_from_db()
    assert numbers(batch) == before
    assert batch.refused_rows.count() == 1


def test_who_is_added_is_active_and_carries_the_proof() -> None:
    batch = add("new@example.org,Ann")

    added = Subscriber.objects.get()
    assert (added.address, added.status) == ("new@example.org", Status.ACTIVE)
    assert (added.source, added.batch) == (Source.IMPORT, batch)
    assert added.joined_at
    assert batch.statement == PROOF


@pytest.mark.parametrize("status", Status.values)
def test_who_is_known_stays_as_they_are(status: str) -> None:
    before = make_subscriber("known@example.org", status)

    batch = add("known@example.org")

    after = Subscriber.objects.get()
    assert (after.status, after.source, after.joined_at) == (
        status,
        before.source,
        before.joined_at,
    )
    assert batch.n_added == 0


@pytest.mark.parametrize("reason", Suppression.Reason.values)
def test_suppressed_address_is_never_added(reason: str) -> None:
    suppressions.suppress("gone@example.org", reason, timezone.now())

    batch = add("GONE@example.org", "new@example.org")

    assert [one.address for one in Subscriber.objects.all()] == ["new@example.org"]
    assert numbers(batch) == {"rows": 2, "added": 1, "known": 0, "suppressed": 1, "refused": 0}


def test_who_was_erased_does_not_come_back() -> None:
    subscribing.erase(make_subscriber("gone@example.org").pk)

    add("gone@example.org", "Gone@Example.org ")

    assert not Subscriber.objects.exists()


def test_who_is_erased_while_a_chunk_is_stored_does_not_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    batch = check("gone@example.org", "new@example.org")
    importing.agree(batch, by=make_user("newsletter editor"))
    staging.prepare()
    subscribe = staging.subscribe

    def erased_just_then(*arguments: Any) -> int:
        suppressions.suppress("gone@example.org", Suppression.Reason.ERASED, timezone.now())
        return subscribe(*arguments)

    monkeypatch.setattr(staging, "subscribe", erased_just_then)
    with pytest.raises(running.Interfered):
        running.store_once(batch.pk, only_chunk(batch), timezone.now())

    assert not Subscriber.objects.exists()


def only_chunk(batch: Import) -> running.Prepared:
    with batch_again(batch).file.open("rb") as opened:
        return next(running.prepare(opened.file.file, start=0))


def batch_again(batch: Import) -> Import:
    return Import.objects.get(pk=batch.pk)


def test_import_repeated_adds_nobody_twice() -> None:
    add("a@example.org", "b@example.org")
    again = add("b@example.org", "a@example.org", "c@example.org")

    assert numbers(again) == {"rows": 3, "added": 1, "known": 2, "suppressed": 0, "refused": 0}
    assert Subscriber.objects.count() == 3


def test_growth_counts_who_was_added() -> None:
    add("a@example.org", "b@example.org", "a@example.org")

    assert Growth.objects.get(source=Source.IMPORT).n_joined == 2


def test_file_is_deleted_when_it_is_done() -> None:
    batch = check("a@example.org")
    name = batch.file.name
    importing.agree(batch, by=make_user("newsletter editor"))
    work_off(batch)

    assert not is_stored(name)
    assert batch.finished_at


def test_refused_rows_are_kept_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "N_REFUSED_KEPT", 3)

    batch = check("a@example.org", "1", "2", "3", "4", "5")

    assert batch.n_refused == 5
    assert [row.line for row in batch.refused_rows.all()] == [3, 4, 5]


def test_unreadable_file_says_why() -> None:
    batch = importing.take(
        io.BytesIO(b"Name\nAnn\n"), name="x.csv", statement=PROOF, by=make_user()
    )

    running.work(batch.pk)

    batch.refresh_from_db()
    assert batch.status == Import.Status.FAILED
    assert "No column with mail addresses" in batch.failure


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsletter.importing.rows.BLOCK", 2)
    monkeypatch.setattr("newsletter.importing.rows.CHUNK", 2)


def dying(after: int) -> Callable[..., int]:
    """A worker that dies in the middle of its chunk number `after` + 1."""
    subscribe, n_done = staging.subscribe, 0

    def then_die(*arguments: Any) -> int:
        nonlocal n_done
        n_done += 1
        added = subscribe(*arguments)
        if n_done > after:
            raise MemoryError
        return added

    return then_die


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


def test_agreeing_twice_counts_once() -> None:
    batch, user = check("a@example.org"), make_user("newsletter editor")

    assert importing.agree(batch, by=user)
    assert not importing.agree(batch, by=user)


def test_discarded_import_leaves_nothing() -> None:
    batch = check("a@example.org", "bad")
    name = batch.file.name

    assert importing.discard(batch, by=make_user("newsletter editor"))

    assert not Import.objects.exists()
    assert not RefusedRow.objects.exists()
    assert not is_stored(name)


def test_import_at_work_is_not_discarded() -> None:
    batch = take("a@example.org")

    assert not importing.discard(batch, by=make_user("newsletter editor"))
    assert is_stored(batch.file.name)


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


def test_forgotten_file_is_deleted_after_a_week() -> None:
    batch = check("a@example.org", "bad")
    name = batch.file.name
    Import.objects.update(created_at=timezone.now() - timedelta(days=8))

    keep_importing(0)

    assert not is_stored(name)
    assert not RefusedRow.objects.exists()


def test_other_accounts_of_the_machine_cannot_read_the_file() -> None:
    assert Path(take("a@example.org").file.path).stat().st_mode & 0o077 == 0


def test_import_needs_a_proof() -> None:
    with pytest.raises(Exception, match="newsletter_import_has_proof"):
        Import.objects.create(name="x.csv", statement="")


def test_address_stands_in_no_job() -> None:
    add("secret.person@example.org", "bad.person")

    assert "person" not in str(list(ProcrastinateJob.objects.values_list("args", flat=True)))
