"""Passing a piece on, in a real browser."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from tests.factories import make_published

pytestmark = pytest.mark.browser
DEVICE = "Object.defineProperty(navigator, 'share', {value: (sent) => { window.sent = sent; }})"


@pytest.fixture
def piece(context: BrowserContext) -> Article:
    return make_published("A treaty & its price")


def test_link_is_copied(page: Page, context: BrowserContext, piece: Article) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(piece.get_absolute_url())

    page.get_by_role("button", name="copy link").click()

    expect(page.get_by_role("button", name="link copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(piece.get_absolute_url())
    assert page.locator(".share [role=status]").inner_text() == "Link copied"


def test_device_is_given_title_and_address(page: Page, piece: Article) -> None:
    page.add_init_script(DEVICE)
    page.goto(piece.get_absolute_url())

    page.get_by_role("button", name="more ways").click()

    sent = page.evaluate("sent")
    assert sent["title"] == "A treaty & its price"
    assert sent["url"].endswith(piece.get_absolute_url())


def test_what_the_browser_cannot_do_is_not_offered(page: Page, piece: Article) -> None:
    page.add_init_script("delete Navigator.prototype.share; delete Navigator.prototype.clipboard")
    page.goto(piece.get_absolute_url())

    assert page.locator(".share a:visible").count() == 6
    assert page.locator(".share button:visible").count() == 0


def test_links_are_there_without_javascript(
    browser: Browser, live_server: LiveServer, piece: Article
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(piece.get_absolute_url())
    shown = page.locator(".share").inner_text()
    context.close()

    assert "email" in shown
    assert "copy" not in shown
