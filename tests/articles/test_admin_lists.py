from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import services
from articles.models import Article
from tests.desk import change, logged_in, rows, typed
from tests.factories import (
    make_article,
    make_contributor,
    make_format,
    make_photo,
    make_published,
    make_ready,
    make_series,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db
PIECES = "/admin/articles/article/"
COMPLETIONS = "/admin/autocomplete/?app_label=articles&model_name="
AT_MOST = {  # queries
    PIECES: 11,
    "/admin/articles/photo/": 7,
    "/admin/articles/contributor/": 7,
    "/admin/articles/tag/": 7,
    "/admin/articles/section/": 7,
    "/admin/": 17,
    "/admin/articles/photo/choose/": 7,
    f"{COMPLETIONS}byline&field_name=contributor": 7,
    f"{COMPLETIONS}relatedlink&field_name=to_article": 7,
}


def make_pieces(n: int) -> None:
    for _ in range(n):
        names = [make_contributor() for _ in range(3)]
        make_published(
            contributors=names,
            tags=[make_tag(), make_tag()],
            photo=make_photo(),
            format=make_format(),
            series=make_series(),
        )


def n_queries(ask: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert ask().status_code == 200
    return len(asked)


def test_queries_do_not_grow_with_the_lists() -> None:
    client = logged_in()
    make_pieces(3)
    few = {address: n_queries(partial(client.get, address)) for address in AT_MOST}
    make_pieces(27)

    assert {address: n_queries(partial(client.get, address)) for address in AT_MOST} == few
    assert {address: n for address, n in few.items() if n > AT_MOST[address]} == {}


def test_queries_of_the_writing_screen_do_not_grow_with_the_piece() -> None:
    client, articles = logged_in(), []
    for n in (3, 30):
        article = make_published(tags=[make_tag() for _ in range(n)], photo=make_photo())
        related = [make_published() for _ in range(n)]
        names = [make_contributor() for _ in range(n)]
        form = typed(article) | rows("bylines", contributor=names, role=[""] * n)
        client.post(change(article), form | rows("related_links", article=related))
        articles.append(article)

    counts = [n_queries(partial(client.get, change(article))) for article in articles]

    assert counts[1] <= counts[0] <= 23


def test_list_says_the_state_in_words() -> None:
    make_article("One")
    make_published("Two")
    make_published("Three", at=timezone.now() + timedelta(days=3))

    page = logged_in().get(PIECES).content.decode()

    for word in ("Draft", "Published", "Scheduled"):
        assert f">{word}</span>" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "draft"}, {"Draft one"}),
        ({"state": "scheduled"}, {"Waiting one"}),
        ({"state": "public"}, {"Public one"}),
        ({"q": "waiting"}, {"Waiting one"}),
        ({"q": "public-one"}, {"Public one"}),
        ({"by": "ann-able"}, {"Public one"}),
        ({"who": "me"}, {"Draft one"}),
        ({"state": "nonsense"}, {"Draft one", "Waiting one", "Public one"}),
    ],
)
def test_list_is_narrowed_down(query: dict[str, str], found: set[str]) -> None:
    user = make_user()
    make_article("Draft one", created_by=user)
    make_published("Waiting one", at=timezone.now() + timedelta(days=3))
    make_published("Public one", contributors=[make_contributor("Ann Able")])

    page = logged_in(user).get(PIECES, query).content.decode()

    everything = {"Draft one", "Waiting one", "Public one"}
    assert {headline for headline in everything if headline in page} == found


def test_drafts_stand_first_then_what_waits_then_the_newest() -> None:
    make_published("Old", at=datetime(2020, 1, 1, tzinfo=UTC))
    make_published("Waits", at=timezone.now() + timedelta(days=3))
    make_article("Draft")

    page = logged_in().get(PIECES).content.decode()

    assert page.index(">Draft</a>") < page.index(">Waits</a>") < page.index(">Old</a>")


def test_empty_list_says_what_to_do() -> None:
    page = logged_in().get(PIECES).content.decode()

    assert "No piece yet" in page
    assert "Write the first one" in page


def test_start_page_shows_what_is_under_way() -> None:
    user = make_user()
    make_article("My draft", created_by=user)
    make_article("Their draft")
    make_published("Waits", at=timezone.now() + timedelta(days=3))
    make_published("Out today")
    make_published("Out long ago", at=datetime(2020, 1, 1, tzinfo=UTC))

    page = logged_in(user).get("/admin/").content.decode()

    assert [text in page for text in ("My draft", "Waits", "Out today")] == [True] * 3
    assert [text in page for text in ("Their draft", "Out long ago")] == [False] * 2


def test_start_page_finds_what_is_not_ready_behind_much_that_is() -> None:
    user = make_user()
    for n in range(9):
        services.submit(make_ready(f"Ready {n}"), by=user)
    services.submit(make_ready("Lacking", deck=""), by=user)

    page = logged_in(user).get("/admin/").content.decode()

    assert page.count("Ready ") == 8
    assert "Lacking" in page


def test_list_of_tags_counts_their_pieces() -> None:
    tag = make_tag("nato")
    make_article(tags=[tag])
    make_article(tags=[tag])

    page = logged_in().get("/admin/articles/tag/").content.decode()

    assert '<td class="field-pieces">2</td>' in page


@pytest.mark.parametrize("query", ["?p=x", "?p=99", "?o=9.9", "?nonsense=1", "?q=%00"])
def test_list_bears_any_query(query: str) -> None:
    make_article()

    assert logged_in().get(PIECES + query, follow=True).status_code == 200


def test_completions_for_the_front_page_are_pieces_that_readers_can_see() -> None:
    make_article("Draft")
    make_published("Older", at=datetime(2020, 1, 1, tzinfo=UTC))
    make_published("Newer")
    query = {"app_label": "articles", "model_name": "frontpage", "field_name": "lead", "term": ""}

    answer = logged_in().get("/admin/autocomplete/", query).json()

    assert [result["text"] for result in answer["results"]] == ["Newer", "Older"]
    assert Article.objects.count() == 3
