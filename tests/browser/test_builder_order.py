"""The pieces of a round-up are put in order by keyboard, mouse and finger."""

import pytest
from playwright.sync_api import Page, expect

from newsletter.models import Issue, Item
from newsletter.services import composing
from tests.browser.builder import HEADLINES, grip, open_builder, order, row, stored
from tests.factories import make_user
from tests.roundup import make_roundup

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("quiet_end")]


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


def test_what_others_do_appears_by_itself(page: Page) -> None:
    issue = open_builder(page)
    item = issue.items.get(article__headline="Fourth story")

    composing.step(item, by=make_user(), up=True)

    expect(page.locator("[data-item] .item__headline").nth(2)).to_have_text("Fourth story")
