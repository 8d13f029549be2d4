"""What the database notes of each change, whoever makes it and by whatever means."""

from hashlib import sha256
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.models import Model

from articles import services
from articles.models import Article, Byline, FrontPage, Tag, TaggedArticle
from newsroom.models import AuditEntry, Publication
from tests.desk import ADD, change, logged_in, rows, typed
from tests.factories import (
    make_article,
    make_contributor,
    make_photo,
    make_published,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db


def noted(*of: Model) -> list[tuple[str, str, Any, Any]]:
    """What was done to these, oldest first: action, part, before, after."""
    pks = [entry.pk for one in of for entry in AuditEntry.objects.of(one)]
    fields = ("action", "part", "before", "after")
    return list(AuditEntry.objects.filter(pk__in=pks).order_by("pk").values_list(*fields))


def since(one: Model, n_before: int) -> list[tuple[str, str, Any, Any]]:
    return noted(one)[n_before:]


def test_save_at_the_desk_is_one_entry_with_who_and_what() -> None:
    editor, article = make_user(), make_article("Old")
    was = len(noted(article))

    logged_in(editor).post(change(article), typed(article, headline="New"))

    assert since(article, was) == [("changed", "", {"headline": "Old"}, {"headline": "New"})]
    entry = AuditEntry.objects.of(article)[0]
    assert (entry.actor, entry.name, entry.kind) == (editor, "New", "articles_article")


def test_save_that_changes_nothing_is_not_noted() -> None:
    article = make_article(tags=["one", "two"], contributors=[make_contributor()])
    was = noted(article)

    assert logged_in().post(change(article), typed(article)).status_code == 302

    assert noted(article) == was


def test_new_piece_is_noted_with_all_that_it_holds() -> None:
    ann = make_contributor("Ann Able")
    logged_in().post(ADD, typed(tag_list="ukraine") | rows("bylines", contributor=[ann], role=[""]))

    (piece, *hanging) = noted(Article.objects.get())
    assert piece[:3] == ("added", "", {})
    assert piece[3]["headline"] == "A headline"
    assert not {"version", "saved_at", "n_words", "photo_caption"} & set(piece[3])
    assert {part for _, part, _, _ in hanging} == {"articles_taggedarticle", "articles_byline"}


def test_of_a_body_length_and_hash_are_noted() -> None:
    article = make_article(body="<p>Ä.</p>")
    Article.objects.filter(pk=article.pk).update(body="<p>Other.</p>")

    _, _, before, after = noted(article)[-1]
    digest = sha256("<p>Ä.</p>".encode()).hexdigest()
    assert before == {"body": {"length": 9, "sha256": digest}}
    assert after["body"]["length"] == 13


def test_each_step_of_a_piece_is_one_entry() -> None:
    editor, article = make_user(), make_article()
    was = len(noted(article))

    services.submit(article, by=editor)
    services.return_to_writer(article, by=editor, note="Shorter, please.")

    steps = [(before["status"], after["status"]) for _, _, before, after in since(article, was)]
    assert steps == [("draft", "review"), ("review", "draft")]


def test_update_of_many_is_noted_for_each() -> None:
    articles = [make_article(), make_article(), make_article()]
    was = len(noted(*articles))

    Article.objects.update(deck="Another.")

    expected = [("changed", "", {"deck": "What it says."}, {"deck": "Another."})] * 3
    assert noted(*articles)[was:] == expected


def test_raw_sql_is_noted_even_where_it_exchanges_ids() -> None:
    tag = make_tag("nato")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_tag SET id = id + 1000, name = 'otan'")

    moved = Tag.objects.get()
    assert [entry[0] for entry in noted(tag)] == ["added", "deleted"]
    assert [entry[0] for entry in noted(moved)] == ["added"]


def test_what_hangs_on_a_thing_is_noted_with_it() -> None:
    article, tag, ann = make_article(), make_tag(), make_contributor()
    was = len(noted(article))

    TaggedArticle.objects.bulk_create([TaggedArticle(content_object=article, tag=tag)])
    Byline.objects.create(article=article, contributor=ann).delete()

    assert [(action, part) for action, part, _, _ in since(article, was)] == [
        ("added", "articles_taggedarticle"),
        ("added", "articles_byline"),
        ("deleted", "articles_byline"),
    ]


def test_deleted_thing_leaves_all_that_it_held() -> None:
    photo = make_photo(caption="Hills")
    (_, _, _, held) = noted(photo)[0]

    photo_id = photo.pk
    photo.delete()

    entry = AuditEntry.objects.filter(kind="articles_photo", object_id=photo_id)[0]
    assert (entry.action, entry.name, entry.before, entry.after) == ("deleted", "Hills", held, {})


def test_passwords_and_logins_stay_out() -> None:
    user = make_user()
    was = len(noted(user))

    logged_in(user)
    user.set_password("something else")
    user.save()

    secret = {"password": "secret"}
    assert since(user, was) == [("changed", "", secret, secret)]


def test_rights_are_noted_with_the_account_and_the_role() -> None:
    user, role = make_user("editor"), Group.objects.get(name="editor")
    may = Permission.objects.get(codename="view_limit")

    role.permissions.add(may)
    user.user_permissions.add(may)

    held = {"permission_id": may.pk}
    assert noted(role)[-1][1:] == ("auth_group_permissions", {}, held | {"group_id": role.pk})
    assert noted(user)[-1][3] == held | {"user_id": user.pk}


def test_front_page_is_noted_with_its_stories() -> None:
    front, (lead, second) = FrontPage.objects.get(), [make_published(), make_published()]
    named = {"lead_0": str(lead), "lead_1": lead.pk}

    logged_in().post("/admin/articles/frontpage/1/change/", named | rows("picks", article=[second]))

    (own, pick) = noted(front)[-2:]
    assert own == ("changed", "", {}, {"lead_id": lead.pk})
    assert (pick[1], pick[3]["article_id"]) == ("articles_frontpagepick", second.pk)


def test_links_that_stay_are_not_noted_again() -> None:
    publication = Publication.objects.get()
    client = logged_in(role="administrator")
    fields = {"name": "M", "time_zone": "UTC"}
    address = "/admin/newsroom/publication/1/change/"
    links = {"label": ["A", "B"], "url": ["https://a.example", "https://b.example"]}
    client.post(address, fields | rows("social", **links))
    was = len(noted(publication))

    client.post(address, fields | rows("social", label=["B"], url=["https://b.example"]))

    assert [entry[0] for entry in since(publication, was)] == ["deleted", "changed"]
