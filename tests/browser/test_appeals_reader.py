"""A reader in charge: what was closed stays closed, and nobody is asked too often."""

import json
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from articles.models import Article
from donations.models import Appeal
from tests.browser.appeals import ALWAYS, ask, events, kept, press, visit, why
from tests.factories import make_published
from tests.factories_donations import make_live, make_rules

pytestmark = pytest.mark.browser

A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
A_SECOND = timedelta(seconds=1)
CLOSE = "Close this appeal"
BLOCKED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("no", "SecurityError"); },
})"""
FULL = """Storage.prototype.setItem = () => { throw new DOMException("full"); };
Object.defineProperty(window, "localStorage", { value: new Proxy({}, {
  set() { throw new DOMException("full", "QuotaExceededError"); },
}) })"""
BROKEN = "localStorage.setItem('appeals', '{not json')"
FOREIGN = """localStorage.setItem('appeals', '{"asks": "none", "met": 5}')"""


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def path(context: BrowserContext) -> str:
    make_rules()
    return make_published("A treaty").get_absolute_url()


@pytest.fixture
def appeal(path: str) -> Appeal:
    return make_live(ends_at=ALWAYS)


def test_appeal_is_shown_in_its_place_and_remembered(page: Page, path: str, appeal: Appeal) -> None:
    variant = appeal.variants.get().pk

    found = visit(page, path)

    expect(page.locator("article [data-ask=body]")).to_be_visible()
    expect(page.get_by_role("complementary", name="Please give (A)")).to_be_visible()
    assert found == [[appeal.pk, variant, "body", "shown", "", 1]]
    assert kept(page)["met"] == [appeal.pk]
    assert len(kept(page)["asks"]) == kept(page)["views"] == 1


def test_second_time_is_not_the_first(page: Page, path: str, appeal: Appeal) -> None:
    visit(page, path)
    seed = kept(page)["seed"]

    found = visit(page, path)

    assert [one[5] for one in found] == [0]
    assert kept(page)["seed"] == seed
    assert kept(page)["views"] == 2


def test_closed_it_is_gone_and_reading_goes_on(page: Page, path: str, appeal: Appeal) -> None:
    visit(page, path)

    found = press(page, CLOSE)

    expect(ask(page)).to_have_count(0)
    expect(page.locator("main")).to_be_focused()
    assert [one[3:] for one in found] == [["closed", "", 1]]


@pytest.mark.parametrize(
    "wish",
    [(CLOSE, "closed", 30), ("I already gave", "gave", 365), ("Not on this device", "never", 0)],
    ids=lambda wish: wish[1],
)
@pytest.mark.usefixtures("appeal")
def test_wish_holds_for_its_time(
    page: Page, path: str, now: datetime, wish: tuple[str, str, int]
) -> None:
    button, code, days = wish
    page.clock.set_fixed_time(now)
    visit(page, path)
    press(page, button)

    page.clock.set_fixed_time(now + days * A_DAY - A_SECOND if days else now + 9999 * A_DAY)
    assert why(visit(page, path)) == [code]
    expect(ask(page)).to_have_count(0)
    page.clock.set_fixed_time(now + days * A_DAY)
    assert why(visit(page, path)) == ["" if days else "never"]
    expect(ask(page)).to_have_count(1 if days else 0)


def test_nobody_is_asked_on_the_first_pages(page: Page, path: str, appeal: Appeal) -> None:
    make_rules(skip_pages=2)

    assert [why(visit(page, path)) for _ in range(3)] == [["skip"], ["skip"], [""]]


def test_nobody_is_asked_twice_in_the_gap(
    page: Page, path: str, appeal: Appeal, now: datetime
) -> None:
    make_rules(gap_hours=12)
    moments = [now, now + A_SECOND, now + 12 * AN_HOUR - A_SECOND, now + 12 * AN_HOUR]

    met = []
    for moment in moments:
        page.clock.set_fixed_time(moment)
        met += why(visit(page, path))

    assert met == ["", "gap", "gap", ""]


def test_nobody_is_asked_more_often_than_the_cap_in_its_period(
    page: Page, path: str, appeal: Appeal, now: datetime
) -> None:
    make_rules(cap=2, period_days=7)
    moments = [now, now + A_DAY, now + 2 * A_DAY, now + 7 * A_DAY, now + 7 * A_DAY + AN_HOUR]

    met = []
    for moment in moments:
        page.clock.set_fixed_time(moment)
        met += why(visit(page, path))

    assert met == ["", "", "cap", "", "cap"]


@pytest.mark.parametrize(
    "storage", [BLOCKED, FULL, BROKEN, FOREIGN], ids="blocked full broken foreign".split()
)
def test_nobody_is_asked_where_wishes_cannot_be_kept(
    page: Page, path: str, appeal: Appeal, storage: str
) -> None:
    page.add_init_script(storage)

    assert why(visit(page, path)) == ["storage"]
    expect(ask(page)).to_have_count(0)
    expect(page.locator(".newsletter-box")).to_be_visible()


def test_wishes_hold_on_every_page(page: Page, path: str, appeal: Appeal) -> None:
    make_live("At the top", slot="top", ends_at=ALWAYS)
    visit(page, path)
    press(page, CLOSE)

    assert why(visit(page, "/")) == ["closed"]


NEVER = """localStorage.appeals = JSON.stringify({
  ...JSON.parse(localStorage.appeals), why: "never", until: Number.MAX_SAFE_INTEGER,
})"""
COME_BACK = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"


def test_wish_made_in_another_tab_takes_it_away_here(page: Page, path: str, appeal: Appeal) -> None:
    visit(page, path)
    other = page.context.new_page()
    other.goto("/appeals/")

    other.get_by_role("button", name="Don’t ask on this device").click()

    expect(ask(page)).to_have_count(0)


def test_page_that_one_comes_back_to_knows_the_wish_of_meanwhile(
    page: Page, path: str, appeal: Appeal
) -> None:
    """The browser has kept the page as it was, and no script runs anew."""
    visit(page, path)
    page.evaluate(COME_BACK)
    expect(ask(page)).to_have_count(1)
    page.evaluate(NEVER)

    page.evaluate(COME_BACK)

    expect(ask(page)).to_have_count(0)


def test_closing_cuts_no_longer_wish_short(page: Page, path: str, appeal: Appeal) -> None:
    visit(page, path)
    page.evaluate(NEVER)

    press(page, CLOSE)

    assert kept(page)["why"] == "never"


def test_keyboard_alone_closes_it(page: Page, path: str, appeal: Appeal) -> None:
    visit(page, path)

    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.ariaLabel") == CLOSE:
            break
    page.keyboard.press("Enter")

    expect(ask(page)).to_have_count(0)
    expect(page.locator("main")).to_be_focused()


def test_everything_to_press_is_large_enough(page: Page, path: str, appeal: Appeal) -> None:
    visit(page, path)

    for one in ask(page).locator("button, .button, .appeal__wishes a").all():
        box = one.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24, one.inner_text()


def test_phone_and_desktop_meet_their_own(page: Page, path: str) -> None:
    make_live("For phones", device="phone", ends_at=ALWAYS)
    make_live("For desks", device="desktop", ends_at=ALWAYS)

    for width, text in ((390, "For phones"), (1360, "For desks")):
        page.set_viewport_size({"width": width, "height": 800})
        visit(page, path)
        expect(ask(page)).to_contain_text(text)


def test_those_held_back_are_counted_and_never_asked(page: Page, path: str, appeal: Appeal) -> None:
    make_rules(holdback=50)
    page.add_init_script("localStorage.appeals ||= JSON.stringify({ seed: 0 })")

    found = [visit(page, path)[0][1:] for _ in range(2)]

    assert found == [[0, "body", "hidden", "holdback", 1], [0, "body", "hidden", "holdback", 0]]


def test_return_on_a_later_day_is_counted_once(
    page: Page, path: str, appeal: Appeal, now: datetime
) -> None:
    met = []
    for days in (0, 0, 1, 1, 2):
        page.clock.set_fixed_time(now + days * A_DAY)
        met.append([one[3:] for one in visit(page, path) if one[3] == "returned"])

    assert met == [[], [], [["returned", "", 1]], [], [["returned", "", 0]]]


def test_click_is_counted_with_its_piece(page: Page, path: str, appeal: Appeal) -> None:
    page.route("https://donate.example.org/**", lambda route: route.fulfill(body="Thank you"))
    visit(page, path)

    with page.expect_request("**/appeals/count/") as told:
        ask(page).get_by_role("link", name="Give to Parley").click()
    page.wait_for_url("https://donate.example.org/**")

    report = json.loads(told.value.post_data or "")
    assert report["article"] == Article.objects.get().pk
    assert [one[3:] for one in report["events"]] == [["clicked", "", 1]]


def test_sign_up_of_somebody_who_was_asked_is_counted(
    page: Page, path: str, appeal: Appeal
) -> None:
    visit(page, path)
    press(page, CLOSE)
    visit(page, path)
    page.get_by_label("Your mail address").fill("ann@example.org")

    with page.expect_response("**/appeals/count/") as answer:
        page.keyboard.press("Enter")

    assert [one[3:] for one in events(answer.value.request)] == [["signed_up", "", 1]]
    expect(page.get_by_text("A letter is on its way to you.")).to_be_visible()
