"""Two tags become one, and one becomes two again."""

from typing import Any

import pytest
from django.core import serializers
from django.test import Client

from articles import services
from articles.models import (
    Article,
    FormerAddress,
    PartnerFeed,
    Tag,
    TagAlias,
    TaggedArticle,
    TagMerge,
    TopicBox,
)
from articles.services import addresses, tagging
from donations.models import Appeal, Rules
from tests.desk import change, logged_in, typed
from tests.factories import make_article, make_published, make_tag, make_user
from tests.factories_donations import make_appeal, make_live, make_rules, rebuild

pytestmark = pytest.mark.django_db
KEPT: list[Any] = [Tag, TagAlias, TaggedArticle, TopicBox, FormerAddress, Appeal, Rules]
KEPT.append(PartnerFeed)


def everything() -> Any:
    """All that a merge may touch, but for what counts saves."""
    rows = [serializers.serialize("json", model.objects.order_by("pk")) for model in KEPT]
    pieces = Article.objects.order_by("pk").values_list("pk", "kicker", "headline", "body")
    return rows, list(pieces)


@pytest.fixture
def kiev() -> Tag:
    """A tag on pieces of every kind, in a box, in an appeal, with a past."""
    kiev, kyiv, nato = make_tag("Kiev"), make_tag("Kyiv"), make_tag("nato")
    make_article("Alone", tags=[kiev, nato], kicker=kiev)
    make_published("Both", tags=[kiev, kyiv], kicker=nato)
    make_article("Kicker alone", tags=[kyiv], kicker=kiev)
    make_article("Neither", tags=[nato])
    TopicBox.objects.create(title="Capital", tag=kiev)
    TopicBox.objects.create(title="Other", tag=kyiv)
    PartnerFeed.objects.create(name="Wire").tags.set([kiev])
    PartnerFeed.objects.create(name="Both").tags.set([kiev, kyiv])
    tagging.replace_aliases(kiev, ["Kief", "Kiew"])
    kiev.slug, kiev.description = "capital", "A city."
    addresses.save(kiev, by=None)
    make_live(only_tags=["capital", "kyiv", "nato"])
    make_appeal(name="Other", not_tags=["capital"])
    make_rules(no_tags=["capital", "kyiv"])
    rebuild()
    return kiev


def merge(tag: Tag, into: str = "Kyiv") -> TagMerge:
    [record] = tagging.merge([tag], Tag.objects.get(name=into), by=make_user("administrator"))
    return record


def piece(headline: str) -> Article:
    return Article.objects.get(headline=headline)


def said(headline: str) -> tuple[Any, ...]:
    """The version of a piece, and what its newest revision says."""
    article = piece(headline)
    newest = article.revisions.newest_first()[0]
    return article.version, newest.version, newest.content["tags"], newest.content["kicker"]


def test_merged_tag_is_the_other_one_everywhere(kiev: Tag, client: Client) -> None:
    merge(kiev)

    kyiv = Tag.objects.get(name="Kyiv")
    assert not Tag.objects.filter(pk=kiev.pk).exists()
    assert TaggedArticle.objects.filter(tag=kyiv).count() == 3
    assert Article.objects.filter(kicker=kyiv).count() == 2
    assert TopicBox.objects.filter(tag=kyiv).count() == 2
    assert [list(feed.tags.all()) for feed in PartnerFeed.objects.all()] == [[kyiv], [kyiv]]
    assert {str(alias) for alias in kyiv.aliases.all()} == {"Kief", "Kiew", "Kiev"}
    assert Appeal.objects.get(name="Other").not_tags == ["kyiv"]
    assert Rules.current().no_tags == ["kyiv"]
    for slug in ("kiev", "capital"):
        assert client.get(f"/topic/{slug}/").headers["Location"] == "/topic/kyiv/"
    assert set(services.tags_named(["KIEV", "kief"]).values()) == {kyiv}


def test_pieces_of_a_merged_tag_get_a_revision_each(kiev: Tag) -> None:
    before = piece("Both").version
    merge(kiev)

    assert said("Alone") == (2, 2, ["Kyiv", "nato"], "Kyiv")
    assert said("Both") == (before + 1, before + 1, ["Kyiv"], "nato")
    assert said("Kicker alone") == (2, 2, ["Kyiv"], "Kyiv")
    assert piece("Neither").version == 1
    first = piece("Alone").revisions.get(version=1)
    assert first.content["tags"] == ["Kiev", "nato"]
    assert piece("Alone").revisions.get(version=2).note == "Tag “Kiev” merged into “Kyiv”"


