"""“Keep reading” as a reader meets it, in a real browser."""

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from tests.factories import make_published, make_stored_photo

pytestmark = pytest.mark.browser
PARAGRAPHS = "".join(
    f"<p>Paragraph {n}. {'A long sentence about a treaty. ' * 9}</p>" for n in range(12)
)
EXPANDED = '[data-keep-reading][aria-expanded="true"]'


@pytest.fixture
def piece(context: BrowserContext) -> Article:
    """The newest of six pieces, so that three older ones follow it."""
    now = timezone.now()
    photo = make_stored_photo()
    pieces = [
        make_published(
            f"Piece {number}",
            at=now - timedelta(hours=number + 1),
            body=f"{PARAGRAPHS}<h2>Sub-head</h2><p>The end of piece {number}.</p>",
            photo=photo if number % 2 else None,
        )
        for number in range(6)
    ]
    return pieces[0]


def scroll_y(page: Page) -> float:
    return float(page.evaluate("scrollY"))


def open_teaser(page: Page, number: int) -> None:
    page.locator("[data-keep-reading]").nth(number).click()
    expect(page.locator("[data-rest]")).to_have_count(number + 1)


def test_rest_opens_in_place_and_takes_the_focus(page: Page, piece: Article) -> None:
    page.goto(piece.get_absolute_url())
    control = page.locator("[data-keep-reading]").first
    expect(control).to_have_attribute("aria-expanded", "false")

    control.click()

    expect(page.get_by_text("The end of piece 1.")).to_be_visible()
    expect(control).to_have_attribute("aria-expanded", "true")
    expect(control).to_contain_text("show less")
    expect(page.locator("[data-rest]")).to_be_focused()


def test_at_most_three_pieces_and_then_the_footer(page: Page, piece: Article) -> None:
    page.goto(piece.get_absolute_url())

    for number in range(3):
        open_teaser(page, number)

    assert page.locator("[data-keep-reading]").count() == 3
    page.keyboard.press("End")
    expect(page.locator("footer").last).to_be_in_viewport()


def test_no_id_and_no_headline_stands_twice(page: Page, piece: Article) -> None:
    page.goto(piece.get_absolute_url())
    for number in range(3):
        open_teaser(page, number)

    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((node) => node.id)")
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4')].map((head) => Number(head.tagName[1]))"
    )

    assert len(ids) == len(set(ids))
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("width", [390, 1360])
def test_show_less_returns_to_where_the_reader_was(page: Page, piece: Article, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(piece.get_absolute_url())
    control = page.locator("[data-keep-reading]").nth(1)
    control.scroll_into_view_if_needed()
    before = scroll_y(page)
    control.click()
    page.get_by_text("The end of piece 2.").scroll_into_view_if_needed()
    assert scroll_y(page) > before + 500

    control.click()

    expect(page.get_by_text("The end of piece 2.")).to_be_hidden()
    page.wait_for_timeout(200)  # whatever the browser adjusts by itself
    assert scroll_y(page) == pytest.approx(before, abs=2)
    expect(control).to_be_focused()


def test_address_and_title_follow_the_piece_in_view(page: Page, piece: Article) -> None:
    page.goto("/latest/")
    page.goto(piece.get_absolute_url())
    own_title = page.title()
    open_teaser(page, 0)

    page.get_by_text("The end of piece 1.").scroll_into_view_if_needed()
    page.wait_for_url("**/piece-1/")
    assert page.title().startswith("Piece 1 | ")

    page.evaluate("scrollTo(0, 0)")
    page.wait_for_url(f"**{piece.get_absolute_url()}")
    assert page.title() == own_title

    page.go_back()
    page.wait_for_url("**/latest/")


def test_folded_piece_opens_again_without_another_fetch(page: Page, piece: Article) -> None:
    fetches: list[str] = []
    page.on(
        "request", lambda request: fetches.append(request.url) if "/rest/" in request.url else None
    )
    page.goto(piece.get_absolute_url())
    control = page.locator("[data-keep-reading]").first

    for is_open in ("true", "false", "true"):
        control.click()
        expect(control).to_have_attribute("aria-expanded", is_open)

    expect(page.get_by_text("The end of piece 1.")).to_be_visible()
    assert len(fetches) == 1


def test_double_click_fetches_once(page: Page, piece: Article) -> None:
    fetches: list[str] = []
    page.on(
        "request", lambda request: fetches.append(request.url) if "/rest/" in request.url else None
    )
    page.goto(piece.get_absolute_url())

    page.evaluate(
        "{const link = document.querySelector('[data-keep-reading]'); link.click(); link.click();}"
    )
    expect(page.get_by_text("The end of piece 1.")).to_be_visible()

    assert len(fetches) == 1


def test_works_by_keyboard(page: Page, piece: Article) -> None:
    page.goto(piece.get_absolute_url())
    control = page.locator("[data-keep-reading]").first

    for key, is_open in (("Enter", "true"), ("Enter", "false"), ("Space", "true")):
        control.focus()
        page.keyboard.press(key)
        expect(control).to_have_attribute("aria-expanded", is_open)

    expect(page.get_by_text("The end of piece 1.")).to_be_visible()


def test_failed_fetch_leads_to_the_piece(page: Page, piece: Article) -> None:
    page.route("**/rest/", lambda route: route.abort())
    page.goto(piece.get_absolute_url())

    page.locator("[data-keep-reading]").first.click()

    page.wait_for_url("**/piece-1/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Piece 1")
    page.errors.clear()  # type: ignore[attr-defined]


def test_without_javascript_it_is_a_link(
    browser: Browser, live_server: LiveServer, piece: Article
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(piece.get_absolute_url())

    page.locator("[data-keep-reading]").first.click()

    page.wait_for_url("**/piece-1/")
