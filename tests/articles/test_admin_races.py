"""Many save and publish the same pieces at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from articles.models import Article
from tests.desk import ADD, change, logged_in, typed
from tests.factories import make_article, make_ready, make_section

THREE = "<p>One is here.</p><p>Two is here.</p><p>Three.</p>"
N_AT_ONCE = 40  # a PostgreSQL has 100 connections, for other tests too


def together(*posts: tuple[Client, str, dict[str, Any]]) -> list[Any]:
    """The answers to posts that are sent at the same moment, as many as there are connections."""

    def send(post: tuple[Client, str, dict[str, Any]]) -> Any:
        client, url, form = post
        try:
            return client.post(url, form)
        finally:
            connection.close()

    with ThreadPoolExecutor(min(len(posts), N_AT_ONCE)) as pool:
        return list(pool.map(send, posts))


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_of_a_hundred_saves_at_once_one_wins_and_nothing_is_mixed() -> None:
    article = make_article("Old headline", body=THREE)
    client = logged_in()
    client.get("/admin/")
    posts = [
        (client, change(article), typed(article, headline=f"H{n}", body=f"<p>One {n}.</p>"))
        for n in range(100)
    ]

    answers = together(*posts)

    assert sorted(answer.status_code for answer in answers) == [302] + [409] * 99
    article.refresh_from_db()
    assert (article.version, article.revisions.saved().count()) == (2, 2)
    assert article.body == f"<p>One {article.headline.removeprefix('H')}.</p>"


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_publish_once() -> None:
    article = make_ready()
    form = typed(article) | {"_step": "publish"}

    answers = together((logged_in(), change(article), form), (logged_in(), change(article), form))

    assert [answer.status_code for answer in answers] == [302, 302]
    article.refresh_from_db()
    assert (article.status, article.version) == ("published", 2)


@pytest.mark.django_db(transaction=True)
def test_new_piece_sent_twice_at_the_same_moment_is_made_once() -> None:
    client, form = logged_in(), typed(headline="Once")

    answers = together((client, ADD, form), (client, ADD, form))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Article.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_pieces_of_one_headline_at_the_same_moment_get_different_addresses() -> None:
    make_section("Europe")
    form = typed(headline="Same", tag_list="brand new")

    answers = together(*((logged_in(), ADD, form) for _ in range(3)))

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert set(Article.objects.values_list("slug", flat=True)) == {"same", "same-2", "same-3"}
