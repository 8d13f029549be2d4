"""A newsletter editor puts a round-up together in a real browser."""

import re
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from newsletter.models import Issue, Item
from newsletter.services import composing
from tests.browser.desk import NO_PRELOAD, at_desk
from tests.factories import make_published, make_user
from tests.factories_newsletter import make_sent
from tests.roundup import make_roundup

pytestmark = pytest.mark.browser
HEADLINES = ["Lead story", "Second story", "Third story", "Fourth story"]


@pytest.fixture(autouse=True)
def quiet_end(page: Page) -> Iterator[None]:
    """An open builder keeps asking for news: its last request must not meet the emptied tables."""
    yield
    page.close()
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    until = time.monotonic() + 5
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(others)
            if cursor.fetchone() == (1,):
                return
            time.sleep(0.05)


def open_builder(page: Page, issue: Issue | None = None) -> Issue:
    issue = issue or make_roundup(*HEADLINES)
    at_desk(page, make_user("newsletter editor"))
    page.goto(f"/admin/newsletter/issue/{issue.pk}/change/")
    expect(page.locator("[data-builder]")).to_be_visible()
    return issue


def row(page: Page, headline: str) -> Locator:
    return page.locator("[data-item]").filter(has_text=headline)


def grip(page: Page, headline: str) -> Locator:
    return page.get_by_role("button", name=f"Move {headline}")


def stored(page: Page, issue: Issue) -> None:
    """Wait until the screen shows a later version than `issue`."""
    before = f"draft-{issue.version}-0"
    expect(page.locator("#facts")).not_to_have_attribute("data-version", before)


def order(issue: Issue) -> list[str]:
    return [str(item) for item in issue.items.shown()]


def test_round_up_is_drafted_with_one_click(page: Page) -> None:
    make_roundup("Only story").delete()
    at_desk(page, make_user("newsletter editor")).goto("/admin/newsletter/issue/")

    page.get_by_role("button", name="Draft this week’s round-up").click()

    expect(row(page, "Only story")).to_be_visible()
    letter = page.frame_locator("iframe")
    expect(letter.get_by_role("heading", name="Only story")).to_be_visible()


def test_pieces_are_ordered_by_keyboard(page: Page) -> None:
    issue = open_builder(page)

    grip(page, "Second story").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-announce]")).to_have_text("Moved to 2 of 3 in Europe")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")

    expect(page.locator("[data-announce]")).to_have_text("Dropped at 3 of 3 in Europe")
    stored(page, issue)
    assert order(issue) == ["Lead story", "Third story", "Fourth story", "Second story"]
    expect(grip(page, "Second story")).to_be_focused()


def test_piece_crosses_into_another_group_by_keyboard(page: Page) -> None:
    issue = open_builder(page)

    grip(page, "Second story").focus()
    for key in ("Enter", "ArrowUp", "Enter"):
        page.keyboard.press(key)

    expect(page.locator("[data-announce]")).to_have_text("Dropped at 2 of 2 in Lead")
    stored(page, issue)
    assert Item.objects.get(issue=issue, article__headline="Second story").group == ""


def test_escape_takes_a_piece_home(page: Page) -> None:
    issue = open_builder(page)

    grip(page, "Second story").focus()
    for key in ("Space", "ArrowDown", "Escape"):
        page.keyboard.press(key)

    expect(page.locator("[data-announce]")).to_have_text("Put back")
    assert page.locator("[data-item] .item__headline").all_inner_texts() == HEADLINES
    assert Issue.objects.get().version == issue.version


def test_block_moves_past_whole_groups(page: Page) -> None:
    issue = make_roundup(*HEADLINES)
    composing.add_block(issue, by=make_user(), kind=Item.Kind.TEXT)
    open_builder(page, issue)

    grip(page, "Text").focus()
    for key in ("Space", "ArrowUp", "ArrowUp", "Space"):
        page.keyboard.press(key)

    expect(page.locator("[data-announce]")).to_have_text("Dropped at 2 of 3")
    stored(page, issue)
    assert order(issue) == ["Lead story", "Text", "Second story", "Third story", "Fourth story"]


