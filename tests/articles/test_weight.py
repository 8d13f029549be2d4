"""How heavy the page of an article is, as the network carries it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from articles.models import Article
from newsroom.demo import read_page
from newsroom.lib import html
from tests.browser.magazine import make_magazine
from tests.factories_donations import make_live, make_rules

pytestmark = pytest.mark.django_db
MOST = 14_000  # bytes: what a connection sends before it first waits for an answer


def body_of(n_words: int) -> str:
    """So much of a piece that people wrote, as made-up text would be compressed too well."""
    path = Path(settings.BASE_DIR, "seeds", "articles", "2024-12-12-who-holds-syria.md")
    kept: list[str] = []
    for paragraph in read_page(path)[1].split("\n\n"):
        if not paragraph.startswith(("!", "#", ">", "-", "<")):
            kept.append(html.clean(f"<p>{paragraph}</p>"))
        if len(" ".join(kept).split()) >= n_words:
            return "".join(kept)
    raise AssertionError("the piece is too short")


def test_piece_of_900_words_comes_at_once(client: Client) -> None:
    make_rules()
    make_live("Readers pay for this.", slot="body")
    piece = make_magazine()
    Article.objects.filter(pk=piece.pk).update(body=body_of(900))

    answer = client.get(piece.get_absolute_url(), headers={"accept-encoding": "gzip"})

    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) <= MOST
