"""The list of subscribers, the page of one, and who may press which button."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from newsletter.models import Growth, Source, Subscriber, Suppression
from newsletter.services import suppressing
from newsroom.lib import lists
from tests.desk import logged_in
from tests.factories import make_section
from tests.factories_newsletter import make_subscriber

pytestmark = pytest.mark.django_db
LIST = "/admin/newsletter/subscriber/"
ROLES = ["writer", "editor", "newsletter editor", "fundraiser", "administrator"]
Status = Subscriber.Status


def names_in(page: str) -> set[str]:
    return {one.address for one in Subscriber.objects.all() if f">{one.address}</a>" in page}


@pytest.mark.parametrize("query", ["?status__exact=%00", "?source__exact=%00"])
def test_question_that_no_database_understands_is_no_error(query: str) -> None:
    desk = logged_in(role="administrator")

    assert desk.get(LIST + query).status_code == 400
    assert desk.post(f"{LIST}export/{query}").status_code == 400


NARROWED: list[tuple[dict[str, str], set[str]]] = [
    ({}, {"ann@example.org", "anna@example.com", "ben@mail.example.org"}),
    ({"q": "ann@example.org"}, {"ann@example.org"}),
    ({"q": " ANN@Example.ORG "}, {"ann@example.org"}),
    ({"q": "ann"}, {"ann@example.org", "anna@example.com"}),
    ({"q": "@example.org"}, {"ann@example.org"}),
    ({"q": "@MAIL.example.org"}, {"ben@mail.example.org"}),
    ({"q": "%"}, set()),
    ({"q": "a_n"}, set()),
    ({"q": "\x00"}, {"ann@example.org", "anna@example.com", "ben@mail.example.org"}),
    ({"status__exact": "left"}, {"ben@mail.example.org"}),
    ({"source__exact": "import"}, {"anna@example.com"}),
    ({"joined": "7"}, {"ann@example.org", "ben@mail.example.org"}),
    ({"joined": "nonsense"}, {"ann@example.org", "anna@example.com", "ben@mail.example.org"}),
]


def test_list_is_narrowed_down() -> None:
    make_subscriber("ann@example.org")
    long_ago = timezone.now() - timedelta(days=100)
    make_subscriber("anna@example.com", source=Source.IMPORT, joined_at=long_ago)
    make_subscriber("ben@mail.example.org", Status.LEFT)

    desk = logged_in(role="newsletter editor")

    for query, found in NARROWED:
        assert names_in(desk.get(LIST, query).text) == found, query


def test_search_knows_domains_in_their_own_letters() -> None:
    make_subscriber("ann@xn--bcher-kva.example.com")

    for term in ("@bücher.example.com", "ann@bücher.example.com"):
        page = logged_in(role="newsletter editor").get(LIST, {"q": term})
        assert "ann@bücher.example.com" in page.content.decode()


def test_list_does_not_count_beyond_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "N_SHOWN", 3)
    for _ in range(5):
        make_subscriber()

    page = logged_in(role="newsletter editor").get(LIST).content.decode()

    assert "More than 3 subscribers" in page


def test_queries_do_not_grow_with_the_list() -> None:
    client = logged_in(role="newsletter editor")
    counts = []
    for _ in range(2):
        for _ in range(20):
            make_subscriber(sections=[make_section("Europe")])
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 8


@pytest.mark.parametrize(
    ("role", "status"), list(zip(ROLES, [403, 403, 200, 403, 200], strict=True))
)
def test_who_may_see_subscribers(role: str, status: int) -> None:
    pages, desk = ["", "growth/", f"{make_subscriber().pk}/change/"], logged_in(role=role)

    statuses = {page: desk.get(LIST + page).status_code for page in pages}

    assert statuses == dict.fromkeys(pages, status)


BUTTONS = {
    "leave": {"newsletter editor", "administrator"},
    "bounced": {"newsletter editor", "administrator"},
    "complained": {"newsletter editor", "administrator"},
    "ask": {"newsletter editor", "administrator"},
    "person": {"administrator"},
    "erase": {"administrator"},
}


@pytest.mark.parametrize("role", ROLES)
def test_each_button_has_its_permission(role: str) -> None:
    subscriber, desk = make_subscriber(), logged_in(role=role)
    mine = {button for button, roles in BUTTONS.items() if role in roles}

    pressed = {button: desk.post(f"{LIST}{subscriber.pk}/{button}/") for button in BUTTONS}

    assert {button for button, answer in pressed.items() if answer.status_code != 403} == mine
    subscriber.refresh_from_db()
    assert (subscriber.status == Status.ACTIVE) == (not mine)


@pytest.mark.parametrize("role", ["newsletter editor", "administrator"])
def test_page_shows_only_the_buttons_that_work(role: str) -> None:
    subscriber = make_subscriber(status=Status.PENDING)

    page = logged_in(role=role).get(f"{LIST}{subscriber.pk}/change/").text

    shown = {button for button in BUTTONS if f"/{button}/" in page}
    assert shown == {button for button, roles in BUTTONS.items() if role in roles}


def test_looking_at_a_button_presses_nothing() -> None:
    subscriber, desk = make_subscriber(), logged_in(role="administrator")
    paths = ["export/", *(f"{subscriber.pk}/{button}/" for button in BUTTONS)]

    statuses = {path: desk.get(LIST + path).status_code for path in paths}

    assert statuses == dict.fromkeys(paths, 405)
    assert Subscriber.objects.get().status == Status.ACTIVE


def test_button_for_nobody_is_not_found() -> None:
    desk = logged_in(role="administrator")

    statuses = {button: desk.post(f"{LIST}999/{button}/").status_code for button in BUTTONS}

    assert statuses == dict.fromkeys(BUTTONS, 404)


def press(subscriber: Subscriber, button: str, **data: Any) -> None:
    logged_in(role="administrator").post(f"{LIST}{subscriber.pk}/{button}/", data)


def test_unsubscribing_ends_all_mail() -> None:
    subscriber = make_subscriber("ann@example.org")

    press(subscriber, "leave")

    subscriber.refresh_from_db()
    assert subscriber.status == Status.LEFT
    assert Suppression.objects.of("ann@example.org").get().reason == "left"


@pytest.mark.parametrize("status", [Status.BOUNCED, Status.COMPLAINED])
def test_mark_ends_all_mail_and_counts_once(status: str) -> None:
    subscriber = make_subscriber("ann@example.org")

    press(subscriber, status)
    press(subscriber, status)

    subscriber.refresh_from_db()
    assert (subscriber.status, bool(subscriber.left_at)) == (status, True)
    assert Suppression.objects.of("ann@example.org").get().reason == status
    assert Growth.objects.get().n_left == 1


def test_who_has_left_and_then_complains_is_not_counted_again() -> None:
    subscriber = make_subscriber("ann@example.org", Status.LEFT)

    assert suppressing.mark(subscriber.pk, Status.COMPLAINED)

    assert not Growth.objects.exists()
    assert Suppression.objects.of("ann@example.org").get().reason == "complained"


def test_erasing_asks_first() -> None:
    subscriber = make_subscriber()

    press(subscriber, "erase")
    assert Subscriber.objects.exists()

    press(subscriber, "erase", sure="yes")
    assert not Subscriber.objects.exists()
    assert Suppression.objects.get().reason == "erased"


def test_log_of_the_desk_holds_no_address() -> None:
    subscriber = make_subscriber("secret.person@example.org")

    for button in ("ask", "bounced", "person"):
        press(subscriber, button)
    press(subscriber, "erase", sure="yes")

    assert LogEntry.objects.count() == 4
    entries = LogEntry.objects.values_list("object_repr", "change_message")
    assert "secret" not in str(list(entries))


def test_exported_person_is_all_we_keep() -> None:
    subscriber = make_subscriber("ann@example.org")

    answer = logged_in(role="administrator").post(f"{LIST}{subscriber.pk}/person/")

    assert answer.json()["address"] == "ann@example.org"
    assert "attachment" in answer["Content-Disposition"]


def test_adding_asks_the_reader_and_adds_nobody() -> None:
    answer = logged_in(role="newsletter editor").post(f"{LIST}add/", {"address": "Ann@example.org"})

    assert answer.status_code == 302
    assert Subscriber.objects.get().status == Status.PENDING
    assert ProcrastinateJob.objects.filter(task_name="newsletter.send_letter").exists()


@pytest.mark.parametrize("address", ["", "nonsense", "a@b@example.org", "\x00"])
def test_adding_refuses_what_is_no_address(address: str) -> None:
    answer = logged_in(role="newsletter editor").post(f"{LIST}add/", {"address": address})

    assert answer.status_code == 422
    assert not Subscriber.objects.exists()


def test_asking_too_often_is_refused() -> None:
    client = logged_in(role="newsletter editor")
    for _ in range(5):
        client.post(f"{LIST}add/", {"address": "ann@example.org"})

    letters = ProcrastinateJob.objects.filter(task_name="newsletter.send_letter")
    assert letters.count() == 3


@pytest.mark.parametrize("role", ["writer", "editor", "fundraiser"])
def test_others_ask_nobody(role: str) -> None:
    assert logged_in(role=role).post(f"{LIST}add/", {"address": "a@b.org"}).status_code == 403


def test_nothing_of_a_subscriber_is_typed_over_or_deleted() -> None:
    subscriber = make_subscriber()
    client = logged_in(role="administrator")

    assert client.post(f"{LIST}{subscriber.pk}/change/", {"status": "left"}).status_code == 405
    assert client.post(f"{LIST}{subscriber.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Subscriber.objects.get().status == Status.ACTIVE


@pytest.mark.parametrize("pk", ["999", "x", "9" * 30, "1'"])
def test_page_of_nobody_leads_to_the_list(pk: str) -> None:
    answer = logged_in(role="newsletter editor").get(f"{LIST}{pk}/change/")

    assert (answer.status_code, answer.headers["Location"]) == (302, LIST)


def test_strangers_are_sent_to_the_login(client: Any) -> None:
    for path in ("", "growth/", "add/", "1/change/"):
        assert client.get(LIST + path).headers["Location"].startswith("/admin/login/")
