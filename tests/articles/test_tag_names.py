"""What tags are called: new ones, other names, new names."""

import pytest

from articles import services
from articles.models import Article, Tag, TagAlias
from articles.services import tagging
from tests.desk import ADD, change, logged_in, typed
from tests.factories import make_article, make_tag

pytestmark = pytest.mark.django_db


def aliased(name: str, *others: str) -> Tag:
    tag = make_tag(name)
    tagging.replace_aliases(tag, list(others))
    return tag


def tags(article: Article) -> list[str]:
    return [tag.name for tag in article.tags.all()]


def test_other_name_that_is_typed_gives_the_tag() -> None:
    aliased("Kyiv", "Kiev")

    logged_in().post(ADD, typed(tag_list="KIEV, new one, Kyiv, nato", kicker_name="KIEV"))

    article = Article.objects.get()
    assert tags(article) == ["Kyiv", "new one", "nato"]
    assert str(article.kicker) == "Kyiv"
    assert article.revisions.get().content["tags"] == ["Kyiv", "nato", "new one"]


def test_tags_are_found_whatever_their_capitals_with_three_queries(
    django_assert_num_queries: object,
) -> None:
    made = [make_tag(name) for name in ("Łódź", "nato", "Київ")]

    with django_assert_num_queries(3):  # type: ignore[operator]
        found = services.tags_named(["ŁÓDŹ", "NATO", "київ"])

    assert list(found.values()) == made


def test_new_name_stands_on_every_piece_and_the_old_one_goes_on_meaning_it() -> None:
    tag = make_tag("Kiev")
    article = make_article(tags=[tag, make_tag("nato")], kicker=tag)

    assert tagging.rename(tag, "Kyiv", by=None) == 1

    article.refresh_from_db()
    before, after = article.revisions.order_by("version")
    assert (article.version, after.version) == (2, 2)
    assert (before.content["tags"], after.content["tags"]) == (["Kiev", "nato"], ["Kyiv", "nato"])
    assert after.content == before.content | {"tags": ["Kyiv", "nato"], "kicker": "Kyiv"}
    assert after.note == "Tag “Kiev” is called “Kyiv” now"
    assert services.tags_named(["kiev"])["kiev"] == tag


def test_name_that_is_given_back_is_no_other_name_any_more() -> None:
    tag = make_tag("Kiev")
    for name in ("Kyiv", "Kiev", "KIEV"):
        tagging.rename(tag, name, by=None)

    assert (tag.name, [str(alias) for alias in tag.aliases.all()]) == ("KIEV", ["Kyiv"])


def test_names_that_mean_another_tag_are_refused() -> None:
    tag = aliased("Ukraine", "Ukraina")
    aliased("Kyiv", "Kiev")

    for name, words in [("kyiv", "a tag already"), ("KIEV", "means the tag “Kyiv”")]:
        with pytest.raises(tagging.NameTaken, match=words):
            tagging.rename(tag, name, by=None)
        with pytest.raises(tagging.NameTaken, match=words):
            tagging.replace_aliases(tag, [name])
    assert [str(alias) for alias in tag.aliases.all()] == ["Ukraina"]


def test_piece_opened_before_a_tag_was_renamed_keeps_it_when_it_is_saved() -> None:
    tag = make_tag("Kiev")
    article = make_article(tags=[tag])
    form = typed(article)
    tagging.rename(tag, "Kyiv", by=None)

    logged_in().post(change(article), form | {"version": 2})

    assert tags(article) == ["Kyiv"]
    assert Tag.objects.count() == 1


def test_other_names_go_with_their_tag() -> None:
    aliased("Kyiv", "Kiev").delete()

    assert not TagAlias.objects.exists()
