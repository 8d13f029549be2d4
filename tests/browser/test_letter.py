"""The letter and its page in a real browser: readable by everybody, on any screen, in any light."""

import pytest
from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS, Axe
from playwright.sync_api import Page, Route

from articles.models import Notice
from newsletter import rendering
from newsletter.content import compose
from newsletter.models import Issue, Item
from tests.browser.desk import WIDTHS, troubles
from tests.factories import picture_bytes
from tests.factories_newsletter import make_letter, make_sent

pytestmark = pytest.mark.browser
# A mail program has landmarks of its own; a letter is an article among them.
NOT_IN_MAIL = {rule: {"enabled": False} for rule in ["region", "landmark-one-main"]}
IN_MAIL = DEFAULT_OPTIONS | {"rules": NOT_IN_MAIL}
LONG = "Rechtsschutzversicherungsgesellschaften " * 3


@pytest.fixture
def issue(page: Page) -> Issue:
    page.route("**/media/**", picture)
    issue = make_letter(n=9)
    Item.objects.filter(pk=issue.items.exclude(group="")[1].pk).update(headline=LONG)
    issue.opening = (
        '<h2>Dear reader</h2><p>See <a href="/latest/">what is new</a>.</p><ul><li>One</li></ul>'
        '<blockquote><p>Said.</p></blockquote><aside class="pull-quote"><p>Loud.</p></aside>'
    )
    return issue


def picture(route: Route) -> None:
    route.fulfill(body=picture_bytes(), content_type="image/jpeg")


def show(page: Page, issue: Issue) -> None:
    page.set_content(rendering.html(compose(issue)), wait_until="load")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_letter(page: Page, issue: Issue, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    show(page, issue)

    found = Axe().run(page, options=IN_MAIL)

    assert found.violations_count == 0, found.generate_report()


def test_axe_finds_nothing_in_a_preview_of_the_dark(page: Page, issue: Issue) -> None:
    page.set_content(rendering.html(compose(issue), "dark"))

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 19, 16)"
    assert Axe().run(page, options=IN_MAIL).violations_count == 0


@pytest.mark.parametrize("width", [320, 360, 700, 1360])
def test_letter_fits_the_screen(page: Page, issue: Issue, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    show(page, issue)

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    box = page.locator("table.sheet").bounding_box()
    assert box
    assert box["width"] == min(600, width - (36 if width <= 480 else 40))


def test_letter_fits_where_only_inline_styles_are_left(page: Page, issue: Issue) -> None:
    html = rendering.html(compose(issue))
    start, end = html.index("<style"), html.index("</style>")
    page.set_viewport_size({"width": 360, "height": 800})

    page.set_content(html[:start] + html[end + len("</style>") :])

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_letter_is_readable_with_pictures_off(page: Page, issue: Issue) -> None:
    page.unroute("**/media/**")
    page.route("**/media/**", lambda route: route.abort())
    show(page, issue)
    page.errors.clear()  # type: ignore[attr-defined]  # the pictures that did not come

    heights = page.evaluate("[...document.images].map((image) => image.offsetHeight)")
    text = page.inner_text("body")

    assert heights
    assert all(height > 0 for height in heights)
    assert "Dear reader" in text
    assert LONG.strip() in text


def test_axe_finds_nothing_in_the_archive_and_nothing_sticks_out(page: Page, issue: Issue) -> None:
    sent = make_sent(issue)
    piece = issue.items.exclude(article=None)[1].article
    assert piece
    Notice.objects.create(article=piece, kind="correction", text="Wrong.")

    pages = [sent.get_absolute_url(), "/newsletter/archive/"]
    assert troubles(page, pages, [320, *WIDTHS]) == []
