"""What a process that is gone had in hand, and letters whose answer was lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from newsletter.models import Delivery, Issue, Newsletter, Sender, Subscriber
from newsletter.sending import ledger
from newsletter.sending.answers import Answer, Outcome
from newsletter.sending.ledger import Holder, Row
from newsletter.sending.recovering import NO_ANSWER
from tests.newsletter.sending import deliver, due_now, leave, make_scheduled, recover, send, start
from tests.smtp import Sink

pytestmark = pytest.mark.django_db
Status = Delivery.Status


def policy(*, sends_uncertain: bool) -> None:
    Newsletter.objects.update_or_create(pk=1, defaults={"sends_uncertain": sends_uncertain})


def leased(issue: Issue, *, silent: timedelta = timedelta()) -> Row:
    """The only letter, leased to a process that was last heard of `silent` ago."""
    now = timezone.now()
    sender = Sender.objects.create(host="test", started_at=now, seen_at=now - silent)
    batch = ledger.lease(issue.pk, 0, Holder(sender.pk, 0), most=1)
    assert batch
    return batch.rows[0]


def in_hand(issue: Issue, *, silent: timedelta = timedelta(minutes=1)) -> Row:
    row = leased(issue, silent=silent)
    assert ledger.turn(row).status == Status.UNCERTAIN
    return row


def started(n: int = 1, **fields: Any) -> Issue:
    issue = make_scheduled(n, **fields)
    start(issue)
    return issue


def test_a_letter_is_uncertain_before_the_server_hears_of_it() -> None:
    issue = started()

    in_hand(issue)

    row = issue.deliveries.get()
    assert (row.status, row.n_attempts, row.n_lost) == (Status.UNCERTAIN, 1, 0)


def test_what_a_living_process_has_stays_its_own() -> None:
    issue = started()
    in_hand(issue, silent=timedelta(seconds=20))

    assert recover(issue) == 0


def test_what_a_dead_process_had_only_leased_waits_again(smtp: Sink) -> None:
    issue = started()
    leased(issue, silent=timedelta(minutes=1))

    assert recover(issue) == 1

    row = issue.deliveries.get()
    assert (row.status, row.n_attempts, row.n_lost) == (Status.PLANNED, 0, 0)
    deliver(issue)
    assert len(smtp.raw) == 1


def test_what_a_dead_process_had_in_hand_is_flagged_and_sent_again(smtp: Sink) -> None:
    issue = started()
    in_hand(issue)

    assert recover(issue) == 1

    row = issue.deliveries.get()
    assert (row.status, row.n_lost, row.answer) == (Status.DEFERRED, 1, NO_ANSWER)
    send(issue)
    row = issue.deliveries.get()
    assert (row.status, row.n_lost, row.n_attempts) == (Status.ACCEPTED, 1, 2)
    assert issue.certificate
    assert issue.certificate["perhaps_twice"] == 1


def test_or_it_is_held_for_a_person(smtp: Sink) -> None:
    policy(sends_uncertain=False)
    issue = started()
    in_hand(issue)

    recover(issue)
    send(issue)

    row = issue.deliveries.held().get()
    assert (row.n_lost, row.n_attempts) == (1, 1)
    assert not smtp.raw
    assert issue.status == Issue.Status.SENT
    assert issue.certificate
    assert issue.certificate["counts"]["uncertain"] == 1


def test_the_letter_of_a_process_that_has_left_is_anothers_at_once() -> None:
    issue = started()
    leased(issue)
    Sender.objects.all().delete()

    assert recover(issue) == 1


def test_what_a_process_writes_too_late_is_refused() -> None:
    issue = started()
    slow = in_hand(issue)
    recover(issue)
    new = leased(issue)
    assert new.fence > slow.fence
    assert ledger.turn(new).status == Status.UNCERTAIN

    late = ledger.done(slow, Answer(Outcome.FAILED, "550 no"), sends_uncertain=True)

    assert not ledger.settle(late)
    assert ledger.turn(slow).status is None
    assert issue.deliveries.get().status == Status.UNCERTAIN


def test_a_late_return_is_refused_as_well() -> None:
    issue = started()
    slow = leased(issue, silent=timedelta(minutes=1))
    recover(issue)
    leased(issue)

    ledger.give_back([slow])

    assert issue.deliveries.get().status == Status.LEASED


def test_an_outcome_that_is_written_again_counts_once() -> None:
    issue = started()
    lost = ledger.done(in_hand(issue), Answer(Outcome.LOST, "broke"), sends_uncertain=True)
    ledger.settle(lost)  # and the database's answer to this may be lost as well

    ledger.settle(lost)

    assert issue.deliveries.get().n_lost == 1


def test_who_left_after_an_answer_was_lost_may_have_got_it_all_the_same(smtp: Sink) -> None:
    issue = started()
    in_hand(issue)
    recover(issue)

    leave(Subscriber.objects.get())
    send(issue)

    assert not smtp.raw
    assert issue.deliveries.held().get().n_attempts == 1
    assert issue.certificate
    assert issue.certificate["counts"]["uncertain"] == 1


@pytest.mark.parametrize(("again", "n_sent"), [(True, 3), (False, 1)])
def test_a_lost_answer_is_no_reason_to_go_on_for_ever(*, again: bool, n_sent: int) -> None:
    policy(sends_uncertain=again)
    issue = started()
    lost = Answer(Outcome.LOST, "The connection broke")
    n_attempts = 0

    while batch := ledger.lease(issue.pk, 0, Holder(0, 0), most=1):
        ledger.turn(batch.rows[0])
        n_attempts += 1
        ledger.settle(ledger.done(batch.rows[0], lost, sends_uncertain=again))
        due_now(issue)
        recover(issue)

    assert n_attempts == n_sent
    assert issue.deliveries.held().get().n_lost == n_sent


def test_a_lost_answer_is_looked_at_again_after_a_minute() -> None:
    issue = started()
    row = in_hand(issue, silent=timedelta())
    lost = ledger.done(row, Answer(Outcome.LOST, "timed out"), sends_uncertain=True)

    ledger.settle(lost)

    assert recover(issue) == 0
    kept = issue.deliveries.get()
    assert kept.next_at
    assert kept.done_at
    assert kept.next_at - kept.done_at == ledger.LOST_WAIT
    due_now(issue)
    assert recover(issue) == 1
