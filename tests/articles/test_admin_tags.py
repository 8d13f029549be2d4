"""Tags at the desk: the list, the form, merging, likely duplicates."""

import re
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import FormerAddress, Tag, TagMerge
from articles.services import tagging
from newsroom.lib.dates import spoken
from tests.articles.test_admin_lists import n_queries
from tests.desk import logged_in
from tests.factories import make_article, make_published, make_tag

pytestmark = pytest.mark.django_db
TAGS = "/admin/articles/tag/"
MERGE = f"{TAGS}merge/"


@pytest.fixture
def admin() -> Client:
    return logged_in(role="administrator")


def save(client: Client, tag: Tag, **fields: Any) -> Any:
    stored = {"name": tag.name, "slug": tag.slug, "description": "", "other_names": ""}
    return client.post(f"{TAGS}{tag.pk}/change/", stored | fields)


def names(tag: Tag) -> list[str]:
    return [str(alias) for alias in tag.aliases.all()]


def test_list_says_how_much_and_when_a_tag_is_used(admin: Client) -> None:
    tag = make_tag("Kyiv")
    tagging.replace_aliases(tag, ["Kiev"])
    make_published(tags=[tag])
    make_article(tags=[tag])
    make_tag("unused")

    page = admin.get(TAGS).content.decode()

    assert re.findall(r'field-(pieces|other_names)">([^<]*)<', page) == [
        ("other_names", "Kiev"),
        ("pieces", "2"),
        ("other_names", ""),
        ("pieces", "0"),
    ]
    assert page.count("today ") == 1
    for query, found in [("?use=none", ["unused"]), ("?use=some", ["Kyiv"]), ("?q=kie", ["Kyiv"])]:
        page = admin.get(TAGS + query).content.decode()
        assert re.findall(r'change/[^"]*">([^<]+)</a></th>', page) == found


def test_list_says_when_the_newest_public_piece_of_a_tag_came_out(admin: Client) -> None:
    tag, now = make_tag("Kyiv"), timezone.now()
    make_article(tags=[tag])
    for days in (400, 300, 500, -2):
        make_published(tags=[tag], at=now - timedelta(days=days))

    page = admin.get(TAGS).content.decode()

    assert f'field-last_used">{spoken(now - timedelta(days=300))}</td>' in page


def test_renamed_tag_keeps_its_old_name_and_address(admin: Client) -> None:
    tag = make_tag("Kiev")
    make_article(tags=[tag])

    assert save(admin, tag, name="Kyiv", slug="", other_names="Kief").status_code == 302

    tag.refresh_from_db()
    assert (tag.name, tag.slug, names(tag)) == ("Kyiv", "kyiv", ["Kief", "Kiev"])
    assert FormerAddress.objects.of(tag).get().slug == "kiev"
    page = admin.get(f"{TAGS}{tag.pk}/change/").content.decode()
    assert 'value="Kief, Kiev"' in page
    assert "/topic/kiev/" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "NATO"}, "“nato” is a tag already"),
        ({"name": "Beijing"}, "means the tag “nato” already"),
        ({"name": "a, b"}, "A comma ends a name"),
        ({"other_names": "x, Nato"}, "“nato” is a tag already"),
        ({"other_names": "Beijing"}, "means the tag “nato” already"),
    ],
)
def test_name_that_means_another_tag_is_refused(
    admin: Client, fields: dict[str, str], words: str
) -> None:
    tagging.replace_aliases(make_tag("nato"), ["Beijing"])
    tag = make_tag("Kyiv")

    answer = save(admin, tag, **fields)

    assert words in answer.content.decode()
    tag.refresh_from_db()
    assert (tag.name, names(tag)) == ("Kyiv", [])


def test_merge_says_what_changes_then_changes_it_then_takes_it_back(admin: Client) -> None:
    tag, into = make_tag("Kiev"), make_tag("Kyiv")
    make_article(tags=[tag, into], kicker=tag)
    make_article(tags=[tag])

    asked = admin.get(MERGE, {"tag": tag.pk, "into_0": "kyiv", "into_1": ""})
    shown = admin.get(asked.headers["Location"]).content.decode()
    assert "2, of which 1 has “Kyiv” already" in shown
    assert Tag.objects.count() == 2
    done = admin.post(asked.headers["Location"], follow=True).content.decode()
    assert "“Kiev” is part of “Kyiv” now; 2 pieces changed." in done
    undo = re.search(rf"{MERGE}\d+/undo/", done)
    assert undo

    page = admin.post(undo[0], follow=True).content.decode()

    assert "“Kiev” is a tag of its own again." in page
    assert Tag.objects.get(name="Kiev").pk == tag.pk
    record = TagMerge.objects.get()
    assert (
        str(record.by)
        in admin.get(f"/admin/articles/tagmerge/{record.pk}/change/").content.decode()
    )


