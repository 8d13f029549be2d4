"""What a reader may expect of every public page, seen in a real browser."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.desk import troubles
from tests.browser.magazine import addresses, make_magazine

pytestmark = pytest.mark.browser

SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""
FOCUSED = """() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return [document.activeElement.outerHTML.slice(0, 80), outlineStyle, outlineWidth];
}"""
LOADED = """() => performance.getEntriesByType("resource").map(({ name, encodedBodySize }) => [
  name, encodedBodySize,
])"""


@pytest.fixture
def paths(context: BrowserContext) -> list[str]:
    return addresses(make_magazine())


def quiet(page: Page) -> None:
    """The page for what does not exist answers 404, and the console says so."""
    page.errors[:] = [text for text in page.errors if "404" not in text]  # type: ignore[attr-defined]


def test_axe_finds_nothing(page: Page, paths: list[str]) -> None:
    assert troubles(page, paths, widths=[]) == []
    quiet(page)


@pytest.mark.parametrize("width", [320, 390, 820, 1360])
def test_nothing_sticks_out_or_moves(page: Page, paths: list[str], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in paths:
        page.goto(path)
        overhang = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overhang <= 0, path
        assert page.evaluate(SHIFT) == 0, path
    quiet(page)


def test_first_load_is_light_and_asks_nobody_else(page: Page, paths: list[str]) -> None:
    for path in paths:
        page.goto(path, wait_until="networkidle")
        resources = page.evaluate(LOADED)
        hosts = {urlsplit(name).netloc for name, _ in resources}
        fonts = [size for name, size in resources if name.endswith(".woff2")]
        assert hosts == {urlsplit(page.url).netloc}, path
        assert len(fonts) <= 2, path
        assert sum(fonts) <= 80_000, path
    quiet(page)


def test_focus_is_seen_on_everything_that_takes_it(page: Page, paths: list[str]) -> None:
    page.goto(paths[1])
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        element, style, width = page.evaluate(FOCUSED)
        if element.startswith("<body"):
            break
        if style == "none" or width == "0px":
            unseen.append(element)
    assert unseen == []


def test_skip_link_is_first_and_leads_to_the_text(page: Page, paths: list[str]) -> None:
    page.goto(paths[1])

    page.keyboard.press("Tab")
    assert "Skip" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


def test_everything_is_there_without_javascript(
    browser: Browser, live_server: LiveServer, paths: list[str]
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(paths[1])
    text = page.inner_text("main")
    context.close()

    for expected in ("Paragraph 7", "Own caption", "Top photo credit", "Latest"):
        assert re.search(expected, text, re.IGNORECASE), expected


def test_video_loads_when_a_reader_asks_for_it(page: Page, paths: list[str]) -> None:
    page.route("https://player.vimeo.com/**", lambda route: route.fulfill(body="player"))
    page.goto(paths[1])
    assert page.locator("iframe").count() == 0

    page.locator("button[data-embed]").first.click()

    source = page.locator("iframe").get_attribute("src") or ""
    assert source.startswith("https://player.vimeo.com/video/123456789")
