"""Senders that were off when a round-up was due, and databases that come from a backup (A10)."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from newsletter.models import Delivery, Issue
from newsletter.services.sending import confirm_origin
from tests.factories import make_user
from tests.faults.books import assert_balanced
from tests.faults.cluster import elsewhere
from tests.faults.conftest import Launch, OpenSink
from tests.faults.posting import make_due
from tests.newsletter.sending import ROLE
from tests.sink.process import wait_until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
]
A_WHILE = 2.0  # seconds in which a sender would have sent


def make_late(by: timedelta) -> Issue:
    issue = make_due(20)
    Issue.objects.update(send_at=timezone.now() - by)
    return issue


def alerts() -> list[str]:
    """What staff are told, the last first."""
    jobs = ProcrastinateJob.objects.filter(task_name="newsletter.mail_alert").order_by("-pk")
    return [f"{job.args['subject']}: {job.args['text']}" for job in jobs]


def await_alert(words: str) -> None:
    wait_until(lambda: words in "".join(alerts()), what=words)


def test_half_an_hour_late_it_is_sent_once(open_sink: OpenSink, launch: Launch) -> None:
    issue, sink = make_late(timedelta(minutes=30)), open_sink()
    fleet = launch(sink)
    for _ in range(2):
        fleet.start()

    fleet.run_to_the_end(issue)

    assert set(assert_balanced(issue, sink).times_taken.values()) == {1}
    assert alerts()[0].startswith(f"Late: {issue}")


def test_seven_hours_late_it_waits_for_a_person(open_sink: OpenSink, launch: Launch) -> None:
    issue, sink = make_late(timedelta(hours=7)), open_sink()
    launch(sink).start()

    await_alert("more than 6 hours ago")
    time.sleep(A_WHILE)

    issue.refresh_from_db()
    assert (issue.status, sink.read()) == (Issue.Status.SCHEDULED, [])


@contextmanager
def copied_database() -> Iterator[None]:
    """What a backup would bring back; `connection` leads to it."""
    name = connection.settings_dict["NAME"]
    copy = f"{name}_copy"
    with elsewhere(NAME="postgres"), connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {copy} TEMPLATE {name}")
    try:
        with elsewhere(NAME=copy):
            yield
    finally:
        with elsewhere(NAME="postgres"), connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {copy} WITH (FORCE)")


def test_a_restored_database_sends_nothing_before_a_person_has_looked(
    open_sink: OpenSink, launch: Launch
) -> None:
    issue, sink = make_due(600, connections=1), open_sink()
    first = launch(sink).start()
    sink.wait_for(30)
    first.kill()
    n_before = len(sink.taken)

    with copied_database():
        fleet = launch(sink)
        fleet.start()
        await_alert("restored from a backup")
        time.sleep(A_WHILE)
        assert len(sink.taken) == n_before
        assert issue.deliveries.filter(status=Delivery.Status.PLANNED).exists()

        confirm_origin(by=make_user(ROLE))
        wait_until(lambda: len(sink.taken) > n_before, what="letter")
        fleet.end()
