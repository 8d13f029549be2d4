"""What staff do about a round-up that is on its way."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from newsletter.models import Delivery, Issue, Origin, Sender
from newsletter.sending import origin
from newsletter.sending.sender import Postroom
from newsletter.services import sending
from newsletter.services.drafts import NotAllowed
from newsroom.models import User
from tests.factories import make_user
from tests.newsletter.sending import (
    ROLE,
    deliver_batch,
    make_approved,
    make_scheduled,
    schedule,
    send,
    start,
    tend_all,
)
from tests.smtp import Sink
from tests.worker import work

pytestmark = pytest.mark.django_db
Status = Issue.Status
Step = Callable[..., Any]


def under_way(n: int = 30) -> Issue:
    issue = make_scheduled(n)
    start(issue)
    issue.refresh_from_db()
    return issue


@pytest.fixture
def ann() -> User:
    return make_user(ROLE)


def test_a_paused_round_up_rests_until_it_is_resumed(smtp: Sink, ann: User) -> None:
    issue = under_way()
    deliver_batch(issue)

    sending.pause(issue, by=ann, why=" A wrong date in the lead. ")
    tend_all()

    assert (issue.status, issue.pause_why) == (Status.PAUSED, "A wrong date in the lead.")
    assert len(smtp.raw) == 20

    sending.resume(issue, by=ann)
    tend_all()

    assert (issue.pause_why, issue.paused_at) == ("", None)
    assert len(smtp.raw) == 30


def test_a_paused_one_can_be_stopped(smtp: Sink, ann: User) -> None:
    issue = under_way()
    sending.pause(issue, by=ann)

    sending.stop(issue, by=ann)
    tend_all()

    issue.refresh_from_db()
    assert (issue.status, len(smtp.raw)) == (Status.STOPPED, 0)
    assert set(issue.deliveries.values_list("status", flat=True)) == {Delivery.Status.SUPPRESSED}


@pytest.mark.parametrize(
    ("step", "before", "said"),
    [
        (sending.pause, Status.PAUSED, "paused already"),
        (sending.pause, Status.SCHEDULED, "not on its way yet"),
        (sending.pause, Status.SENT, "has ended already"),
        (sending.resume, Status.SENDING, "being sent already"),
        (sending.resume, Status.STOPPED, "has ended already"),
        (sending.stop, Status.STOPPED, "stopped already"),
        (sending.stop, Status.SENT, "has ended already"),
        (sending.stop, Status.APPROVED, "not on its way yet"),
        (sending.send_uncertain_again, Status.STOPPED, "not being sent any more"),
        (sending.send_uncertain_again, Status.SENDING, "No letter is uncertain"),
    ],
)
def test_what_is_done_already_or_too_late_says_so(
    step: Step, before: str, said: str, ann: User
) -> None:
    issue = under_way(1)
    Issue.objects.update(status=before)

    with pytest.raises(NotAllowed, match=said):
        step(issue, by=ann)

    assert Issue.objects.get().status == before


def test_only_those_who_may_send_do_it() -> None:
    issue, editor = under_way(1), make_user("editor")
    steps: list[Step] = [sending.pause, sending.resume, sending.stop, sending.send_uncertain_again]

    for step in steps:
        with pytest.raises(NotAllowed, match="Your role"):
            step(issue, by=editor)


def test_held_letters_are_sent_again_when_somebody_says_so(smtp: Sink, ann: User) -> None:
    issue = under_way(2)
    last = issue.deliveries.order_by("-subscriber")[0]
    issue.deliveries.filter(subscriber=last.subscriber_id).update(
        status=Delivery.Status.UNCERTAIN, next_at=None, n_attempts=1, n_lost=1
    )
    send(issue)
    assert (issue.status, len(smtp.raw)) == (Status.SENT, 1)

    assert sending.send_uncertain_again(issue, by=ann) == 1
    assert (issue.status, issue.certificate) == (Status.SENDING, None)
    tend_all()

    issue.refresh_from_db()
    assert (issue.status, len(smtp.raw)) == (Status.SENT, 2)
    assert issue.certificate
    assert issue.certificate["perhaps_twice"] == 1


def test_what_is_held_in_a_lane_that_is_gone_is_sent_again_too(smtp: Sink, ann: User) -> None:
    issue = under_way(1)
    held = {"status": Delivery.Status.UNCERTAIN, "n_lost": 1, "next_at": None}
    issue.deliveries.update(lane=7, **held)

    sending.send_uncertain_again(issue, by=ann)
    tend_all()

    assert len(smtp.raw) == 1


def restore() -> None:
    """Make this database look like a copy of another one."""
    origin.note()
    Origin.objects.update(identity="7000000000000000000-00000001-5-16400")


def test_a_restored_copy_sends_nothing_before_a_person_confirms(smtp: Sink, ann: User) -> None:
    issue = under_way(2)
    restore()

    tend_all()
    deliver_through_the_back(issue)
    assert not smtp.raw

    sending.confirm_origin(by=ann)
    tend_all()
    assert len(smtp.raw) == 2


def deliver_through_the_back(issue: Issue) -> None:
    """As a line does that has not heard of it yet."""
    with pytest.raises(AssertionError):
        deliver_batch(issue)


def test_what_was_written_in_another_database_is_not_sent_from_here() -> None:
    issue = under_way(1)
    room = Postroom()
    room.writer(issue.pk)
    restore()
    Issue.objects.update(subject="Another of that number")

    room.look()

    letter = room.writer(issue.pk).letter(subscriber_id=1, address="ann@example.org").letter
    assert b"Another of that number" in letter


def test_a_number_that_another_sender_has_got_in_a_restored_database_is_not_ours() -> None:
    room = Postroom()
    room.arrive()
    Sender.objects.update(host="another", started_at=timezone.now() - timedelta(hours=1))

    room.show_life()
    room.leave()

    assert Sender.objects.get().host == "another"


def test_a_restored_copy_starts_nothing_and_staff_hear_of_it(smtp: Sink) -> None:
    make_user(ROLE, email="ann@example.org")
    issue = make_scheduled(1)
    restore()

    tend_all()
    work()

    issue.refresh_from_db()
    assert issue.status == Status.SCHEDULED
    assert [letter["Subject"] for letter in smtp.letters] == ["No round-up is sent"]


def test_nothing_is_scheduled_in_a_restored_copy(ann: User) -> None:
    issue = make_approved(1)
    restore()

    with pytest.raises(NotAllowed, match="restored from a backup"):
        schedule(issue, by=ann)


def test_a_backup_that_is_just_read_in_is_not_taken_for_a_new_database() -> None:
    with connection.cursor() as cursor:  # its keys come last
        cursor.execute("ALTER TABLE newsletter_origin DROP CONSTRAINT newsletter_origin_pkey")

    with pytest.raises(DatabaseError), transaction.atomic():
        origin.note()

    assert not Origin.objects.exists()


def test_our_own_database_is_no_copy(ann: User) -> None:
    origin.note()

    assert not origin.is_elsewhere()
    with pytest.raises(NotAllowed, match="already"):
        sending.confirm_origin(by=ann)
