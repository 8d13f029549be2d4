"""A round-up as a letter to staff, before it is approved."""

import pytest
from django.core import mail

from newsletter.services import approving
from newsletter.services.drafts import NotAllowed
from newsroom.models import User
from tests.factories import make_user
from tests.newsletter.sending import (
    ROLE,
    make_tested,
)
from tests.worker import work

pytestmark = pytest.mark.django_db


def staff(n: int) -> list[User]:
    return [make_user(ROLE, email=f"staff-{number}@example.org") for number in range(n)]


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
