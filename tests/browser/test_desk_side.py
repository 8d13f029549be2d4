"""The column beside the text: rows that move, tags that complete, buttons that say what they do."""

import re

import pytest
from playwright.sync_api import Dialog, Page, expect

from articles.models import Article, Byline
from tests.browser.desk import open_piece, save_draft
from tests.factories import (
    make_article,
    make_contributor,
    make_published,
    make_ready,
    make_stored_photo,
    make_tag,
)

pytestmark = pytest.mark.browser


def names(article: Article) -> list[str]:
    bylines = Byline.objects.filter(article=article)
    return list(bylines.values_list("contributor__name", flat=True))


def three_names() -> Article:
    people = [make_contributor(name) for name in ("Ann Able", "Bob Brown", "Cy Cole")]
    return make_article(contributors=people)


def test_names_are_reordered_and_removed_by_buttons(page: Page) -> None:
    article = three_names()
    open_piece(page, article)
    byline = page.locator("[data-field=bylines]")

    byline.get_by_role("button", name="Move up").nth(2).click()
    byline.get_by_role("button", name="Remove").first.click()
    save_draft(page)

    assert names(article) == ["Cy Cole", "Bob Brown"]


def test_names_are_reordered_by_dragging(page: Page) -> None:
    article = three_names()
    open_piece(page, article)
    rows = page.locator("[data-field=bylines] [data-row]")

    rows.nth(2).locator("[data-row-grip]").drag_to(rows.nth(0), target_position={"x": 20, "y": 2})
    save_draft(page)

    assert names(article) == ["Cy Cole", "Ann Able", "Bob Brown"]


def test_row_is_added_and_completes_by_keyboard(page: Page) -> None:
    article = three_names()
    make_contributor("Dora Day", title="Columnist")
    open_piece(page, article)

    page.get_by_role("button", name="Add name").click()
    page.keyboard.type("dora")
    expect(page.get_by_role("option", name=re.compile("Dora Day"))).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    save_draft(page)

    assert names(article)[-1] == "Dora Day"


def test_related_piece_is_found_by_its_headline(page: Page) -> None:
    article, other = make_article(), make_published("An earlier piece on grain")
    make_article("A draft on grain")
    open_piece(page, article)

    page.get_by_role("combobox", name="Related piece").first.press_sequentially("grain")
    options = page.locator(".list-box [role=option]")
    expect(options).to_have_count(1)
    options.click()
    save_draft(page)

    assert article.related_links.get().to_article == other


def test_kicker_follows_the_tags(page: Page) -> None:
    article = make_article(tags=[make_tag("nato"), make_tag("syria")])
    open_piece(page, article)
    kicker = page.get_by_label("Kicker")
    kicker.select_option("syria")

    page.get_by_role("button", name="Remove syria").click()
    expect(kicker).to_have_value("")
    page.get_by_label("Tags").fill("grain")
    page.get_by_label("Tags").press("Enter")
    kicker.select_option("grain")
    save_draft(page)

    article.refresh_from_db()
    assert article.kicker
    assert article.kicker.name == "grain"


def test_enter_in_a_field_saves_and_never_publishes(page: Page) -> None:
    article = make_article()
    open_piece(page, article)

    page.get_by_label("Slug").press("Enter")

    expect(page.get_by_text("Saved today")).to_be_visible()
    article.refresh_from_db()
    assert article.status == Article.Status.DRAFT


def test_button_says_what_it_will_do(page: Page) -> None:
    open_piece(page, make_ready(photo=make_stored_photo()))

    page.get_by_label("Date").first.fill("2044-12-06")
    page.get_by_label("Time", exact=True).first.fill("05:45")
    page.get_by_role("button", name="Schedule").click()

    expect(page.get_by_text(re.compile("Scheduled: Tue 6 Dec 2044"))).to_be_visible()


def test_leaving_with_unsaved_text_asks_first(page: Page) -> None:
    open_piece(page, make_article())
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", agree)

    page.get_by_role("link", name="Photos").click()
    assert asked == []
    page.go_back()
    page.get_by_label("Headline").fill("Unsaved")
    page.get_by_role("link", name="Photos").click()
    expect(page.get_by_role("heading", name="Photos")).to_be_visible()

    assert asked == ["beforeunload"]
