"""From the box to the letter."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsletter.forms.sign_up import new_ticket
from newsletter.models import SignUp, Subscriber, Suppression
from newsletter.services import subscribing
from newsletter.suppressions import suppress
from newsletter.tasks.sign_ups import answer_sign_up
from newsroom.models import Limit
from tests.factories import make_user
from tests.factories_newsletter import make_subscriber
from tests.worker import work

pytestmark = pytest.mark.django_db
Status = Subscriber.Status
TICKET = re.compile(r'name="ticket" value="([^"]+)"')


def post(client: Client, address: str = "ann@example.org", **fields: Any) -> Any:
    """A sign-up as from a browser, by somebody who took three seconds."""
    ticket = new_ticket(timezone.now() - timedelta(seconds=3))
    headers = fields.pop("headers", {})
    posted = {"address": address, "form": "footer", "ticket": ticket, **fields}
    return client.post("/newsletter/", posted, headers=headers)


def test_letter_goes_to_who_signs_up(client: Client) -> None:
    response = post(client, " Ann@Example.ORG ")

    assert (response.status_code, response["Location"]) == (302, "/newsletter/asked/")
    assert mail.outbox == []
    work()
    [letter] = mail.outbox
    assert letter.to == ["ann@example.org"]
    assert "Confirm" in letter.subject
    assert Subscriber.objects.get().status == Status.PENDING


def test_consent_says_when_by_which_form_in_which_words_and_whence(client: Client) -> None:
    post(client, form="article")
    work()

    [consent] = Subscriber.objects.get().consents.all()
    assert consent.kind == "asked"
    assert consent.form == "article"
    assert consent.wording.startswith("One letter a week")
    assert consent.network == "127.0.0.0/24"
    assert timezone.now() - consent.at < timedelta(seconds=9)


def test_nothing_of_a_sign_up_stays_after_its_answer(client: Client) -> None:
    post(client)
    work()

    assert not SignUp.objects.exists()
    assert not any("ann" in key for key in Limit.objects.values_list("key", flat=True))


@pytest.mark.parametrize(
    "address", ["", "  ", "ann", "ann@localhost", "a\0nn@example.org", "a" * 999]
)
def test_wrong_address_is_told_and_kept(client: Client, address: str) -> None:
    response = post(client, address)

    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.text
    assert address.strip("\0 ")[:3] in response.text
    assert not SignUp.objects.exists()


def test_wrong_address_is_escaped(client: Client) -> None:
    assert "<script>alert" not in post(client, '"><script>alert(1)</script>').text


def test_robot_that_fills_in_every_field_is_thanked_and_forgotten(client: Client) -> None:
    response = post(client, website="https://spam.example")

    assert response["Location"] == "/newsletter/asked/"
    assert not SignUp.objects.exists()


@pytest.mark.parametrize("ticket", ["", "x", "1~1~" + "A" * 43, "\0"])
def test_without_a_ticket_it_takes_one_more_press(client: Client, ticket: str) -> None:
    response = post(client, ticket=ticket)

    assert response.status_code == 200
    assert "One more step" in response.text
    assert 'value="ann@example.org"' in response.text
    assert not SignUp.objects.exists()


def test_ticket_of_the_extra_press_is_good_after_two_seconds(client: Client) -> None:
    found = TICKET.search(post(client, ticket="").text)
    assert found

    too_soon = post(client, ticket=found[1])
    assert TICKET.search(too_soon.text)[1] == found[1]  # type: ignore[index]
    assert not SignUp.objects.exists()

    old_enough = new_ticket(timezone.now() - timedelta(seconds=2))
    assert post(client, ticket=old_enough).status_code == 302


def test_ticket_is_fresh_and_not_kept(client: Client) -> None:
    response = client.get("/newsletter/ticket/")

    assert "no-store" in response["Cache-Control"]
    assert "One more step" in post(client, ticket=response.text).text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 302),
        ({"Origin": "http://testserver"}, 302),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 302),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_only_our_own_pages_sign_somebody_up(
    client: Client, headers: dict[str, str], status: int
) -> None:
    assert post(client, headers=headers).status_code == status
    assert SignUp.objects.count() == (status == 302)


def test_unknown_box_counts_as_the_page(client: Client) -> None:
    post(client, form="import")

    assert SignUp.objects.get().form == "page"


STATES = [None, "erased", *Status.values]


def put(address: str, state: str | None) -> None:
    """The list as if `address` were in that state."""
    if state in Status.values:
        make_subscriber(address, state)
    if state in Suppression.Reason.values:
        suppress(address, state, timezone.now())


@pytest.mark.parametrize("state", STATES)
def test_answer_and_work_are_the_same_whatever_we_know(client: Client, state: str | None) -> None:
    client.get("/newsletter/asked/")  # fills caches that are not ours
    answers, statements = [], []
    for known in (None, state):
        address = f"{known or 'new'}@example.org".rjust(24, "x")
        put(address, known)
        with CaptureQueriesContext(connection) as queries:
            response = post(client, address)
        page = client.get(response["Location"])
        answers.append((response.status_code, response["Location"], page.content, not page.cookies))
        statements.append(len(queries))

    assert answers[0] == answers[1]
    assert statements[0] == statements[1]


@pytest.mark.parametrize("state", [state for state in STATES if state != "active"])
def test_whoever_is_not_in_the_list_is_asked_to_confirm(client: Client, state: str | None) -> None:
    put("ann@example.org", state)

    post(client)
    work()

    [letter] = mail.outbox
    assert "/newsletter/confirm/" in letter.body
    assert Subscriber.objects.get().status == Status.PENDING
    assert not Subscriber.objects.active().exists()


def test_who_gets_it_already_is_told_so_and_not_reset(client: Client) -> None:
    subscriber = make_subscriber("ann@example.org", frequency="monthly")

    post(client)
    work()

    [letter] = mail.outbox
    assert "already" in letter.subject
    assert "/newsletter/preferences/" in letter.body
    assert "/newsletter/confirm/" not in letter.body
    now = Subscriber.objects.get()
    assert (now.status, now.joined_at) == (subscriber.status, subscriber.joined_at)
    assert (now.asked_at, now.frequency) == (subscriber.asked_at, "monthly")


def test_second_request_keeps_the_first_ones_link_good(client: Client) -> None:
    post(client)
    work()
    asked_at = Subscriber.objects.get().asked_at

    post(client)
    work()

    assert Subscriber.objects.get().asked_at == asked_at
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == 2


def test_answer_that_is_repeated_writes_once(client: Client) -> None:
    post(client)
    row = SignUp.objects.get().pk
    work()

    answer_sign_up(row)
    work()

    assert len(mail.outbox) == 1


def test_desk_adds_by_asking() -> None:
    assert subscribing.ask_for("ann@example.org", by=make_user("newsletter editor"))
    work()

    assert Subscriber.objects.get().source == "desk"
    assert "/newsletter/confirm/" in mail.outbox[0].body


def test_page_lists_what_was_sent_and_takes_three_queries(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/newsletter/")

    assert response.status_code == 200
    assert len(queries) == 3
    assert not response.cookies
