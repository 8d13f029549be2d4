"""The rich text editor: nothing of a body is lost in it, and nothing else gets into it."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from newsroom.lib import html
from tests.browser.desk import open_piece, paste, put_cursor_behind, put_cursor_in, save_draft
from tests.factories import make_article, make_stored_photo

pytestmark = pytest.mark.browser
EVERYTHING = (
    '<p>Plain, <strong>bold</strong>, <em>italic</em>, <a href="https://un.org/a?b=1&amp;c=2">link'
    "</a>, <strong><em>both</em></strong> and<br>a break.</p><h2>Sub-head</h2><h3>Minor</h3>"
    "<ul><li><p>One</p></li><li><p>Two</p></li></ul><ol><li><p>First</p></li></ol>"
    "<blockquote><p>Said.</p><p>Said more.</p></blockquote>"
    '<aside class="pull-quote"><p>Pulled.</p></aside><figure data-photo="{photo}"><figcaption>Own '
    '<em>caption</em></figcaption></figure><figure data-photo="{photo}"></figure><figure '
    'data-embed="https://vimeo.com/123456789"><figcaption>A film</figcaption></figure><p>End.</p>'
)
WORD = (
    '<p class="MsoNormal" style="color:red"><span lang=EN>From <b>Word</b></span><o:p></o:p></p>'
    '<b style="font-weight:normal"><span style="font-weight:700">heavy</span> light</b>'
    "<h1>Big</h1><table><tr><td>cell</td></tr></table><img src=x onerror=alert(1)>"
    "<script>alert(1)</script><p><u>under</u><s>struck</s><code>code</code></p><hr>"
)


def stored(page: Page, article: Article) -> str:
    save_draft(page)
    article.refresh_from_db()
    return article.body


def test_everything_a_body_may_hold_survives_an_edit(page: Page) -> None:
    body = EVERYTHING.format(photo=make_stored_photo().pk)
    article = make_article(body=html.clean(body))
    paper = open_piece(page, article)
    before = article.body

    put_cursor_behind(paper.locator("p").last)
    page.keyboard.type("!")

    assert stored(page, article) == before.replace("End.", "End.!")


def test_opening_a_piece_changes_nothing(page: Page) -> None:
    article = make_article(body=html.clean(EVERYTHING.format(photo=make_stored_photo().pk)))
    open_piece(page, article)

    page.locator("#id_headline").click()

    assert page.locator("#id_body").input_value() == article.body


def test_what_is_pasted_keeps_only_what_a_body_may_hold(page: Page) -> None:
    article = make_article(body="")
    open_piece(page, article).click()

    paste(page, html=WORD)
    expect(page.get_by_text("From Word")).to_be_visible()

    typed = page.locator("#id_body").input_value()
    assert "From <strong>Word</strong>" in typed
    assert "<strong>heavy</strong> light" in typed
    for trace in ("Mso", "style", "<h1", "table", "<img", "script", "<u>", "<s>", "<code", "<hr"):
        assert trace not in typed
    assert html.plain(typed) == html.plain(stored(page, article))


def test_tools_are_reached_by_keyboard(page: Page) -> None:
    article = make_article(body="<p>Words</p>")
    open_piece(page, article)

    page.get_by_role("button", name="Bold").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Sub-head", exact=True)).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator(".editor__page h2")).to_have_text("Words")
    pressed = page.get_by_role("button", name="Sub-head", exact=True)
    expect(pressed).to_have_attribute("aria-pressed", "true")


def test_link_needs_an_address_that_readers_can_follow(page: Page) -> None:
    article = make_article(body="<p>Words</p>")
    put_cursor_in(open_piece(page, article))
    page.keyboard.press("Control+a")

    page.keyboard.press("Control+k")
    address = page.get_by_role("textbox", name="Address of the link")
    address.fill("javascript:alert(1)")
    page.get_by_role("button", name="Insert").click()
    expect(page.get_by_text("This is no address")).to_be_visible()
    address.fill("/latest/")
    page.get_by_role("button", name="Insert").click()

    assert stored(page, article) == '<p><a href="/latest/">Words</a></p>'


def test_video_is_put_in_by_its_address(page: Page) -> None:
    article = make_article(body="")
    open_piece(page, article).click()

    page.get_by_role("button", name="Video").click()
    page.get_by_role("textbox", name="Address of the video").fill("https://youtu.be/dQw4w9WgXcQ")
    page.get_by_role("button", name="Insert").click()

    expect(page.locator(".editor__video")).to_be_visible()
    assert stored(page, article) == '<figure data-embed="https://youtu.be/dQw4w9WgXcQ"></figure>'


def test_undo_and_full_screen(page: Page) -> None:
    article = make_article(body="<p>Words</p>")
    paper = open_piece(page, article)
    paper.locator("p").click()
    page.keyboard.type("xyz")

    page.get_by_role("button", name="Undo").click()
    expect(paper).to_have_text("Words")
    page.get_by_role("button", name="Full screen").click()
    box = page.locator(".editor").bounding_box()
    assert box
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 1280, 720)
    page.keyboard.press("Escape")

    expect(page.locator(".editor[data-full-screen]")).to_have_count(0)
