"""Sums wait in memory, are written all at once, and outlive a database that is away."""

import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection
from django.db.models import Sum
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from donations import counting
from donations.counting import Key, Sums
from donations.models import Count

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _waiting(settings: Settings) -> None:
    settings.APPEAL_COUNTS_EVERY = 3600


def key(variant: int = 1, article: int = 0) -> Key:
    return Key(DAY, 7, variant, "body", "clicked", "", article)


def total() -> tuple[int, int]:
    found = Count.objects.aggregate(n=Sum("n", default=0), n_first=Sum("n_first", default=0))
    return found["n"], found["n_first"]


def one_by_one(sums: Sums) -> None:
    for n in range(2000):
        sums.add([(key(n % 3), (1, 0))])


def in_thread(sums: Sums, keys: list[Key]) -> None:
    """Write a hundred times, as another process would."""
    try:
        for _ in range(100):
            sums.add((one, (1, 0)) for one in keys)
            assert sums.write()
    finally:
        connection.close()


@contextmanager
def table_away() -> Iterator[None]:
    """As if a newer database had none, or this one were out of reach."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE donations_count RENAME TO elsewhere")
        try:
            yield
        finally:
            cursor.execute("ALTER TABLE elsewhere RENAME TO donations_count")


def test_what_waits_is_written_by_one_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    sums = Sums()
    for article in range(500):
        sums.add([(key(article=article), (1, 1)), (key(article=article), (1, 0))])

    with django_assert_num_queries(1):
        assert sums.write()

    assert Count.objects.count() == 500
    assert total() == (1000, 500)


def test_later_sums_are_added_to_the_rows(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    sums = Sums()
    for _ in range(2):
        sums.add([(key(), (3, 1))])
        sums.write()

    assert total() == (6, 2)
    assert Count.objects.count() == 1
    with django_assert_num_queries(0):
        assert sums.write()


def test_many_threads_lose_nothing() -> None:
    sums = Sums()

    with ThreadPoolExecutor(8) as pool:
        for _ in range(8):
            pool.submit(one_by_one, sums)
    sums.write()

    assert total() == (16_000, 0)


def test_processes_that_write_the_same_rows_do_not_wait_for_one_another() -> None:
    keys = [key(variant) for variant in range(50)]

    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(in_thread, Sums(), order) for order in (keys, keys[::-1])]
    for run in runs:
        run.result()

    assert total() == (2 * 50 * 100, 0)


def test_sums_are_written_by_themselves(settings: Settings) -> None:
    settings.APPEAL_COUNTS_EVERY = 0.05
    sums = Sums()

    sums.add([(key(), (1, 1))])

    until = time.monotonic() + 10
    while total() != (1, 1):
        assert time.monotonic() < until
        time.sleep(0.02)


def test_sums_wait_for_a_database_that_is_away(caplog: pytest.LogCaptureFixture) -> None:
    sums = Sums()
    caplog.set_level(logging.WARNING, "donations")

    with table_away():
        for _ in range(3):
            sums.add([(key(), (1, 1))])
            assert not sums.write()
    assert sums.write()

    assert total() == (3, 3)
    assert len(caplog.records) == 1


def test_what_waits_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST", 3)
    sums = Sums()

    for article in range(10):
        sums.add([(key(article=article), (1, 0))])
    sums.add([(key(article=0), (1, 0))])
    sums.write()

    assert set(Count.objects.values_list("article", "n")) == {(0, 2), (1, 1), (2, 1)}


def test_forked_process_does_not_write_what_its_parent_will() -> None:
    sums = Sums()
    sums.add([(key(), (1, 0))])

    sums.begin()
    sums.write()

    assert total() == (0, 0)
