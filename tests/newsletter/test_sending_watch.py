"""Watching a round-up on its way."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from newsletter.admin import tally, watching
from newsletter.models import DomainLimit, Issue, Newsletter
from newsletter.sending import pace
from tests.desk import logged_in
from tests.newsletter.letters_sent import (
    Status,
    become,
    make_sender,
    make_sending,
    page,
    reader,
    url,
)
from tests.newsletter.sending import ROLE, make_scheduled

pytestmark = pytest.mark.django_db
A_MINUTE = timedelta(minutes=1)


def test_the_bar_shows_how_many_have_met_their_end() -> None:
    issue = make_sending(Status.ACCEPTED, Status.FAILED, Status.PLANNED, Status.DEFERRED)

    shown = page(issue, "status")

    assert "<b>2</b> of 4" in shown
    assert 'max="4" value="2"' in shown


def test_each_state_is_counted_and_leads_to_its_letters() -> None:
    issue = make_sending(Status.ACCEPTED, Status.ACCEPTED, Status.FAILED)

    shown = page(issue, "progress")

    assert f'{url(issue, "letters")}?status=failed">Refused</a>' in shown
    assert "</th><td>2</td>" in shown


def test_whoever_may_not_look_at_letters_gets_no_links_to_them() -> None:
    issue = make_sending(Status.FAILED)

    shown = page(issue, "status", logged_in(role="editor"))

    assert "Refused" in shown
    assert url(issue, "letters") not in shown


def test_speed_is_that_of_the_last_minute() -> None:
    an_hour_ago = timezone.now() - timedelta(hours=1)
    issue = make_sending(*[Status.ACCEPTED] * 3, Status.FAILED, running_since=an_hour_ago)
    old = issue.deliveries.first()
    assert old
    become(old, Status.ACCEPTED, done_at=timezone.now() - 2 * A_MINUTE)

    assert watching.per_minute(issue, timezone.now()) == 2


def test_speed_of_the_first_seconds_is_taken_for_a_minute() -> None:
    now = timezone.now()
    issue = make_sending(Status.ACCEPTED, running_since=now - A_MINUTE / 3)

    assert watching.per_minute(issue, now) == 3


@pytest.mark.parametrize(("n_left", "shown"), [(11, 120), (130, 130)])
def test_a_burst_at_the_start_is_not_taken_for_a_speed_above_the_limit(
    n_left: int, shown: int
) -> None:
    now = timezone.now()
    issue = make_sending(*[Status.ACCEPTED] * n_left, running_since=now - A_MINUTE / 12)
    Newsletter.objects.update_or_create(pk=1, defaults={"per_minute": 120})

    assert watching.per_minute(issue, now) == shown


def test_end_is_as_far_as_the_speed_takes_what_waits() -> None:
    now = timezone.now()
    issue = make_sending(*[Status.ACCEPTED] * 2, *[Status.PLANNED] * 4)

    assert watching.ends_at(tally.tally(issue), 2, now) == now + 2 * A_MINUTE


def test_end_is_not_before_the_next_try_of_what_was_put_off() -> None:
    issue = make_sending(Status.ACCEPTED, Status.DEFERRED)
    later = issue.deliveries.get(status=Status.DEFERRED).next_at

    assert watching.ends_at(tally.tally(issue), 60, timezone.now()) == later


def test_nobody_knows_the_end_while_nothing_leaves() -> None:
    issue = make_sending(Status.PLANNED)

    assert watching.ends_at(tally.tally(issue), 0, timezone.now()) is None


def test_end_is_not_before_limits_allow_it() -> None:
    now = timezone.now()
    issue = make_sending(*[Status.ACCEPTED] * 2, *[Status.PLANNED] * 3)
    Newsletter.objects.update_or_create(pk=1, defaults={"per_minute": 1})

    end = watching.ends_at(tally.tally(issue), 60, now)

    assert end
    assert end >= now + 2 * A_MINUTE


def test_end_waits_for_the_slowest_domain() -> None:
    now = timezone.now()
    issue = make_sending(Status.ACCEPTED, *[Status.PLANNED] * 5)
    Newsletter.objects.update_or_create(pk=1)
    limit = DomainLimit.objects.create(newsletter_id=1, domain="slow.example", per_minute=1)
    issue.deliveries.filter(status=Status.PLANNED).update(lane=limit.pk)

    slow = watching.slowest(issue, now)
    end = watching.ends_at(tally.tally(issue), 60, now, slow=slow)

    assert slow >= 4 * A_MINUTE
    assert end == now + slow


def test_limits_promise_no_end_while_nobody_sends() -> None:
    issue = make_sending(Status.PLANNED)
    Newsletter.objects.update_or_create(pk=1, defaults={"per_minute": 1})

    assert watching.ends_at(tally.tally(issue), 0, timezone.now()) is None


def test_limits_that_keep_all_letters_back_are_told() -> None:
    issue = make_sending(Status.PLANNED)
    Newsletter.objects.update_or_create(pk=1, defaults={"per_hour": 1})
    assert "The limits let" not in page(issue, "progress")

    pace.grant(0, 1, timezone.now())

    assert "The limits let the next letter leave" in page(issue, "progress")


def test_next_try_is_told() -> None:
    issue = make_sending(Status.DEFERRED)
    later = timezone.now().replace(hour=14, minute=20) + timedelta(days=1)
    issue.deliveries.update(next_at=later)

    assert "The next is tried again tomorrow 14:20 UTC." in page(issue, "progress")


def test_a_letter_just_handed_over_is_not_taken_for_a_lost_one() -> None:
    issue = make_sending(*[Status.UNCERTAIN] * 3)
    leaving, lost, _held = issue.deliveries.all()
    soon = timezone.now() + A_MINUTE
    become(leaving, Status.UNCERTAIN, done_at=None, next_at=soon, sender=make_sender().pk)
    become(lost, Status.UNCERTAIN, next_at=soon, n_lost=1)

    shown = page(issue, "progress")

    assert "1 just being handed over. 1 lost its answer and is sent again" in shown
    assert "1 lost its answer and is held." in shown
    assert "Send the uncertain one again" in shown


def test_last_answers_name_the_domain_and_no_address() -> None:
    issue = make_sending(Status.FAILED)
    row = issue.deliveries.get()
    address = reader(row).address
    become(row, Status.FAILED, answer=f"550 5.1.1 <{address}> unknown")

    shown = page(issue, "progress")

    assert "<span>Refused</span> <span>example.org</span>" in shown
    assert "550 5.1.1 &lt;[address]&gt; unknown" in shown
    assert address not in shown


def test_an_answer_outlives_the_reader() -> None:
    issue = make_sending(Status.ACCEPTED)
    reader(issue.deliveries.get()).delete()

    assert "<span>erased</span>" in page(issue, "progress")


def test_only_the_last_ten_answers_are_shown() -> None:
    issue = make_sending(*[Status.ACCEPTED] * 12)

    assert len(watching.answers(issue)) == 10


def test_senders_at_work_are_named() -> None:
    issue = make_sending(Status.PLANNED)
    make_sender("post-1")
    make_sender("post-2", seen_at=timezone.now() - A_MINUTE)

    assert "Senders at work: post-1." in page(issue, "progress")


@pytest.mark.parametrize("name", ["status", "progress"])
def test_that_no_sender_runs_is_told(name: str) -> None:
    issue = make_sending(Status.PLANNED)

    assert "No sender is running: start <code>manage.py sender</code>" in page(issue, name)


def test_that_no_sender_runs_is_told_before_the_time_comes() -> None:
    issue = make_scheduled(at=timezone.now() + timedelta(days=14))
    assert "No sender is running" in page(issue, "status")

    make_sender()

    assert "No sender is running" not in page(issue, "status")


def test_why_it_is_paused_is_told_there_in_the_list_and_on_the_start_page() -> None:
    why = "The last 50 letters all failed."
    stamp = {"paused_at": timezone.now(), "pause_why": why}
    issue = make_sending(Status.PLANNED, status=Issue.Status.PAUSED, **stamp)
    client = logged_in(role=ROLE)

    for address in [url(issue, "status"), "/admin/newsletter/issue/", "/admin/"]:
        shown = client.get(address).content.decode()
        assert why in shown
        assert 'data-state="paused"' in shown


@pytest.mark.parametrize(
    ("n_done", "n_waiting", "said"),
    [
        (0, 1, "Less than 10 percent are done."),
        (1, 29, "Less than 10 percent are done."),
        (2, 3, "At least 40 percent are done."),
        (7, 8, "At least 40 percent are done."),
        (1, 0, "All are done."),
    ],
)
def test_what_is_read_aloud_changes_with_each_tenth(n_done: int, n_waiting: int, said: str) -> None:
    issue = make_sending(*[Status.ACCEPTED] * n_done, *[Status.PLANNED] * n_waiting)

    told = f'<p class="visually-hidden" role="status">Being sent. {said}</p>'
    assert told in page(issue, "progress")


def test_a_round_up_that_has_not_started_has_no_progress() -> None:
    issue = make_scheduled(at=timezone.now() + timedelta(days=14))

    response = logged_in(role=ROLE).get(url(issue, "progress"))

    assert response.headers["Location"] == url(issue, "status")


@pytest.mark.parametrize(("minutes", "n_queries"), [(0, 13), (60, 12)])
def test_a_look_takes_this_many_queries_whatever_the_number_of_letters(
    django_assert_num_queries: DjangoAssertNumQueries, minutes: int, n_queries: int
) -> None:
    since = timezone.now() - minutes * A_MINUTE
    statuses = [*[Status.ACCEPTED] * 12, Status.FAILED, Status.PLANNED]
    issue = make_sending(*statuses, running_since=since)
    make_sender()
    client = logged_in(role=ROLE)

    with django_assert_num_queries(n_queries):  # half of them are for what is watched
        client.get(url(issue, "progress"))


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> Issue:
    """As if its two letters were many."""
    monkeypatch.setattr(tally, "MANY", 1)
    monkeypatch.setattr(tally, "_kept", {})
    return make_sending(Status.ACCEPTED, Status.PLANNED)


def test_many_letters_are_not_counted_anew_at_once(
    many: Issue, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert tally.tally(many) == tally.tally(many)


def test_many_letters_are_counted_anew_after_a_while(
    many: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tally, "KEPT", 0.0)
    monkeypatch.setattr(tally, "PAUSE", 0)
    assert tally.tally(many).n_done == 1

    many.deliveries.update(status=Status.ACCEPTED)

    assert tally.tally(many).n_done == 2
