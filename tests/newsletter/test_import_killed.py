"""A worker that is killed in the middle of an import."""

import io
import multiprocessing
import time

import pytest
from django.db import connection

from newsletter.importing import rows, running
from newsletter.models import Growth, Import, Subscriber
from newsletter.services import importing
from tests.factories import make_user

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
N = 20_000
PROOF = "Signed up on old.example.org from 2019 to 2024, each confirmed by mail."


def make_agreed() -> Import:
    file = io.BytesIO(b"".join(b"reader%d@example.org\n" % n for n in range(N)))
    by = make_user("newsletter editor")
    batch = importing.take(file, name="list.csv", statement=PROOF, by=by)
    running.work(batch.pk)
    batch.refresh_from_db()
    importing.agree(batch, by=by)
    return batch


def wait_until_some_are_added(batch: Import) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and not batch.n_added:
        time.sleep(0.01)
        batch.refresh_from_db()


def test_killed_import_is_finished_by_the_next_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "BLOCK", 100)
    monkeypatch.setattr(rows, "CHUNK", 100)
    batch = make_agreed()
    connection.close()  # each process opens its own
    worker = multiprocessing.get_context("fork").Process(target=running.work, args=[batch.pk])
    worker.start()
    wait_until_some_are_added(batch)
    worker.kill()
    worker.join()

    batch.refresh_from_db()
    assert 0 < batch.n_added < N
    assert batch.n_added == Subscriber.objects.count()

    while not running.work(batch.pk):  # the server may not have noticed the death yet
        time.sleep(0.01)
    while batch.is_at_work:
        running.work(batch.pk)
        batch.refresh_from_db()
    assert batch.n_added == Subscriber.objects.count() == Growth.objects.get().n_joined == N
