"""The page for what is not found offers what may have been meant."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsroom import views
from tests.factories import make_article, make_published

pytestmark = pytest.mark.django_db


def sleep() -> None:
    """Takes the database longer than it may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(60)")


def offered(client: Client, path: str) -> list[str]:
    response = client.get(path, follow=True)
    assert response.status_code == 404
    return [piece.headline for piece in response.context["pieces"]]


@pytest.mark.parametrize(
    "path",
    [
        "/2019/01/02/who-holds-syria-now/",
        "/politics/who_holds_syria.html",
        "/who-holds-syria",
        "/WHO%20holds%20Sýria/12345/",
        "/syria/amp/2/",
        "/section/who-holds-syria/",
    ],
)
def test_pieces_with_the_words_of_the_address_are_offered(client: Client, path: str) -> None:
    piece = make_published("Who holds Syria")
    make_published("Other")

    assert offered(client, path) == ["Who holds Syria"]
    assert f'href="{piece.get_absolute_url()}"' in client.get(path, follow=True).text


def test_pieces_with_most_of_the_words_come_first(client: Client) -> None:
    now = timezone.now()
    make_published("Who holds Syria", at=now - timedelta(days=9))
    make_published("Syria", at=now - timedelta(days=3))
    make_published("Elsewhere", deck="Not in Syria.", at=now)

    assert offered(client, "/holds-syria/") == ["Who holds Syria", "Syria", "Elsewhere"]


def test_a_piece_with_most_of_the_words_is_found_among_many_with_some(client: Client) -> None:
    now = timezone.now()
    make_published("Who holds Syria", at=now - timedelta(days=9))
    for _ in range(30):
        make_published("Syria today", at=now)

    assert offered(client, "/who-holds-northern-syria/")[0] == "Who holds Syria"


def test_five_pieces_are_offered_at_most(client: Client) -> None:
    for _ in range(7):
        make_published("Syria")

    assert len(offered(client, "/syria-then/")) == 5


def test_what_is_not_public_is_not_offered(client: Client) -> None:
    make_article("Syria draft")
    make_published("Syria tomorrow", at=timezone.now() + timedelta(days=1))
    make_published("Syria killed", status="killed")

    assert offered(client, "/syria-2024/") == []


@pytest.mark.parametrize(
    "path",
    [
        "/wp-login.php",
        "/.env",
        "/syria.php",
        "/wp-admin/syria/",
        "/.git/syria",
        "/static/syria/",
        f"/{'syria-' * 20}/",
        "/2024/12/",
        "/a/b/",
    ],
)
def test_nothing_is_asked_for_what_no_reader_types(client: Client, path: str) -> None:
    make_published("Syria")

    with CaptureQueriesContext(connection) as queries:
        assert offered(client, path) == []

    assert not [query for query in queries if "articles_searchedtext" in query["sql"]]


def test_offers_take_one_query(client: Client) -> None:
    make_published("Syria")

    with CaptureQueriesContext(connection) as queries:
        assert offered(client, "/no/such/syria/") == ["Syria"]

    # The publication; the limits with their savepoint; the pieces.
    assert len(queries) == 6


def test_page_comes_without_offers_where_they_would_take_too_long(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PATIENCE", 10)
    monkeypatch.setattr(views, "likely", lambda path, at: sleep())

    response = client.get("/syria-now/")

    assert response.status_code == 404
    assert 'action="/search/"' in response.text
