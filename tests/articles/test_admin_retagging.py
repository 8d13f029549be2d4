"""One tag for many pieces, from the list."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Revision, Tag, TaggedArticle
from articles.services import tagging
from newsroom.models import User
from tests.desk import change, logged_in, typed
from tests.factories import make_article, make_published, make_section, make_tag, make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"
RETAG = f"{LIST}tag/"


def retag(client: Client, *articles: Article, how: str = "add", **fields: Any) -> Any:
    form = {"pieces": ",".join(str(article.pk) for article in articles), "how": how}
    return client.post(RETAG, form | {"tag_0": "Kyiv", "tag_1": ""} | fields, follow=True)


def tags(article: Article) -> set[str]:
    return set(article.tags.values_list("name", flat=True))


def said(article: Article) -> tuple[set[str], Tag | None]:
    article.refresh_from_db()
    return tags(article), article.kicker


def five_hundred(by: User) -> list[Article]:
    section = make_section("Europe")
    return Article.objects.bulk_create(
        Article(headline=f"Piece {n}", slug=f"piece-{n}", section=section, created_by=by)
        for n in range(500)
    )


def test_list_asks_for_a_tag_and_shows_what_changes_first() -> None:
    kyiv, client = make_tag("Kyiv"), logged_in()
    one, two = make_article("One"), make_published("Two", tags=[kyiv])
    chosen = {"action": "tag_all", "index": 0, "_selected_action": [one.pk, two.pk]}

    asked = client.post(f"{LIST}?o=2", chosen).content.decode()
    shown = retag(client, one, two, place="o=2").content.decode()

    assert f'value="{one.pk},{two.pk}"' in asked
    assert 'name="place" value="o=2"' in asked
    assert "Add “Kyiv” to 1 piece?" in shown
    assert "1 has it already" in shown
    assert tags(one) == set()
    done = retag(client, one, two, place="o=2", sure="yes")
    assert done.redirect_chain == [(f"{LIST}?o=2", 302)]
    assert "“Kyiv” added to 1 piece." in done.content.decode()
    assert tags(one) == {"Kyiv"}


def test_all_that_fit_are_tagged_at_once() -> None:
    make_tag("Kyiv")
    for n in range(60):
        make_article(f"Piece {n}")
    first = Article.objects.latest("pk").pk
    chosen = {"action": "tag_all", "index": 0, "_selected_action": [first], "select_across": 1}

    page = logged_in().post(LIST, chosen).content.decode()

    assert "Tag 60 pieces" in page


def test_other_name_of_a_tag_gives_the_tag_and_an_unknown_one_is_refused() -> None:
    tagging.replace_aliases(make_tag("Kyiv"), ["Kiev"])
    article = make_article()

    retag(logged_in(), article, tag_0="KIEV", sure="yes")
    unknown = retag(logged_in(), article, tag_0="Nowhere", sure="yes")

    assert tags(article) == {"Kyiv"}
    assert unknown.status_code == 422
    assert "No tag is called “Nowhere”" in unknown.content.decode()


def test_removed_tag_is_no_kicker_either() -> None:
    kyiv, nato = make_tag("Kyiv"), make_tag("nato")
    article = make_article(tags=[kyiv, nato], kicker=kyiv)
    client = logged_in()

    shown = retag(client, article, how="remove").content.decode()
    retag(client, article, how="remove", sure="yes")

    assert "1 piece shows it above the headline" in shown
    assert said(article) == ({"nato"}, None)
    newest = article.revisions.newest_first()[0]
    assert (newest.version, newest.note) == (article.version, "Tag “Kyiv” removed")
    assert (newest.content["tags"], newest.content["kicker"]) == (["nato"], "")


def test_published_piece_shows_another_of_its_tags_or_keeps_the_removed_one() -> None:
    kyiv, nato = make_tag("Kyiv"), make_tag("nato")
    later = timezone.now() + timedelta(days=3)
    other = make_published(tags=[kyiv, nato, make_tag("asia")], kicker=kyiv)
    only = [make_published(tags=[kyiv], kicker=kyiv, at=at) for at in (None, later)]
    client = logged_in()

    shown = retag(client, other, *only, how="remove").content.decode()
    done = retag(client, other, *only, how="remove", sure="yes").content.decode()

    kept = "2 pieces keep it: it is their only kicker."
    assert "from 1 piece?" in shown
    assert kept in shown
    assert f"“Kyiv” removed from 1 piece. {kept}" in done
    assert said(other) == ({"nato", "asia"}, nato)
    assert other.revisions.newest_first()[0].content["kicker"] == "nato"
    assert [said(one) for one in only] == [({"Kyiv"}, kyiv)] * 2
    assert [one.version for one in only] == [2, 2]


def test_writer_tags_own_drafts_alone() -> None:
    make_tag("Kyiv")
    writer = make_user("writer")
    own, other = make_article(created_by=writer), make_article("Somebody's")

    page = retag(logged_in(writer), own, other, sure="yes").content.decode()

    assert (tags(own), tags(other)) == ({"Kyiv"}, set())
    assert "Not yours to change: “Somebody&#x27;s”." in page


@pytest.mark.parametrize("role", ["newsletter editor", "fundraiser"])
def test_others_tag_nothing(role: str) -> None:
    make_tag("Kyiv")
    article = make_article()

    assert retag(logged_in(role=role), article, sure="yes").status_code == 403
    assert tags(article) == set()


@pytest.mark.parametrize("pieces", ["", "x", "1,,2", "9" * 40])
def test_selection_that_is_none_is_refused_in_words(pieces: str) -> None:
    make_tag("Kyiv")

    answer = logged_in().post(RETAG, {"pieces": pieces, "how": "add", "tag_0": "Kyiv"})

    assert answer.status_code == 422
    assert logged_in().get(RETAG).status_code == 405


def test_save_of_a_piece_that_was_tagged_meanwhile_keeps_the_tag() -> None:
    make_tag("Kyiv")
    article = make_article("Old")
    form = typed(article, headline="New")
    retag(logged_in(), article, sure="yes")

    answer = logged_in().post(change(article), form)

    article.refresh_from_db()
    assert answer.status_code == 302
    assert (article.headline, tags(article)) == ("New", {"Kyiv"})


@pytest.mark.parametrize("how", ["add", "remove"])
def test_five_hundred_pieces_take_at_most_20_queries(how: str) -> None:
    editor = make_user()
    kyiv, pieces = make_tag("Kyiv"), five_hundred(editor)
    if how == "remove":
        TaggedArticle.objects.bulk_create(
            TaggedArticle(tag=kyiv, content_object=piece) for piece in pieces
        )
    change_all = tagging.add_to if how == "add" else tagging.remove_from

    with CaptureQueriesContext(connection) as asked:
        n_changed = change_all([piece.pk for piece in pieces], kyiv, by=editor)

    assert (n_changed, len(asked) <= 20) == (500, True)
    assert Revision.objects.filter(version=2, by=editor).count() == 500
    assert set(Article.objects.values_list("version", flat=True)) == {2}
    assert TaggedArticle.objects.count() == (500 if how == "add" else 0)


def test_second_change_of_five_hundred_pieces_takes_20_queries_with_its_request() -> None:
    editor = make_user()
    kyiv, pieces = make_tag("Kyiv"), five_hundred(editor)
    tagging.add_to([piece.pk for piece in pieces], kyiv, by=editor)
    client = logged_in(editor)
    form = {"pieces": ",".join(str(piece.pk) for piece in pieces), "how": "remove", "sure": "yes"}

    with CaptureQueriesContext(connection) as asked:
        client.post(RETAG, form | {"tag_0": "Kyiv", "tag_1": kyiv.pk})

    assert len(asked) <= 20
    assert set(Article.objects.values_list("version", flat=True)) == {3}
