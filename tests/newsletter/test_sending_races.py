"""Several at once: senders, clicks, readers who leave."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from django.db import connection, transaction
from django.utils import timezone

from newsletter.models import Delivery, Issue, Newsletter, Pace, Subscriber
from newsletter.sending import certificate, ledger
from newsletter.sending.sender import PATIENCE
from newsletter.sending.tending import tend
from newsletter.services import approving, sending
from newsletter.services.drafts import NotAllowed
from newsroom.models import User
from tests.factories import make_user
from tests.newsletter.sending import (
    ROLE,
    deliver,
    deliver_batch,
    leave,
    make_approved,
    make_line,
    make_scheduled,
    recover,
    schedule,
    send,
    start,
)
from tests.sink.process import wait_until
from tests.smtp import Sink

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
]
Status = Delivery.Status


def at_once(n: int, act: Callable[[], object]) -> list[object]:
    """What `n` of `act` at the same moment return, or the NotAllowed that they raise."""

    def one(_: int) -> object:
        try:
            return act()
        except NotAllowed as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(n) as pool:
        return list(pool.map(one, range(n)))


def test_of_many_starts_at_once_one_counts() -> None:
    issue = make_scheduled(3)
    now = timezone.now()

    started = at_once(20, lambda: start(issue, now))

    assert started.count(True) == 1
    assert issue.deliveries.count() == 3


def test_whoever_has_left_before_the_letter_is_taken_gets_none(smtp: Sink) -> None:
    issue = make_scheduled()
    start(issue)
    line = make_line()
    batch = line.lease(issue.pk, 0)
    assert batch

    with transaction.atomic():
        leave(Subscriber.objects.get())
    line.send(batch, line.writer(issue.pk))
    line.tidy()

    assert not smtp.raw
    assert issue.deliveries.get().status == Status.SUPPRESSED


def test_of_many_senders_each_sends_its_own_letters(smtp: Sink) -> None:
    issue = make_scheduled(60)
    start(issue)

    at_once(4, lambda: deliver(issue))

    assert len(smtp.recipients) == 60
    assert len({to for (to,) in smtp.recipients}) == 60


def test_of_many_who_recover_at_once_one_counts_the_loss() -> None:
    issue = make_scheduled(10)
    start(issue)
    batch = ledger.lease(issue.pk, 0, ledger.Holder(0, 0), most=10)
    assert batch
    for row in batch.rows:
        ledger.turn(row)

    assert sum(map(int, map(str, at_once(8, lambda: recover(issue))))) == 10
    assert set(issue.deliveries.values_list("n_lost", flat=True)) == {1}


def test_of_many_presses_at_once_one_round_up_comes(smtp: Sink) -> None:
    issue, ann = make_approved(2), make_user(ROLE)

    def press() -> None:
        again = Issue.objects.get(pk=issue.pk)
        schedule(again, by=User.objects.get(pk=ann.pk))
        start(issue)

    at_once(20, press)
    send(issue)

    assert len(smtp.recipients) == 2


def test_cancelled_or_sent_but_never_both() -> None:
    issue, ann = make_scheduled(2), make_user(ROLE)
    turns, now = count(), timezone.now()

    def cancel_or_start() -> None:
        if next(turns) % 2:
            start(issue, now)
        else:
            approving.cancel(Issue.objects.get(pk=issue.pk), by=User.objects.get(pk=ann.pk))

    at_once(10, cancel_or_start)

    issue.refresh_from_db()
    n = issue.deliveries.count()
    assert (issue.status, n) in {(Issue.Status.APPROVED, 0), (Issue.Status.SENDING, 2)}


@pytest.mark.parametrize("step", [sending.pause, sending.stop])
def test_a_double_click_does_it_once(step: Callable[..., None]) -> None:
    issue, ann = make_scheduled(2), make_user(ROLE)
    start(issue)

    answers = at_once(10, lambda: step(Issue.objects.get(), by=User.objects.get(pk=ann.pk)))

    assert answers.count(None) == 1
    assert all("already" in str(answer) for answer in answers if answer)


def test_a_lease_that_began_before_the_stop_is_in_the_books_too(smtp: Sink) -> None:
    Newsletter.objects.update_or_create(pk=1, defaults={"per_minute": 6000})
    ann, issue = make_user(ROLE), make_scheduled(30)
    start(issue)
    Pace.objects.create(lane=0, next_at=timezone.now())

    def stop() -> None:
        sending.stop(Issue.objects.get(), by=ann)
        tend(PATIENCE)

    with ThreadPoolExecutor(2) as pool, transaction.atomic():
        list(Pace.objects.select_for_update())  # whoever leases waits
        pool.submit(apart, lambda: deliver_batch(issue))
        await_blocked(1)
        pool.submit(apart, stop)
        await_blocked(2)
    tend(PATIENCE)

    issue.refresh_from_db()
    assert not smtp.raw
    assert certificate.imbalance((issue.certificate or {})["counts"]) == ""


def apart(act: Callable[[], object]) -> None:
    """In a thread of a pool."""
    try:
        act()
    finally:
        connection.close()


def await_blocked(n: int) -> None:
    """Until `n` others wait for somebody's lock."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    here = " AND datname = current_database()"
    with connection.cursor() as cursor:

        def are_blocked() -> bool:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(waiting + here)
            return bool(cursor.fetchone()[0] >= n)

        wait_until(are_blocked, seconds=10, what=f"{n} who wait")
