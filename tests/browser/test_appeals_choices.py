"""A reader sees what a browser remembers of appeals, and changes it."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from donations import returning
from donations.models import Appeal, Count
from tests.browser.desk import WIDTHS, troubles, troubles_here
from tests.factories import make_published
from tests.factories_donations import make_live, make_rules
from tests.web import FIREFOX

pytestmark = pytest.mark.browser
A_DAY = 86_400_000  # milliseconds
KEPT = "localStorage.getItem('appeals')"
BLOCKED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("no storage", "SecurityError"); },
});"""
NOON = "2026-11-22T12:00:00Z"


def kept(page: Page) -> Any:
    return json.loads(page.evaluate(KEPT) or "null")


def keep(page: Page, **note: Any) -> None:
    """Come to the page with a note that was made before."""
    page.goto("/appeals/")
    page.evaluate("note => localStorage.setItem('appeals', note)", json.dumps(note))
    page.reload()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def status(page: Page) -> str:
    return page.get_by_role("status").inner_text().strip()


def thanks_path(way: str = returning.PAGE) -> str:
    return f"/donate-thanks/{returning.GAVE.sign(way)}/"


@pytest.fixture
def now(page: Page) -> int:
    """The browser's clock, stopped at NOON; milliseconds since 1970."""
    page.clock.set_fixed_time(NOON)
    moment: int = page.evaluate(f"Date.parse('{NOON}')")
    return moment


def test_new_reader_has_nothing_to_forget(page: Page) -> None:
    page.goto("/appeals/")

    assert status(page) == "This browser remembers nothing about appeals."
    assert kept(page) is None


def test_words_say_when_we_ask_again(page: Page, now: int) -> None:
    keep(page, why="closed", until=now + 20 * A_DAY, views=5)

    assert status(page) == (
        "You closed an appeal. We will not ask on this device before December 12, 2026."
    )


def test_wish_that_is_over_is_no_wish(page: Page, now: int) -> None:
    keep(page, why="closed", until=now, views=5)

    assert status(page) == "You may be asked on this device now and then."


def test_giver_is_left_alone_for_a_year(page: Page, now: int) -> None:
    keep(page, seed=7, views=5, why="closed", until=now + A_DAY)

    press(page, "I have given")

    assert "We will not ask on this device before November 22, 2027." in status(page)
    assert kept(page) == {"seed": 7, "views": 5, "why": "gave", "until": now + 365 * A_DAY}


def test_never_is_never_until_taken_back(page: Page) -> None:
    page.goto("/appeals/")

    press(page, "Don’t ask on this device")
    assert status(page) == "You do not want to be asked on this device, and we do not ask."
    page.reload()
    assert "do not want to be asked" in status(page)

    press(page, "Ask me again")
    assert status(page) == "You may be asked on this device now and then."


def test_forgetting_leaves_nothing(page: Page) -> None:
    keep(page, seed=7, views=5, asks=[1], met=[1])

    press(page, "Forget all")

    assert kept(page) is None
    assert "remembers nothing" in status(page)


def test_all_that_is_kept_can_be_read(page: Page) -> None:
    keep(page, seed=7, views=5)

    page.get_by_text("All that this browser remembers").click()

    expect(page.locator("pre")).to_contain_text('"seed": 7')


def test_note_of_somebody_else_does_no_harm(page: Page) -> None:
    page.goto("/appeals/")
    page.evaluate("localStorage.setItem('appeals', 'no JSON')")
    page.reload()

    press(page, "I have given")

    assert kept(page)["why"] == "gave"


def test_browser_that_keeps_nothing_is_told_so(page: Page) -> None:
    page.add_init_script(BLOCKED)
    for path in ("/appeals/", thanks_path()):
        page.goto(path)

        assert status(page).startswith("This browser does not let us remember anything.")
        expect(page.get_by_role("button", name="I have given")).to_be_hidden()


def test_signed_link_makes_the_note(page: Page, now: int) -> None:
    for way in [returning.PAGE, returning.MAIL]:
        page.goto(thanks_path(way) + "?session_id=cs_1")

        assert kept(page) == {"why": "gave", "until": now + 365 * A_DAY}
        assert "You have given, thank you." in status(page)
        press(page, "Forget all")


def test_link_that_is_not_ours_makes_none(page: Page) -> None:
    page.goto("/donate-thanks/page~nonsense/")

    assert kept(page) is None
    page.errors[:] = [text for text in page.errors if "404" not in text]  # type: ignore[attr-defined]


def test_gift_takes_back_no_wish_that_goes_further(page: Page) -> None:
    keep(page, why="never", until=2**53 - 1)

    page.goto(thanks_path())

    assert kept(page) == {"why": "never", "until": 2**53 - 1}


def test_giver_meets_no_appeal_and_others_do(page: Page) -> None:
    make_rules()
    make_live("Readers pay for this.")
    path = make_published().get_absolute_url()
    page.goto(path)
    expect(page.get_by_text("Readers pay for this.")).to_be_visible()

    page.goto(thanks_path())
    page.goto(path)
    expect(page.get_by_text("Readers pay for this.")).to_have_count(0)

    page.goto("/appeals/")
    press(page, "Ask me again")
    page.goto(path)
    expect(page.get_by_text("Readers pay for this.")).to_be_visible()


def test_never_asked_here_is_never_asked_here(page: Page) -> None:
    make_rules()
    make_live("Readers pay for this.")
    page.goto("/appeals/")
    press(page, "Don’t ask on this device")

    page.goto(make_published().get_absolute_url())

    expect(page.get_by_text("Readers pay for this.")).to_have_count(0)


def test_what_readers_do_is_counted(browser: Browser, live_server: LiveServer) -> None:
    """By a browser that does not call itself a robot, as Playwright's does."""
    make_rules()
    appeal: Appeal = make_live("Readers pay for this.")
    path = make_published().get_absolute_url()
    context = browser.new_context(base_url=live_server.url, user_agent=FIREFOX)
    page = context.new_page()

    for _ in range(2):
        with page.expect_response("**/appeals/count/") as answer:
            page.goto(path)
        assert answer.value.status == 204
    with page.expect_response("**/appeals/count/"):
        page.get_by_role("button", name="Close").click()
    with page.expect_response("**/appeals/count/"):
        page.goto(path)
    context.close()

    counted = Count.objects.of(appeal).order_by("event")
    assert list(counted.values_list("event", "why", "n", "n_first")) == [
        ("closed", "", 1, 1),
        ("hidden", "closed", 1, 1),
        ("shown", "", 2, 1),
    ]


def test_keyboard_is_enough(page: Page) -> None:
    page.goto("/appeals/")
    page.get_by_role("button", name="I have given").focus()

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert "do not want to be asked" in status(page)
    focused = page.evaluate("document.activeElement.textContent")
    assert focused == "Don’t ask on this device"


def test_page_is_a_text_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    context: BrowserContext = browser.new_context(
        base_url=live_server.url, java_script_enabled=False
    )
    page = context.new_page()
    for path in ["/appeals/", thanks_path(), "/donate-thanks/wrong/"]:
        page.goto(path)

        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_role("button", name="I have given")).to_be_hidden()
    context.close()


def test_axe_finds_nothing_and_nothing_sticks_out(page: Page) -> None:
    for path in (thanks_path(), "/appeals/"):
        page.goto(path)
        page.get_by_text("All that this browser remembers").click()
        assert troubles_here(page, [320, *WIDTHS]) == [], path
    assert troubles(page, ["/donate-thanks/wrong/"]) == []
    page.errors[:] = [text for text in page.errors if "404" not in text]  # type: ignore[attr-defined]
