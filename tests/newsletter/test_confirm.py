"""Double opt-in: a person's press of a button, and nothing else, makes a subscriber."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.models import Growth, Newsletter, Subscriber, Suppression
from newsletter.services import subscribing
from newsletter.suppressions import suppress
from newsletter.tokens import CONFIRM, confirm_token
from newsroom.models import Publication
from tests.factories_newsletter import make_subscriber
from tests.worker import work

pytestmark = pytest.mark.django_db
Status = Subscriber.Status
WELCOME = '<p>Good to <a href="/about/">see</a> you.</p>'
SCANNERS = ["Barracuda", "Mimecast", "Proofpoint", "SafeLinks", "GoogleImageProxy"]


def pending(**fields: Any) -> Subscriber:
    return make_subscriber("ann@example.org", Status.PENDING, **fields)


def address(subscriber: Subscriber) -> str:
    assert subscriber.asked_at
    return f"/newsletter/confirm/{confirm_token(subscriber.pk, subscriber.asked_at)}/"


def test_button_makes_a_subscriber(client: Client) -> None:
    subscriber = pending()
    page = client.get(address(subscriber))
    assert "ann@example.org" in page.text

    response = client.post(address(subscriber))

    subscriber.refresh_from_db()
    assert response.status_code == 200
    assert "You are signed up" in response.text
    assert subscriber.status == Status.ACTIVE
    assert subscriber.joined_at


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_robots_confirm_nothing(client: Client, method: str) -> None:
    subscriber = pending()

    for number in range(20):
        agent = SCANNERS[number % len(SCANNERS)]
        getattr(client, method)(address(subscriber), headers={"User-Agent": agent})

    assert Subscriber.objects.get().status == Status.PENDING
    assert client.post(address(subscriber)).status_code == 200


def test_ten_presses_have_one_result(client: Client) -> None:
    subscriber = pending()

    answers = {client.post(address(subscriber)).content for _ in range(10)}
    work()

    assert len(answers) == 1
    assert [consent.kind for consent in subscriber.consents.all()] == ["confirmed"]
    assert Growth.objects.get().n_joined == 1
    assert len(mail.outbox) == 1


def test_welcome_says_what_staff_wrote(client: Client) -> None:
    Newsletter.objects.update_or_create(pk=1, defaults={"welcome": WELCOME})
    client.post(address(pending()))
    work()

    [letter] = mail.outbox
    assert isinstance(letter, EmailMultiAlternatives)
    html = str(letter.alternatives[0][0])
    assert "Good to see <http" in letter.body
    assert "Good to" in html
    assert 'href="/about' not in html
    assert "&lt;p&gt;" not in html
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "personal:" not in str(letter.body) + html


def test_link_is_good_for_three_days(client: Client) -> None:
    subscriber = pending()
    link = address(subscriber)

    with time_machine.travel(timezone.now() + timedelta(hours=71, minutes=59), tick=False):
        assert client.get(link).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=72, minutes=1), tick=False):
        assert client.post(link).status_code == 410
    assert Subscriber.objects.get().status == Status.PENDING


def test_every_link_that_does_not_count_gets_one_answer(client: Client) -> None:
    subscriber = pending()
    good = address(subscriber)
    asked_at = subscriber.asked_at
    assert asked_at
    stale = confirm_token(subscriber.pk, asked_at - timedelta(microseconds=1))
    foreign = confirm_token(subscriber.pk + 1, asked_at)
    with time_machine.travel(timezone.now() - timedelta(days=4)):
        expired = confirm_token(subscriber.pk, asked_at)
    paths = [f"/newsletter/confirm/{token}/" for token in (stale, foreign, expired, "x", "1-1~~")]
    paths += [good.replace("~", "-", 1), good[:-2] + "/"]

    answers = {(r.status_code, r.content) for path in paths for r in [client.post(path)]}
    answers |= {(r.status_code, r.content) for path in paths for r in [client.get(path)]}

    assert len(answers) == 1
    assert answers.pop()[0] == 410
    assert Subscriber.objects.get().status == Status.PENDING


def test_link_is_worth_nothing_after_leaving(client: Client) -> None:
    subscriber = pending()
    client.post(address(subscriber))
    subscribing.leave(subscriber.pk)

    assert client.post(address(subscriber)).status_code == 410
    assert Subscriber.objects.get().status == Status.LEFT


@given(st.text(st.characters(codec="ascii", exclude_characters="/?#"), min_size=1, max_size=90))
@settings(max_examples=200, deadline=None)
def test_made_up_tokens_open_nothing(token: str) -> None:
    assert CONFIRM.read(token) is None


@pytest.mark.parametrize("reason", Suppression.Reason.values)
def test_own_confirmation_lifts_what_stood_against_the_address(client: Client, reason: str) -> None:
    subscriber = pending()
    suppress(subscriber.address, reason, timezone.now())

    client.post(address(subscriber))

    lifted = Suppression.objects.get()
    assert lifted.lifted_why == "Confirmed anew"
    assert not Suppression.objects.of(subscriber.address).exists()


def test_growth_counts_by_the_way_and_the_publications_day(client: Client) -> None:
    Publication.objects.update_or_create(pk=1, defaults={"time_zone": "Pacific/Auckland"})
    subscriber = pending(source="article")
    assert subscriber.asked_at

    at = timezone.now().replace(hour=23, minute=0)
    subscribing.confirm(subscriber.pk, asked_at=subscriber.asked_at, network="", at=at)

    counted = Growth.objects.get()
    assert (counted.source, counted.n_joined) == ("article", 1)
    assert counted.on == (at + timedelta(days=1)).date()
