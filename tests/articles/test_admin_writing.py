from typing import Any

import pytest

from articles.models import Article, Contributor, Tag
from tests.desk import ADD, change, logged_in, rows, typed
from tests.factories import (
    make_article,
    make_contributor,
    make_format,
    make_photo,
    make_published,
    make_series,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_new_piece_is_a_draft_of_its_writer() -> None:
    user = make_user()

    response = logged_in(user).post(ADD, typed(headline="Peace talks, again?"))

    article = Article.objects.get()
    assert response.headers["Location"] == change(article)
    assert (article.status, article.created_by, article.slug) == (
        Article.Status.DRAFT,
        user,
        "peace-talks-again",
    )


def test_everything_that_hangs_on_a_piece_is_stored_in_order() -> None:
    ann, bob = make_contributor("Ann Able"), make_contributor("Bob Brown")
    other, third = make_published("Earlier piece"), make_published("Third piece")
    photo, genre, series = make_photo(), make_format(), make_series()

    logged_in().post(
        ADD,
        typed(tag_list="nato, ukraine war", kicker_name="ukraine war", photo=photo.pk)
        | {"format": genre.pk, "series": series.pk, "photo_caption": "Here."}
        | rows("bylines", contributor=[bob, ann], role=["", "Photos by"])
        | rows("related_links", article=[third, other]),
    )

    article = Article.objects.get(slug="a-headline")
    assert [str(byline) for byline in article.bylines.all()] == ["Bob Brown", "Photos by Ann Able"]
    assert [link.to_article for link in article.related_links.all()] == [third, other]
    assert {tag.name for tag in article.tags.all()} == {"nato", "ukraine war"}
    assert article.kicker == Tag.objects.get(name="ukraine war")
    assert (article.photo, article.format, article.series) == (photo, genre, series)


def test_row_that_was_emptied_goes() -> None:
    article = make_article(
        contributors=[make_contributor("Ann Able"), make_contributor("Bob Brown")]
    )

    logged_in().post(
        change(article),
        typed(article) | rows("bylines", contributor=["", "Bob Brown"], role=["", ""]),
    )

    assert [str(byline) for byline in article.bylines.all()] == ["Bob Brown"]


def test_contributor_is_found_by_name_whatever_the_capitals() -> None:
    ann = make_contributor("Ann Able")

    logged_in().post(ADD, typed() | rows("bylines", contributor=[" ann  able"], role=[""]))

    assert Article.objects.get().bylines.get().contributor == ann


def test_unknown_contributor_is_named_and_nothing_typed_is_lost() -> None:
    response = logged_in().post(ADD, typed() | rows("bylines", contributor=["Jo Doe"], role=["x"]))

    assert response.status_code == 422
    page = response.content.decode()
    assert "No contributor is called “Jo Doe”" in page
    assert 'value="Jo Doe"' in page
    assert "A headline" in page
    assert not Article.objects.exists()


def test_namesakes_are_told_apart_by_what_was_chosen() -> None:
    make_contributor("Ann Able")
    second = Contributor.objects.create(name="Ann Able", slug="ann-able-2")

    logged_in().post(ADD, typed() | rows("bylines", contributor=[second], role=[""]))
    response = logged_in().post(
        ADD, typed(headline="Other") | rows("bylines", contributor=["Ann Able"], role=[""])
    )

    assert Article.objects.get().bylines.get().contributor == second
    assert "More than one contributor is" in response.content.decode()


def test_piece_without_appeals_stays_so_until_somebody_lifts_it() -> None:
    article, client = make_article(), logged_in()

    client.post(change(article), typed(article, is_without_appeals="on"))
    article.refresh_from_db()
    assert article.is_without_appeals
    client.post(change(article), typed(article, headline="Another"))
    article.refresh_from_db()
    assert article.is_without_appeals
    sent = typed(article)
    del sent["is_without_appeals"]
    client.post(change(article), sent)

    article.refresh_from_db()
    assert not article.is_without_appeals


def test_piece_is_kept_from_others_until_somebody_gives_it_away_again() -> None:
    article, client = make_article(), logged_in()
    sent = typed(article)
    assert sent.pop("may_republish") == "on"

    client.post(change(article), sent)
    article.refresh_from_db()
    assert not article.may_republish
    client.post(change(article), typed(article, headline="Another"))

    article.refresh_from_db()
    assert not article.may_republish
    first, second, _ = article.revisions.order_by("version")
    assert (first.content["may_republish"], second.content["may_republish"]) == (True, False)


def test_revision_from_before_the_tick_differs_in_nothing_by_it() -> None:
    article, client = make_article(), logged_in()
    client.post(change(article), typed(article, headline="Another"))
    old = article.revisions.get(version=2)
    del old.content["may_republish"]
    old.save()
    article.refresh_from_db()

    client.post(change(article), typed(article))

    article.refresh_from_db()
    assert article.version == 2


def test_related_piece_can_be_named_by_its_address() -> None:
    other = make_published("Earlier piece")
    address = f"https://example.org{other.get_absolute_url()}"

    logged_in().post(ADD, typed() | rows("related_links", article=[address]))

    assert Article.objects.get(slug="a-headline").related_links.get().to_article == other


def test_piece_related_to_itself_is_refused() -> None:
    article = make_article()

    response = logged_in().post(
        change(article), typed(article) | rows("related_links", article=[article])
    )

    assert "cannot be related to itself" in response.content.decode()


def test_same_tag_in_other_capitals_is_the_same_tag() -> None:
    make_tag("NATO")

    logged_in().post(ADD, typed(tag_list="nato, Nato , new  one", kicker_name="nato"))

    article = Article.objects.get()
    assert {tag.name for tag in article.tags.all()} == {"NATO", "new one"}
    assert article.kicker
    assert article.kicker.name == "NATO"


def test_kicker_must_be_among_the_tags() -> None:
    response = logged_in().post(ADD, typed(tag_list="nato", kicker_name="syria"))

    assert "“syria” is not among the tags" in response.content.decode()


def test_typed_slug_is_made_plain_and_taken_ones_are_refused() -> None:
    make_article(slug="taken")
    client = logged_in()

    client.post(ADD, typed(slug="Łódź, again!"))
    taken = client.post(ADD, typed(headline="B", slug="taken"))
    empty = client.post(ADD, typed(headline="C", slug="?!"))

    assert Article.objects.filter(slug="lodz-again").exists()
    assert "Another piece has this address" in taken.content.decode()
    assert "can stand in an address" in empty.content.decode()


@pytest.mark.parametrize(
    ("headline", "status"),
    [
        ("x" * 500, 422),
        ("with \x00 in it", 422),
        ("", 422),
        ("Peace 🕊 now", 302),
        ("שלום and سلام", 302),
        ("<script>alert(1)</script>", 302),
        ("x" * 200, 302),
    ],
)
def test_odd_headlines_work_or_get_a_sentence(headline: str, status: int) -> None:
    client = logged_in()

    response = client.post(ADD, typed(headline=headline))

    assert response.status_code == status
    if status == 302:
        page = client.get(response.headers["Location"])
        assert page.status_code == 200
        assert b"<script>alert" not in page.content
    else:
        assert b"errorlist" in response.content


def test_nonsense_in_every_field_is_no_error_of_ours() -> None:
    hostile: dict[str, Any] = dict.fromkeys(typed(), "\ud7ff9999999999999999999")
    hostile |= rows("bylines", contributor=["\x00"], role=["y" * 300])
    hostile |= {"publish_at_0": "2024-02-31", "publish_at_1": "99:99"}

    assert logged_in().post(ADD, hostile).status_code == 422
