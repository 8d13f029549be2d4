"""Pauses of the whole site."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from donations import board
from donations.models import Change, Pause
from donations.services import pausing
from newsroom.models import User
from tests.desk import logged_in
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PAUSES = "/admin/donations/pause/"
HOUR = timedelta(hours=1)


@pytest.fixture
def by() -> User:
    return make_user("editor")


@pytest.fixture
def noon() -> datetime:
    return timezone.now().replace(microsecond=0)


def on_the_board() -> list[list[int]]:
    content = board.read()
    return content["rules"]["pauses"] if content else []


def typed(start: str, end: str, reason: str = "Mourning") -> dict[str, str]:
    (day, clock), (last_day, last_clock) = start.split(), end.split()
    moments = {"starts_at_0": day, "starts_at_1": clock}
    return {**moments, "ends_at_0": last_day, "ends_at_1": last_clock, "reason": reason}


def test_pause_is_on_the_board_and_in_the_log(by: User, noon: datetime) -> None:
    pausing.pause(starts_at=noon, ends_at=noon + HOUR, reason="Mourning", by=by)

    assert on_the_board() == [[board.moment(noon), board.moment(noon + HOUR)]]
    assert {row.field for row in Change.objects.all()} == {"From", "Until", "Why"}


def test_pauses_may_overlap(by: User, noon: datetime) -> None:
    pausing.pause(starts_at=noon, ends_at=noon + 2 * HOUR, reason="One", by=by)
    pausing.pause(starts_at=noon + HOUR, ends_at=noon + 3 * HOUR, reason="Two", by=by)

    assert len(on_the_board()) == 2


def test_changed_pause_logs_what_differs(by: User, noon: datetime) -> None:
    pause = pausing.pause(starts_at=noon, ends_at=noon + HOUR, reason="Mourning", by=by)
    Change.objects.all().delete()

    assert pausing.change_pause(pause, by=by, ends_at=noon + 2 * HOUR)

    assert on_the_board() == [[board.moment(noon), board.moment(noon + 2 * HOUR)]]
    assert [row.field for row in Change.objects.all()] == ["Until"]


def test_deleted_pause_is_over_at_once(by: User, noon: datetime) -> None:
    pause = pausing.pause(starts_at=noon, ends_at=noon + HOUR, reason="Mourning", by=by)

    assert pausing.delete_pause(pause, by=by)

    assert on_the_board() == []
    assert not pausing.delete_pause(pause, by=by)


def test_change_of_a_pause_that_somebody_deleted_is_told(by: User, noon: datetime) -> None:
    pause = pausing.pause(starts_at=noon, ends_at=noon + HOUR, reason="Mourning", by=by)
    Pause.objects.all().delete()

    assert not pausing.change_pause(pause, by=by, reason="Other")


def test_pause_is_added_changed_and_deleted_at_the_desk() -> None:
    client = logged_in()

    client.post(f"{PAUSES}add/", typed("2099-12-24 00:00", "2099-12-27 00:00"))
    pause = Pause.objects.get()
    assert pause.created_by is not None
    client.post(f"{PAUSES}{pause.pk}/change/", typed("2099-12-24 00:00", "2099-12-26 00:00"))
    assert Pause.objects.get().ends_at < pause.ends_at
    client.post(f"{PAUSES}{pause.pk}/delete/", {"post": "yes"})

    assert not Pause.objects.exists()
    assert on_the_board() == []


def test_end_before_the_start_is_told_and_all_is_kept() -> None:
    answer = logged_in().post(f"{PAUSES}add/", typed("2099-12-27 00:00", "2099-12-24 00:00"))

    page = answer.content.decode()
    assert "The end must come after the start." in page
    assert "Mourning" in page
    assert not Pause.objects.exists()


def test_new_pause_that_is_over_already_is_told() -> None:
    answer = logged_in().post(f"{PAUSES}add/", typed("2020-12-24 00:00", "2020-12-27 00:00"))

    assert "This is over already." in answer.content.decode()


def test_pause_now_begins_now() -> None:
    before = timezone.now()

    fields = {"ends_at_0": "2099-12-24", "ends_at_1": "00:00", "reason": "An attack"}
    answer = logged_in().post(f"{PAUSES}now/", fields)

    assert answer.status_code == 302
    assert before <= Pause.objects.get().starts_at <= timezone.now()
    assert len(on_the_board()) == 1


def test_pause_now_asks_for_an_end_and_a_reason() -> None:
    answer = logged_in().post(f"{PAUSES}now/", {"ends_at_0": "2020-12-24", "ends_at_1": "00:00"})

    assert answer.status_code == 422
    assert "This is over already." in answer.content.decode()
    assert not Pause.objects.exists()


def test_list_marks_what_is_under_way_and_what_comes(by: User, noon: datetime) -> None:
    pausing.pause(starts_at=noon - HOUR, ends_at=noon + HOUR, reason="Now", by=by)
    pausing.pause(starts_at=noon + HOUR, ends_at=noon + 2 * HOUR, reason="Then", by=by)
    pausing.pause(starts_at=noon - 2 * HOUR, ends_at=noon - HOUR, reason="Past", by=by)

    page = logged_in().get(PAUSES).content.decode()

    for word in ["Under way", "Coming", "Over"]:
        assert f">{word}</span>" in page


def test_pauses_are_for_those_who_may() -> None:
    client = logged_in(role="writer")

    for path in ["", "add/", "now/"]:
        assert client.get(f"{PAUSES}{path}").status_code == 403
    assert client.post(f"{PAUSES}now/", {}).status_code == 403
