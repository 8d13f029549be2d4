"""Reading the audit: all of it, narrowed down, and the history of one thing."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Tag, TaggedArticle
from newsroom.audit.paging import A_PAGE
from newsroom.models import AuditEntry, Publication
from tests.audit import make_entries
from tests.desk import change, logged_in, rows, typed
from tests.factories import (
    make_article,
    make_contributor,
    make_section,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db
ALL = "/admin/newsroom/auditentry/"
NAMES = ("Piece by Ann", "Piece of Ann", "tag of Bob")


@pytest.fixture
def admin() -> Client:
    return logged_in(make_user("administrator", username="boss"))


def text(answer: Any) -> str:
    """What people read of a page, in one line."""
    return " ".join(answer.content.decode().split())


def of(one: Model) -> str:
    """What happened to it, among all."""
    return f"{ALL}?what={one._meta.db_table}&object={one.pk}"  # noqa: SLF001  # public


def history(one: Model) -> str:
    return f"/admin/articles/{one._meta.model_name}/{one.pk}/history/"  # noqa: SLF001  # public


def test_audit_says_who_changed_what_from_what_to_what(admin: Client) -> None:
    ann = make_contributor("Ann Able")
    article = make_article("Old", tags=["nato"], section=make_section("Europe"))
    fields = {"headline": "New", "section": make_section("Asia").pk, "tag_list": "budget"}
    sent = typed(article) | fields | rows("bylines", contributor=[ann], role=["Photos by"])

    admin.post(change(article), sent)

    page = text(admin.get(of(article)))
    assert "<b>boss</b> changed the piece" in page
    for before, after in [("Old", "New"), ("Europe", "Asia")]:
        assert f"<del>{before}</del>" in page
        assert f"<ins>{after}</ins>" in page
    assert "<del>nato</del>" in page
    assert "<ins>budget</ins>" in page
    assert "<ins>Ann Able, Photos by</ins>" in page


def test_history_of_a_piece_leads_there(admin: Client) -> None:
    article = make_article()
    assert of(article) in text(admin.get(history(article))).replace("&amp;", "&")
    assert ALL not in text(logged_in().get(history(article)))


def test_what_is_gone_keeps_its_name(admin: Client) -> None:
    article, tag = make_article(), make_tag("iraq war")
    TaggedArticle.objects.create(content_object=article, tag=tag).delete()
    tag.delete()

    assert "iraq war" in text(admin.get(of(article)))
    assert "deleted the tag <cite>iraq war</cite>" in text(admin.get(ALL))


def test_account_that_is_gone_keeps_its_name(admin: Client) -> None:
    user, article = make_user("editor", username="goner"), make_article()
    logged_in(user).post(change(article), typed(article, headline="New"))
    user.delete()

    assert "<b>goner</b> changed" in text(admin.get(of(article)))


def test_program_is_named_where_nobody_was_logged_in(admin: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL application_name = 'newsroom seed'")
        tag = make_tag("by seed")
        cursor.execute("SET LOCAL application_name = 'psql'")
        make_tag("by hand")

    assert "<b>Command seed</b> added this tag" in text(admin.get(history(tag)))
    assert "<b>psql</b> added the tag" in text(admin.get(ALL))


def test_text_is_escaped(admin: Client) -> None:
    make_tag("<script>alert(1)</script>")

    assert "<script>alert(1)" not in text(admin.get(ALL))


def test_of_a_long_text_the_difference_is_shown(admin: Client) -> None:
    words = [f"word{number}" for number in range(200)]
    tag = make_tag("nato")
    for changed in (words, [*words[:100], "other", *words[101:]]):
        Tag.objects.filter(pk=tag.pk).update(description=" ".join(changed))

    page = text(admin.get(history(tag)))
    (gone,) = re.findall("<del>(.*?)</del>", page)
    assert "word100" in gone
    assert len(gone) < 100


@pytest.fixture
def deeds() -> dict[str, Any]:
    """A tag and a piece by two people on two days; both things are there to be looked for."""
    ann, bob = make_user("editor"), make_user("administrator")
    article = make_article("Piece by Ann", created_by=ann)
    logged_in(ann).post(change(article), typed(article, headline="Piece of Ann"))
    logged_in(bob).post("/admin/articles/tag/add/", {"name": "tag of Bob", "slug": "bob"})
    return {"ann": ann, "bob": bob, "article": article}


@pytest.mark.parametrize(
    ("question", "seen"),
    [
        ("", {"Piece by Ann", "Piece of Ann", "tag of Bob"}),
        ("who={ann.pk}", {"Piece of Ann"}),
        ("who={bob.pk}", {"tag of Bob"}),
        ("who=0", {"Piece by Ann"}),
        ("what=articles_tag", {"tag of Bob"}),
        ("what=articles_article&object={article.pk}&action=changed", {"Piece of Ann"}),
        ("what=articles_article&object=12345678", set()),
        ("action=deleted", set()),
    ],
)
def test_audit_is_narrowed_down(
    admin: Client, deeds: dict[str, Any], question: str, seen: set[str]
) -> None:
    page = text(admin.get(f"{ALL}?{question.format(**deeds)}"))

    assert {name for name in NAMES if f"{name}</a> <time" in page} == seen


def test_day_is_one_of_the_publication(admin: Client) -> None:
    Publication.objects.update(time_zone="America/New_York")
    for hour in (4, 5):  # midnight in New York is 5:00 UTC in winter
        make_entries(1, at=datetime(2044, 12, 6, hour, tzinfo=UTC), name=f"at {hour}")

    page = text(admin.get(f"{ALL}?day=2044-12-06"))

    assert "at 5" in page
    assert "at 4" not in page


@pytest.mark.parametrize(
    "question", ["day=x", "day=9999-12-31", "who=x", "who=9" * 20, "what=pg_class", "object=1e9"]
)
def test_odd_questions_are_answered(admin: Client, question: str) -> None:
    assert admin.get(f"{ALL}?what=articles_tag&{question}").status_code in {200, 400, 422}


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, ""])
def test_odd_places_show_the_newest(admin: Client, before: str) -> None:
    make_entries(1, name="The newest")
    assert "The newest" in text(admin.get(ALL, {"before": before}))


def test_pages_hold_everything_once(admin: Client) -> None:
    tag = make_tag()
    for number in range(A_PAGE + 1):
        after = {"name": f"Version {number}."}
        make_entries(1, kind="articles_tag", object_id=tag.pk, after=after)

    first = text(admin.get(history(tag)))
    older = re.findall(r"before=(\d+)\"", first)
    second = text(admin.get(history(tag), {"before": older[0]}))

    versions = re.findall("Version [0-9]+[.]", first + second)
    assert versions == [f"Version {number}." for number in reversed(range(A_PAGE + 1))]


def test_page_takes_as_many_queries_for_many_entries(admin: Client) -> None:
    articles = [make_article(tags=[make_tag()]) for _ in range(3)]

    def n_queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(ALL).status_code == 200
        return len(queries)

    few = n_queries()
    for article in articles * 5:
        make_entries(1, object_id=article.pk, after={"section_id": article.section_id})
    assert (few, n_queries()) == (14, 14)


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        ("", [302, 302, 302]),
        ("writer", [403, 200, 403]),
        ("editor", [403, 200, 403]),
        ("newsletter editor", [403, 200, 403]),
        ("administrator", [200, 200, 200]),
    ],
)
def test_who_may_read_what(role: str, answers: list[int]) -> None:
    visitor, tag = logged_in(role=role) if role else Client(), make_tag()
    account = f"/admin/newsroom/user/{make_user().pk}/history/"

    found = [visitor.get(url).status_code for url in (ALL, history(tag), account)]

    assert found == answers


def test_nothing_can_be_sent_to_it(admin: Client) -> None:
    entry = make_entries(1)[0]
    for path in ("", "add/", f"{entry.pk}/change/", f"{entry.pk}/delete/"):
        assert admin.post(f"{ALL}{path}", {"post": "yes"}).status_code in {404, 405}
    assert AuditEntry.objects.filter(pk=entry.pk).exists()
