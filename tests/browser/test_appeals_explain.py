"""What the desk explains is what readers' browsers do."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from donations.models import Slot
from tests.browser.appeals import ask, kept, visit
from tests.browser.desk import at_desk
from tests.factories import make_published, make_user
from tests.factories_donations import make_live, make_rules

pytestmark = pytest.mark.browser
EXPLAIN = "/admin/donations/appeal/explain/"


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer) -> Any:
    """Another browser than the reader's."""
    context = browser.new_context(base_url=live_server.url)
    yield at_desk(context.new_page(), make_user("fundraiser"))
    context.close()


def test_wording_of_a_reader_is_the_one_that_the_desk_explains(page: Page, desk: Page) -> None:
    make_rules()
    make_live("First words", "Second words", "Third words", "Fourth words")
    path = make_published().get_absolute_url()
    visit(page, path)
    names = {"First": "A", "Second": "B", "Third": "C", "Fourth": "D"}
    shown = names[ask(page).locator(".appeal__text").inner_text().split()[0]]

    desk.goto(f"{EXPLAIN}?path={path}&seed={kept(page)['seed']}")

    expect(desk.locator(".explain__winner")).to_contain_text(f"Wording: {shown}.")


def test_reader_who_was_just_asked_is_told_the_same_way(page: Page, desk: Page) -> None:
    make_rules(gap_hours=12)
    make_live(name="The season", slot=Slot.TOP)
    path = make_published().get_absolute_url()
    visit(page, path)
    found = visit(page, path)

    desk.goto(EXPLAIN)
    desk.get_by_label("Or any other").fill(path)
    desk.get_by_label("Pages read so far").fill("2")
    desk.get_by_label("Asked before").fill("0.01")
    desk.get_by_role("button", name="Show").click()

    assert [event[4] for event in found if event[3] == "hidden"] == ["gap"]
    expect(desk.locator(".explain__winner")).to_contain_text("No appeal is shown")
    expect(desk.locator(".explain__row")).to_contain_text("The reader was asked only just now.")


def test_explained_by_keyboard_alone(desk: Page) -> None:
    make_rules(skip_pages=2)
    make_live(name="The season")
    make_published("A quiet harbour")
    desk.goto(EXPLAIN)
    expect(desk.locator(".explain__winner")).to_contain_text("The season is shown")

    desk.get_by_label("Pages read so far").focus()
    desk.keyboard.press("Control+A")
    desk.keyboard.type("1")
    desk.keyboard.press("Enter")

    expect(desk.locator(".explain__row")).to_contain_text("The reader has not read enough pages")
    desk.get_by_role("link", name="Rules", exact=True).press("Enter")
    desk.wait_for_url("**/rules/1/change/")
