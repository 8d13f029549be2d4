"""Switches: off means off, everywhere or in one place."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from donations import board, letters, switchboard
from donations.models import EVERYWHERE, Change, Slot
from donations.services.switching import switch_off, switch_on
from newsroom.models import User
from tests.desk import logged_in
from tests.factories import (
    make_contributor,
    make_published,
    make_section,
    make_series,
    make_tag,
    make_user,
)
from tests.factories_donations import make_live, make_rules

pytestmark = pytest.mark.django_db
SWITCHES = "/admin/donations/rules/switches/"


def off() -> list[str]:
    content = board.read()
    return content["rules"]["off"] if content else []


def test_off_is_on_the_board_at_once_and_in_the_log() -> None:
    by = make_user("editor")

    assert switch_off(Slot.TOP, by=by, reason="Breaking news")

    assert off() == ["top"]
    row = Change.objects.get()
    assert (row.field, row.before, row.after) == ("Banner at the top of a page", "on", "off")
    assert (row.by, row.reason) == (by, "Breaking news")


def test_off_twice_is_off_once() -> None:
    assert switch_off(EVERYWHERE, by=make_user())
    assert not switch_off(EVERYWHERE, by=make_user())

    assert off() == [EVERYWHERE]
    assert Change.objects.count() == 1


def test_on_again_leaves_other_places_as_they_are() -> None:
    by = make_user()
    switch_off(Slot.BODY, by=by)
    switch_off(EVERYWHERE, by=by)

    assert switch_on(EVERYWHERE, by=by, reason="It is over")

    assert off() == ["body"]
    assert not switch_on(EVERYWHERE, by=by, reason="Again")


def test_switch_at_the_desk_needs_no_reason_to_be_off() -> None:
    for role, place in [("editor", "all"), ("fundraiser", "top"), ("administrator", "body")]:
        answer = logged_in(role=role).post(SWITCHES, {"place": place, "to": "off"}, follow=True)

        assert place in off()
        assert "Switched off." in answer.content.decode()


def test_switch_back_on_needs_one() -> None:
    client = logged_in()
    switch_off(Slot.LIST, by=make_user())

    refused = client.post(SWITCHES, {"place": "list", "to": "on", "reason": ""})
    assert refused.status_code == 422
    assert "Say why appeals may be shown again" in refused.content.decode()
    assert off() == ["list"]

    client.post(SWITCHES, {"place": "list", "to": "on", "reason": "Calm again"})
    assert off() == []


def test_what_was_typed_is_kept_when_it_is_refused() -> None:
    switch_off(Slot.LIST, by=make_user())

    answer = logged_in().post(SWITCHES, {"place": "list", "to": "on", "reason": "x" * 201})

    assert answer.status_code == 422
    assert "x" * 201 in answer.content.decode()


def test_what_is_no_switch_changes_nothing() -> None:
    for typed in [{}, {"place": "everything", "to": "off"}, {"place": "all", "to": "maybe"}]:
        assert logged_in().post(SWITCHES, typed).status_code == 422, typed
    assert not Change.objects.exists()


def test_switches_are_for_those_who_may() -> None:
    for role in ["writer", "newsletter editor"]:
        client = logged_in(role=role)
        assert client.get(SWITCHES).status_code == 403
        assert client.post(SWITCHES, {"place": "all", "to": "off"}).status_code == 403
    assert not Change.objects.exists()


def test_screen_says_who_switched_when_and_why() -> None:
    by = make_user(first_name="Ann", last_name="Example")
    switch_off(Slot.FOOT, by=by, reason="Two banners at once")

    page = logged_in().get(SWITCHES).content.decode()

    assert "by Ann Example: Two banners at once" in page


def test_screen_takes_as_many_queries_however_often_was_switched(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    by, at = make_user(), timezone.now()
    for minutes in range(6):
        flip = switch_on if minutes % 2 else switch_off
        flip(Slot.TOP, by=by, reason="Try", at=at + timedelta(minutes=minutes))

    with django_assert_num_queries(2):  # type: ignore[operator]
        found = {one.place: one for one in switchboard.switches()}

    assert found["top"].last is not None
    assert found["top"].last.after == "on"
    assert switchboard.switched_off([]) == []


def test_next_page_of_a_piece_has_nothing_where_it_is_off() -> None:
    make_rules()
    left = {Slot.BODY.value, Slot.TOP.value, Slot.FOOT.value}
    for slot in left:
        make_live(slot=slot)
    path, by = make_published().get_absolute_url(), make_user()
    assert places(path) == left

    for slot in [Slot.BODY, Slot.TOP, Slot.FOOT]:
        switch_off(slot, by=by)
        left.remove(slot)
        assert places(path) == left


def test_off_is_off_on_every_kind_of_page_and_on_again() -> None:
    about: list[Any] = [make_section("Europe"), make_tag(), make_series(), make_contributor()]
    section, tag, series, contributor = about
    piece = make_published(section=section, tags=[tag], series=series, contributors=[contributor])
    make_rules()
    for slot in [Slot.TOP, Slot.FOOT, Slot.LIST, Slot.BODY]:
        make_live(slot=slot)
    paths = ["/", "/latest/", f"/archive/{piece.published_on:%Y/%m}/"]
    paths += [one.get_absolute_url() for one in [piece, *about]]
    before = [places(path) for path in paths]
    assert all(before)

    switch_off(EVERYWHERE, by=make_user())
    assert [places(path) for path in paths] == [set()] * 8

    switch_on(EVERYWHERE, by=make_user(), reason="It is over")
    assert [places(path) for path in paths] == before


def test_letters_have_nothing_while_it_is_off() -> None:
    make_live(slot=Slot.LETTER)
    make_rules()
    by = make_user()
    for place in [EVERYWHERE, Slot.LETTER]:
        assert letters.in_letters(timezone.now())

        switch_off(place, by=by)

        assert letters.in_letters(timezone.now()) is None
        switch_on(place, by=by, reason="It is over")


@pytest.mark.django_db(transaction=True)
def test_two_who_switch_at_once_both_get_their_way() -> None:
    """The second waits for the first, and builds upon what it did."""
    by = make_user()
    with ThreadPoolExecutor(2) as pool:
        done = pool.map(lambda slot: off_in_a_thread(slot, by), [Slot.TOP, Slot.BODY])
        assert list(done) == [True, True]

    assert off() == ["body", "top"]
    assert Change.objects.count() == 2


def off_in_a_thread(slot: Slot, by: User) -> bool:
    try:
        return switch_off(slot, by=by)
    finally:
        connection.close()


def places(path: str) -> set[str]:
    """Where a page may ask for something."""
    answer = Client().get(path)
    assert answer.status_code == 200
    return set(re.findall(r'data-ask="(\w+)"', answer.content.decode()))
