"""Crashes, lost sessions and lost connections while somebody writes."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Dialog, Page, Route, expect

from articles.models import Article, Autosave
from newsroom.models import User
from tests.browser.desk import at_desk, put_cursor_behind, save_draft
from tests.factories import make_article, make_user

pytestmark = pytest.mark.browser
TYPE_AFTER_SENDING = """() => addEventListener("submit", () => setTimeout(() => {
  const deck = document.querySelector("#id_deck");
  deck.value = "More.";
  deck.dispatchEvent(new Event("input", { bubbles: true }));
}, 500), { once: true })"""


@pytest.fixture
def jo() -> User:
    return make_user(username="jo")


@pytest.fixture
def article() -> Article:
    return make_article("Old headline", body="<p>One is here.</p>")


@pytest.fixture
def desk(page: Page, article: Article, jo: User) -> Iterator[Page]:
    """The piece, open; what fails on the way to the server is no error of the test's."""
    yield opened(page, article, jo)
    page.errors.clear()  # type: ignore[attr-defined]


def opened(page: Page, article: Article, user: User) -> Page:
    at_desk(page, user).goto(f"/admin/articles/article/{article.pk}/change/")
    expect(page.get_by_role("toolbar")).to_be_visible()
    return page


def write(page: Page, text: str) -> None:
    put_cursor_behind(page.locator(".editor__page p").last)
    page.keyboard.type(text)


def is_kept(page: Page, text: str) -> None:
    """Waits until the bar tells the time of a save that has `text`."""
    expect(page.get_by_text(re.compile(r"^Saved \d\d:\d\d:\d\d$"))).to_be_visible()
    assert text in Autosave.objects.get().typed["body"][0]


def log_in(page: Page, user: User) -> None:
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Log in").click()


def test_window_that_dies_gives_the_text_back(desk: Page, article: Article, jo: User) -> None:
    write(desk, " And there.")
    is_kept(desk, "And there.")
    desk.close(run_before_unload=False)

    again = opened(desk.context.new_page(), article, jo)
    expect(again.get_by_text("that was not saved")).to_be_visible()
    again.get_by_role("region", name="Text that was not saved").locator("summary").click()
    expect(again.locator(".offer ins")).to_have_text("And there.")
    again.get_by_role("link", name="Use it").click()
    expect(again.locator(".editor__page")).to_have_text("One is here. And there.")
    again.get_by_role("button", name="Save draft").click()
    expect(again.get_by_text("Saved today")).to_be_visible()

    article.refresh_from_db()
    assert article.body == "<p>One is here. And there.</p>"
    assert not Autosave.objects.exists()


def test_session_that_ends_while_somebody_types_is_told_and_taken_up(desk: Page, jo: User) -> None:
    write(desk, " And there.")
    is_kept(desk, "And there.")
    Session.objects.all().delete()

    write(desk, " And so on.")
    expect(desk.get_by_text("You have been logged out")).to_be_visible()
    assert "And so on." in Autosave.objects.get().typed["body"][0]
    with desk.context.expect_page() as other:
        desk.get_by_role("link", name="log in in another window").click()
    log_in(other.value, jo)
    expect(other.value.get_by_role("heading", name="Good to see you")).to_be_visible()
    write(desk, " To the end.")
    expect(desk.get_by_text("You have been logged out")).to_be_hidden()
    is_kept(desk, "To the end.")
    desk.get_by_role("button", name="Save draft").click()

    expect(desk.get_by_text("Saved today")).to_be_visible()
    assert Article.objects.get().body == "<p>One is here. And there. And so on. To the end.</p>"


def test_save_after_the_session_has_ended_comes_back_after_the_login(desk: Page, jo: User) -> None:
    Session.objects.all().delete()
    write(desk, " And there.")
    desk.get_by_role("button", name="Save draft").click()

    log_in(desk, jo)

    expect(desk.get_by_text("which is not saved yet")).to_be_visible()
    expect(desk.locator(".editor__page")).to_have_text("One is here. And there.")
    desk.get_by_role("button", name="Save draft").click()
    expect(desk.get_by_text("Saved today")).to_be_visible()
    assert Article.objects.get().body == "<p>One is here. And there.</p>"


def test_lost_connection_is_told_and_outlasted(desk: Page) -> None:
    desk.context.set_offline(True)
    write(desk, " And there.")
    expect(desk.get_by_role("alert")).to_contain_text("Not saved: no connection")

    desk.context.set_offline(False)

    is_kept(desk, "And there.")
    expect(desk.get_by_text("Not saved: no connection")).to_be_hidden()


def sent(desk: Page) -> Route:
    """One that is on its way and does not arrive, after a double click."""
    saves: list[Route] = []
    desk.route("**/change/", lambda route: saves.append(route), times=1)  # noqa: PLW0108  no builtin
    write(desk, " And there.")
    desk.get_by_role("button", name="Save draft").dblclick(no_wait_after=True)
    while not saves:
        desk.wait_for_timeout(50)
    return saves[0]


def test_whoever_types_on_after_a_stopped_save_loses_nothing(desk: Page) -> None:
    sent(desk).abort("aborted")  # the page hears nothing of it
    write(desk, " And so on.")
    is_kept(desk, "And so on.")

    save_draft(desk)

    assert Article.objects.get().body == "<p>One is here. And there. And so on.</p>"
    assert not Autosave.objects.exists()


def test_save_that_was_stopped_is_sent_again(desk: Page) -> None:
    sent(desk)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    desk.on("dialog", stay)
    desk.context.new_cdp_session(desk).send("Page.stopLoading")  # as its button does
    desk.close(run_before_unload=True)
    desk.wait_for_timeout(500)

    save_draft(desk)

    assert asked == ["beforeunload"]
    assert Article.objects.get().body == "<p>One is here. And there.</p>"


def test_what_is_typed_while_a_save_is_on_its_way_is_offered(desk: Page) -> None:
    desk.evaluate(TYPE_AFTER_SENDING)
    save = sent(desk)
    desk.wait_for_timeout(4500)  # until it is kept; a look at the page would wait for the answer
    assert Autosave.objects.get().said("deck") == "More."

    save.continue_()
    expect(desk.get_by_text("Saved today")).to_be_visible()
    desk.reload()

    desk.get_by_role("region", name="Text that was not saved").locator("summary").click()
    expect(desk.locator(".offer ins")).to_have_text("More.")
