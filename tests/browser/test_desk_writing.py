"""An editor writes, tags, illustrates and publishes in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Photo
from tests.browser.desk import at_desk
from tests.factories import make_contributor, make_section, make_stored_photo, make_tag

pytestmark = pytest.mark.browser


def tool(page: Page, name: str) -> None:
    page.get_by_role("toolbar").get_by_role("button", name=name, exact=True).click()


def paper(page: Page) -> None:
    page.locator(".editor__page").click()


def test_piece_is_written_tagged_illustrated_and_published(page: Page) -> None:
    desk = at_desk(page)
    make_section("Europe")
    make_tag("ukraine war")
    make_contributor("Ann Able", title="Staff writer")
    photo = make_stored_photo()
    Photo.objects.update(caption="The old harbour")

    desk.get_by_role("link", name="Write a piece").click()
    desk.get_by_label("Headline").fill("A corridor for grain")
    desk.get_by_label("Deck").fill("Who guards it.")
    write_body(desk)
    tag_it(desk)
    desk.get_by_label("Section").select_option(label="Europe")
    desk.get_by_role("combobox", name="Name", exact=True).first.press_sequentially("able")
    desk.get_by_role("option", name=re.compile("Ann Able")).click()
    desk.get_by_role("button", name="Choose a photo").click()
    desk.get_by_role("dialog").get_by_role("radio").check()
    desk.get_by_role("button", name="Use this photo").click()
    expect(desk.locator("[data-photo-picture]")).to_be_visible()
    expect(desk.locator("[data-word-count]")).to_have_text("15 words, 1 min")
    desk.get_by_role("button", name="Publish").click()

    expect(desk.get_by_text(re.compile("Published: today"))).to_be_visible()
    article = Article.objects.get()
    assert article.body == (
        '<p>First, <strong>bold</strong> and <a href="https://un.org">linked</a>.</p>'
        "<h2>A sub-head</h2>"
        '<aside class="pull-quote"><p>Grain is power.</p></aside>'
        f'<figure data-photo="{photo.pk}"><figcaption>At dawn</figcaption></figure>'
        "<p>Last words here.</p>"
    )
    assert [str(name) for name in article.bylines.all()] == ["Ann Able"]
    assert (article.photo, article.n_words) == (photo, 15)
    desk.get_by_role("link", name="View on site").click()
    expect(desk.get_by_role("heading", name="A corridor for grain")).to_be_visible()


def write_body(page: Page) -> None:
    paper(page)
    keys = page.keyboard
    keys.type("First, ")
    tool(page, "Bold")
    keys.type("bold")
    tool(page, "Bold")
    keys.type(" and linked")
    for _ in "linked":
        keys.press("Shift+ArrowLeft")
    page.wait_for_timeout(100)  # the editor hears of a selection a moment after the browser
    keys.press("Control+k")
    page.get_by_role("textbox", name="Address of the link").fill("https://un.org")
    page.get_by_role("button", name="Insert").click()
    expect(page.locator(".editor__page a")).to_have_text("linked")
    keys.press("ArrowRight")
    keys.type(".")
    keys.press("Enter")
    tool(page, "Sub-head")
    keys.type("A sub-head")
    keys.press("Enter")
    tool(page, "Pull quote")
    keys.type("Grain is power.")
    keys.press("Enter")
    keys.press("Enter")
    tool(page, "Photo")
    page.get_by_role("searchbox", name="Search photos").fill("harbour")
    page.get_by_role("searchbox", name="Search photos").press("Enter")
    expect(page.get_by_text("1 found")).to_be_visible()
    page.get_by_role("dialog").get_by_role("radio").check()
    page.get_by_role("button", name="Use this photo").click()
    expect(page.locator(".editor__figure img")).to_be_visible()
    page.locator(".editor__page figcaption").click()
    keys.type("At dawn")
    page.locator(".editor__page > p").last.click()
    keys.type("Last words here.")


def tag_it(page: Page) -> None:
    entry = page.get_by_label("Tags")
    entry.press_sequentially("UKR")
    expect(page.get_by_role("option", name=re.compile("ukraine war"))).to_be_visible()
    entry.press("ArrowDown")
    entry.press("Enter")
    entry.press_sequentially("grain corridor,")
    expect(page.get_by_role("button", name="Remove ukraine war")).to_be_visible()
    page.get_by_label("Kicker").select_option("grain corridor")
