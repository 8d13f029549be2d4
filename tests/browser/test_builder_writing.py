"""The texts of a round-up are stored while they are typed, and no text is lost."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from newsletter.models import Item
from newsletter.services import composing
from tests.browser.builder import HEADLINES, open_builder, row
from tests.browser.desk import at_desk
from tests.factories import make_user
from tests.roundup import make_roundup

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("quiet_end")]


def test_blurb_is_stored_and_shown_in_the_letter_while_it_is_typed(page: Page) -> None:
    issue = open_builder(page)

    row(page, "Third story").get_by_text("Edit").click()
    row(page, "Third story").get_by_label("Blurb").fill("Three in one line.")

    expect(row(page, "Third story").locator(".remarks__saved")).to_have_text("Saved")
    expect(page.frame_locator("iframe").last.get_by_text("Three in one line.")).to_be_visible()
    assert issue.items.get(article__headline="Third story").blurb == "Three in one line."
    expect(row(page, "Third story").get_by_label("Blurb")).to_be_focused()


def test_subject_is_counted_and_shown_as_inboxes_do(page: Page) -> None:
    issue = open_builder(page)

    page.get_by_label("Subject").fill(
        "A subject that is far too long for any telephone to show it all"
    )

    expect(page.locator("[data-length=id_subject] span")).to_have_text(re.compile("phones cut it"))
    expect(page.locator(".inbox__phone .inbox__subject")).to_have_text(re.compile("far too long"))
    expect(page.locator("#remarks-subject")).to_have_text("Saved")
    issue.refresh_from_db()
    assert issue.subject.startswith("A subject that is far")


def test_text_of_both_survives_when_two_edit_one_blurb(page: Page) -> None:
    issue = open_builder(page)
    item = issue.items.get(article__headline="Third story")
    row(page, "Third story").get_by_text("Edit").click()
    composing.edit_item(item, by=make_user(), was={}, blurb="From the other one.")

    row(page, "Third story").get_by_label("Blurb").fill("From me.")

    expect(row(page, "Third story").get_by_text("Somebody else has changed")).to_be_visible()
    expect(row(page, "Third story").get_by_text("From the other one.").last).to_be_visible()
    expect(row(page, "Third story").get_by_label("Blurb")).to_have_value("From me.")
    item.refresh_from_db()
    assert item.blurb == "From the other one."
    row(page, "Third story").get_by_role("button", name="Save").click()
    expect(row(page, "Third story").locator(".remarks__saved")).to_have_text("Saved")
    item.refresh_from_db()
    assert item.blurb == "From me."
    page.errors.clear()  # type: ignore[attr-defined]  # the browser logs the 409


def test_text_outlives_the_session(page: Page) -> None:
    issue = open_builder(page)
    other = page.context.new_page()
    Session.objects.all().delete()

    page.get_by_label("Subject").fill("Typed after the session ended")
    expect(page.locator("#said")).to_contain_text("You are logged out.")
    at_desk(other, make_user("newsletter editor"))
    page.get_by_label("Subject").press("End")
    page.get_by_label("Subject").press_sequentially(", and kept")

    expect(page.locator("#remarks-subject")).to_have_text("Saved")
    issue.refresh_from_db()
    assert issue.subject == "Typed after the session ended, and kept"
    page.errors.clear()  # type: ignore[attr-defined]  # the browser logs the 403


def test_link_waits_for_what_is_being_stored(page: Page) -> None:
    issue = open_builder(page)

    page.get_by_label("Subject").fill("Typed in a hurry")
    page.get_by_role("link", name="Check and approve").click()

    expect(page.get_by_role("heading", name="Typed in a hurry").first).to_be_visible()
    issue.refresh_from_db()
    assert issue.subject == "Typed in a hurry"


def test_opening_letter_is_written_and_shown(page: Page) -> None:
    issue = open_builder(page)

    page.locator("#opening summary").click()
    page.locator("#opening .editor__page").click()
    page.keyboard.type("Dear ")
    page.get_by_role("toolbar").get_by_role("button", name="Bold").click()
    page.keyboard.type("reader")

    expect(page.locator("#remarks-opening")).to_have_text("Saved")
    expect(page.frame_locator("iframe").last.get_by_text("Dear reader")).to_be_visible()
    issue.refresh_from_db()
    assert issue.opening == "<p>Dear <strong>reader</strong></p>"


def test_block_of_text_is_added_and_written(page: Page) -> None:
    issue = open_builder(page)

    page.get_by_role("button", name="Text", exact=True).click()
    block = page.locator("[data-block]").filter(has_text="Nothing written yet")
    block.get_by_text("Edit").click()
    block.locator(".editor__page").click()
    page.keyboard.type("Between the pieces.")

    expect(page.locator("[data-block] .item__blurb")).to_have_text("Between the pieces.")
    assert issue.items.get(kind="text").body == "<p>Between the pieces.</p>"


def test_text_that_is_not_stored_yet_survives_a_change_of_the_list(page: Page) -> None:
    open_builder(page)
    row(page, "Third story").get_by_text("Edit").click()
    row(page, "Third story").get_by_label("Another reason").fill("Half a reas")

    page.get_by_role("button", name="Move up").nth(3).click()

    expect(page.locator("#said")).to_contain_text("moved up")
    expect(row(page, "Third story").get_by_label("Another reason")).to_have_value("Half a reas")


def test_text_outlives_the_block_it_was_typed_into(page: Page) -> None:
    issue = make_roundup(*HEADLINES)
    block = composing.add_block(issue, by=make_user(), kind=Item.Kind.TEXT)
    open_builder(page, issue)
    page.locator(f"#more-{block.pk} summary").click()
    page.locator(f"#more-{block.pk} .editor__page").click()
    composing.remove(block, by=make_user())

    page.keyboard.type("Written for nothing")

    expect(page.locator("#said")).to_contain_text("Somebody has taken this out")
    expect(page.locator(f"#edit-{block.pk} .editor__page")).to_have_text("Written for nothing")
    page.errors.clear()  # type: ignore[attr-defined]  # the browser logs the 409


def test_letter_keeps_its_place_when_it_is_drawn_anew(page: Page) -> None:
    open_builder(page)
    page.frames[-1].evaluate("scrollTo(0, 200)")

    with page.expect_event("framedetached"):
        page.get_by_label("Subject").fill("Another subject")

    expect(page.locator("iframe")).to_have_count(1)
    assert page.frames[-1].evaluate("scrollY") == 200
