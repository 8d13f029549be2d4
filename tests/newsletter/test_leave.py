"""Leaving: one press, by a person or by a mail provider for one, and it holds."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from newsletter.models import Growth, Subscriber, Suppression
from newsletter.services import subscribing
from newsletter.suppressions import suppress
from newsletter.tokens import LEAVE, RETURN
from tests.factories_newsletter import make_subscriber

pytestmark = pytest.mark.django_db
Status = Subscriber.Status
ONE_CLICK = "List-Unsubscribe=One-Click"
BOUNDARY = "--x\r\nContent-Disposition: form-data; name=List-Unsubscribe\r\n\r\nOne-Click\r\n--x--"


@pytest.fixture
def subscriber() -> Subscriber:
    return make_subscriber("ann@example.org")


@pytest.fixture
def link(subscriber: Subscriber) -> str:
    return f"/newsletter/leave/{LEAVE.sign(str(subscriber.pk))}/"


@pytest.fixture
def provider() -> Client:
    """No browser: knows no cookie, and our protection against forged requests is on."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (ONE_CLICK, "application/x-www-form-urlencoded"),
        (BOUNDARY, "multipart/form-data; boundary=x"),
        ("", "text/plain"),
        ("{", "application/json"),
        ("--", "multipart/form-data"),
    ],
)
def test_one_click_leaves_at_once(
    provider: Client, link: str, body: str, content_type: str
) -> None:
    for _ in range(3):
        response = provider.post(link, body, content_type=content_type)
        assert response.status_code == 200
        assert "Location" not in response
        assert not response.cookies

    subscriber = Subscriber.objects.get()
    assert subscriber.status == Status.LEFT
    assert Suppression.objects.of(subscriber.address).get().reason == "left"
    assert [consent.kind for consent in subscriber.consents.all()] == ["left"]
    assert Growth.objects.get().n_left == 1


def test_one_click_works_for_a_request_from_anywhere(provider: Client, link: str) -> None:
    from_elsewhere = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}

    assert provider.post(link, headers=from_elsewhere).status_code == 200
    assert not Subscriber.objects.active().exists()


def test_link_works_years_later(provider: Client, link: str) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=3650)):
        assert provider.post(link).status_code == 200
    assert not Subscriber.objects.active().exists()


def test_link_of_somebody_erased_still_answers(
    provider: Client, link: str, subscriber: Subscriber
) -> None:
    subscribing.erase(subscriber.pk)

    assert provider.post(link).status_code == 200
    assert "You have left" in provider.get(link).text


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_at_the_link_changes_nothing(
    provider: Client, link: str, subscriber: Subscriber, method: str
) -> None:
    for _ in range(20):
        getattr(provider, method)(link)

    subscriber.refresh_from_db()
    assert subscriber.status == Status.ACTIVE
    assert not subscriber.consents.exists()
    assert not Suppression.objects.exists()


def test_page_has_one_button_and_asks_nothing(provider: Client, link: str) -> None:
    page = provider.get(link).text
    content = page[page.index("<main") : page.index("</main>")]

    assert content.count("<button") == 1
    assert "<input" not in content
    assert "The Weekly Round-up" in content


def test_somebody_who_slipped_takes_it_back(client: Client, link: str) -> None:
    left = client.post(link)
    assert "Undo" in left.text
    back = f"/newsletter/return/{RETURN.sign(str(Subscriber.objects.get().pk))}/"

    for _ in range(3):
        assert client.post(back, follow=True).status_code == 200

    subscriber = Subscriber.objects.get()
    assert (subscriber.status, subscriber.left_at) == (Status.ACTIVE, None)
    assert not Suppression.objects.of(subscriber.address).exists()
    assert [consent.kind for consent in subscriber.consents.all()] == ["left", "returned"]
    assert (Growth.objects.get().n_joined, Growth.objects.get().n_left) == (0, 0)


def test_undo_is_over_after_an_hour(client: Client, link: str, subscriber: Subscriber) -> None:
    subscribing.leave(subscriber.pk, at=timezone.now() - timedelta(hours=1))

    assert "Undo" not in client.get(link).text
    assert client.post(f"/newsletter/return/{RETURN.sign(str(subscriber.pk))}/").status_code == 410
    assert not Subscriber.objects.active().exists()


def test_undo_does_not_outweigh_a_complaint(client: Client, link: str) -> None:
    client.post(link)
    suppress("ann@example.org", Suppression.Reason.COMPLAINED, timezone.now())

    assert "Undo" not in client.get(link).text
    subscriber = Subscriber.objects.get()
    assert subscribing.come_back(subscriber.pk) is None


def test_who_never_confirmed_cannot_come_back(client: Client) -> None:
    pending = make_subscriber("bob@example.org", Status.PENDING)
    subscribing.leave(pending.pk)

    assert subscribing.come_back(pending.pk) is None
    assert Subscriber.objects.get(pk=pending.pk).status == Status.LEFT
    assert not Growth.objects.exists()


@pytest.mark.parametrize("status", [Status.BOUNCED, Status.COMPLAINED])
def test_leaving_hides_no_graver_reason(client: Client, status: str) -> None:
    subscriber = make_subscriber(status=status)

    client.post(f"/newsletter/leave/{LEAVE.sign(str(subscriber.pk))}/")

    assert Subscriber.objects.get(pk=subscriber.pk).status == status
