"""The corpus of attacks through the real form, where no Content-Security-Policy catches them."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, expect
from pytest_django.live_server_helper import LiveServer

import tests.newsroom
from articles.models import Article
from newsroom.lib import html
from tests.browser.desk import at_desk
from tests.desk import ADD, change, logged_in, ready
from tests.factories import make_user

pytestmark = pytest.mark.browser
FILL = "(text) => (document.getElementById('id_body').value = text)"
CORPUS = Path(tests.newsroom.__file__).parent / "html_corpus/attacks.jsonl"


def attacks() -> dict[str, list[str]]:
    """The vectors by kind."""
    found = defaultdict(list)
    for line in CORPUS.read_text().splitlines():
        kind, vector = json.loads(line)
        sent = vector.encode(errors="replace").decode()  # no browser sends half a character
        found[kind].append(sent.replace("\x00", ""))  # the form refuses NUL with a sentence
    return found


@pytest.fixture
def bare(browser: Browser, live_server: LiveServer) -> Iterator[tuple[Page, list[str]]]:
    """A logged-in tab without the policy, and what fires in it: dialogs and requests elsewhere."""
    context = browser.new_context(base_url=live_server.url, bypass_csp=True)
    fired: list[str] = []
    page = context.new_page()

    def answer(dialog: Dialog) -> None:
        if dialog.type != "beforeunload":  # the desk's own question: it may leave what is typed
            fired.append(dialog.message)
        dialog.accept()

    def note(request: Request) -> None:
        if live_server.url not in request.url:
            fired.append(request.url)

    page.on("dialog", answer)
    page.on("request", note)
    yield at_desk(page, make_user("editor", username="mary")), fired
    context.close()


def test_nothing_fires_where_a_stored_body_is_read_or_edited(bare: tuple[Page, list[str]]) -> None:
    page, fired = bare
    client = logged_in()
    for kind, vectors in attacks().items():
        each = "".join(html.clean(vector) for vector in vectors)
        body = each + "<p>x</p>".join(vectors)
        client.post(ADD, ready(headline=kind, body=body) | {"_step": "publish"})
        article = Article.objects.public().get(headline=kind)
        page.goto(article.get_absolute_url())
        expect(page.get_by_role("heading", name=kind)).to_be_visible()
        page.goto(change(article))
        expect(page.locator(".editor__page")).to_be_visible()
        assert fired == [], kind


def test_nothing_fires_where_a_refused_body_comes_back(bare: tuple[Page, list[str]]) -> None:
    page, fired = bare
    for kind, vectors in attacks().items():
        page.goto(ADD)
        expect(page.locator(".editor__page")).to_be_visible()
        page.evaluate(
            "(body) => (document.getElementById('id_body').value = body)", "".join(vectors)
        )
        page.get_by_role("button", name="Save draft").click()
        expect(page.get_by_text("Write a headline.")).to_be_visible()
        assert fired == [], kind
