"""What the search field offers while somebody types."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import TagAlias
from tests.factories import (
    make_article,
    make_contributor,
    make_published,
    make_section,
    make_series,
    make_tag,
)

pytestmark = pytest.mark.django_db


def offered(client: Client, term: str) -> list[tuple[str, str, str]]:
    response = client.get("/search/suggestions/", {"term": term})
    assert response.status_code == 200
    return [(row["note"], row["text"], row["url"]) for row in response.json()["results"]]


def test_names_are_offered_by_how_their_words_begin(client: Client) -> None:
    around: dict[str, Any] = {
        "section": make_section("Grain Trade"),
        "series": make_series("Grain Watch"),
        "tags": [make_tag("black sea grain"), make_tag("rye")],
        "contributors": [make_contributor("Ann Gráinne")],
    }
    make_published(**around)

    assert offered(client, "grai") == [
        ("Section", "Grain Trade", "/section/grain-trade/"),
        ("Series", "Grain Watch", "/series/grain-watch/"),
        ("Topic", "black sea grain", "/topic/black-sea-grain/"),
        ("Author", "Ann Gráinne", "/by/ann-grainne/"),
    ]
    assert offered(client, "BLACK gra") == [("Topic", "black sea grain", "/topic/black-sea-grain/")]


def test_other_name_of_a_tag_offers_the_tag(client: Client) -> None:
    tag = make_tag("nato")
    TagAlias.objects.create(name="Atlantic alliance", tag=tag)
    make_published(tags=[tag])

    assert offered(client, "atlan") == [("Topic", "nato", "/topic/nato/")]


def test_only_what_has_public_pieces_is_offered(client: Client) -> None:
    secret: dict[str, Any] = {
        "section": make_section("Zebra section"),
        "series": make_series("Zebra series"),
        "tags": [make_tag("zebra")],
        "contributors": [make_contributor("Zebra")],
    }
    make_article(**secret)
    make_published(at=timezone.now() + timedelta(hours=1), **secret)
    TagAlias.objects.create(name="zebras", tag=secret["tags"][0])

    assert offered(client, "zebra") == []


@pytest.mark.parametrize("term", ["", "z", "\x00", "' | !&():*", "x" * 10_000, "%", "\ue000\ue001"])
def test_absurd_terms_offer_nothing(client: Client, term: str) -> None:
    assert offered(client, term) == []


def test_suggestions_take_one_query_and_can_be_cached(client: Client) -> None:
    make_published(tags=[make_tag("grain")])

    with CaptureQueriesContext(connection) as queries:
        response = client.get("/search/suggestions/?term=gr")

    # Besides: the limits with their savepoint.
    assert [query["sql"] for query in queries if "articles_tag" in query["sql"]] == [
        queries[-3]["sql"]
    ]
    assert len(queries) == 5
    assert response["Cache-Control"] == "public, max-age=300"
    assert not response.cookies
