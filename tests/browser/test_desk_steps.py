"""A piece goes through all hands, each in a browser of their own, until it is killed."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from newsroom.models import User
from tests.browser.desk import at_desk, open_piece, troubles
from tests.factories import make_published, make_ready, make_stored_photo, make_user

pytestmark = pytest.mark.browser
People = Callable[[User], Page]


@pytest.fixture
def desk_of(browser: Browser, live_server: LiveServer) -> Iterator[People]:
    """A browser for each."""
    contexts = []

    def open_for(user: User) -> Page:
        context = browser.new_context(base_url=live_server.url)
        contexts.append(context)
        return at_desk(context.new_page(), user)

    yield open_for
    for context in contexts:
        context.close()


@pytest.fixture
def reader(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url)
    yield context.new_page()
    context.close()


def press(page: Page, step: str, note: str = "") -> None:
    """Take a step that stands under “Other steps”."""
    page.get_by_text("Other steps").click()
    if note:
        page.get_by_label("Note for the log").fill(note)
    page.get_by_role("button", name=step).click()


def test_piece_goes_through_all_hands(desk_of: People, reader: Page) -> None:
    will, eve = make_user("writer", username="will"), make_user(username="eve")
    ada = make_user("administrator", username="ada")
    piece = make_ready("A port that nobody wanted", created_by=will, photo=make_stored_photo())
    writer, editor, administrator = desk_of(will), desk_of(eve), desk_of(ada)

    open_piece(writer, piece, will)
    writer.get_by_role("button", name="Send to review").click()
    expect(writer.get_by_text("In review").first).to_be_visible()
    expect(writer.locator(".editor__page")).to_have_count(0)  # it is the editors' now

    editor.goto("/admin/")
    editor.get_by_role("link", name="A port that nobody wanted").first.click()
    press(editor, "Return to the writer")
    expect(editor.get_by_text("Say why, then press the button again.")).to_be_visible()
    editor.get_by_label("Note for the log").fill("Who counts the ships?")
    editor.get_by_role("button", name="Return to the writer").click()
    expect(editor.get_by_text("Draft").first).to_be_visible()

    open_piece(writer, piece, will)
    expect(writer.get_by_role("note")).to_contain_text("Who counts the ships?")
    writer.get_by_label("Deck").fill("The harbour master does.")
    writer.get_by_role("button", name="Send to review").click()
    expect(writer.get_by_text("In review").first).to_be_visible()

    open_piece(editor, piece, eve)
    press(editor, "Approve")
    expect(editor.get_by_text("Approved").first).to_be_visible()
    editor.get_by_role("button", name="Publish", exact=True).click()
    expect(editor.get_by_role("link", name="View on site")).to_be_visible()

    piece.refresh_from_db()
    reader.goto(piece.get_absolute_url())
    expect(reader.get_by_text("The harbour master does.")).to_be_visible()

    open_piece(administrator, piece, ada)
    administrator.get_by_text("Other steps").click()
    administrator.get_by_role("link", name=re.compile("Kill")).click()
    administrator.get_by_label("Reason").fill("The figures were made up.")
    administrator.get_by_label("What readers find").fill("It did not hold.")
    administrator.get_by_label("Yes, take it").check()
    administrator.get_by_role("button", name="Kill it").click()
    expect(administrator.get_by_text("No page shows it any more")).to_be_visible()

    gone = reader.reload()
    assert gone is not None
    assert gone.status == 410
    expect(reader.get_by_text("It did not hold.")).to_be_visible()
    taken = piece.transitions.order_by("pk").values_list("to_status", "by__username")
    assert list(taken) == [
        ("review", "will"),
        ("draft", "eve"),
        ("review", "will"),
        ("approved", "eve"),
        ("published", "eve"),
        ("killed", "ada"),
    ]


def test_piece_is_given_a_time_and_stands_on_the_board(page: Page) -> None:
    piece = make_ready("A port that nobody wanted", photo=make_stored_photo())
    open_piece(page, piece)
    tomorrow = timezone.localtime() + timedelta(days=1)

    when = page.locator("[data-field=publish_at]")
    when.locator("[type=date]").fill(f"{tomorrow:%Y-%m-%d}")
    when.locator("[type=time]").fill("09:30")
    page.get_by_role("button", name="Schedule").click()
    expect(page.get_by_text("Scheduled: tomorrow 9:30 UTC.")).to_be_visible()
    page.goto("/admin/coming-up/")

    expect(page.get_by_role("link", name="A port that nobody wanted")).to_be_visible()
    expect(page.get_by_text("9:30")).to_be_visible()


def test_screens_of_the_steps_are_sound(page: Page) -> None:
    live, killed = make_published("Out"), make_published("Withdrawn")
    Article.objects.filter(pk=killed.pk).update(status="killed")
    make_ready(
        "Planned", photo=make_stored_photo(), published_at=timezone.now() + timedelta(hours=3)
    )
    at_desk(page, make_user("administrator"))
    screens = [f"{live.pk}/{name}/" for name in ("steps", "kill", "notices", "share", "history")]
    screens += [f"{killed.pk}/steps/", f"{killed.pk}/kill/"]

    paths = [f"/admin/articles/article/{screen}" for screen in screens]
    assert troubles(page, [*paths, "/admin/coming-up/"]) == []
