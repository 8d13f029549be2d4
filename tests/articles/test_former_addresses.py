"""A page that moves goes on answering at every address that readers have known it by."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import services
from articles.models import Article, FormerAddress, Page
from articles.services import addresses
from tests.desk import ADD, change, logged_in, typed
from tests.factories import (
    make_article,
    make_contributor,
    make_published,
    make_section,
    make_series,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db
EARLIER = timedelta(hours=1)


def make_page(title: str) -> Page:
    return Page.objects.create(title=title, slug="old", body="<p>Us.</p>")


def published(slug: str = "old") -> Article:
    return make_published(slug=slug, at=timezone.now() - EARLIER)


def move(article: Article, slug: str, client: Client | None = None) -> Any:
    article.refresh_from_db()
    return (client or logged_in()).post(change(article), typed(article, slug=slug))


@pytest.mark.parametrize("make", [make_section, make_series, make_tag, make_contributor, make_page])
def test_page_with_a_new_slug_is_found_at_the_old_one(make: Any, client: Client) -> None:
    row = make("Old")
    old = row.get_absolute_url()
    for slug in ("newer", "newest"):
        row.slug = slug
        addresses.save(row, by=None)

    answer = client.get(old, {"page": "2", "utm": "a b"})

    assert answer.status_code == 301
    assert answer.headers["Location"] == f"{row.get_absolute_url()}?page=2&utm=a+b"
    assert client.get(old.replace("old", "newer")).headers["Location"] == row.get_absolute_url()


def test_editor_moves_a_published_piece(client: Client) -> None:
    article = published()
    old = article.get_absolute_url()

    assert move(article, "Better words").status_code == 302

    article.refresh_from_db()
    new = article.get_absolute_url()
    assert new.endswith("/better-words/")
    assert client.get(old).headers["Location"] == new
    assert client.get(f"{old}rest/").headers["Location"] == f"{new}rest/"
    assert old in logged_in().get(change(article)).content.decode()


def test_redirect_is_forgotten_soon_so_that_an_address_can_be_given_back(client: Client) -> None:
    article = published()
    old = article.get_absolute_url()
    move(article, "new")
    assert client.get(old).headers["Cache-Control"] == "public, max-age=60"

    move(article, "old")

    assert client.get(old).status_code == 200
    assert client.get(old.replace("old", "new")).headers["Location"] == old


def test_slugs_that_no_reader_has_seen_leave_nothing_behind() -> None:
    draft, later = make_article(), make_published(at=timezone.now() + timedelta(days=3))
    for article in (draft, later):
        move(article, "moved")

    assert not FormerAddress.objects.exists()


def test_former_address_says_no_more_than_the_present_one(client: Client) -> None:
    article = published()
    old = article.get_absolute_url()
    services.unpublish(article, by=None)
    move(article, "new")

    assert client.get(old).status_code == 404
    services.publish(article, by=None, override="As agreed")
    assert client.get(old).headers["Location"] == article.get_absolute_url()


def test_former_address_of_a_killed_piece_answers_as_the_piece_does(client: Client) -> None:
    article = published()
    old = article.get_absolute_url()
    move(article, "new")
    article.refresh_from_db()
    services.kill(article, by=None, note="It was invented.")

    answers = [client.get(path) for path in (old, article.get_absolute_url())]

    assert answers[0].status_code == answers[1].status_code >= 400


def test_piece_that_has_the_address_now_comes_first(client: Client) -> None:
    article = published()
    old = article.get_absolute_url()
    move(article, "new")
    other = published()

    assert other.get_absolute_url() == old
    assert client.get(old).status_code == 200
    services.unpublish(other, by=None)
    assert client.get(old).status_code == 404


def test_new_piece_does_not_take_an_address_that_another_one_had(client: Client) -> None:
    article = published("talks")
    old = article.get_absolute_url()
    move(article, "peace")

    logged_in().post(ADD, typed(headline="Talks"))

    assert Article.objects.get(headline="Talks").slug == "talks-2"
    article.refresh_from_db()
    assert client.get(old).headers["Location"] == article.get_absolute_url()
    move(article, "talks")
    assert client.get(old).status_code == 200


def test_piece_that_still_waits_for_the_address_does_not_hide_whose_it_was(client: Client) -> None:
    article = make_published(slug="old")
    old, later = article.get_absolute_url(), timezone.now() + EARLIER
    move(article, "new")
    make_published(slug="old", at=later, published_on=article.published_on)

    assert client.get(old).status_code == 301


def test_writer_moves_no_piece_that_was_published() -> None:
    writer = make_user("writer")
    article = make_published(slug="old", created_by=writer, at=timezone.now() - EARLIER)
    services.unpublish(article, by=None)

    move(article, "new", logged_in(writer))

    assert Article.objects.get().slug == "old"


def test_published_piece_whose_slug_is_emptied_stays_where_it_is() -> None:
    article = published()

    assert move(article, "").status_code == 302
    assert Article.objects.get().slug == "old"


@pytest.mark.parametrize("slug", ["admin", "section", "2024", "Ünïcode", "x" * 500])
def test_plain_page_takes_no_address_of_the_site(slug: str) -> None:
    fields = {"title": "Page", "body": "<p>Us.</p>", "slug": slug}

    answer = logged_in().post("/admin/articles/page/add/", fields)

    assert 'class="errorlist"' in answer.content.decode()
    assert not Page.objects.exists()


@pytest.mark.parametrize(
    ("slug", "stored"), [("Київ!", "kiiv"), ("", "a-headline"), ("/a?b", "ab")]
)
def test_slug_of_a_piece_is_made_of_plain_letters(slug: str, stored: str) -> None:
    logged_in().post("/admin/articles/article/add/", typed(slug=slug))

    assert Article.objects.get().slug == stored


def test_slug_of_500_characters_is_refused_in_words() -> None:
    answer = logged_in().post("/admin/articles/article/add/", typed(slug="x" * 500))

    assert answer.status_code == 422
    assert "at most 100 characters" in answer.content.decode()
