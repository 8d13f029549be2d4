"""Signing up, choosing and leaving as a reader meets them, in a real browser."""

import re
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from newsletter.models import SignUp, Subscriber
from newsletter.tokens import ERASE, LEAVE, PREFERENCES, RETURN, confirm_token
from tests.browser.desk import WIDTHS, troubles
from tests.factories import make_published, make_section
from tests.factories_newsletter import make_subscriber
from tests.worker import work

pytestmark = pytest.mark.browser
ADDRESS = "Your mail address"
ANSWER = "A letter is on its way to you."


@pytest.fixture
def piece(context: BrowserContext) -> Article:
    return make_published("A treaty")


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A tab without JavaScript."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(10_000)  # milliseconds
    yield context.new_page()
    context.close()


def quiet(page: Page, status: str) -> None:
    """The console tells of answers that are no pages, and the test expects one."""
    page.errors[:] = [text for text in page.errors if status not in text]  # type: ignore[attr-defined]


def box(page: Page, source: str) -> Locator:
    return page.locator(f"#newsletter-{source}")


@pytest.mark.parametrize("source", ["article", "footer", "front", "page"])
def test_every_box_signs_up_in_place(page: Page, piece: Article, source: str) -> None:
    paths = {"front": "/", "page": "/newsletter/", "footer": "/latest/"}
    page.goto(paths.get(source, piece.get_absolute_url()))
    before = page.url

    box(page, source).get_by_label(ADDRESS).fill("ann@example.org")
    box(page, source).get_by_role("button").click()

    answer = page.locator("[data-newsletter]", has_text=ANSWER)
    expect(answer).to_be_focused()
    assert page.url == before
    assert SignUp.objects.get().form == source


