"""A round-up on its way, seen at the desk: a real sender, a real mail server, a real browser."""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from newsletter.models import Bounce, Delivery, Issue, Newsletter, Origin, Subscriber
from newsroom.models import User
from tests.browser.desk import at_desk, troubles
from tests.factories import make_user
from tests.factories_newsletter import make_issue, make_sent, make_subscriber
from tests.faults.fleet import Fleet
from tests.newsletter.letters_sent import Status, make_sending, url
from tests.newsletter.sending import ROLE, make_approved
from tests.sink import Sink

pytestmark = pytest.mark.browser
READERS, A_MINUTE = 60, 120  # readers, and letters a minute: half a minute of sending
PATIENCE = 20_000  # milliseconds


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[Sink]:
    with Sink(tmp_path) as sink:
        yield sink


@pytest.fixture
def sender(sink: Sink, tmp_path: Path, live_server: LiveServer) -> Iterator[Fleet]:
    with Fleet(sink, tmp_path, {}) as fleet:
        yield fleet


def done(page: Page) -> Locator:
    """How many letters have met their end, as the page says it."""
    return page.locator(".watch__count b")


def moves(page: Page) -> None:
    before = done(page).inner_text()
    expect(done(page)).not_to_have_text(before, timeout=PATIENCE)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def send_at_once(page: Page, issue: Issue) -> None:
    page.goto(url(issue, "status"))
    page.get_by_label("Number of subscribers").fill(str(READERS))
    press(page, "Send at once")
    expect(page.get_by_role("progressbar")).to_be_visible(timeout=PATIENCE)


def stop_for_good(page: Page) -> str:
    """By typing the number; which it was."""
    page.get_by_role("link", name="Stop it for good").click()
    press(page, "Pause it")
    number = page.locator(".step b").first.inner_text()
    page.get_by_label("Number of readers").fill(number)
    press(page, "Stop for good")
    return number


def test_a_round_up_is_watched_paused_resumed_and_stopped(
    page: Page, sink: Sink, sender: Fleet
) -> None:
    issue = make_approved(READERS)
    Newsletter.objects.update_or_create(pk=1, defaults={"per_minute": A_MINUTE})
    sender.start().await_arrival()
    at_desk(page, make_user(ROLE, username="ann"))

    send_at_once(page, issue)
    moves(page)
    page.get_by_label("Why").fill("A wrong name")
    press(page, "Pause")
    expect(page.get_by_text("Paused by ann: A wrong name")).to_be_visible()
    time.sleep(1)  # for the letters in hand
    stands_at = len(sink.taken)
    time.sleep(2)
    assert len(sink.taken) == stands_at < READERS

    press(page, "Resume")
    moves(page)
    never = stop_for_good(page)

    expect(page.get_by_role("heading", name="Certificate")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".sum", has_text="accepted")).to_contain_text(f"{never} not sent")
    assert len(sink.taken) == READERS - int(never)


# What the page keeps while it renews itself


def test_focus_stays_where_it_is_while_numbers_change(page: Page) -> None:
    issue = make_sending(Status.FAILED, Status.PLANNED, Status.PLANNED)
    at_desk(page, make_user(ROLE)).goto(url(issue, "status"))
    page.get_by_role("link", name="Refused").focus()

    issue.deliveries.filter(status=Status.PLANNED).update(status=Status.FAILED, next_at=None)

    expect(done(page)).to_have_text("3", timeout=PATIENCE)
    expect(page.get_by_role("link", name="Refused")).to_be_focused()


def test_what_somebody_types_stays_even_when_it_is_paused_meanwhile(page: Page) -> None:
    issue = make_sending(Status.PLANNED)
    at_desk(page, make_user(ROLE)).goto(url(issue, "status"))
    page.get_by_label("Why").press_sequentially("A wrong na")

    Issue.objects.update(status=Issue.Status.PAUSED, pause_why="All failed.")

    expect(page.get_by_text("All failed.")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_label("Why")).to_have_value("A wrong na")
    expect(page.get_by_label("Why")).to_be_focused()


def test_controls_work_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    issue = make_sending(Status.ACCEPTED, Status.PLANNED)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = at_desk(context.new_page(), make_user(ROLE))
    page.goto(url(issue, "status"))

    assert stop_for_good(page) == "1"

    expect(page.get_by_text("Stopped for good; 1 do not get it.")).to_be_visible()
    expect(page.get_by_role("link", name="Look again")).to_be_visible()
    context.close()


# How the screens look


def make_out(status: str, number: int, **fields: Any) -> Issue:
    """A round-up in this state, with letters in every one of theirs."""
    issue = make_sent(make_issue(subject=f"Week {number}"), on=date(2026, 6, 1 + number))
    readers = Subscriber.objects.order_by("pk")
    now = timezone.now()
    Delivery.objects.bulk_create(
        Delivery(
            issue=issue,
            subscriber=reader,
            status=letter,
            done_at=now,
            next_at=now if letter in {Status.PLANNED, Status.DEFERRED, Status.LEASED} else None,
            answer="550 5.1.1 " + "A long answer without end. " * 6,
        )
        for reader, letter in zip(readers, Status.values, strict=False)
    )
    Issue.objects.filter(pk=issue.pk).update(status=status, running_since=now, **fields)
    return issue


@pytest.fixture
def screens(page: Page) -> list[str]:
    for number in range(len(Status.values)):
        make_subscriber(f"{'long.name.' * 18}{number}@example.org")
    first = Subscriber.objects.order_by("pk")[0]
    why = "The last 50 letters all failed. " + "x" * 200
    issues = [
        make_out(Issue.Status.SENDING, 1),
        make_out(Issue.Status.PAUSED, 2, pause_why=why, paused_at=timezone.now()),
        make_out(Issue.Status.STOPPED, 3, certificate=CERTIFICATE),
    ]
    kind, source = Bounce.Kind.SOFT, Bounce.Source.REPORT
    Bounce.objects.create(subscriber=first, kind=kind, source=source, on=date(2026, 6, 1))
    long_ago = timezone.now() - timedelta(days=30)
    Origin.objects.create(pk=1, identity="elsewhere", since=long_ago)
    at_desk(page, User.objects.create_superuser("root", password="secret"))
    found = [url(issue, "status") for issue in issues]
    found += [url(issue, "stop") for issue in issues[:2]]
    found += [url(issues[0], "letters") + f"?status={status}" for status in ("failed", "leased")]
    lists = ["/admin/", "/admin/newsletter/issue/", "/admin/newsletter/issue/origin/"]
    return [*found, *lists, f"/admin/newsletter/subscriber/{first.pk}/change/"]


CERTIFICATE = {
    "times": dict.fromkeys(["approved", "scheduled", "started", "ended"], "2026-06-05T12:00:00Z"),
    "counts": {
        "candidates": 1_200_000,
        "excluded": {"Unsubscribed": 200_000, "Not in the segment": 0},
        "prepared": 1_000_000,
        "accepted": 900_000,
        "failed": 50_000,
        "suppressed": 49_000,
        "uncertain": 1_000,
    },
    "content_sha256": "f" * 64,
    "recipients_sha256": "0" * 64,
    "attempts": 1_000_000,
    "perhaps_twice": 3,
}


def test_axe_finds_nothing_and_nothing_sticks_out(page: Page, screens: list[str]) -> None:
    assert troubles(page, screens) == []
