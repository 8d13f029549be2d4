"""No field without a decision: what no form may set stays as it is, whoever posts it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles import services
from articles.models import Article, Notice
from newsroom.models import User
from tests.desk import ADD, change, logged_in, typed
from tests.factories import make_article, make_photo, make_published, make_user

pytestmark = pytest.mark.django_db
ROLES = ["writer", "fundraiser", "editor", "newsletter editor", "administrator"]
# Whatever the model calls them, and whatever the form once did; a time in all its shapes.
TIMES = ["published_at", "published_on", "created_at", "saved_at"]
PROTECTED: dict[str, Any] = {
    "status": "killed",
    "_status": "killed",
    "published_by": 1,
    "created_by": 1,
    "kill_notice": "Gone",
    "n_words": 99,
    "id": 99,
    "pk": 99,
    **{f"{name}{part}": "2001-02-03" for name in TIMES for part in ("", "_0")},
    **{f"{name}_1": "04:05" for name in TIMES},
}
KEPT = "status published_by created_by kill_notice published_at published_on created_at".split()


def facts(article: Article) -> dict[str, Any]:
    found: dict[str, Any] = Article.objects.values(*KEPT).get(pk=article.pk)
    return found


@pytest.mark.parametrize("role", ROLES)
def test_saving_sets_no_protected_field(role: str) -> None:
    user = make_user(role)
    pieces = [
        make_article(created_by=user),
        make_article(created_by=user, status="review"),
        make_published(created_by=user),
        make_published(created_by=user, status="killed"),
    ]
    client = logged_in(user)
    for piece in pieces:
        before = facts(piece)

        client.post(change(piece), typed(piece, headline="Typed") | PROTECTED)

        assert facts(piece) == before


@pytest.mark.parametrize("role", ["writer", "editor", "administrator"])
def test_new_piece_has_what_new_pieces_have(role: str) -> None:
    user = make_user(role)

    logged_in(user).post(ADD, typed() | PROTECTED)

    piece = Article.objects.get()
    assert (piece.status, piece.created_by, piece.version) == ("draft", user, 1)
    assert (piece.published_at, piece.published_on, piece.published_by) == (None, None, None)
    assert piece.kill_notice == ""


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ["delete_selected", "publish", "kill", "revive", "status"])
def test_list_takes_no_step_that_is_not_offered(role: str, action: str) -> None:
    user = make_user(role)
    own, gone = make_article(created_by=user), make_published(status="killed")
    chosen = {"_selected_action": [own.pk, gone.pk], "action": action, "index": 0}
    chosen |= {"status": "killed", "select_across": 1, "_save": "", "form-0-status": "killed"}

    logged_in(user).post("/admin/articles/article/", chosen | {"post": "yes"})

    may_publish = role in {"editor", "administrator"} and action == "publish"
    assert Article.objects.get(pk=gone.pk).status == "killed"
    assert not may_publish or Article.objects.get(pk=own.pk).status == "draft"


@pytest.mark.parametrize("version", ["", "0", "-1", "99", "1e3", "9" * 30, "x"])
def test_no_version_that_somebody_makes_up_overwrites(version: str) -> None:
    piece = make_article("Old headline")
    client = logged_in()
    client.post(change(piece), typed(piece, headline="Her headline"))

    client.post(change(piece), typed(piece, headline="My headline", version=version))

    piece.refresh_from_db()
    assert (piece.headline, piece.version) == ("Her headline", 2)


def test_writer_moves_no_address_that_readers_know() -> None:
    writer = make_user("writer")
    piece = make_published(slug="known", created_by=writer)
    services.unpublish(piece, by=None)

    logged_in(writer).post(change(piece), typed(piece, slug="other", headline="Typed"))

    piece.refresh_from_db()
    assert (piece.headline, piece.slug) == ("Typed", "known")


@pytest.mark.parametrize("role", ROLES)
def test_nobody_signs_for_somebody_else(role: str) -> None:
    user, other, piece = make_user(role), make_user(), make_published()
    notice = {"kind": "update", "reason": "New", "by": other.pk, "supersedes": 1, "article": 1}
    client = logged_in(user)

    client.post(f"/admin/articles/article/{piece.pk}/notices/", notice)
    client.post(
        f"/admin/articles/article/{piece.pk}/steps/", {"_step": "unpublish", "by": other.pk}
    )
    photo = make_photo(uploaded_by=user)
    sent = {"alt": "A", "agency": "A", "focal_x": 0.5, "focal_y": 0.5}
    sent |= {"uploaded_by": other.pk, "token": "stolen"}
    client.post(f"/admin/articles/photo/{photo.pk}/change/", sent)

    assert set(Notice.objects.values_list("by", flat=True)) <= {user.pk}
    assert set(piece.transitions.values_list("by", flat=True)) <= {user.pk}
    was = photo.token
    photo.refresh_from_db()
    assert (photo.uploaded_by, photo.token) == (user, was)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_makes_more_of_themselves(role: str) -> None:
    user = make_user(role)
    more = {"is_superuser": "on", "is_staff": "on", "is_active": "on", "user_permissions": [1, 2]}
    names = {"username": user.username, "groups": [group.pk for group in user.groups.all()]}
    forms = [f"/admin/newsroom/user/{user.pk}/change/", "/admin/password_change/"]
    forms += ["/admin/newsroom/publication/", "/admin/"]

    for form in forms:
        logged_in(user).post(form, names | more)

    again = User.objects.get(pk=user.pk)
    assert (again.is_superuser, again.user_permissions.count()) == (False, 0)
    assert list(again.groups.values_list("name", flat=True)) == [role]


def test_demotion_counts_with_the_next_request() -> None:
    editor, piece = make_user("editor"), make_article()
    client = logged_in(editor)
    assert client.get(change(piece)).status_code == 200

    editor.groups.clear()

    assert client.get(change(piece)).status_code == 403
    assert client.post(change(piece), typed(piece) | {"_step": "publish"}).status_code == 403
    assert not Article.objects.public().exists()


def test_account_that_is_switched_off_is_out_with_the_next_request() -> None:
    editor, piece = make_user("editor"), make_article()
    client = logged_in(editor)

    User.objects.filter(pk=editor.pk).update(is_active=False)

    response = client.post(change(piece), typed(piece) | {"_step": "publish"})
    assert response.status_code == 302
    assert not Article.objects.public(timezone.now() + timedelta(days=1)).exists()
