"""Who else has a piece open, told without a lock."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles import services, tasks
from articles.models import Article, Presence
from newsroom.models import User
from tests.desk import change, logged_in, typed
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def mary() -> User:
    return make_user(username="mary", first_name="Mary", last_name="Smith")


def call(client: Client, article: Article, **more: object) -> str:
    """What an open form is told."""
    sent = {"version": article.version, **more}
    answer = client.post(f"/admin/articles/article/{article.pk}/presence/", sent)
    assert answer.status_code in {200, 204}
    return answer.content.decode()


def test_others_are_named_with_the_time_at_which_they_came(mary: User) -> None:
    article, mine, hers = make_article(), logged_in(), logged_in(mary)

    assert call(mine, article) == ""
    call(hers, article)
    Presence.objects.filter(user=mary).update(opened_at=timezone.now() - timedelta(days=400))

    told = call(mine, article)
    assert told.startswith("Mary Smith has it open since ")
    assert told in mine.get(change(article)).content.decode()
    assert call(mine, make_article()) == ""


def test_several_are_named_in_one_sentence(mary: User) -> None:
    article = make_article()
    for user in (mary, make_user(username="bob", first_name="Bob", last_name="Ray")):
        call(logged_in(user), article)

    told = call(logged_in(), article)

    assert told.startswith("Mary Smith (since ")
    assert told.endswith(") have it open.")


def test_whoever_closes_the_piece_or_falls_silent_is_gone(mary: User) -> None:
    article, mine, hers = make_article(), logged_in(), logged_in(mary)
    call(hers, article)
    call(hers, article, gone="")
    assert call(mine, article) == ""

    call(hers, article)
    silent = timezone.now() - timedelta(seconds=76)
    Presence.objects.filter(user=mary).update(seen_at=silent, opened_at=silent)
    assert call(mine, article) == ""

    call(hers, article)
    assert Presence.objects.get(user=mary).opened_at > silent
    Presence.objects.update(seen_at=silent - timedelta(days=1))
    tasks.forget(0)
    assert not Presence.objects.exists()


def test_start_page_tells_who_writes_what(mary: User) -> None:
    call(logged_in(mary), make_article("A piece in the works"))

    page = logged_in().get("/admin/").content.decode()

    assert "A piece in the works" in page
    assert "Mary Smith, since today" in page


def test_save_of_somebody_else_is_told_before_ones_own(mary: User) -> None:
    article, mine, hers = make_article(), logged_in(), logged_in(mary)
    call(mine, article)
    hers.post(change(article), typed(article, headline="Hers"))

    told = call(mine, article)

    assert told.startswith("Mary Smith saved it ")
    assert told.endswith("; yours will be merged with that.")
    assert "saved it" not in call(hers, article)


def test_writer_whose_piece_has_moved_on_is_told() -> None:
    writer = make_user("writer")
    article, client = make_article(created_by=writer), logged_in(writer)
    call(client, article)
    services.submit(article, by=writer)

    answer = client.post(f"/admin/articles/article/{article.pk}/presence/")

    assert answer.status_code == 403
    assert "What you type is kept for you" in answer.content.decode()


def test_calling_needs_the_right_to_write_and_is_no_get() -> None:
    article = make_article(created_by=make_user("writer"))
    address = f"/admin/articles/article/{article.pk}/presence/"

    assert logged_in(role="writer").post(address).status_code == 403
    assert logged_in().get(address).status_code == 405
    assert logged_in().post("/admin/articles/article/0/presence/").status_code == 404
    assert not Presence.objects.exists()
