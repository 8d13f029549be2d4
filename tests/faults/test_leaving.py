"""Leaving counts from the moment that it is written, in the middle of a sending as well (A8)."""

import math
import random
import time

import pytest

from newsletter.models import Delivery, Subscriber
from newsletter.services.subscribing import leave
from tests.faults.books import assert_balanced
from tests.faults.conftest import Launch, OpenSink, Sized
from tests.faults.fleet import bury_all
from tests.faults.posting import make_due
from tests.sink import Event

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
]


def leave_one_by_one(readers: list[Subscriber]) -> dict[str, float]:
    """When each was out, by the system's clock, while letters went on to leave."""
    left = {}
    for reader in readers:
        leave(reader.pk)
        left[reader.address] = time.time()
    return left


def begun_late(events: list[Event], left: dict[str, float]) -> set[str]:
    """Who got a letter that was taken in hand after they had left.

    One that was in hand may be announced a moment later, but not after another over the same
    connection: a line takes the next in hand when it is done with the one before.
    """
    late = [event for event in events if event.mail_at > left.get(event.to, math.inf)]
    return {
        event.to
        for event in late
        for other in events
        if other.connection == event.connection and left[event.to] < other.mail_at < event.mail_at
    }


def test_no_letter_is_begun_for_somebody_who_has_left(
    open_sink: OpenSink, launch: Launch, sized: Sized
) -> None:
    """The sender is killed in between, as what it leaves behind is looked at again."""
    n, n_leaving = sized(10_000, 500), sized(500, 100)
    issue, sink = make_due(n), open_sink(pause=0.02)  # so that it takes its time
    dice = random.Random(0)  # noqa: S311  # nothing is secret
    leaving = dice.sample(list(Subscriber.objects.active()), n_leaving)
    fleet = launch(sink)
    process = fleet.start()
    sink.wait_for(20)

    left = leave_one_by_one(leaving[::2])
    process.kill()
    left |= leave_one_by_one(leaving[1::2])
    bury_all()
    fleet.start()
    fleet.run_to_the_end(issue)

    balance = assert_balanced(issue, sink)
    assert begun_late(sink.read(), left) == set()
    passed_over = [r for r in balance.rows.values() if r.status == Delivery.Status.SUPPRESSED]
    assert passed_over
    assert {row.address for row in passed_over} <= left.keys()
