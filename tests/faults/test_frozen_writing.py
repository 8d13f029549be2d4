"""A sender that stands still while it writes to the ledger, with what others need locked (A3)."""

import signal

import pytest
from django.db import connection, transaction
from django.utils import timezone

from newsletter.models import Pace
from tests.faults.books import assert_balanced
from tests.faults.conftest import Launch, OpenSink
from tests.faults.posting import make_due
from tests.sink.process import wait_until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
]
N = 100


def test_a_sender_that_is_frozen_in_the_middle_of_a_lease_keeps_the_others_for_a_moment_only(
    open_sink: OpenSink, launch: Launch
) -> None:
    issue, sink = make_due(N, connections=1, per_minute=60_000), open_sink()
    Pace.objects.create(lane=0, next_at=timezone.now())
    fleet = launch(sink)
    with transaction.atomic():
        list(Pace.objects.select_for_update())
        frozen = fleet.start("--patience", "5").await_arrival()
        wait_until(is_leasing, what="a lease that waits for its pace")
        frozen.process.send_signal(signal.SIGSTOP)
    fleet.start()

    fleet.run_to_the_end(issue, seconds=60)

    balance = assert_balanced(issue, sink)
    assert set(balance.times_taken.values()) == {1}
    assert len(balance.times_taken) == N


def is_leasing() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])
