"""Our sign-up form is no weapon: who may ask how often."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from newsletter.forms.sign_up import new_ticket
from newsletter.models import SignUp
from newsroom.models import Limit
from tests.worker import work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _behind_a_proxy(settings: Settings) -> None:
    settings.PROXY_IP_HEADER = "HTTP_X_FORWARDED_FOR"


def post(address: str, client_ip: str) -> Any:
    ticket = new_ticket(timezone.now() - timedelta(seconds=3))
    posted = {"address": address, "form": "page", "ticket": ticket}
    return Client().post("/newsletter/", posted, headers={"X-Forwarded-For": client_ip})


def test_address_gets_three_letters_a_day_and_the_answer_does_not_tell() -> None:
    answers = {post("ann@example.org", f"192.0.2.{n}")["Location"] for n in range(9)}
    work()

    assert answers == {"/newsletter/asked/"}
    assert len(mail.outbox) == 3


def test_letters_come_again_the_next_day() -> None:
    for n in range(4):
        post("ann@example.org", f"192.0.2.{n}")
        work()
    for limit in Limit.objects.filter(key__contains=".address "):
        limit.times = [at - timedelta(days=1) for at in limit.times]
        limit.save()

    post("ann@example.org", "192.0.2.99")
    work()

    assert len(mail.outbox) == 4


def test_connection_signs_up_five_an_hour_and_is_told_what_to_do() -> None:
    statuses = [post(f"a{n}@example.org", "192.0.2.1").status_code for n in range(5)]

    refused = post("a5@example.org", "192.0.2.1")

    assert statuses == [302] * 5
    assert (refused.status_code, refused["Retry-After"]) == (429, "3600")
    assert "Try again in an hour" in refused.text
    assert 'value="a5@example.org"' in refused.text
    assert SignUp.objects.count() == 5
    assert post("a6@example.org", "192.0.2.2").status_code == 302


def test_household_is_the_64_of_ipv6() -> None:
    for n in range(5):
        post(f"a{n}@example.org", f"2001:db8:1:2::{n}")

    assert post("b@example.org", "2001:db8:1:2:ffff::1").status_code == 429
    assert post("b@example.org", "2001:db8:1:3::1").status_code == 302


def test_sixty_a_minute_in_all_with_one_alarm(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        statuses = [post(f"a{n}@example.org", f"198.51.100.{n}").status_code for n in range(63)]

    assert statuses == [302] * 60 + [429] * 3
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert SignUp.objects.count() == 60


def test_refused_for_all_costs_nobody_his_own_tries() -> None:
    for n in range(60):
        post(f"a{n}@example.org", f"198.51.100.{n}")
    for _ in range(6):
        assert "in a minute" in post("ann@example.org", "192.0.2.1").text

    Limit.objects.filter(key="newsletter.sign-up").delete()  # a minute later

    assert post("ann@example.org", "192.0.2.1").status_code == 302


def test_refusing_readers_for_want_of_a_setting_is_told(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.PROXY_IP_HEADER = ""
    for n in range(7):
        post(f"a{n}@example.org", "192.0.2.1")

    assert [r.message for r in caplog.records if "PROXY_IP_HEADER" in r.message]


@pytest.mark.django_db(transaction=True)
def test_limits_hold_for_those_who_come_at_the_same_moment() -> None:
    def attempt(n: int) -> int:
        try:
            return int(post("ann@example.org", f"192.0.2.{n % 2}").status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(attempt, range(40)))
    work()

    assert statuses.count(302) == 10
    assert statuses.count(429) == 30
    assert len(mail.outbox) == 3
