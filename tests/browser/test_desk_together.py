"""Two editors work on one piece at the same time, each in a browser of their own."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from tests.browser.desk import at_desk, put_cursor_behind
from tests.factories import make_article, make_user

pytestmark = pytest.mark.browser


@pytest.fixture
def article() -> Article:
    return make_article("Old headline", body="<p>One is here.</p><p>Two is here.</p>")


@pytest.fixture
def other(browser: Browser, live_server: LiveServer, article: Article) -> Page:
    """Mary's browser, with the piece open."""
    mary = make_user(username="mary", first_name="Mary", last_name="Smith")
    context = browser.new_context(base_url=live_server.url)
    return opened(context.new_page(), article, mary)


def opened(page: Page, article: Article, user: object = None) -> Page:
    at_desk(page, user)  # type: ignore[arg-type]
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    expect(page.get_by_role("toolbar")).to_be_visible()
    return page


def test_both_see_who_else_has_it_open(page: Page, other: Page, article: Article) -> None:
    opened(page, article)

    expect(
        page.get_by_text(re.compile(r"^Mary Smith has it open since \d+:\d\d\.$"))
    ).to_be_visible()

    other.close()
    page.reload()
    expect(page.get_by_role("toolbar")).to_be_visible()
    expect(page.get_by_text("Mary Smith")).to_have_count(0)
    other.context.close()


def test_two_who_write_at_once_lose_nothing(page: Page, other: Page, article: Article) -> None:
    opened(page, article)
    other.get_by_label("Headline").fill("Her headline")
    put_cursor_behind(other.get_by_text("One is here.", exact=True))
    other.keyboard.type(" Indeed.")
    other.get_by_role("button", name="Save draft").click()
    expect(other.get_by_text("Saved today")).to_be_visible()

    page.get_by_label("Headline").fill("My headline")
    put_cursor_behind(page.get_by_text("Two is here.", exact=True))
    page.keyboard.type(" Not at all.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("alert")).to_contain_text("Mary Smith saved this piece today")
    page.get_by_role("group", name="Headline").get_by_label("You").press("Space")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Merged with what Mary Smith saved")).to_be_visible()
    article.refresh_from_db()
    assert (article.headline, article.body) == (
        "My headline",
        "<p>One is here. Indeed.</p><p>Two is here. Not at all.</p>",
    )
    page.errors[:] = [text for text in page.errors if "409" not in text]  # type: ignore[attr-defined]
    other.context.close()
