"""The database goes away: no letter leaves that it does not know of, and all goes on (A4)."""

import random
import time

import pytest
from django.db import connection

from newsletter.models import Issue
from tests.faults.books import assert_balanced, assert_written_ahead
from tests.faults.cluster import Cluster
from tests.faults.conftest import Launch, OpenSink, Sized
from tests.faults.posting import make_due
from tests.sink import Sink
from tests.sink.process import wait_until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
]
CONNECTIONS = 2
AT_MOST = 60.0  # seconds until letters leave again
CUT = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def crash(cluster: Cluster, sink: Sink, issue: Issue, seconds: float) -> float:
    """How many seconds after its return the database had to wait for the next letter."""
    cluster.crash(seconds=seconds)
    back, n = time.time(), len(sink.taken)
    assert_written_ahead(issue, sink)
    sink.wait_for(n + 1, seconds=AT_MOST)
    return sink.taken[n].at - back


def test_a_database_that_crashes_stops_all_letters_and_they_go_on_when_it_is_back(
    open_sink: OpenSink, launch: Launch, sized: Sized
) -> None:
    n, n_crashes = sized(10_000, 400), sized(5, 1)
    with Cluster() as cluster:
        issue, sink = make_due(n, connections=CONNECTIONS), open_sink()
        fleet = launch(sink)
        sender = fleet.start()
        outages = [0.0] * n_crashes + [60.0] * sized(1, 0)  # seconds
        waits = []
        for number, seconds in enumerate(outages, start=1):
            sink.wait_for(n * number // (len(outages) + 1))
            waits.append(crash(cluster, sink, issue, seconds))
        fleet.run_to_the_end(issue)

        balance = assert_balanced(issue, sink)
        sender.stop()
    assert (len(balance.times_taken), balance.lost, balance.held) == (n, set(), set())
    assert sum(balance.times_taken.values()) - n <= CONNECTIONS * len(outages)
    print(f"{len(balance.twice)} came twice; seconds to wait: {[round(wait, 1) for wait in waits]}")


def test_connections_that_are_cut_cost_no_letter(
    open_sink: OpenSink, launch: Launch, sized: Sized
) -> None:
    n, n_cuts = sized(10_000, 400), sized(20, 3)
    issue, sink = make_due(n, connections=CONNECTIONS), open_sink()
    fleet = launch(sink)
    sender = fleet.start()
    dice = random.Random(0)  # noqa: S311  # nothing is secret

    for number in range(1, n_cuts + 1):
        sink.wait_for(n * number // (n_cuts + 1) + dice.randint(0, 5))
        with connection.cursor() as cursor:
            cursor.execute(CUT)
        assert_written_ahead(issue, sink)
    fleet.run_to_the_end(issue)

    balance = assert_balanced(issue, sink)
    assert sender.runs
    assert (len(balance.times_taken), balance.lost, balance.held) == (n, set(), set())
    assert sum(balance.times_taken.values()) - n <= CONNECTIONS * n_cuts
    print(f"{len(balance.twice)} came twice")


def test_a_database_that_is_not_there_yet_is_waited_for(
    open_sink: OpenSink, launch: Launch
) -> None:
    sink = open_sink()
    fleet = launch(sink, DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")
    sender = fleet.start()

    def has_asked_twice() -> bool:
        return fleet.log.read_text().count("The database does not answer") > 1

    wait_until(has_asked_twice, what="second try")
    assert sender.runs
    assert sink.read() == []
    assert sender.stop() < 10
