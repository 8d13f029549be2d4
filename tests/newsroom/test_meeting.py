"""Two who save the same form of the desk, whatever it is of."""

import html
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client

from articles.models import FrontPage, TopicBox
from newsroom.models import User
from tests.desk import logged_in, rows
from tests.factories import make_contributor, make_photo, make_published, make_tag, make_user

pytestmark = pytest.mark.django_db
FRONT = "/admin/articles/frontpage/1/change/"


@pytest.fixture
def mary() -> Client:
    return logged_in(make_user("administrator", first_name="Mary", last_name="Smith"))


@pytest.fixture
def client() -> Client:
    return logged_in(role="administrator")


def opened(client: Client, address: str) -> dict[str, str]:
    page = client.get(address).content.decode()
    return {"started_from": started_from(page)}


def started_from(page: str) -> str:
    found = re.search(r'name="started_from" value="([^"]+)"', page)
    assert found, page
    return html.unescape(found[1])


def person(**fields: Any) -> dict[str, Any]:
    return {"name": "Ann Able", "title": "", "bio": "<p>Writes.</p>", "slug": "ann-able"} | fields


def test_different_fields_merge_and_are_told(client: Client, mary: Client) -> None:
    ann = make_contributor("Ann Able", bio="<p>Writes.</p>")
    address = f"/admin/articles/contributor/{ann.pk}/change/"
    form = opened(client, address)
    mary.post(address, person(portrait=(portrait := make_photo()).pk, bio="<p>Wrote.</p>"))

    answer = client.post(address, person(title="Staff writer") | form, follow=True)

    page = answer.content.decode()
    assert re.search(r"Mary Smith saved this today \d+:\d\d; that stays: portrait, bio\.", page)
    ann.refresh_from_db()
    assert (ann.title, ann.portrait, ann.bio) == ("Staff writer", portrait, "<p>Wrote.</p>")


def test_two_edits_of_one_field_are_shown_and_saving_again_decides(
    client: Client, mary: Client
) -> None:
    ann = make_contributor("Ann Able", title="Old title", bio="<p>Writes.</p>")
    address = f"/admin/articles/contributor/{ann.pk}/change/"
    form = opened(client, address)
    mary.post(address, person(title="Her title", bio="<p>Wrote.</p>"))

    answer = client.post(address, person(title="My title") | form)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mary Smith saved this today" in page
    assert 'value="My title"' in page
    assert re.search(r"Stored now</strong><div><p>Her title</p>", page)
    ann.refresh_from_db()
    assert ann.title == "Her title"

    again = client.post(address, person(title="My title") | {"started_from": started_from(page)})

    assert again.status_code == 302
    ann.refresh_from_db()
    assert (ann.title, ann.bio) == ("My title", "<p>Wrote.</p>")


def test_button_pressed_twice_is_no_collision(client: Client) -> None:
    ann = make_contributor("Ann Able")
    address = f"/admin/articles/contributor/{ann.pk}/change/"
    form = person(title="New") | opened(client, address)

    assert [client.post(address, form).status_code for _ in range(2)] == [302, 302]


def test_order_of_the_front_page_is_not_taken_back(client: Client, mary: Client) -> None:
    one, two, three = (make_published(f"Piece {number}") for number in (1, 2, 3))
    form = opened(client, FRONT)
    mary.post(FRONT, rows("picks", article=[two, one]) | {"lead_0": "", "lead_1": ""})

    lead = {"lead_0": "Piece 3", "lead_1": three.pk}
    merged = client.post(FRONT, lead | form)
    stale = client.post(FRONT, rows("picks", article=[one]) | lead | form)

    assert (merged.status_code, stale.status_code) == (302, 409)
    assert "Piece 2\nPiece 1" in html.unescape(stale.content.decode()).replace("<br>", "\n")
    front = FrontPage.objects.get()
    assert front.lead == three
    assert [pick.article for pick in front.picks.all()] == [two, one]


def test_merged_values_are_checked_together(client: Client, mary: Client) -> None:
    one = make_published("Piece 1")
    form = opened(client, FRONT)
    mary.post(FRONT, rows("picks", article=[one]) | {"lead_0": "", "lead_1": ""})

    answer = client.post(FRONT, {"lead_0": "Piece 1", "lead_1": one.pk} | form)

    page = answer.content.decode()
    assert "The lead stands among the secondary stories too" in page
    assert "Stored now" in page
    assert FrontPage.objects.get().lead is None


def test_pins_of_a_topic_box_are_not_taken_back(client: Client, mary: Client) -> None:
    box = TopicBox.objects.create(title="Box", tag=make_tag("nato"))
    address = f"/admin/articles/topicbox/{box.pk}/change/"
    typed = {"title": "Box", "tag_0": "nato", "tag_1": "", "n_items": 4, "position": 0}
    one, two = make_published("Piece 1"), make_published("Piece 2")
    form = opened(client, address)
    mary.post(address, typed | rows("pins", article=[one]))

    answer = client.post(address, typed | rows("pins", article=[two]) | form)
    client.post(address, typed | {"title": "New"} | form)

    assert answer.status_code == 409
    box.refresh_from_db()
    assert box.title == "New"
    assert [pin.article for pin in box.pins.all()] == [one]


def test_roles_of_a_person_are_not_taken_back() -> None:
    client, mary = (
        logged_in(User.objects.create_superuser(name, password="x")) for name in ("root", "mary")
    )
    user = make_user("writer", username="jo")
    address = f"/admin/newsroom/user/{user.pk}/change/"
    typed = {"username": "jo", "is_active": "on", "is_staff": "on", "email": ""}
    typed |= {"first_name": "", "last_name": ""}
    writer, editor = (Group.objects.get(name=name).pk for name in ("writer", "editor"))
    form = opened(client, address)
    mary.post(address, typed | {"groups": [editor]})

    answer = client.post(address, typed | {"groups": [writer], "last_name": "Doe"} | form)

    assert answer.status_code == 302
    user.refresh_from_db()
    assert (user.last_name, [group.name for group in user.groups.all()]) == ("Doe", ["editor"])


@pytest.mark.parametrize("nonsense", ["", "[1]", "{", '{"title": 7}', "\x00"])
def test_nonsense_in_the_hidden_field_is_no_error_of_ours(client: Client, nonsense: str) -> None:
    ann = make_contributor("Ann Able")
    address = f"/admin/articles/contributor/{ann.pk}/change/"

    answer = client.post(address, person(title="New", started_from=nonsense))

    assert answer.status_code in {302, 409}


@pytest.mark.django_db(transaction=True)
def test_of_saves_at_once_one_wins(client: Client) -> None:
    ann = make_contributor("Ann Able")
    address = f"/admin/articles/contributor/{ann.pk}/change/"
    form = opened(client, address)

    def save(number: int) -> int:
        try:
            return client.post(address, person(title=f"Title {number}") | form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = sorted(pool.map(save, range(6)))

    assert answers == [302, 409, 409, 409, 409, 409]
