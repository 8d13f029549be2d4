"""What editors paste arrives in the real editor as they would have written it."""

import re
from html import unescape

import pytest
from playwright.sync_api import Page, Route, expect

from newsroom.lib import html
from tests.browser.desk import open_piece, paste, put_cursor_behind, save_draft
from tests.factories import make_article
from tests.newsroom.test_html_paste import PROGRAMS, read

pytestmark = pytest.mark.browser
TAG = re.compile("<[^>]*>")


def body_after(page: Page, was: str, *pasted: str) -> str:
    """What is stored once each of `pasted` has been put in at the end of the first paragraph."""
    article = make_article(body=was)
    paper = open_piece(page, article)
    put_cursor_behind(paper.locator("p").first)
    for markup in pasted:
        with page.expect_response("**/clean/"):
            paste(page, html=markup, plain=unescape(TAG.sub("", markup)))
    words = html.plain(html.clean(pasted[-1])).split()
    expect(paper).to_contain_text(words[-1])
    save_draft(page)
    article.refresh_from_db()
    return article.body


@pytest.mark.parametrize("program", PROGRAMS)
def test_paste_into_an_empty_body(page: Page, program: str) -> None:
    blocks = body_after(page, "", read(program)).replace("><", ">\n<")

    assert blocks == read(f"{program}.clean").strip().replace("><", ">\n<")


@pytest.mark.parametrize("program", PROGRAMS)
def test_paste_into_a_text_loses_no_word(page: Page, program: str) -> None:
    body = body_after(page, "<p>Before. </p><p>After.</p>", read(program))

    whole = html.plain(f"<p>Before.</p>{html.clean(read(program))}<p>After.</p>")
    assert "".join(html.plain(body).split()) == "".join(whole.split())


@pytest.mark.parametrize(
    ("was", "pasted", "body"),
    [
        (
            "<p>Press</p>",
            ' <a href="https://un.org/">reports</a> said',
            '<p>Press <a href="https://un.org/">reports</a> said</p>',
        ),
        ("<p>Press</p>", " <b>reports</b> ", "<p>Press <strong>reports</strong></p>"),
        ("<p>One.</p>", "<p>Two.</p><p>Three.</p>", "<p>One.Two.</p><p>Three.</p>"),
        (
            "<p>He said</p>",
            "<i> “it’s ‘fine’” — so</i>",
            "<p>He said <em>“it’s ‘fine’” — so</em></p>",
        ),
    ],
)
def test_paste_into_a_sentence(page: Page, was: str, pasted: str, body: str) -> None:
    assert body_after(page, was, pasted) == body


def test_plain_text_becomes_paragraphs(page: Page) -> None:
    article = make_article(body="")
    paper = open_piece(page, article)
    paper.click()

    paste(page, plain="One.\n\nTwo <b>.")
    expect(paper).to_contain_text("Two <b>.")
    save_draft(page)

    article.refresh_from_db()
    assert article.body == "<p>One.</p><p>Two &lt;b&gt;.</p>"


def test_paste_is_undone_in_one_go(page: Page) -> None:
    article = make_article(body="<p>Before.</p>")
    paper = open_piece(page, article)
    paper.click()
    paste(page, html=read("word"))
    expect(paper).not_to_have_text("Before.")

    page.keyboard.press("Control+z")

    expect(paper).to_have_text("Before.")


def test_paste_stays_where_it_was_put_in_while_more_is_typed(page: Page) -> None:
    article = make_article(body="<p>Before.</p><p>After.</p>")
    paper = open_piece(page, article)
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    page.route("**/clean/", hold)
    put_cursor_behind(paper.locator("p").first)

    for markup in ["<b>One</b>", "<i>Two</i>"]:
        with page.expect_request("**/clean/"):
            paste(page, html=markup)
    page.keyboard.type(" Typed.")
    put_cursor_behind(paper.locator("p").last)
    page.keyboard.type(" Then")
    for route in reversed(late):
        route.continue_()
    expect(paper).to_contain_text("OneTwo")
    page.keyboard.type(" more.")
    save_draft(page)

    article.refresh_from_db()
    pasted = "<strong>One</strong><em>Two</em>"
    assert article.body == f"<p>Before.{pasted} Typed.</p><p>After. Then more.</p>"


def test_paste_leaves_the_keyboard_where_it_is(page: Page) -> None:
    article = make_article(body="<p>Before.</p>")
    paper = open_piece(page, article)
    put_cursor_behind(paper.locator("p").first)

    with page.expect_request("**/clean/"):
        paste(page, html="<b>One</b>")
    page.get_by_label("Deck").focus()
    expect(paper).to_contain_text("One")
    page.keyboard.type("Typed")

    expect(page.get_by_label("Deck")).to_have_value("TypedWhat it says.")