def test_undone_merge_leaves_everything_byte_for_byte_as_it_was(kiev: Tag) -> None:
    before = everything()
    record = merge(kiev)
    assert everything() != before

    assert tagging.part(record, by=None) == 0

    assert everything() == before
    assert said("Alone") == (3, 3, ["Kiev", "nato"], "Kiev")


def test_what_was_changed_since_stays_when_a_merge_is_undone(kiev: Tag) -> None:
    record = merge(kiev)
    article = piece("Alone")
    logged_in().post(change(article), typed(article, tag_list="nato", kicker_name="nato"))
    nato = Tag.objects.get(name="nato")
    TopicBox.objects.filter(title="Capital").update(tag=nato)
    Rules.objects.update(no_tags=["nato"])

    assert tagging.part(record, by=None) == 1

    assert said("Alone")[2:] == (["nato"], "nato")
    assert said("Both")[2:] == (["Kiev", "Kyiv"], "nato")
    assert TopicBox.objects.get(title="Capital").tag == nato
    assert Rules.current().no_tags == ["nato"]


def test_merges_are_undone_the_last_one_first(kiev: Tag, client: Client) -> None:
    before = everything()
    first = merge(kiev)
    second = merge(Tag.objects.get(name="Kyiv"), into="nato")
    assert client.get("/topic/kiev/").headers["Location"] == "/topic/nato/"

    with pytest.raises(tagging.CannotPart, match="“Kyiv” is no longer there"):
        tagging.part(first, by=None)
    tagging.part(second, by=None)
    tagging.part(first, by=None)

    assert everything() == before
    with pytest.raises(tagging.CannotPart, match="undone already"):
        tagging.part(first, by=None)


def test_merges_into_one_tag_are_undone_the_last_one_first(kiev: Tag) -> None:
    nato = Tag.objects.get(name="nato")
    before = everything()
    first, second = merge(kiev), merge(nato)

    with pytest.raises(tagging.CannotPart, match="“nato” was merged into “Kyiv” later"):
        tagging.part(first, by=None)
    assert [tagging.part(one, by=None) for one in (second, first)] == [0, 0]

    assert everything() == before


def test_merge_is_not_undone_where_its_name_or_address_is_taken(kiev: Tag) -> None:
    record = merge(kiev)
    other = Tag.objects.create(name="Other", slug="capital")
    with pytest.raises(tagging.CannotPart, match="has the address “capital”"):
        tagging.part(record, by=None)
    Tag.objects.filter(pk=other.pk).update(slug="other")
    TagAlias.objects.named(["kiev"]).update(tag=other)
    with pytest.raises(tagging.CannotPart, match="“Kiev” means the tag “Other”"):
        tagging.part(record, by=None)
    Tag.objects.filter(pk=other.pk).update(name="KIEV")
    with pytest.raises(tagging.CannotPart, match="new tag “Kiev”"):
        tagging.part(record, by=None)


def test_tag_whose_name_means_another_one_is_merged_and_parted(kiev: Tag) -> None:
    TagAlias.objects.create(name="KIEV", tag=Tag.objects.get(name="nato"))
    before = everything()

    record = merge(kiev)
    assert set(services.tags_named(["Kiev"]).values()) == {Tag.objects.get(name="Kyiv")}
    tagging.part(record, by=None)

    assert everything() == before


def test_tag_that_is_gone_or_the_same_is_not_merged(kiev: Tag) -> None:
    merge(kiev)

    for tag, into in [(kiev, "Kyiv"), (Tag.objects.get(name="nato"), "nato")]:
        with pytest.raises(tagging.CannotMerge):
            merge(tag, into)
    assert TagMerge.objects.count() == 1


def test_several_tags_are_merged_together_or_not_at_all(kiev: Tag) -> None:
    kyiv, nato, gone = Tag.objects.get(name="Kyiv"), Tag.objects.get(name="nato"), make_tag("Gone")
    Tag.objects.filter(pk=gone.pk).delete()
    before = everything()

    with pytest.raises(tagging.CannotMerge, match="“Gone” is no longer there"):
        tagging.merge([kiev, gone], kyiv, by=None)

    assert everything() == before
    assert len(tagging.merge([kiev, nato], kyiv, by=None)) == 2