def test_piece_is_dragged_with_the_mouse(page: Page) -> None:
    issue = open_builder(page)

    grip(page, "Fourth story").hover()
    page.mouse.down()
    box = row(page, "Second story").bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 4, steps=8)
    page.mouse.up()

    stored(page, issue)
    assert order(issue) == ["Lead story", "Fourth story", "Second story", "Third story"]


def test_piece_is_dragged_with_a_finger(page: Page) -> None:
    issue = open_builder(page)
    page.set_viewport_size({"width": 1280, "height": 1400})
    touch = page.context.new_cdp_session(page)
    start, end = grip(page, "Fourth story").bounding_box(), row(page, "Second story").bounding_box()
    assert start
    assert end
    x, y, goal = start["x"] + 8, start["y"] + 8, end["y"] + 4

    def finger(kind: str, *points: float) -> None:
        places = [{"x": x, "y": point} for point in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    finger("touchStart", y)
    for part in range(1, 9):
        finger("touchMove", y + (goal - y) * part / 8)
    finger("touchEnd")

    stored(page, issue)
    assert order(issue) == ["Lead story", "Fourth story", "Second story", "Third story"]


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


def test_older_piece_is_found_while_its_headline_is_typed(page: Page) -> None:
    make_published("From the archive", at=timezone.now() - timedelta(days=90))
    issue = open_builder(page)

    page.get_by_label("An older piece").press_sequentially("archive")
    page.get_by_role("option", name=re.compile("From the archive")).click()
    page.get_by_role("button", name="Add", exact=True).click()

    expect(row(page, "From the archive")).to_be_visible()
    expect(page.get_by_label("An older piece")).to_have_value("")
    assert "From the archive" in order(issue)


def test_what_others_do_appears_by_itself(page: Page) -> None:
    issue = open_builder(page)
    item = issue.items.get(article__headline="Fourth story")

    composing.step(item, by=make_user(), up=True)

    expect(page.locator("[data-item] .item__headline").nth(2)).to_have_text("Fourth story")


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


def test_letter_keeps_its_place_when_it_is_drawn_anew(page: Page) -> None:
    open_builder(page)
    page.frames[-1].evaluate("scrollTo(0, 200)")

    with page.expect_event("framedetached"):
        page.get_by_label("Subject").fill("Another subject")

    expect(page.locator("iframe")).to_have_count(1)
    assert page.frames[-1].evaluate("scrollY") == 200


@pytest.mark.parametrize("name", ["Phone", "Dark", "No pictures", "Plain text"])
def test_letter_is_shown_in_each_way(page: Page, name: str) -> None:
    open_builder(page)

    page.get_by_role("link", name=name).click()

    expect(page.get_by_role("link", name=name)).to_have_attribute("aria-current", "true")
    expect(page.locator("iframe")).to_have_count(1)
    expect(page.frame_locator("iframe").locator("body")).to_contain_text("Lead story")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_builder(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    issue = open_builder(page)
    composing.skip(issue.items.last(), by=make_user(), reason="Old news")  # type: ignore[arg-type]
    page.reload()
    for summary in page.locator("[data-builder] summary").all():
        summary.click()

    found = Axe().run(page, options=NO_PRELOAD)

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_a_sent_one_is_read(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    issue = make_sent(make_roundup(*HEADLINES))
    Article.objects.filter(headline="Third story").update(headline="Third, corrected")
    at_desk(page, make_user("editor"))
    page.goto(f"/admin/newsletter/issue/{issue.pk}/change/")
    expect(page.get_by_role("heading", name="Since it was approved")).to_be_visible()

    found = Axe().run(page, options=NO_PRELOAD)

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [390, 820, 1360])
def test_nothing_sticks_out_of_the_builder(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_builder(page, make_roundup("Word " * 24, "Donaudampfschifffahrtsgesellschaft" * 4))

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_everything_works_without_javascript(
    browser: Browser, django_db_serialized_rollback: None, live_server: LiveServer
) -> None:
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
