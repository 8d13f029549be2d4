"""A newsletter editor puts a round-up together in a real browser."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from newsletter.services import composing
from tests.browser.builder import HEADLINES, open_builder, order, row
from tests.browser.desk import WIDTHS, at_desk, sticking_out, troubles_here
from tests.factories import make_published, make_user
from tests.factories_newsletter import make_sent
from tests.roundup import make_roundup

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("quiet_end")]


def test_round_up_is_drafted_with_one_click(page: Page) -> None:
    make_roundup("Only story").delete()
    at_desk(page, make_user("newsletter editor")).goto("/admin/newsletter/issue/")

    page.get_by_role("button", name="Draft this week’s round-up").click()

    expect(row(page, "Only story")).to_be_visible()
    letter = page.frame_locator("iframe")
    expect(letter.get_by_role("heading", name="Only story")).to_be_visible()


def test_older_piece_is_found_while_its_headline_is_typed(page: Page) -> None:
    make_published("From the archive", at=timezone.now() - timedelta(days=90))
    issue = open_builder(page)

    page.get_by_label("An older piece").press_sequentially("archive")
    page.get_by_role("option", name=re.compile("From the archive")).click()
    page.get_by_role("button", name="Add", exact=True).click()

    expect(row(page, "From the archive")).to_be_visible()
    expect(page.get_by_label("An older piece")).to_have_value("")
    assert "From the archive" in order(issue)


def test_skipping_and_taking_back_in(page: Page) -> None:
    issue = open_builder(page)

    row(page, "Third story").get_by_text("Edit").click()
    row(page, "Third story").get_by_label("Skip", exact=True).select_option("Overtaken by events")
    row(page, "Third story").get_by_role("button", name="Skip").click()
    expect(page.locator("#facts")).to_contain_text("1 skipped")
    page.locator("#skipped summary").click()
    page.get_by_role("button", name="Take back in").click()

    expect(page.locator("#facts")).to_contain_text("0 skipped")
    assert "Third story" in order(issue)


@pytest.mark.parametrize("name", ["Phone", "Dark", "No pictures", "Plain text"])
def test_letter_is_shown_in_each_way(page: Page, name: str) -> None:
    open_builder(page)

    page.get_by_role("link", name=name).click()

    expect(page.get_by_role("link", name=name)).to_have_attribute("aria-current", "true")
    expect(page.locator("iframe")).to_have_count(1)
    expect(page.frame_locator("iframe").locator("body")).to_contain_text("Lead story")


def test_axe_finds_nothing_in_the_builder(page: Page) -> None:
    issue = open_builder(page)
    composing.skip(issue.items.last(), by=make_user(), reason="Old news")  # type: ignore[arg-type]
    page.reload()
    for summary in page.locator("[data-builder] summary").all():
        summary.click()

    assert troubles_here(page, widths=[]) == []


def test_axe_finds_nothing_where_a_sent_one_is_read(page: Page) -> None:
    issue = make_sent(make_roundup(*HEADLINES))
    Article.objects.filter(headline="Third story").update(headline="Third, corrected")
    at_desk(page, make_user("editor"))
    page.goto(f"/admin/newsletter/issue/{issue.pk}/change/")
    expect(page.get_by_role("heading", name="Since it was approved")).to_be_visible()

    assert troubles_here(page, widths=[]) == []


def test_nothing_sticks_out_of_the_builder(page: Page) -> None:
    issue = make_roundup("Word " * 24, "Donaudampfschifffahrtsgesellschaft" * 4)
    open_builder(page, issue)

    assert sticking_out(page, WIDTHS) == []


def test_everything_works_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    issue = open_builder(page)
    row(page, "Fourth story").get_by_role("button", name="Move up").click()
    expect(page.get_by_text("“Fourth story” moved up.")).to_be_visible()
    row(page, "Third story").get_by_text("Edit").click()
    row(page, "Third story").get_by_label("Blurb").fill("By hand.")
    row(page, "Third story").get_by_role("button", name="Save").click()
    row(page, "Second story").get_by_text("Edit").click()
    row(page, "Second story").get_by_label("A new group").fill("Elsewhere")
    row(page, "Second story").get_by_role("button", name="Move", exact=True).click()

    expect(page.get_by_role("heading", name="Elsewhere")).to_be_visible()
    assert order(issue) == ["Lead story", "Fourth story", "Third story", "Second story"]
    assert issue.items.get(article__headline="Third story").blurb == "By hand."
    context.close()
