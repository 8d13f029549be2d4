"""A piece is looked at before it is saved, and shown to somebody without an account."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles import services
from tests.browser.desk import open_piece, put_cursor_behind
from tests.factories import make_ready, make_stored_photo

pytestmark = pytest.mark.browser


@pytest.fixture
def stranger(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A browser that has never been at the desk."""
    context = browser.new_context(base_url=live_server.url)
    yield context.new_page()
    context.close()


def test_what_is_typed_is_seen_on_a_phone_and_on_a_wider_screen_before_it_is_saved(
    page: Page,
) -> None:
    piece = make_ready("Stored", body="<p>Stored text.</p>", photo=make_stored_photo())
    paper = open_piece(page, piece)
    page.get_by_label("Headline").fill("Not stored")
    put_cursor_behind(paper.locator("p").last)
    page.keyboard.type(" And more.")

    with page.expect_popup() as opened:
        page.get_by_role("button", name="Preview").click()
    look = opened.value

    for title, width in [("phone", 390), ("wider screen", 1200)]:
        frame = look.frame_locator(f'iframe[title$="{title}"]')
        expect(frame.get_by_role("heading", name="Not stored")).to_be_visible()
        expect(frame.get_by_text("Stored text. And more.")).to_be_visible()
        inner = frame.locator("html").evaluate("() => innerWidth")
        assert abs(inner - width) < 300, title
    piece.refresh_from_db()
    assert (piece.headline, piece.body) == ("Stored", "<p>Stored text.</p>")


def test_draft_is_shared_seen_and_taken_back(page: Page, stranger: Page) -> None:
    piece = make_ready("A draft", photo=make_stored_photo())
    open_piece(page, piece)
    page.goto(f"/admin/articles/article/{piece.pk}/share/")
    page.get_by_label("For whom").fill("Ana")
    page.get_by_role("button", name="Make a link").click()
    path = urlsplit(page.get_by_label("Address of the link for Ana").input_value()).path

    stranger.goto(path)
    expect(stranger.get_by_role("heading", name="A draft")).to_be_visible()
    expect(stranger.get_by_text(re.compile("draft", re.IGNORECASE)).first).to_be_visible()
    page.reload()
    expect(page.get_by_text("1 view,")).to_be_visible()

    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text(re.compile("^Taken back"))).to_be_visible()
    over = stranger.goto(path)
    assert over is not None
    assert over.status == 410


def test_link_ends_with_publication_and_leads_to_the_piece(page: Page, stranger: Page) -> None:
    piece = make_ready("A draft", photo=make_stored_photo())
    open_piece(page, piece)
    page.goto(f"/admin/articles/article/{piece.pk}/share/")
    page.get_by_label("For whom").fill("Ana")
    page.get_by_role("button", name="Make a link").click()
    path = urlsplit(page.get_by_label("Address of the link for Ana").input_value()).path

    services.publish(piece, by=None)

    over = stranger.goto(path)
    assert over is not None
    assert over.status == 410
    stranger.get_by_role("link", name="A draft").click()
    expect(stranger).to_have_url(re.compile("/a-draft/$"))
