"""A piece is taken along by keyboard, and where the browser forbids to copy."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.desk import troubles
from tests.factories import make_published

pytestmark = pytest.mark.browser


def test_piece_is_copied_by_keyboard(page: Page) -> None:
    piece = make_published("A port", body="<p>The first ship.</p>")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(piece.get_absolute_url())
    page.get_by_role("link", name="republish").click()

    page.get_by_role("button", name="Copy the HTML").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Copied.")).to_be_visible()

    taken = page.evaluate("navigator.clipboard.readText()")
    assert "<h1>A port</h1>" in taken
    assert "<p>The first ship.</p>" in taken


def test_where_the_browser_forbids_it_the_text_is_selected(page: Page) -> None:
    piece = make_published(body="<p>The first ship.</p>")
    page.goto(f"{piece.get_absolute_url()}republish/")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")

    page.get_by_role("button", name="Copy the text").click()

    expect(page.get_by_text("Selected: now copy it")).to_be_visible()
    assert "The first ship." in page.evaluate("getSelection().toString()")


def test_fields_are_there_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    piece = make_published(body="<p>The first ship.</p>")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{piece.get_absolute_url()}republish/")

    assert "<p>The first ship.</p>" in page.get_by_label("For a web page").input_value()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    context.close()


def test_page_is_sound_at_every_width_and_in_both_schemes(page: Page) -> None:
    piece = make_published("A" * 60, body="<p>The first ship.</p>")

    assert troubles(page, [f"{piece.get_absolute_url()}republish/"]) == []
