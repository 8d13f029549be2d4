"""Pausing, resuming, stopping a round-up, and sending what is uncertain again."""

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from newsletter.models import Issue
from tests.desk import logged_in
from tests.factories import make_user
from tests.newsletter.letters_sent import Status, become, make_sending, page, posted, state, url
from tests.newsletter.sending import ROLE, make_approved

pytestmark = pytest.mark.django_db
PAUSED, STOPPED = Issue.Status.PAUSED, Issue.Status.STOPPED
CONTROLS = ["pause", "resume", "stop", "repeat"]


def make_paused(*statuses: str) -> Issue:
    return make_sending(*statuses, status=PAUSED, paused_at=timezone.now())


def logged() -> str:
    entry = LogEntry.objects.latest("pk")
    return entry.change_message


def test_pause_holds_it_and_says_who_and_why() -> None:
    issue, ann = make_sending(Status.PLANNED), make_user(ROLE, username="ann")

    shown = posted(issue, "pause", logged_in(ann), why="A wrong name")

    assert state(issue) == PAUSED
    assert "Paused by ann: A wrong name" in shown
    assert "Paused. The letters in hand are finished; no further one leaves." in shown
    assert logged().startswith("Paused.")


def test_pause_needs_no_reason() -> None:
    issue = make_sending(Status.PLANNED)

    posted(issue, "pause")

    assert state(issue) == PAUSED


def test_a_second_click_on_pause_is_told_so_and_changes_nothing() -> None:
    issue = make_sending(Status.PLANNED)
    posted(issue, "pause", why="First")

    shown = posted(issue, "pause", why="Second")

    assert "It is paused already." in shown
    assert "First" in shown
    assert LogEntry.objects.filter(change_message__startswith="Paused.").count() == 1


def test_resume_goes_on() -> None:
    issue = make_paused(Status.PLANNED)

    shown = posted(issue, "resume")

    assert state(issue) == Issue.Status.SENDING
    assert "It goes on where it was paused." in shown
    assert "It is being sent already." in posted(issue, "resume")


def test_stop_asks_to_pause_first() -> None:
    issue = make_sending(Status.PLANNED)

    assert "Pause it first" in page(issue, "stop")
    assert "Pause it first" in posted(issue, "stop", n="1")
    assert state(issue) == Issue.Status.SENDING


def test_pausing_in_order_to_stop_leads_back_there() -> None:
    issue = make_sending(Status.PLANNED)

    shown = posted(issue, "pause", then_stop="1")

    assert state(issue) == PAUSED
    assert "<b>1</b> reader of 1 has not got it, and never will." in shown


def test_stop_wants_the_number_of_those_who_will_never_get_it() -> None:
    issue = make_paused(Status.ACCEPTED, Status.PLANNED, Status.DEFERRED)

    assert "<b>2</b> readers of 3 have not got it" in page(issue, "stop")
    assert "It is 2 now, not 3." in posted(issue, "stop", n="3")
    assert "Type the number" in posted(issue, "stop")
    assert state(issue) == PAUSED


def test_stop_with_the_number_is_for_good() -> None:
    issue = make_paused(Status.ACCEPTED, Status.PLANNED)

    shown = posted(issue, "stop", n="1")

    assert state(issue) == STOPPED
    assert "Stopped for good; 1 do not get it." in shown
    assert "It is stopped already." in posted(issue, "stop", n="1")
    assert 'data-refresh="2"' in page(issue, "status")  # until a sender has closed it


def test_a_letter_without_an_answer_is_not_among_those_who_never_get_it() -> None:
    issue = make_paused(Status.DEFERRED, Status.DEFERRED)
    row = issue.deliveries.first()
    assert row
    become(row, Status.DEFERRED, n_lost=1)

    assert "<b>1</b> reader of 2" in page(issue, "stop")


def test_what_is_held_is_sent_again() -> None:
    issue = make_sending(Status.UNCERTAIN, Status.UNCERTAIN)

    shown = posted(issue, "repeat")

    assert "2 uncertain letters are sent again." in shown
    assert issue.deliveries.waiting().count() == 2
    assert "No letter is uncertain any more." in posted(issue, "repeat")


def test_before_the_start_there_is_nothing_to_do() -> None:
    issue, desk = make_approved(), logged_in(role=ROLE)

    shown = {name: posted(issue, name, desk) for name in CONTROLS}

    assert [name for name in CONTROLS if "It is not" not in shown[name]] == []
    assert state(issue) == Issue.Status.APPROVED


@pytest.mark.parametrize("role", ["writer", "fundraiser", "editor"])
def test_whoever_may_not_send_cannot(role: str) -> None:
    issue, desk = make_sending(Status.PLANNED), logged_in(role=role)

    statuses = {name: desk.post(url(issue, name)).status_code for name in CONTROLS}

    assert statuses == dict.fromkeys(CONTROLS, 403)
    assert state(issue) == Issue.Status.SENDING


def test_whoever_may_not_send_sees_no_controls() -> None:
    issue = make_sending(Status.PLANNED)

    shown = page(issue, "status", logged_in(role="editor"))

    assert url(issue, "pause") not in shown
    assert url(issue, "stop") not in shown
