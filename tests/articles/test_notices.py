"""Corrections and updates: made for good, shown where they belong, replaced by newer ones."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from articles import services
from articles.models import Article, Notice
from newsroom.models import User
from tests.desk import change, logged_in, typed
from tests.factories import make_article, make_published, make_user

pytestmark = pytest.mark.django_db
WORDS: dict[str, Any] = {
    "kind": "correction",
    "text": "It was <b>May</b>.",
    "reason": "A reader wrote",
}


def screen(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/notices/"


def make_notice(article: Article, **fields: str) -> Notice:
    return services.correct(article, **{**WORDS, **fields}, by=None)


def test_editor_corrects_a_public_piece() -> None:
    article, eve = make_published(), make_user()

    page = logged_in(eve).post(screen(article), WORDS, follow=True).content.decode()

    notice = article.notices.get()
    assert (notice.text, notice.place, notice.by) == ("It was <strong>May</strong>.", "foot", eve)
    assert notice.reason == "A reader wrote"
    assert "Correction published on the piece." in page
    assert "A reader wrote" not in Client().get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize("role", ["writer", "fundraiser", "newsletter editor"])
def test_others_correct_nothing(role: str) -> None:
    article, user = make_published(), make_user(role)

    assert logged_in(user).post(screen(article), WORDS).status_code == 403
    with pytest.raises(services.NotAllowed):
        services.correct(article, **WORDS, by=user)


def test_what_readers_do_not_see_is_not_corrected() -> None:
    ahead = make_published(at=timezone.now() + timedelta(days=1))
    killed = make_published()
    services.kill(killed, by=None, note="Wrong")

    for article in (make_article(), ahead, killed):
        assert logged_in().post(screen(article), WORDS).status_code == 422
        assert not article.notices.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": "  "}, "Say what was corrected."),
        ({"reason": " "}, "Say why; the log will need it."),
        ({"at_0": "2044-12-06", "at_1": "05:45"}, "This is still to come"),
        ({"kind": "nonsense"}, "nonsense is not one of the available choices"),
        ({"text": "x" * 9000}, "at most 2000 characters"),
    ],
)
def test_what_is_wrong_gets_a_sentence(fields: dict[str, str], sentence: str) -> None:
    article = make_published()

    response = logged_in().post(screen(article), WORDS | fields)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not article.notices.exists()


def test_update_needs_no_words() -> None:
    article = make_published()

    logged_in().post(screen(article), {"kind": "update", "reason": "New figures"})

    assert article.notices.get().place == "top"


def test_database_keeps_what_readers_have_seen() -> None:
    article = make_published()
    notice = make_notice(article)

    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(text="Never mind")
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        notice.delete()


def test_account_of_who_corrected_may_go() -> None:
    user = make_user()
    services.correct(make_published(), **WORDS, by=user)

    User.objects.filter(pk=user.pk).delete()

    assert Notice.objects.get().by is None


def test_newer_one_takes_the_place_of_an_older_and_both_are_kept() -> None:
    article, client = make_published(), logged_in()
    old = make_notice(article, text="It was June.")
    again = f"{screen(article)}{old.pk}/"
    assert "It was June." in client.get(again).content.decode()

    client.post(again, WORDS | {"place": "top"})

    new = article.notices.standing().get()
    assert (new.supersedes, new.place) == (old, "top")
    assert "It was June." in client.get(screen(article)).content.decode()
    for path in (article.get_absolute_url(), f"{article.get_absolute_url()}rest/", "/corrections/"):
        page = Client().get(path).content.decode()
        assert ("It was June." in page, "<strong>May</strong>" in page) == (False, True)


def test_one_notice_is_replaced_only_once() -> None:
    article = make_published()
    old = make_notice(article)
    services.correct(article, **WORDS, by=None, supersedes=old)

    with pytest.raises(services.Superseded):
        services.correct(article, **WORDS, by=None, supersedes=old)
    assert logged_in().get(f"{screen(article)}{old.pk}/").status_code == 404


def test_notice_stands_above_or_below_the_text() -> None:
    article = make_published(body="<p>THE TEXT</p>")
    make_notice(article, kind="update", text="ABOVE")
    make_notice(article, kind="clarification", text="BELOW")
    make_notice(article, kind="correction", place="top", text="ALSO ABOVE")

    whole = Client().get(article.get_absolute_url()).content.decode()
    page = whole.partition("<main")[2]  # machines read of corrections further up

    places = [page.index(words) for words in ("ALSO ABOVE", "THE TEXT", "BELOW")]
    assert places == sorted(places)
    assert page.index("ABOVE") < page.index("THE TEXT")


def test_writing_screen_shows_them_and_writes_none() -> None:
    article = make_published()
    make_notice(article)

    page = logged_in().get(change(article)).content.decode()

    assert "It was May." in page
    assert 'name="notices' not in page


def test_a_piece_changes_in_substance_by_its_notices_and_by_nothing_else() -> None:
    article = make_published()
    assert Article.objects.with_updated_at().get().updated_at == article.published_at

    logged_in().post(change(article), typed(article, headline="Its headline"))
    assert Article.objects.with_updated_at().get().updated_at == article.published_at

    notice = make_notice(article)
    assert Article.objects.with_updated_at().get().updated_at == notice.at
    before = notice.at - timedelta(seconds=1)
    assert Article.objects.with_updated_at(before).get().updated_at == article.published_at
