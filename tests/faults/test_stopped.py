"""SIGTERM, as with each deploy: it costs nothing (A2)."""

import pytest

from tests.faults.books import assert_balanced
from tests.faults.conftest import Launch, OpenSink, Sized
from tests.faults.fleet import bury_all
from tests.faults.posting import make_due
from tests.sink import Stage, What
from tests.sink.process import wait_until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
]
AT_MOST = 10.0  # seconds until it has ended


def test_a_sender_that_is_asked_to_end_loses_nothing_and_repeats_nothing(
    open_sink: OpenSink, launch: Launch, sized: Sized
) -> None:
    n, n_stops = sized(10_000, 400), sized(20, 2)
    issue, sink = make_due(n), open_sink()
    fleet = launch(sink)

    for number in range(1, n_stops + 1):
        process = fleet.start()
        sink.wait_for(n * number // (n_stops + 1))
        assert process.stop() <= AT_MOST
    assert not issue.deliveries.in_hand().exists()
    fleet.start()
    fleet.run_to_the_end(issue)

    balance = assert_balanced(issue, sink)
    assert set(balance.times_taken.values()) == {1}
    assert len(balance.times_taken) == n
    assert not any(row.n_lost for row in balance.rows.values())


def test_it_ends_in_time_though_the_mail_server_is_silent(
    open_sink: OpenSink, launch: Launch
) -> None:
    """What it then has in hand stays uncertain, and the next one takes it up."""
    issue, sink = make_due(600, connections=2), open_sink()
    fleet = launch(sink)
    process = fleet.start()
    sink.wait_for(5)
    sink.hold(Stage.BODY)
    wait_until(lambda: len(sink.of(What.HELD)) == 2, what="silence")

    assert process.stop() <= AT_MOST

    sink.go_on()
    bury_all()
    fleet.start()
    fleet.run_to_the_end(issue)
    balance = assert_balanced(issue, sink)
    assert len(balance.times_taken) == 600
    assert len(balance.twice) <= 2
