"""When which caches are told of a change."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
from django.conf import settings
from django.db import connection

from newsroom.lib.edge import Varnish
from newsroom.models import Purge
from newsroom.purging import LONGEST, REPEAT, SETTLE, Purger
from tests.caches import NOON, Cache, cache, look
from tests.database import database_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def varnish() -> Iterator[Cache]:
    with cache() as found:
        yield found


@pytest.fixture
def purger(varnish: Cache) -> Purger:
    """One that has told its only cache of state 7."""
    change(7, hard=3)
    edge = Varnish("127.0.0.1", varnish.port)
    Purge.objects.create(edge=edge.name, told=7, told_at=NOON, repeated=7, settled=7)
    return Purger([edge])


def change(number: int, *, hard: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE newsroom_generation SET number = %s, hard = %s", [number, hard])


def test_nothing_is_told_while_nothing_changes(purger: Purger, varnish: Cache) -> None:
    look(purger, 0)
    look(purger, SETTLE + 1)

    assert varnish.asked == []


def test_a_change_is_told_at_once_and_again_until_it_has_settled(
    purger: Purger, varnish: Cache
) -> None:
    change(8, hard=3)

    told = []
    for second in (0, REPEAT - 0.1, REPEAT, REPEAT + 1, SETTLE - 0.1, SETTLE, SETTLE + 1, 60):
        look(purger, second)
        told.append(len(varnish.asked))

    assert told == [1, 1, 2, 2, 2, 3, 3, 3]
    assert varnish.hardness == [False] * 3
    assert [one.headers["xkey-softpurge"] for one in varnish.asked] == ["site"] * 3


def test_several_purgers_tell_at_the_same_times_as_one(purger: Purger, varnish: Cache) -> None:
    change(9, hard=9)
    other = Purger(purger.edges)

    told: list[float] = []
    for tenth in range(100):
        look([purger, other][tenth % 2], tenth / 10)
        if len(varnish.asked) > len(told):
            told.append(tenth / 10)

    assert told == [0, REPEAT, SETTLE]
    assert varnish.hardness == [True] * 3


def test_a_purger_that_is_started_anew_goes_on(purger: Purger, varnish: Cache) -> None:
    change(9, hard=9)
    look(purger, 0)

    told = []
    for second in range(1, 10):
        look(Purger(purger.edges), second)
        told.append(len(varnish.asked))

    assert told == [2, 2, 2, 2, 3, 3, 3, 3, 3]


def test_a_kill_is_told_hard_even_if_more_has_changed_since(purger: Purger, varnish: Cache) -> None:
    change(9, hard=8)

    look(purger, 0)
    look(purger, SETTLE)

    assert varnish.hardness == [True, True]


def test_changes_after_a_kill_are_told_softly_once_all_has_settled(
    purger: Purger, varnish: Cache
) -> None:
    change(8, hard=8)
    look(purger, 0)
    change(9, hard=8)
    look(purger, 1)
    look(purger, 1 + SETTLE)  # what was begun before the kill may have come in since
    change(10, hard=8)
    look(purger, 20)

    assert varnish.hardness == [True, True, True, False]


def test_many_changes_are_told_as_one(purger: Purger, varnish: Cache) -> None:
    for number in range(8, 20):
        change(number, hard=3)
    look(purger, 0)

    assert len(varnish.asked) == 1


def test_an_unknown_cache_is_emptied_first(varnish: Cache) -> None:
    look(Purger([Varnish("127.0.0.1", varnish.port)]), 0)

    assert varnish.hardness == [True]


def test_after_a_backup_is_restored_the_cache_is_emptied(purger: Purger, varnish: Cache) -> None:
    change(5, hard=3)
    look(purger, 0)

    assert varnish.hardness == [True]


def test_a_failure_is_tried_again_after_growing_pauses_and_told_once(
    purger: Purger, varnish: Cache, caplog: pytest.LogCaptureFixture
) -> None:
    varnish.status = 503
    change(8, hard=8)

    tries: list[int] = []
    for second in range(200):
        look(purger, second)
        if len(varnish.asked) > len(tries):
            tries.append(second)

    pauses = [after - before for before, after in pairwise(tries)]
    assert pauses[:7] == [1, 2, 4, 8, 16, 32, LONGEST]
    assert set(pauses[6:]) == {LONGEST}
    assert len(caplog.records) == 1
    assert f"varnish://127.0.0.1:{varnish.port} does not purge" in caplog.text


def test_a_cache_that_is_back_is_told_of_all(
    purger: Purger, varnish: Cache, caplog: pytest.LogCaptureFixture
) -> None:
    varnish.status = 503
    change(8, hard=8)
    look(purger, 0)
    varnish.status = 200
    change(9, hard=8)
    look(purger, 1)

    assert varnish.hardness == [True, True]
    assert Purge.objects.get().told == 9
    assert "purges again" in caplog.text


def test_a_cache_that_fails_does_not_stand_in_the_others_way(
    purger: Purger, varnish: Cache
) -> None:
    change(8, hard=8)
    with cache(503) as broken:
        edges = [Varnish("127.0.0.1", broken.port), Varnish("127.0.0.1", varnish.port)]
        look(Purger(edges), 0)

    assert len(broken.asked) == 1
    assert len(varnish.asked) == 1


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_the_process_tells_within_seconds_and_ends_in_order(varnish: Cache) -> None:
    ours = {"DATABASE_URL": database_url(), "EDGE_URL": f"varnish://127.0.0.1:{varnish.port}"}
    ours |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "SITE_URL": "http://127.0.0.1"}
    command = [sys.executable, "manage.py", "purger"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=os.environ | ours)
    until = time.monotonic() + 30
    while not varnish.asked and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)

    assert process.wait(10) == 0
    assert varnish.hardness == [True]
