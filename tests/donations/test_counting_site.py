"""Counting in real web processes: how much they take, how seldom they write, what they lose."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPException
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Sum

from donations.models import Appeal, Count
from tests.factories_donations import make_live, make_rules
from tests.web import Web, post

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
EVENTS = ["shown", "clicked", "closed", "gave", "never"]  # of a page view
N_EVENTS = len(EVENTS)
N_CONNECTIONS = 4
A_WRITE = 0.3  # seconds, on a busy machine


@pytest.fixture
def appeal() -> Appeal:
    make_rules()
    return make_live()


@pytest.fixture
def writes() -> Iterator[list[float]]:
    """When each statement wrote counts, in seconds of the database's clock; filled in by `seen`."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE written (at timestamptz)")
        cursor.execute(
            "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN INSERT INTO written VALUES (clock_timestamp()); RETURN NULL; END'"
        )
        cursor.execute(
            "CREATE TRIGGER noted AFTER INSERT ON donations_count"
            " FOR EACH STATEMENT EXECUTE FUNCTION note()"
        )
        yield []
        cursor.execute("DROP TRIGGER noted ON donations_count")
        cursor.execute("DROP FUNCTION note; DROP TABLE written")


def seen(writes: list[float]) -> list[float]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM at)::float FROM written ORDER BY at")
        writes[:] = [at for (at,) in cursor]
    return writes


def most_in_a_second(times: list[float]) -> int:
    return max(sum(start <= at < start + 1 for at in times) for start in times)


def report(web: Web, appeal: Appeal, seconds: float, pause: float = 0) -> list[float]:
    """Report page views over one connection; returns when each was accepted."""
    variant = appeal.variants.all()[0].pk
    events = [[appeal.pk, variant, appeal.slot, event, "", 1] for event in EVENTS]
    accepted = []
    until = time.monotonic() + seconds
    with closing(web.connect()) as browser:
        while time.monotonic() < until:
            try:
                status = post(browser, "/appeals/count/", {"article": 0, "events": events})
            except (OSError, HTTPException):
                break  # it has stopped
            assert status == 204
            accepted.append(time.monotonic())
            time.sleep(pause)
    connection.close()
    return accepted


def cut_connections() -> None:
    """All but ours, as when the database starts again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def counted() -> int:
    n: int = Count.objects.aggregate(n=Sum("n", default=0))["n"]
    return n


def test_many_events_cost_few_writes_and_none_is_lost(
    appeal: Appeal, writes: list[float], tmp_path: Path
) -> None:
    with Web(tmp_path, WEB_PROCESSES="3") as web:
        with ThreadPoolExecutor(N_CONNECTIONS) as pool:
            runs = [pool.submit(report, web, appeal, 4) for _ in range(N_CONNECTIONS)]
        n = N_EVENTS * sum(len(run.result()) for run in runs)
        web.stop()

    assert counted() == n
    assert n > 4 * 1000, f"{n / 4} events a second"
    # One more for each process is what it wrote as it ended.
    assert most_in_a_second(seen(writes)[:-3]) <= 5


def test_stop_under_load_loses_nothing(appeal: Appeal, tmp_path: Path) -> None:
    with Web(tmp_path, WEB_PROCESSES="2") as web, ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(report, web, appeal, 30) for _ in range(2)]
        time.sleep(1.5)
        web.stop()
        accepted = N_EVENTS * sum(len(run.result()) for run in runs)

    # An answer may have been under way as its connection was cut.
    assert accepted <= counted() <= accepted + 2 * N_EVENTS


def test_lost_connections_cost_no_count(appeal: Appeal, tmp_path: Path) -> None:
    with Web(tmp_path, WEB_PROCESSES="2") as web, ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(report, web, appeal, 6) for _ in range(2)]
        for _ in range(4):
            time.sleep(1.2)
            cut_connections()
        n = N_EVENTS * sum(len(run.result()) for run in runs)
        web.stop()

    assert counted() == n


def test_kill_loses_the_last_second_at_most(appeal: Appeal, tmp_path: Path) -> None:
    with Web(tmp_path, WEB_PROCESSES="1") as web, ThreadPoolExecutor(1) as pool:
        run = pool.submit(report, web, appeal, 30, 0.01)
        time.sleep(3.3)
        killed = web.kill()
        accepted = run.result()

    safe = sum(at < killed - 1 - A_WRITE for at in accepted)
    assert safe
    assert N_EVENTS * safe <= counted() <= N_EVENTS * (len(accepted) + 1)
