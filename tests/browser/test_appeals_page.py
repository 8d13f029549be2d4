"""An appeal in a page: it moves nothing, runs nothing, asks nobody else, and goes when it must."""

import gzip
import json
import time
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect
from pytest_django.live_server_helper import LiveServer

from donations.models import Appeal, Goal, Variant
from tests.browser.appeals import ALWAYS, COUNT, ask, visit, why
from tests.browser.desk import WIDTHS, troubles_here
from tests.browser.magazine import addresses, make_magazine
from tests.browser.test_every_page import SHIFT
from tests.factories import make_published
from tests.factories_donations import (
    make_goal,
    make_live,
    make_pause,
    make_rules,
    make_variant,
    rebuild,
)

pytestmark = pytest.mark.browser

MOST_BYTES = 2048
PLACES = {"top": 0, "foot": 1, "body": 1, "list": 2}  # a slot, and which page to see it on
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def paths(context: BrowserContext) -> list[str]:
    """Of pages that are quickly made."""
    make_rules()
    return ["/", make_published("A treaty").get_absolute_url(), "/latest/"]


@pytest.fixture
def full_paths(context: BrowserContext) -> list[str]:
    make_rules()
    return addresses(make_magazine())


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A tab without JavaScript."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(10_000)  # milliseconds
    yield context.new_page()
    context.close()


def make_full(slot: str) -> Appeal:
    """An appeal with all that one can have, and no other."""
    Appeal.objects.update(status="archived")
    goal = make_goal()
    Goal.objects.update(raised=4_500_00, as_of=timezone.now())
    appeal = make_live(slot=slot, goal=goal, ends_at=ALWAYS)
    Variant.objects.update(amounts=[500, 1000, 2500, 5000, 10_000, 100_000_00])
    rebuild()
    return appeal


def quiet(page: Page, *expected: str) -> None:
    """Takes what was to be expected out of the console."""
    errors: list[str] = page.errors  # type: ignore[attr-defined]
    errors[:] = [text for text in errors if not any(word in text for word in expected)]


@pytest.mark.parametrize("slot", PLACES)
def test_it_stands_in_the_flow_and_moves_nothing(
    page: Page, full_paths: list[str], slot: str
) -> None:
    make_full(slot)
    page.route("**/*.woff2", lambda route: route.abort())  # one that is late moves lines
    for width in (390, 1360):
        page.set_viewport_size({"width": width, "height": 800})
        visit(page, full_paths[PLACES[slot]])

        expect(ask(page)).to_be_visible()
        expect(ask(page)).to_have_css("position", "relative")  # and so over nothing
        assert page.evaluate(SHIFT) < 0.001, width  # a busy machine paints the menu twice
    assert troubles_here(page, [320, *WIDTHS]) == []
    quiet(page, "ERR_FAILED")


def test_appeal_in_view_while_the_page_comes_in_moves_nothing(
    page: Page, full_paths: list[str]
) -> None:
    """Back to where the reader was, which is where the appeal stands."""
    make_full("body")
    visit(page, full_paths[1])
    ask(page).scroll_into_view_if_needed()
    with page.expect_response(COUNT):
        page.reload()

    assert page.evaluate(SHIFT) < 0.1


def test_two_slots_make_one_ask_and_no_newsletter_box(page: Page, paths: list[str]) -> None:
    make_live("In the text", slot="body", ends_at=ALWAYS)
    make_live("At the top", slot="top", priority=5, ends_at=ALWAYS)

    assert why(visit(page, paths[1])) == ["", "outranked"]

    expect(ask(page)).to_have_count(1)
    expect(ask(page)).to_contain_text("At the top")
    expect(page.locator(".newsletter-box")).to_be_hidden()


def test_without_an_appeal_the_newsletter_box_is_there(page: Page, paths: list[str]) -> None:
    make_live(ends_at=ALWAYS)
    make_rules(skip_pages=1)

    visit(page, paths[1])

    expect(page.locator(".newsletter-box")).to_be_visible()


def test_without_javascript_it_is_there_and_no_newsletter_box(
    plain: Page, paths: list[str]
) -> None:
    for slot, number in PLACES.items():
        make_full(slot)
        plain.goto(paths[number])

        expect(ask(plain)).to_have_count(1)
        expect(ask(plain)).to_be_visible()
        expect(ask(plain).get_by_role("button")).to_have_count(0)
        expect(ask(plain).get_by_role("link", name="What we ask and why")).to_be_visible()
        expect(plain.locator(".newsletter-box")).to_be_hidden()