def test_merge_without_a_tag_to_merge_asks_for_one(admin: Client) -> None:
    tag = make_tag("Kyiv")

    for query in ("", f"?tag=x&into={tag.pk}", f"?tag={tag.pk}&into={tag.pk}", f"?tag={'9' * 30}"):
        assert "Choose a tag first" in admin.get(MERGE + query, follow=True).content.decode()
    unknown = admin.get(MERGE, {"tag": tag.pk, "into_0": "nobody", "into_1": ""})
    assert unknown.status_code == 422
    assert "No tag is called “nobody”" in unknown.content.decode()


@pytest.mark.parametrize("role", ["writer", "editor", "newsletter editor", "fundraiser"])
def test_others_merge_nothing(role: str) -> None:
    tag, into = make_tag("Kiev"), make_tag("Kyiv")
    [record] = tagging.merge([make_tag("Kief")], into, by=None)
    client = logged_in(role=role)

    asked = f"{MERGE}?tag={tag.pk}&into={into.pk}"
    answers = [client.get(asked), client.post(asked), client.post(f"{MERGE}{record.pk}/undo/")]
    answers.append(client.get("/admin/articles/tagmerge/"))

    assert {answer.status_code for answer in answers} == {403}
    assert Tag.objects.count() == 2
    page = client.get(f"{TAGS}{into.pk}/change/").content.decode()
    assert "Kief" in page
    assert "merge/" not in page


def test_nothing_is_undone_by_a_link(admin: Client) -> None:
    [record] = tagging.merge([make_tag("Kiev")], make_tag("Kyiv"), by=None)

    assert admin.get(f"{MERGE}{record.pk}/undo/").status_code == 405


def test_likely_duplicates_are_offered_the_most_used_first(admin: Client) -> None:
    few, many = make_tag("sanction"), make_tag("Sanctions")
    make_tag("nato")
    make_article(tags=[many])

    page = admin.get(f"{TAGS}duplicates/").content.decode()

    assert re.findall(r'aria-label="([^"]+)"( checked)?', page)[-4:] == [
        ("“Sanctions” stays", " checked"),
        ("Merge “Sanctions”", " checked"),
        ("“sanction” stays", ""),
        ("Merge “sanction”", " checked"),
    ]
    shown = admin.get(MERGE, {"tag": [few.pk, many.pk], "into": many.pk}).content.decode()
    assert "“sanction” becomes “Sanctions”" in shown
    assert 'name="into"' not in logged_in().get(f"{TAGS}duplicates/").content.decode()


def test_queries_of_tags_do_not_grow(admin: Client) -> None:
    tag = make_tag("Kyiv")
    form = f"{TAGS}{tag.pk}/change/"
    screens = [f"{TAGS}duplicates/", form, "/admin/articles/tagmerge/"]
    counts: list[list[int]] = []
    admin.get(form)  # the first look at a form asks for its content type
    for start in (0, 20):
        for n in range(start, start + 5 + start):
            make_tag(f"sanction{'s' * (n % 2)} of {n // 2}")
            tagging.merge([make_tag(f"merged {n}")], tag, by=None)
        counts.append([n_queries(partial(admin.get, path)) for path in screens])

    assert counts[0] == counts[1]
    assert max(counts[0]) <= 10


def test_completion_tells_the_other_names(admin: Client) -> None:
    tagging.replace_aliases(make_tag("Kyiv"), ["Kiev"])
    query = {"app_label": "articles", "model_name": "taggedarticle", "field_name": "tag"}

    [found] = admin.get("/admin/autocomplete/", query | {"term": "kie"}).json()["results"]

    assert (found["text"], found["also"]) == ("Kyiv", ["Kiev"])
    assert found["note"] == "also Kiev · 0 pieces"
