"""A sender that stands still for long, and wakes up when others have done its work (A3)."""

import signal
import time

import pytest
from django.utils import timezone

from newsletter.models import Delivery
from tests.faults.books import assert_balanced
from tests.faults.conftest import Launch, OpenSink, Sized
from tests.faults.fleet import bury
from tests.faults.posting import make_due
from tests.sink import Stage, What
from tests.sink.process import wait_until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
]
CONNECTIONS = 2


def test_what_a_frozen_sender_had_in_hand_is_sent_by_others_and_its_late_words_do_not_count(
    open_sink: OpenSink, launch: Launch, sized: Sized
) -> None:
    """In full it stays frozen past its lease; in short its silence is made longer."""
    n = sized(10_000, 400)
    issue, sink = make_due(n, connections=CONNECTIONS), open_sink()
    fleet = launch(sink)
    frozen = fleet.start()
    sink.strike(frozen.pid, Stage.BODY, nth=20, by=signal.SIGSTOP)
    frozen.await_arrival()
    sink.await_strike()
    time.sleep(1)  # what it has asked of the database before comes to its end
    for _ in range(2):
        fleet.start()
    in_hand = Delivery.objects.in_hand().filter(sender=frozen.pk)
    before = dict(in_hand.values_list("subscriber_id", "fence"))
    assert before
    if sized(0, 1):
        bury(frozen)
    wait_until(lambda: not in_hand.exists(), seconds=60, what="taking up")
    wait_until(
        lambda: not issue.deliveries.waiting().filter(n_lost=0).exists(),
        what="last letter of the others",
    )
    woken_at = timezone.now()
    frozen.process.send_signal(signal.SIGCONT)
    wait_until(lambda: frozen.was_seen(woken_at), what="sign of life")
    time.sleep(2)  # in which it finds its connection broken, and would say so

    fleet.run_to_the_end(issue)

    balance = assert_balanced(issue, sink)
    assert (len(balance.times_taken), balance.lost, balance.held) == (n, set(), set())
    assert sum(balance.times_taken.values()) - n <= CONNECTIONS
    after = dict(issue.deliveries.values_list("subscriber_id", "fence"))
    assert all(after[subscriber] > fence for subscriber, fence in before.items())
    (dropped,) = sink.of(What.DROPPED)
    row = balance.rows[dropped.to]
    assert (row.status, row.n_lost) == (Delivery.Status.ACCEPTED, 1)  # not one more


def test_any_number_of_senders_send_each_letter_once(open_sink: OpenSink, launch: Launch) -> None:
    issue, sink = make_due(300), open_sink()
    fleet = launch(sink)
    for _ in range(3):
        fleet.start().await_arrival()

    fleet.run_to_the_end(issue)

    balance = assert_balanced(issue, sink)
    assert set(balance.times_taken.values()) == {1}
    assert len(balance.times_taken) == 300
