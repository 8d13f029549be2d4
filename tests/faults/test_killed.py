"""`kill -9`: nobody is left out, and what may arrive twice is known (A1)."""

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from django.db import transaction

from newsletter.models import Delivery, Issue
from tests.faults.books import assert_balanced, assert_written_ahead
from tests.faults.conftest import Launch, OpenSink, Sized
from tests.faults.fleet import Fleet, bury_all
from tests.faults.posting import make_due
from tests.sink import Sink, Stage
from tests.sink.process import wait_until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
]
CONNECTIONS = 2
DOUBTFUL = [Stage.MAIL, Stage.BODY, Stage.TAKEN]  # after which nobody knows


@pytest.fixture
def n(sized: Sized) -> int:
    return sized(10_000, 400)


@dataclass
class Killing:
    """What befalls the senders of a round-up, one after the other, and how often."""

    fleet: Fleet
    sink: Sink
    issue: Issue
    n_kills: int = 0

    def at_each(self, stages: Iterable[Stage]) -> None:
        for nth, stage in enumerate(stages, start=1):
            process = self.fleet.start()
            self.sink.strike(process.pid, stage, nth=1 if stage == Stage.CONNECTED else nth)
            self.sink.await_strike()
            process.process.wait()
            self.look()

    def at_random(self, n: int) -> None:
        """At moments spread over what is left to send, wherever each line happens to be."""
        dice = random.Random(0)  # noqa: S311  # nothing is secret
        n_left = self.issue.deliveries.count() - len(self.sink.taken)
        for _ in range(n):
            process = self.fleet.start()
            self.sink.wait_for(len(self.sink.taken) + dice.randint(1, n_left // (n + 1)))
            process.kill()
            self.look()

    def look(self) -> None:
        self.n_kills += 1
        assert_written_ahead(self.issue, self.sink)
        bury_all()

    def end(self) -> None:
        """The last one lives."""
        self.fleet.start()
        self.fleet.run_to_the_end(self.issue)


def test_nobody_is_left_out_and_at_most_the_letters_in_hand_come_twice(
    open_sink: OpenSink, launch: Launch, n: int, sized: Sized
) -> None:
    issue, sink = make_due(n, connections=CONNECTIONS), open_sink()

    killing = Killing(launch(sink), sink, issue)
    killing.at_each(Stage)
    killing.at_random(sized(50, 1))
    killing.end()

    balance = assert_balanced(issue, sink)
    assert (len(balance.times_taken), balance.lost, balance.held) == (n, set(), set())
    assert sum(balance.times_taken.values()) - n <= killing.n_kills * CONNECTIONS
    print(f"{killing.n_kills} kills, {len(balance.twice)} came twice")


def test_where_that_is_the_rule_what_is_uncertain_waits_for_a_person(
    open_sink: OpenSink, launch: Launch, n: int, sized: Sized
) -> None:
    issue, sink = make_due(n, connections=CONNECTIONS, sends_uncertain=False), open_sink()

    killing = Killing(launch(sink), sink, issue)
    killing.at_each(DOUBTFUL)
    killing.at_random(sized(20, 1))
    killing.end()

    balance = assert_balanced(issue, sink)
    assert (balance.twice, balance.lost) == (set(), set())
    assert balance.rows.keys() - balance.times_taken.keys() <= balance.held
    assert 0 < len(balance.held) <= killing.n_kills * CONNECTIONS
    print(f"{killing.n_kills} kills, {len(balance.held)} held")


def test_a_sender_killed_while_it_closes_the_books_leaves_them_to_the_next(
    open_sink: OpenSink, launch: Launch
) -> None:
    issue, sink = make_due(20), open_sink()
    fleet = launch(sink)
    process = fleet.start()
    sink.wait_for(1)

    with transaction.atomic():
        Issue.objects.select_for_update().get()  # so that nobody else can close it
        is_open = issue.deliveries.exclude(status=Delivery.Status.ACCEPTED)
        wait_until(lambda: not is_open.exists(), what="last letter")
        process.kill()
    issue.refresh_from_db()
    assert issue.status == Issue.Status.SENDING

    fleet.start()
    fleet.run_to_the_end(issue)
    assert sum(assert_balanced(issue, sink).times_taken.values()) == 20


def test_within_a_minute_of_a_restart_all_goes_on_by_itself(
    open_sink: OpenSink, launch: Launch, n: int, sized: Sized
) -> None:
    """In full, nothing makes the silence of the dead longer than it is."""
    make_due(n, connections=CONNECTIONS)
    sink = open_sink()
    fleet = launch(sink)
    dead = fleet.start()
    sink.strike(dead.pid, Stage.MAIL, nth=50)
    dead.await_arrival()
    sink.await_strike()
    dead.process.wait()
    if sized(0, 1):
        bury_all()
    in_hand = Delivery.objects.in_hand().filter(sender=dead.pk)
    assert in_hand.exists()
    n_before = len(sink.taken)

    again = fleet.start()
    sink.wait_for(n_before + 1)
    first = sink.taken[n_before].at - again.started
    wait_until(lambda: not in_hand.exists(), seconds=60, what="letters taken up")
    taken_up = time.time() - again.started

    print(f"first letter after {first:.1f} s, those in hand taken up after {taken_up:.1f} s")
    assert max(first, taken_up) <= 60
    sink.wait_for(n)
