"""The limits hold for all senders together, at once, and over the death of any of them."""

import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone

from newsletter.models import Pace, Tally
from newsletter.sending import pace
from tests.newsletter.pacing import (
    A_MINUTE,
    A_SECOND,
    NOON,
    ask,
    busiest,
    limit_domain,
    set_limits,
)

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
]
MS = timedelta(milliseconds=1)
FORK = multiprocessing.get_context("fork")


def at_once(n: int, line: Callable[[int], list[datetime]]) -> list[datetime]:
    """What `n` lines do at the same time, each over a connection of its own."""

    def connected(number: int) -> list[datetime]:
        try:
            return line(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(n) as threads:
        return [slot for slots in threads.map(connected, range(n)) for slot in slots]


def test_lines_that_ask_at_the_same_moment_share_a_limit() -> None:
    set_limits(per_minute=120, per_hour=130)

    def line(number: int) -> list[datetime]:
        moments = (NOON + n * A_SECOND + number * MS for n in range(70))
        return [slot for at in moments for slot in ask(at, most=2).slots]

    slots = at_once(3, line)

    assert busiest(slots, A_MINUTE + A_SECOND) <= 120
    assert len(slots) == 130 == sum(Tally.objects.values_list("n", flat=True))


def test_lines_of_different_lanes_get_in_nobodys_way() -> None:
    set_limits(per_minute=6000, per_hour=100_000)
    lanes = [0, limit_domain(per_minute=60), limit_domain("web.de", per_hour=50), 0]

    def line(number: int) -> list[datetime]:
        moments = (NOON + n * 125 * MS for n in range(40))
        return [slot for at in moments for slot in ask(at, 3, lanes[number]).slots]

    slots = at_once(4, line)

    by_lane = {
        lane: sum(Tally.objects.filter(lane=lane).values_list("n", flat=True)) for lane in lanes
    }
    assert by_lane[0] == len(slots)
    assert by_lane[lanes[1]] <= 7
    assert by_lane[lanes[2]] == 50


def test_first_letters_ever_are_counted_once_for_all_lines() -> None:
    set_limits(per_hour=10)

    slots = at_once(8, lambda _: ask(NOON, 5).slots)

    assert len(slots) == 10
    assert Pace.objects.count() == 1


def test_what_is_not_committed_is_given_to_others() -> None:
    set_limits(per_hour=10)

    with transaction.atomic():
        pace.grant(0, 10, NOON)
        transaction.set_rollback(True)

    assert len(ask(NOON, 10).slots) == 10


def test_killed_processes_and_those_that_follow_pass_no_limit(tmp_path: Path) -> None:
    set_limits(per_minute=1200)
    told = tmp_path / "slots"
    for _ in range(4):
        connection.close()  # each process opens its own
        processes = [FORK.Process(target=ask_on, args=[told]) for _ in range(3)]
        for process in processes:
            process.start()
        time.sleep(1)
        for process in processes:
            process.kill()
            process.join()

    slots = [datetime.fromisoformat(line) for line in told.read_text().split()]
    assert len(slots) >= 20
    assert len(slots) <= ((max(slots) - min(slots)) / A_SECOND + 2) * 20
    assert sum(Tally.objects.values_list("n", flat=True)) >= len(slots)


def ask_on(told: Path) -> None:
    """Until it is killed; what it was given is told only when it is certain."""
    with told.open("ab", buffering=0) as file:
        while True:
            for slot in ask(timezone.now(), 5).slots:
                file.write(f"{slot.isoformat()}\n".encode())