def test_from_the_box_to_the_list_and_out_again(page: Page, piece: Article) -> None:
    page.goto(piece.get_absolute_url())
    box(page, "article").get_by_label(ADDRESS).fill("ann@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_text(ANSWER)).to_be_visible()
    work()
    page.goto(link("confirm"))
    page.get_by_role("button", name="Yes, sign me up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed up")
    work()
    page.goto(link("leave"))
    page.get_by_role("button", name="Unsubscribe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have left")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are back")

    assert Subscriber.objects.get().status == "active"


def link(name: str) -> str:
    """The path in the last letter that leads to that page."""
    found = re.search(rf"/newsletter/{name}/\S+", str(mail.outbox[-1].body))
    assert found
    return found[0]


def test_wrong_address_is_told_in_place_and_kept(page: Page, piece: Article) -> None:
    page.goto("/newsletter/")
    box(page, "page").get_by_label(ADDRESS).fill("ann@localhost")
    page.keyboard.press("Enter")

    field = box(page, "page").get_by_label(ADDRESS)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    expect(field).to_have_value("ann@localhost")
    expect(field).to_have_accessible_description(re.compile("should have a period"))
    field.fill("ann@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_text(ANSWER)).to_be_visible()
    quiet(page, "422")


def test_no_two_boxes_share_an_id(page: Page, piece: Article) -> None:
    for path in ("/", piece.get_absolute_url()):
        page.goto(path)
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map((node) => node.id)")
        assert len(ids) == len(set(ids))


def test_double_press_signs_up_once(page: Page, piece: Article) -> None:
    page.goto("/newsletter/")
    box(page, "page").get_by_label(ADDRESS).fill("ann@example.org")
    box(page, "page").get_by_role("button").dblclick()

    expect(page.get_by_text(ANSWER)).to_be_visible()
    assert SignUp.objects.count() == 1


@pytest.mark.parametrize("what", ["**/newsletter/ticket/", "**/newsletter-form.js"])
def test_form_works_when_something_fails(page: Page, piece: Article, what: str) -> None:
    page.route(what, lambda route: route.abort())
    page.goto("/newsletter/")
    page.get_by_label(ADDRESS).fill("ann@example.org")
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Yes, send it")
    expect(button).to_be_visible()
    time.sleep(2)  # as long as a human takes, and a robot does not
    button.click()

    expect(page.get_by_text(ANSWER)).to_be_visible()
    quiet(page, "ERR_FAILED")


def test_without_javascript_it_takes_one_more_press(plain: Page) -> None:
    plain.goto("/newsletter/")
    plain.get_by_label(ADDRESS).fill("ann@example.org")
    plain.get_by_role("button", name="Sign up").click()
    plain.get_by_role("button", name="Yes, send it").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("One more step")
    assert not SignUp.objects.exists()
    time.sleep(2)
    plain.get_by_role("button", name="Yes, send it").click()

    expect(plain.get_by_role("heading", level=1)).to_have_text("Look in your mail")
    assert SignUp.objects.get().address == "ann@example.org"


def test_robot_that_fills_in_all_at_once_gets_nowhere(page: Page, piece: Article) -> None:
    page.goto("/newsletter/")
    page.evaluate(
        """() => {
          const form = document.querySelector("#newsletter-page form");
          for (const field of form.elements) if (field.name) field.value ||= "a@example.org";
          form.submit();
        }"""
    )
    page.wait_for_url("**/asked/")

    assert not SignUp.objects.exists()


def test_nobody_who_types_is_taken_for_a_robot(
    page: Page, piece: Article, settings: Settings
) -> None:
    settings.PROXY_IP_HEADER = "HTTP_X_REAL_IP"
    n_readers = 5
    for number in range(n_readers):
        page.set_extra_http_headers({"X-Real-IP": f"192.0.2.{number}"})
        page.goto("/newsletter/")
        page.get_by_label(ADDRESS).press_sequentially(f"reader{number}@example.org", delay=40)
        page.keyboard.press("Enter")
        expect(page.get_by_text(ANSWER)).to_be_visible()

    assert SignUp.objects.count() == n_readers


def pages() -> list[str]:
    """Each page of a subscriber's, and those that say no."""
    make_section("Europe")
    active, pending = make_subscriber(), make_subscriber(status="pending")
    left = make_subscriber(status="left", left_at=timezone.now() - timedelta(days=9))
    slipped = make_subscriber(status="left")
    assert pending.asked_at
    assert active.asked_at
    made = {
        "confirm": confirm_token(pending.pk, pending.asked_at),
        "preferences": PREFERENCES.sign(str(active.pk)),
        "erase": ERASE.sign(str(active.pk)),
        "return": RETURN.sign(str(active.pk)),
    }
    leaves = [LEAVE.sign(str(person.pk)) for person in (active, left, slipped)]
    return [
        "/newsletter/",
        "/newsletter/asked/",
        "/newsletter/leave/none/",
        f"/newsletter/confirm/{confirm_token(active.pk, active.asked_at)}/",
        f"/newsletter/preferences/{PREFERENCES.sign(str(left.pk))}/",
        f"/newsletter/erase/{ERASE.sign('0')}/",
        *(f"/newsletter/{name}/{token}/" for name, token in made.items()),
        *(f"/newsletter/leave/{token}/" for token in leaves),
    ]


def test_axe_finds_nothing_and_nothing_sticks_out(page: Page, piece: Article) -> None:
    assert troubles(page, pages(), [320, *WIDTHS]) == []
    quiet(page, "410")


def test_preferences_are_chosen_by_keyboard(page: Page, piece: Article) -> None:
    europe, subscriber = make_section("Europe"), make_subscriber()
    page.goto(f"/newsletter/preferences/{PREFERENCES.sign(str(subscriber.pk))}/")

    page.get_by_label("Every week").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_label("Europe").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_have_text("Saved.")
    subscriber.refresh_from_db()
    assert subscriber.frequency == "monthly"
    assert list(subscriber.sections.all()) == [europe]


def test_nothing_moves_for_who_wants_it_still(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("/newsletter/")
    lasting = """() => [...document.querySelectorAll("*")]
        .map(one => getComputedStyle(one))
        .filter(one => parseFloat(one.transitionDuration) || one.animationName !== "none").length"""

    assert page.evaluate(lasting) == 0
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(lasting) > 0