def test_without_javascript_all_of_a_page_without_appeals_is_there(
    plain: Page, paths: list[str]
) -> None:
    make_live(ends_at=ALWAYS)
    make_pause(timezone.now() - AN_HOUR, timezone.now() + AN_HOUR)

    plain.goto(paths[1])

    expect(ask(plain)).to_have_count(0)
    expect(plain.locator(".newsletter-box")).to_be_visible()


def test_nobody_else_is_asked_for_anything(page: Page, paths: list[str]) -> None:
    make_full("body")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))

    visit(page, paths[1])
    page.wait_for_load_state("networkidle")

    assert set(asked) == {urlsplit(page.url).netloc}


def test_no_cookie_and_nothing_of_the_reader_reaches_us(page: Page, paths: list[str]) -> None:
    make_full("body")
    with page.expect_response(COUNT) as answer:
        page.goto(paths[1])

    sent = answer.value.request
    assert page.context.cookies() == []
    assert set(json.loads(sent.post_data or "")) == {"article", "events"}
    assert "cookie" not in sent.all_headers()
    assert "set-cookie" not in answer.value.all_headers()


def test_scripts_of_a_page_that_asks_are_small(page: Page, paths: list[str]) -> None:
    scripts: list[Response] = []
    page.on("response", lambda one: scripts.append(one) if ".js" in one.url else None)
    page.goto(paths[1], wait_until="networkidle")
    before = {one.url for one in scripts}
    make_full("body")

    visit(page, paths[1])

    added = {one.url: one.body() for one in scripts if one.url not in before}
    assert len(added) == 1
    assert sum(len(gzip.compress(body, 9)) for body in added.values()) <= MOST_BYTES


@pytest.mark.parametrize("change", ["end", "switch", "pause"])
def test_page_from_a_cache_takes_it_away_when_it_must_go(
    page: Page, paths: list[str], change: str
) -> None:
    appeal = make_live(ends_at=ALWAYS)
    cached = page.request.get(paths[1]).text()
    page.route(f"**{paths[1]}", lambda route: route.fulfill(body=cached, content_type="text/html"))
    if change == "end":
        Appeal.objects.filter(pk=appeal.pk).update(status="ended", ended_at=timezone.now())
        rebuild()
    elif change == "switch":
        make_rules(off=["body"])
    else:
        make_pause(timezone.now() - AN_HOUR, timezone.now() + AN_HOUR)
    started = time.monotonic()

    visit(page, paths[1])

    expect(ask(page)).to_have_count(0)
    assert time.monotonic() - started < 5
    quiet(page, "410")


def test_script_that_does_not_come_leaves_the_page_as_it_was(page: Page, paths: list[str]) -> None:
    make_live(ends_at=ALWAYS)
    page.route("**/appeals.js", lambda route: route.abort())

    page.goto(paths[1])

    expect(ask(page)).to_have_count(0)
    expect(page.locator(".newsletter-box")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_text("Menu").first.click()
    quiet(page, "ERR_FAILED")


def test_server_that_does_not_count_leaves_the_page_as_it_was(page: Page, paths: list[str]) -> None:
    make_live(ends_at=ALWAYS)
    page.route(COUNT, lambda route: route.fulfill(status=500))

    visit(page, paths[1])

    expect(ask(page)).to_be_visible()
    quiet(page, "500")


def test_total_that_grew_old_in_a_cache_is_not_shown(page: Page, paths: list[str]) -> None:
    make_full("body")
    page.clock.set_fixed_time(timezone.now() + timedelta(hours=23, minutes=59))
    visit(page, paths[1])
    expect(page.locator(".appeal__goal")).to_be_visible()

    page.clock.set_fixed_time(timezone.now() + timedelta(hours=24, minutes=1))
    visit(page, paths[1])

    expect(ask(page)).to_be_visible()
    expect(page.locator(".appeal__goal")).to_have_count(0)


def test_each_reader_keeps_a_wording(
    browser: Browser, live_server: LiveServer, paths: list[str]
) -> None:
    appeal = make_live("First", ends_at=ALWAYS)
    make_variant(appeal, text="<p>Second</p>")
    rebuild()
    met: list[set[int]] = []
    for _ in range(3):
        context = browser.new_context(base_url=live_server.url)
        page = context.new_page()
        met.append({visit(page, paths[1])[0][1] for _ in range(2)})
        context.close()

    assert all(len(variants) == 1 for variants in met)


def test_print_leaves_it_out(page: Page, paths: list[str]) -> None:
    make_live(ends_at=ALWAYS)
    visit(page, paths[1])

    page.emulate_media(media="print")

    expect(ask(page)).to_be_hidden()
