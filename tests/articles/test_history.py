"""What a piece said before: listed, compared, put back."""

from typing import Any

import pytest

from articles import comparing, services
from articles.models import Article, Revision
from articles.services import revising
from tests.desk import change, logged_in, rows, typed
from tests.factories import make_article, make_contributor, make_published, make_user

pytestmark = pytest.mark.django_db


def path(article: Article, screen: str) -> str:
    return f"/admin/articles/article/{article.pk}/{screen}/"


def saved(article: Article, **fields: object) -> None:
    article.refresh_from_db()
    answer = logged_in(make_user(first_name="Eve", last_name="Example")).post(
        change(article), typed(article, **fields)
    )
    assert answer.status_code == 302
    article.refresh_from_db()


@pytest.fixture
def article() -> Article:
    """Saved twice."""
    article = make_article("Peace talks", body="<p>One two three.</p><p>Four.</p>")
    saved(article, tag_list="war", body="<p>One two four.</p><p>Four.</p>")
    saved(article, headline="Peace talks fail", tag_list="peace")
    return article


def test_history_tells_saves_and_steps_newest_first(article: Article) -> None:
    services.submit(article, by=make_user(first_name="Will", last_name="Writer"), note="Ready?")

    page = logged_in().get(path(article, "history")).content.decode()

    said = ["Sent to review", "by Will Writer", "“Ready?”", "Headline, tags", "by Eve Example"]
    said += ["Body, tags", "First text", "As it was found"]
    places = [page.index(words) for words in said]
    assert places == sorted(places)


def test_changes_are_shown_word_by_word(article: Article) -> None:
    kept = Revision.objects.order_by("version")
    pair = {"old": kept[0].pk, "new": kept[1].pk}

    page = logged_in().get(path(article, "compare"), pair).content.decode()

    assert "One two <del>three.</del> <ins>four.</ins>" in page
    assert "1 paragraph unchanged" in page
    assert "<ins>war</ins>" in page


def test_by_default_the_last_change_is_shown(article: Article) -> None:
    page = logged_in().get(path(article, "compare")).content.decode()

    assert "Peace talks <ins>fail</ins>" in page
    assert "<del>war</del> <ins>peace</ins>" in page
    assert "Put version" not in page


def put_back(article: Article, revision: Revision) -> Any:
    """The answer to somebody who has just looked at the newest text."""
    seen = Article.objects.get(pk=article.pk).version
    sent = {"revision": revision.pk, "version": seen}
    return logged_in().post(path(article, "restore"), sent, follow=True)


def test_text_that_was_saved_meanwhile_is_not_put_out_of_sight(article: Article) -> None:
    first = Revision.objects.earliest("version")
    sent = {"revision": first.pk, "version": article.version}
    saved(article, headline="Saved meanwhile")

    answer = logged_in().post(path(article, "restore"), sent, follow=True)

    assert "the piece has been saved since" in answer.content.decode()
    article.refresh_from_db()
    assert article.headline == "Saved meanwhile"


def test_putting_back_makes_a_new_version(article: Article) -> None:
    first = Revision.objects.earliest("version")

    put_back(article, first)

    article.refresh_from_db()
    assert (article.headline, list(article.tags.all())) == ("Peace talks", [])
    assert "three" in article.body
    newest = article.revisions.newest_first()[0]
    assert (newest.version, newest.note) == (article.version, "Version 1 again")
    assert newest.content == first.content


def test_what_is_no_longer_there_is_told(article: Article) -> None:
    author = make_contributor("Ann Able")
    saved(article, **rows("bylines", contributor=[author], role=[""]))
    saved(article, **rows("bylines", contributor=[], role=[]))
    author.delete()
    wanted = article.revisions.newest_first()[1]

    answer = put_back(article, wanted)

    assert "No longer there, and so left out: Ann Able." in answer.content.decode()


def test_address_of_a_published_piece_stays_when_a_text_is_put_back() -> None:
    article = make_published("Old words")
    saved(article, headline="New words")
    first = article.revisions.earliest("version")
    address = article.get_absolute_url()

    put_back(article, first)

    article.refresh_from_db()
    assert (article.headline, article.get_absolute_url()) == ("Old words", address)


def test_nothing_that_readers_would_miss_is_put_back() -> None:
    article = make_published("Whole", body="")
    saved(article, body="<p>All of it.</p>")

    answer = put_back(article, article.revisions.earliest("version"))

    article.refresh_from_db()
    assert article.body == "<p>All of it.</p>"
    assert "Not put back, as readers would miss something. Add a body." in answer.content.decode()


def test_what_readers_miss_already_keeps_nothing_from_being_put_back() -> None:
    article = make_published("Old words", kicker=None)
    saved(article, headline="New words")

    put_back(article, article.revisions.earliest("version"))

    article.refresh_from_db()
    assert article.headline == "Old words"


@pytest.mark.parametrize("screen", ["history", "compare"])
def test_past_is_seen_by_editors_and_its_own_writer(screen: str) -> None:
    writer = make_user("writer")
    article = make_article(created_by=writer)
    revising.begin([article])
    clients = [logged_in(writer), logged_in(), logged_in(role="writer")]
    clients += [logged_in(role="fundraiser"), logged_in(role="newsletter editor")]

    answers = [client.get(path(article, screen)).status_code for client in clients]

    assert answers == [200, 200, 403, 403, 403]


def test_who_may_not_change_a_piece_puts_nothing_back() -> None:
    writer = make_user("writer")
    article = make_published("Now", created_by=writer)
    revising.begin([article])
    first = article.revisions.get()

    assert (
        logged_in(writer).post(path(article, "restore"), {"revision": first.pk}).status_code == 403
    )
    assert logged_in().get(path(article, "restore")).status_code == 405


def test_revision_of_another_piece_is_not_put_back(article: Article) -> None:
    other = make_article()
    revising.begin([other])

    answer = logged_in().post(path(article, "restore"), {"revision": other.revisions.get().pk})

    assert answer.status_code == 404


@pytest.mark.parametrize("asked", ["?old=x", "?new=99999999999999999999", "?new=%00"])
def test_absurd_questions_get_a_page(article: Article, asked: str) -> None:
    assert logged_in().get(path(article, "compare") + asked).status_code == 200


def test_links_and_formatting_count_as_changes() -> None:
    [moved] = comparing.body_rows('<p><a href="/a/">Word</a></p>', '<p><a href="/b/">Word</a></p>')
    [bold] = comparing.body_rows("<p>Word</p>", "<p><strong>Word</strong></p>")

    assert "<del>(/a/)</del> <ins>(/b/)</ins>" in moved.html
    assert "set in another way" in bold.html


def test_paragraph_put_between_others_is_told_from_rewritten_ones() -> None:
    old = "<p>The first paragraph says this.</p><p>The last one says that.</p>"
    new = "<p>The first paragraph says this now.</p><p>Quite new</p><p>The last one says that.</p>"

    found = [row.html or row.n for row in comparing.body_rows(old, new)]

    assert found == [
        "The first paragraph says <del>this.</del> <ins>this now.</ins>",
        "<ins>Quite new</ins>",
        1,
    ]


def test_markup_in_texts_is_shown_and_not_run() -> None:
    [found] = comparing.differences(
        {"headline": "A", "tags": [], "bylines": [], "related": []},
        {"headline": "<script>x</script>", "tags": [], "bylines": [], "related": []},
    )

    assert "&lt;script&gt;" in found.html
