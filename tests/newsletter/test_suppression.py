"""Addresses that must not be mailed: found, lifted for a reason, and otherwise left alone."""

import pytest
from django.utils import timezone

from newsletter import suppressions
from newsletter.models import SignUp, Subscriber, Suppression
from newsletter.services import subscribing, suppressing
from newsletter.tasks.sign_ups import answer_sign_up
from newsroom.lib import addresses
from tests.desk import logged_in
from tests.factories import make_user
from tests.factories_newsletter import make_subscriber

pytestmark = pytest.mark.django_db
LIST = "/admin/newsletter/suppression/"
ROLES = ["writer", "editor", "newsletter editor", "fundraiser", "administrator"]
WHY = "Wrote to us that it was a slip."


def suppress(address: str = "gone@example.org", reason: str = "left") -> Suppression:
    suppressions.suppress(address, reason, timezone.now())
    return Suppression.objects.standing().get(digest=addresses.digest(address))


def test_address_is_found_by_its_hash() -> None:
    suppression = suppress()

    answer = logged_in(role="newsletter editor").post(
        f"{LIST}find/", {"address": " GONE@Example.org"}
    )

    assert answer.headers["Location"] == f"{LIST}{suppression.pk}/change/"


def test_address_that_is_not_suppressed_is_said_to_be_so() -> None:
    client = logged_in(role="newsletter editor")

    page = client.post(f"{LIST}find/", {"address": "ann@example.org"}, follow=True)

    assert "not suppressed" in page.content.decode()


def test_what_is_no_address_is_refused() -> None:
    client = logged_in(role="newsletter editor")

    assert client.post(f"{LIST}find/", {"address": "nonsense"}).status_code == 422


def test_no_address_is_asked_for_in_an_url() -> None:
    assert logged_in(role="newsletter editor").get(f"{LIST}find/").status_code == 405


def test_standing_suppression_comes_before_lifted_ones() -> None:
    suppressing.lift(suppress(), by=make_user(), why=WHY)
    standing = suppress()

    assert suppressing.find("gone@example.org") == standing


@pytest.mark.parametrize(
    ("role", "status"), list(zip(ROLES, [403, 403, 200, 403, 200], strict=True))
)
def test_who_may_see_suppressions(role: str, status: int) -> None:
    suppression = suppress()
    client = logged_in(role=role)

    assert client.get(LIST).status_code == status
    assert client.get(f"{LIST}{suppression.pk}/change/").status_code == status


@pytest.mark.parametrize(
    ("role", "is_lifted"), list(zip(ROLES, [False, False, False, False, True], strict=True))
)
def test_only_who_may_lifts(role: str, is_lifted: bool) -> None:  # noqa: FBT001
    suppression = suppress()

    logged_in(role=role).post(f"{LIST}{suppression.pk}/lift/", {"why": WHY})

    assert Suppression.objects.standing().exists() != is_lifted


@pytest.mark.parametrize("why", ["", "  ", "because"])
def test_lifting_needs_a_reason(why: str) -> None:
    suppression = suppress()

    answer = logged_in(role="administrator").post(f"{LIST}{suppression.pk}/lift/", {"why": why})

    assert answer.status_code == 422
    assert Suppression.objects.standing().exists()


def test_lifted_suppression_stays_as_a_record() -> None:
    suppression, user = suppress(), make_user("administrator")

    assert suppressing.lift(suppression, by=user, why=WHY)
    assert not suppressing.lift(suppression, by=make_user(), why="Another reason.")

    suppression.refresh_from_db()
    assert (suppression.lifted_by, suppression.lifted_why) == (user, WHY)


def test_lifting_is_not_done_by_looking() -> None:
    suppression = suppress()

    answer = logged_in(role="administrator").get(f"{LIST}{suppression.pk}/lift/")

    assert answer.status_code == 405


def test_suppressions_are_neither_added_nor_deleted_by_hand() -> None:
    suppression = suppress()
    client = logged_in(role="administrator")

    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{suppression.pk}/delete/", {"post": "yes"}).status_code == 403


def test_page_does_not_tell_the_address() -> None:
    suppression = suppress("secret@example.org")

    page = logged_in(role="administrator").get(f"{LIST}{suppression.pk}/change/")

    assert "secret" not in page.content.decode()


def test_desk_asking_again_revives_nobody() -> None:
    subscriber = make_subscriber("gone@example.org")
    subscribing.leave(subscriber.pk)

    subscribing.ask_for("gone@example.org", by=make_user("newsletter editor"))

    assert Suppression.objects.of("gone@example.org").exists()
    assert not Subscriber.objects.active().exists()


def test_sign_up_by_somebody_else_revives_nobody() -> None:
    subscriber = make_subscriber("gone@example.org")
    subscribing.leave(subscriber.pk)

    subscribing.sign_up("gone@example.org", form="page", client=None, at=timezone.now())
    answer_sign_up(SignUp.objects.get().pk)

    assert Suppression.objects.of("gone@example.org").exists()
    assert not Subscriber.objects.active().exists()


def test_own_confirmation_ends_it() -> None:
    suppress("gone@example.org", "complained")
    subscribing.ask_for("gone@example.org", by=make_user("newsletter editor"))
    asked = Subscriber.objects.get()
    assert asked.asked_at

    subscribing.confirm(asked.pk, asked_at=asked.asked_at, network="")

    assert Subscriber.objects.active().exists()
    assert not Suppression.objects.of("gone@example.org").exists()
