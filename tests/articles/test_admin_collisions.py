"""Two people, or one impatient person, save the same piece."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from articles.models import Article
from tests.desk import ADD, change, logged_in, rows, typed
from tests.factories import make_article, make_contributor, make_section, make_user

pytestmark = pytest.mark.django_db


def together(*posts: tuple[Client, str, dict[str, Any]]) -> list[Any]:
    """The answers to posts that are sent at the same moment."""

    def send(post: tuple[Client, str, dict[str, Any]]) -> Any:
        client, url, form = post
        try:
            return client.post(url, form)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(posts)) as pool:
        return list(pool.map(send, posts))


def test_second_editor_is_told_who_saved_and_sees_both_texts() -> None:
    article = make_article("Old headline")
    mary = make_user(username="mary", first_name="Mary", last_name="Smith")
    mine, hers = typed(article, headline="My headline"), typed(article, headline="Her headline")
    logged_in(mary).post(change(article), hers)

    response = logged_in().post(change(article), mine)

    page = response.content.decode()
    assert response.status_code == 409
    assert "Mary Smith saved this piece today" in page
    assert "My headline" in page
    assert "Her headline" in page
    assert Article.objects.get().headline == "Her headline"


def test_only_what_differs_is_shown_twice() -> None:
    article = make_article("Old headline")
    logged_in().post(change(article), typed(article, headline="Her headline"))

    page = logged_in().post(change(article), typed(article, headline="Mine")).content.decode()

    assert page.count("Stored now") == 1


def test_saving_again_after_the_comparison_puts_ones_own_in_place() -> None:
    article, client = make_article("Old headline"), logged_in()
    mine = typed(article, headline="My headline")
    logged_in().post(change(article), typed(article, headline="Her headline"))
    page = client.post(change(article), mine).content.decode()
    assert 'name="version" value="2"' in page

    client.post(change(article), mine | {"version": 2})

    assert Article.objects.get().headline == "My headline"


def test_same_content_twice_is_no_collision() -> None:
    article, client = make_article(), logged_in()
    form = typed(article, headline="New", tag_list="b, A", kicker_name="A", slug="")
    form |= rows("bylines", contributor=[make_contributor("Ann Able")], role=[""])

    first, second = client.post(change(article), form), client.post(change(article), form)

    assert (first.status_code, second.status_code) == (302, 302)
    article.refresh_from_db()
    assert (article.version, article.bylines.count()) == (2, 1)


def test_form_without_a_version_cannot_overwrite() -> None:
    article = make_article("Old headline")

    response = logged_in().post(change(article), typed(article, headline="New", version=""))

    assert response.status_code == 409


def test_new_piece_sent_twice_is_made_once() -> None:
    client = logged_in()
    form = typed(headline="Once")

    first, second = client.post(ADD, form), client.post(ADD, form)

    assert first.headers["Location"] == second.headers["Location"]
    assert Article.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_saves_at_once_one_is_refused() -> None:
    article = make_article("Old headline")
    first, second = logged_in(), logged_in()
    posts = [
        (client, change(article), typed(article, headline=headline))
        for client, headline in [(first, "One"), (second, "Two")]
    ]

    answers = together(*posts)

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    article.refresh_from_db()
    assert (article.headline in {"One", "Two"}, article.version) == (True, 2)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_publish_at_once_publish_once() -> None:
    article = make_article()
    form = typed(article) | {"_publish": ""}

    answers = together((logged_in(), change(article), form), (logged_in(), change(article), form))

    assert [answer.status_code for answer in answers] == [302, 302]
    article.refresh_from_db()
    assert (article.status, article.version) == ("published", 3)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_new_piece_sent_twice_at_the_same_moment_is_made_once() -> None:
    client, form = logged_in(), typed(headline="Once")

    answers = together((client, ADD, form), (client, ADD, form))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Article.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_pieces_of_one_headline_at_the_same_moment_get_different_addresses() -> None:
    make_section("Europe")
    form = typed(headline="Same", tag_list="brand new")

    answers = together(*((logged_in(), ADD, form) for _ in range(3)))

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert set(Article.objects.values_list("slug", flat=True)) == {"same", "same-2", "same-3"}
