"""What is approved, by whom, and how it is taken back."""

from datetime import UTC, datetime

import pytest

from newsletter import freezing
from newsletter.models import Issue, Newsletter
from newsletter.sending import starting
from newsletter.services import approving
from newsletter.services.drafts import NotAllowed
from tests.factories import make_user
from tests.factories_newsletter import make_subscriber
from tests.newsletter.sending import (
    ROLE,
    make_approved,
    make_scheduled,
    make_tested,
    schedule,
    send,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2044, 12, 6, 12, tzinfo=UTC)
Status = Issue.Status


def test_approval_freezes_what_readers_will_get() -> None:
    issue, ann = make_tested(), make_user(ROLE)

    approving.approve(issue, by=ann, at=NOON)

    assert (issue.status, issue.approved_by, issue.approved_at) == (Status.APPROVED, ann, NOON)
    assert "The piece" in issue.html
    assert "The piece" in issue.plain
    assert issue.digest == freezing.digest(issue)


def test_what_other_tests_begin_with_is_what_these_services_write() -> None:
    issue = make_scheduled(at=NOON)
    [made] = Issue.objects.values()

    ann = issue.approved_by
    assert ann
    approving.reopen(issue, by=ann)
    approving.approve(issue, by=ann, at=made["approved_at"])
    schedule(issue, at=NOON)

    assert list(Issue.objects.values()) == [made]


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

    assert "somebody who has not edited it" in starting.obstacle(issue, NOON)
    assert not starting.start(issue.pk, NOON)


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
