"""The search as a reader meets it, in a real browser."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.desk import troubles_here
from tests.browser.magazine import make_magazine

pytestmark = pytest.mark.browser


@pytest.fixture
def search(context: BrowserContext, page: Page) -> Page:
    make_magazine()
    page.goto("/search/")
    return page


def options(page: Page) -> Locator:
    return page.get_by_role("listbox").get_by_role("option")


def test_suggestion_is_chosen_by_keyboard(search: Page) -> None:
    field = search.get_by_label("Words to look for").last
    field.press_sequentially("gra")
    expect(options(search)).to_have_text(["grain corridor Topic"])
    expect(field).to_have_attribute("aria-expanded", "true")

    field.press("ArrowDown")
    expect(options(search).and_(search.locator("[aria-selected=true]"))).to_have_text(
        "grain corridor Topic"
    )
    field.press("Enter")

    expect(search).to_have_url(re.compile("/topic/grain-corridor/$"))


def test_suggestions_close_and_words_are_searched_for_as_ever(search: Page) -> None:
    field = search.get_by_label("Words to look for").last
    field.press_sequentially("grain")
    expect(search.get_by_role("listbox")).to_be_visible()
    field.press("Escape")
    expect(search.get_by_role("listbox")).to_be_hidden()

    field.press("Enter")

    expect(search.get_by_role("status")).to_contain_text("16 pieces")


def test_open_suggestions_pass_axe_and_fit(search: Page) -> None:
    search.get_by_label("Words to look for").last.press_sequentially("elif")
    expect(options(search)).to_have_count(1)

    assert troubles_here(search) == []


def test_filters_are_folded_on_a_phone_alone(search: Page) -> None:
    section = search.locator("select[name=section]")
    search.set_viewport_size({"width": 390, "height": 800})
    expect(section).to_be_hidden()
    search.get_by_text("Narrow it down").click()
    expect(section).to_be_visible()

    search.get_by_text("Narrow it down").click()
    search.set_viewport_size({"width": 1360, "height": 800})

    expect(section).to_be_visible()


def test_menu_searches_too(page: Page, search: Page) -> None:
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("searchbox").first.fill("treaty")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("16 pieces")


def test_search_works_without_javascript(
    browser: Browser, live_server: LiveServer, search: Page
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search/")
    page.get_by_label("Words to look for").last.fill("treaty -nowhere")
    page.locator("select[name=section]").select_option("Europe")
    page.get_by_role("button", name="Search").last.click()

    expect(page.get_by_role("status")).to_contain_text("5 pieces")
    expect(page.locator("mark").first).to_have_text("treaty")
    context.close()
