"""Who may do what in the builder, that looking changes nothing, and what the screen costs."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newsletter.admin.issues import IssueAdmin
from newsletter.models import Issue, Item
from newsletter.services import composing
from tests.desk import logged_in
from tests.factories import make_contributor, make_photo, make_published, make_section, make_user
from tests.newsletter.test_builder_changes import PARTS, at
from tests.roundup import make_roundup

pytestmark = pytest.mark.django_db
LOOKS = ["change", "preview", "version", "parts"]
OF_ISSUE = ["take_in", "regroup", "move_group", "rename_group", "add_piece", "add_block"]
OF_ITEM = ["step", "place", "edit_item", "skip", "unskip", "remove", "seen"]


@pytest.fixture
def issue() -> Issue:
    return make_roundup("Lead", "Second")


def changes(issue: Issue) -> Iterator[str]:
    item = issue.items.all()[0]
    yield from (at(name, issue) for name in OF_ISSUE)
    yield from (at(name, issue, item.pk) for name in OF_ITEM)
    yield at("edit", issue, "subject")


def looks(issue: Issue) -> list[str]:
    return [at(name, issue) for name in LOOKS]


@pytest.mark.parametrize("role", ["writer", "fundraiser"])
def test_other_roles_neither_look_nor_change(issue: Issue, role: str) -> None:
    desk = logged_in(role=role)

    assert {desk.get(url).status_code for url in looks(issue)} == {403}
    assert {desk.post(url).status_code for url in changes(issue)} == {403}
    assert desk.post("/admin/newsletter/issue/draft/").status_code == 403
    assert desk.get("/admin/newsletter/issue/").status_code == 403


def test_start_page_leads_to_what_is_not_sent(issue: Issue) -> None:
    page = logged_in(role="newsletter editor").get("/admin/").text

    assert at("change", issue) in page
    assert "Draft this week’s round-up" not in page


def test_start_page_offers_to_draft() -> None:
    assert "Draft this week’s round-up" in logged_in(role="newsletter editor").get("/admin/").text
    assert "Draft this week’s round-up" not in logged_in(role="editor").get("/admin/").text


def test_editors_look_but_change_nothing(issue: Issue) -> None:
    desk = logged_in(role="editor")

    assert {desk.get(url).status_code for url in looks(issue)} == {200}
    assert {desk.post(url).status_code for url in changes(issue)} == {403}
    assert desk.post("/admin/newsletter/issue/draft/").status_code == 403
    assert 'method="post" action="/admin/newsletter' not in desk.get(at("change", issue)).text


def test_strangers_are_sent_to_the_login(client: Client, issue: Issue) -> None:
    for url in [*looks(issue), *changes(issue)]:
        assert client.post(url).headers["Location"].startswith("/admin/login/")


def test_looking_changes_nothing(issue: Issue) -> None:
    desk = logged_in(role="newsletter editor")
    before = [list(model.objects.order_by("pk").values()) for model in (Issue, Item)]

    assert {desk.get(url).status_code for url in looks(issue)} == {200}
    assert {desk.get(url).status_code for url in changes(issue)} == {405}
    assert desk.get("/admin/newsletter/issue/draft/").status_code == 405

    assert before == [list(model.objects.order_by("pk").values()) for model in (Issue, Item)]


def test_changes_need_the_token_of_the_form(issue: Issue) -> None:
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(make_user("newsletter editor"))

    assert {desk.post(url).status_code for url in changes(issue)} == {403}


def test_item_of_another_round_up_is_out_of_reach(issue: Issue) -> None:
    desk = logged_in(role="newsletter editor")
    other = composing.add_block(make_roundup("Other"), by=make_user(), kind=Item.Kind.TEXT)

    desk.post(at("remove", issue, other.pk))

    assert Item.objects.filter(pk=other.pk).exists()


def test_only_drafts_are_deleted(issue: Issue) -> None:
    desk = logged_in(role="newsletter editor")
    url = reverse("admin:newsletter_issue_delete", args=[issue.pk])
    approved = {"status": "approved", "content": {}, "digest": "x", "approved_at": issue.until}
    Issue.objects.filter(pk=issue.pk).update(**approved)
    assert desk.post(url, {"post": "yes"}).status_code == 403

    Issue.objects.filter(pk=issue.pk).update(status="draft")
    desk.post(url, {"post": "yes"})

    assert not Issue.objects.exists()


def test_draft_that_was_approved_this_moment_is_not_deleted(
    issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def approved_just_then(desk: IssueAdmin, request: object, drafts: object) -> None:
        approved = {"status": "approved", "content": {}, "digest": "x", "approved_at": issue.until}
        Issue.objects.filter(pk=issue.pk).update(**approved)

    monkeypatch.setattr(IssueAdmin, "log_deletions", approved_just_then)
    url = reverse("admin:newsletter_issue_delete", args=[issue.pk])

    assert logged_in(role="newsletter editor").post(url, {"post": "yes"}).status_code == 403


def test_django_s_own_form_to_add_one_is_closed() -> None:
    desk = logged_in(role="newsletter editor")

    assert desk.get("/admin/newsletter/issue/add/").status_code == 403


def test_missing_round_up_is_not_found() -> None:
    desk = logged_in(role="newsletter editor")

    assert desk.get("/admin/newsletter/issue/99/change/").status_code == 404
    assert desk.get("/admin/newsletter/issue/99/preview/").status_code == 404


def test_list_says_what_to_do_when_it_is_empty() -> None:
    page = logged_in(role="newsletter editor").get("/admin/newsletter/issue/").text

    assert "No round-up yet." in page
    assert "Draft this week’s round-up" in page


@pytest.mark.parametrize("n", [7, 70])
def test_screen_takes_this_many_queries(n: int) -> None:
    author, photo = make_contributor("Ann Able"), make_photo()
    for number in range(n):
        section = make_section(f"Section {number % 6}")
        make_published(f"Piece {number}", section=section, contributors=[author], photo=photo)
    issue = make_roundup()
    first: Any = issue.items.first()
    composing.skip(first, by=make_user(), reason="Old")
    desk = logged_in(role="newsletter editor")

    counts = {}
    for name in ["change", "parts", "version", "preview"]:
        with CaptureQueriesContext(connection) as queries:
            desk.get(at(name, issue), headers=PARTS)
        counts[name] = len(queries)

    assert counts == {"change": 17, "parts": 17, "version": 6, "preview": 9}


def test_list_takes_as_many_queries_for_many_as_for_few(issue: Issue) -> None:
    desk = logged_in(role="newsletter editor")

    def n_queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get("/admin/newsletter/issue/")
        return len(queries)

    few = n_queries()
    for number in range(20):
        Issue.objects.create(
            subject=f"No. {number}",
            since=issue.since,
            until=issue.until,
            edited_at=issue.until,
        )

    assert n_queries() == few
