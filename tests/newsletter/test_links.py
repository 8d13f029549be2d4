"""What holds for every link in our mail: one purpose, no trace, no cache."""

import io
import logging
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from newsletter import tokens
from newsletter.models import Subscriber
from newsroom.lib.logs import PrivateFormatter
from newsroom.lib.tokens import Purpose
from tests.factories_newsletter import make_subscriber

pytestmark = pytest.mark.django_db
PURPOSES = {
    "confirm": tokens.CONFIRM,
    "leave": tokens.LEAVE,
    "come_back": tokens.RETURN,
    "preferences": tokens.PREFERENCES,
    "export": tokens.EXPORT,
    "erase": tokens.ERASE,
}
OTHERS = {**PURPOSES, "ticket": tokens.TICKET}


@pytest.fixture
def subscriber() -> Subscriber:
    return make_subscriber("ann@example.org", left_at=timezone.now())


def token_for(purpose: Purpose, subscriber: Subscriber) -> str:
    if purpose is tokens.CONFIRM:
        assert subscriber.asked_at
        return tokens.confirm_token(subscriber.pk, subscriber.asked_at)
    return purpose.sign(str(subscriber.pk))


@pytest.mark.parametrize("page", PURPOSES)
def test_link_made_for_another_page_opens_nothing(
    client: Client, subscriber: Subscriber, page: str
) -> None:
    for other in OTHERS.keys() - {page}:
        url = reverse(f"newsletter:{page}", args=[token_for(OTHERS[other], subscriber)])
        assert client.get(url).status_code == 410, other
        assert client.post(url).status_code in (405, 410), other

    assert Subscriber.objects.filter(status="active").exists()
    assert not subscriber.consents.exists()


@pytest.mark.parametrize("page", PURPOSES)
def test_page_is_not_kept_listed_or_told_of(
    client: Client, subscriber: Subscriber, page: str
) -> None:
    for token in (token_for(PURPOSES[page], subscriber), "made-up"):
        response = client.get(reverse(f"newsletter:{page}", args=[token]))
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "noindex"
        assert not response.cookies


@pytest.mark.parametrize("page", PURPOSES)
def test_link_outlives_a_change_of_the_key(
    client: Client, subscriber: Subscriber, settings: Settings, page: str
) -> None:
    url = reverse(f"newsletter:{page}", args=[token_for(PURPOSES[page], subscriber)])

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [settings.SECRET_KEY]
    assert client.get(url).status_code == 200

    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(url).status_code == 410


@pytest.mark.parametrize("purpose", OTHERS.values(), ids=OTHERS)
def test_no_log_shows_a_token(client: Client, subscriber: Subscriber, purpose: Purpose) -> None:
    token = token_for(purpose, subscriber)
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(PrivateFormatter())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)

    client.get(f"/nowhere/{token}/")
    client.get(f"/newsletter/leave/{token.replace('~', '%7E')}x/")
    logger.removeHandler(handler)

    assert "[token]" in out.getvalue()
    assert token[-20:] not in out.getvalue()


def test_temporary_links_end(client: Client, subscriber: Subscriber) -> None:
    urls = [
        reverse(f"newsletter:{page}", args=[token_for(PURPOSES[page], subscriber)])
        for page in ("come_back", "export", "erase")
    ]
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert {client.get(url).status_code for url in urls} == {410}
