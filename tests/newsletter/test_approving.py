"""Who may approve, schedule and send a round-up, and when."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import Settings

from newsletter import delivering, freezing
from newsletter.audience import audience
from newsletter.models import Issue, Newsletter
from newsletter.services import approving
from newsletter.services.drafts import NotAllowed
from newsroom.lib import outbox
from newsroom.models import Publication, User
from tests.factories import make_published, make_user
from tests.factories_newsletter import make_issue, make_segment, make_subscriber
from tests.newsletter.sending import (
    ROLE,
    make_approved,
    make_scheduled,
    make_tested,
    schedule,
    send,
)
from tests.worker import work

pytestmark = pytest.mark.django_db
NOON = datetime(2044, 12, 6, 12, tzinfo=UTC)
Status = Issue.Status


def staff(n: int) -> list[User]:
    return [make_user(ROLE, email=f"staff-{number}@example.org") for number in range(n)]


# The test


def test_a_test_goes_to_the_chosen_staff_and_says_what_it_is() -> None:
    issue, (ann, bob) = make_tested(tested_version=0), staff(2)

    approving.test_send(issue, by=ann, to=[ann, bob])
    work()

    assert sorted(letter.to[0] for letter in mail.outbox) == [ann.email, bob.email]
    assert {letter.subject for letter in mail.outbox} == {"Test: What happened"}
    issue.refresh_from_db()
    assert issue.is_tested


def test_links_of_a_test_do_nothing() -> None:
    issue, (ann,) = make_tested(), staff(1)

    approving.test_send(issue, by=ann, to=[ann])
    work()

    (letter,) = mail.outbox
    assert letter.extra_headers["List-Unsubscribe"].endswith("/newsletter/leave/test/>")
    assert "personal:" not in letter.body
    assert "/newsletter/leave/test/" in letter.body


def test_links_of_a_test_do_not_lead_through_the_counter() -> None:
    issue = make_tested(counts_clicks=True)

    approving.test_send(issue, by=make_user(ROLE), to=[make_user(email="ann@example.org")])
    work()

    assert "/newsletter/go/" not in str(mail.outbox[0].message())


def test_an_edit_after_the_test_asks_for_another_one() -> None:
    issue = make_tested(version=2, tested_version=1)

    with pytest.raises(NotAllowed, match="test"):
        approving.approve(issue, by=make_user(ROLE))


def test_a_test_reaches_five_people_at_most() -> None:
    issue, people = make_tested(), staff(6)

    with pytest.raises(NotAllowed, match="5 people"):
        approving.test_send(issue, by=people[0], to=people)


@pytest.mark.parametrize("lacks", [{"is_staff": False}, {"is_active": False}, {"email": ""}])
def test_a_test_reaches_only_staff_with_an_address(lacks: dict[str, object]) -> None:
    issue, (person,) = make_tested(), staff(1)
    User.objects.filter(pk=person.pk).update(**lacks)
    person.refresh_from_db()

    with pytest.raises(NotAllowed):
        approving.test_send(issue, by=make_user(ROLE), to=[person])


def test_somebody_who_has_left_the_staff_since_gets_no_test() -> None:
    issue, (person,) = make_tested(tested_version=0), staff(1)
    approving.test_send(issue, by=person, to=[person])
    User.objects.filter(pk=person.pk).update(is_staff=False)

    work()

    issue.refresh_from_db()
    assert mail.outbox == []
    assert not issue.is_tested


# Approval


def test_approval_freezes_what_readers_will_get() -> None:
    issue, ann = make_tested(), make_user(ROLE)

    approving.approve(issue, by=ann, at=NOON)

    assert (issue.status, issue.approved_by, issue.approved_at) == (Status.APPROVED, ann, NOON)
    assert "The piece" in issue.html
    assert "The piece" in issue.plain
    assert issue.digest == freezing.digest(issue)


def test_approval_needs_the_permission() -> None:
    with pytest.raises(NotAllowed, match="role"):
        approving.approve(make_tested(), by=make_user("writer"))


def test_whatever_blocks_is_told() -> None:
    issue = make_tested(subject="")

    with pytest.raises(NotAllowed, match="no subject"):
        approving.approve(issue, by=make_user(ROLE))


def test_what_is_approved_cannot_be_approved_again() -> None:
    with pytest.raises(NotAllowed, match="already"):
        approving.approve(make_approved(), by=make_user(ROLE))


def test_above_a_number_of_readers_it_takes_somebody_who_did_not_edit_it() -> None:
    Newsletter.objects.update_or_create(pk=1, defaults={"second_person_above": 1})
    issue, ann, bob = make_tested(2), make_user(ROLE), make_user(ROLE)
    issue.editors.add(ann)

    with pytest.raises(NotAllowed, match="somebody who has not"):
        approving.approve(issue, by=ann)
    approving.approve(issue, by=bob)

    assert issue.approved_by == bob


def test_readers_who_come_later_can_make_a_second_person_needed() -> None:
    Newsletter.objects.update_or_create(pk=1, defaults={"second_person_above": 1})
    issue, ann = make_tested(), make_user(ROLE)
    issue.editors.add(ann)
    approving.approve(issue, by=ann)
    schedule(issue, at=NOON)

    make_subscriber()

    assert "somebody who has not edited it" in delivering.obstacle(issue, NOON)
    assert not delivering.start(issue.pk, NOON)


def test_up_to_that_number_one_person_is_enough() -> None:
    Newsletter.objects.update_or_create(pk=1, defaults={"second_person_above": 2})
    issue, ann = make_tested(2), make_user(ROLE)
    issue.editors.add(ann)

    approving.approve(issue, by=ann)

    assert issue.status == Status.APPROVED


def test_approval_can_be_taken_back_until_it_is_sent() -> None:
    issue = make_scheduled(at=NOON)

    approving.reopen(issue, by=make_user(ROLE))

    assert issue.is_draft
    assert (issue.content, issue.digest, issue.send_at) == (None, "", None)


def test_approval_of_what_was_sent_stays() -> None:
    issue = make_scheduled()
    send(issue)

    with pytest.raises(NotAllowed, match="too late"):
        approving.reopen(issue, by=make_user(ROLE))


# The schedule


def test_schedule_needs_the_number_of_readers() -> None:
    issue = make_approved(3)

    with pytest.raises(NotAllowed, match="3 subscribers, not 4"):
        approving.schedule(issue, by=make_user(ROLE), at=NOON, recipients=4)

    assert Issue.objects.get().status == Status.APPROVED


def test_schedule_needs_the_permission() -> None:
    with pytest.raises(NotAllowed, match="role"):
        schedule(make_approved(), at=NOON, by=make_user("editor"))


def test_a_draft_cannot_be_scheduled() -> None:
    with pytest.raises(NotAllowed, match="Approve it first"):
        schedule(make_tested(), at=NOON)


def test_the_past_cannot_be_chosen() -> None:
    with pytest.raises(NotAllowed, match="past"):
        schedule(make_approved(), at=timezone.now() - timedelta(minutes=2))


def test_this_minute_means_now() -> None:
    issue = make_approved()
    at = timezone.now() - timedelta(seconds=50)

    schedule(issue, at=at)

    assert issue.send_at
    assert issue.send_at > at


def test_a_day_has_one_round_up() -> None:
    make_scheduled(at=NOON)
    other = Issue.objects.get()
    other.pk, other.status, other.send_at = None, Status.APPROVED, None
    other.save()

    with pytest.raises(NotAllowed, match="6 December"):
        schedule(other, at=NOON + timedelta(hours=3))


def test_a_day_is_the_publications() -> None:
    Publication.objects.update_or_create(pk=1, defaults={"time_zone": "America/New_York"})
    make_scheduled(at=datetime(2044, 12, 7, 4, tzinfo=UTC))  # still the 6th in New York
    other = Issue.objects.get()
    other.pk, other.status, other.send_at = None, Status.APPROVED, None
    other.save()

    schedule(other, at=datetime(2044, 12, 7, 6, tzinfo=UTC))

    assert other.status == Status.SCHEDULED


def test_a_public_site_without_a_mail_server_sends_nothing(settings: Settings) -> None:
    issue = make_approved()
    settings.SITE_IS_LOCAL, settings.EMAIL_BACKEND = False, outbox.BACKEND

    with pytest.raises(NotAllowed, match="EMAIL_URL"):
        schedule(issue, at=NOON)


def test_it_waits_for_its_time_in_the_queue() -> None:
    issue = make_scheduled(at=NOON)

    job = ProcrastinateJob.objects.get(task_name="newsletter.start")
    assert (job.scheduled_at, job.args) == (NOON, {"issue_id": issue.pk})


def test_a_schedule_can_be_cancelled_and_chosen_again() -> None:
    issue = make_scheduled(at=NOON)

    approving.cancel(issue, by=make_user(ROLE))
    assert (issue.status, issue.send_at) == (Status.APPROVED, None)

    schedule(issue, at=NOON)
    assert issue.status == Status.SCHEDULED


def test_cancelling_after_the_start_is_refused() -> None:
    issue = make_scheduled()
    send(issue)

    with pytest.raises(NotAllowed, match="too late"):
        approving.cancel(issue, by=make_user(ROLE))


# The readers


def test_a_segment_gets_its_own_readers() -> None:
    make_subscriber(source="footer")
    issue = make_approved(2, segment=make_segment(sources=["footer"]))

    with pytest.raises(NotAllowed, match="goes to 1 subscribers"):
        approving.schedule(issue, by=make_user(ROLE), at=NOON, recipients=3)


def test_monthly_readers_get_the_months_first() -> None:
    make_subscriber(frequency="monthly")
    first, later = make_issue(published_on=None), make_issue()
    Issue.objects.filter(pk=first.pk).update(published_on=NOON.date().replace(day=2))

    assert audience(first, NOON.replace(day=2)).count() == 1
    assert audience(later, NOON).count() == 0
    assert audience(later, NOON.replace(year=2045)).count() == 1


def test_an_older_piece_that_was_withdrawn_blocks_the_schedule() -> None:
    issue = make_approved()
    piece = issue.items.get().article
    assert piece
    type(piece).objects.filter(pk=piece.pk).update(status="draft")

    with pytest.raises(NotAllowed, match="“The piece”"):
        schedule(issue, at=NOON)


def test_unrelated_pieces_do_not_matter() -> None:
    issue = make_approved()
    make_published("Another")

    schedule(issue, at=NOON)

    assert issue.status == Status.SCHEDULED
