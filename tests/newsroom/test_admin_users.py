from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from newsroom.models import Publication, User
from tests.desk import logged_in, rows
from tests.factories import make_user

pytestmark = pytest.mark.django_db
ADD = "/admin/newsroom/user/add/"


def form_of(user: User, **fields: Any) -> dict[str, Any]:
    return {"username": user.username, "is_active": "on", "is_staff": "on", **fields}


def form_at(user: User) -> str:
    return f"/admin/newsroom/user/{user.pk}/change/"


def role(name: str) -> int:
    return int(Group.objects.get(name=name).pk)


def make_superuser() -> User:
    return User.objects.create_superuser("root", password="secret")


def test_administrator_adds_an_editor() -> None:
    password = {"password1": "Kiel-7410-Canal", "password2": "Kiel-7410-Canal"}

    logged_in(role="administrator").post(
        ADD, {"username": "new", "groups": [role("editor")], **password}
    )

    user = User.objects.get(username="new")
    assert user.is_staff
    assert [group.name for group in user.groups.all()] == ["editor"]
    assert Client().login(username="new", password="Kiel-7410-Canal")


def test_administrator_changes_roles() -> None:
    writer = make_user("writer")

    logged_in(role="administrator").post(
        form_at(writer), form_of(writer, groups=[role("editor"), role("fundraiser")])
    )

    assert writer.groups.count() == 2


def test_administrator_makes_no_superuser() -> None:
    writer, admin = make_user("writer"), make_user("administrator")
    beyond = {"is_superuser": "on", "user_permissions": [1, 2, 3]}

    for user in (writer, admin):
        logged_in(admin).post(form_at(user), form_of(user, **beyond))
        user.refresh_from_db()

    assert not User.objects.filter(is_superuser=True).exists()
    assert writer.user_permissions.count() == admin.user_permissions.count() == 0


def test_administrator_gives_no_role_that_may_do_more() -> None:
    writer = make_user("writer")
    mighty = Group.objects.create(name="mighty")
    mighty.permissions.add(mighty.permissions.model.objects.get(codename="change_group"))

    page = logged_in(role="administrator").post(
        form_at(writer), form_of(writer, groups=[mighty.pk])
    )

    assert "is not one of the available choices" in page.content.decode()
    assert mighty not in writer.groups.all()


@pytest.mark.parametrize("address", ["change/", "password/", "delete/"])
def test_superuser_is_out_of_reach_of_an_administrator(address: str) -> None:
    root = make_superuser()
    form = form_of(root, username="mine", password1="Kiel-7410-Canal", password2="Kiel-7410-Canal")

    response = logged_in(role="administrator").post(
        f"/admin/newsroom/user/{root.pk}/{address}",
        form | {"post": "yes", "usable_password": "true"},
    )

    root.refresh_from_db()
    assert response.status_code == 403
    assert (root.username, root.check_password("secret")) == ("root", True)


def test_superuser_makes_another() -> None:
    writer = make_user("writer")

    logged_in(make_superuser()).post(form_at(writer), form_of(writer, is_superuser="on"))

    writer.refresh_from_db()
    assert writer.is_superuser


@pytest.mark.parametrize("name", ["writer", "editor", "newsletter editor", "fundraiser"])
def test_other_roles_do_not_see_accounts(name: str) -> None:
    client = logged_in(role=name)

    assert client.get("/admin/newsroom/user/").status_code == 403
    assert client.get(ADD).status_code == 403
    assert client.get("/admin/auth/group/").status_code == 403


def test_administrator_reads_roles_but_does_not_change_them() -> None:
    client, editor = logged_in(role="administrator"), role("editor")

    assert client.get(f"/admin/auth/group/{editor}/change/").status_code == 200
    response = client.post(f"/admin/auth/group/{editor}/change/", {"name": "x", "permissions": []})

    assert response.status_code == 403


def test_publication_and_its_links_are_stored_in_order() -> None:
    facts = {"name": "Parley", "time_zone": "Europe/Paris"}
    links = rows(
        "social", label=["Bluesky", "Mastodon"], url=["https://b.example", "https://m.example"]
    )

    logged_in(role="administrator").post("/admin/newsroom/publication/1/change/", facts | links)

    publication = Publication.objects.get()
    assert publication.time_zone == "Europe/Paris"
    assert [link.label for link in publication.social_links.all()] == ["Bluesky", "Mastodon"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"time_zone": "Mars/Olympus"}, "is not a time zone"),
        ({"time_zone": "localtime"}, "is not a time zone"),
        (rows("social", label=["X"], url=["javascript:alert(1)"]), "starts with https://"),
        (rows("social", label=[""], url=["https://x.example"]), "Name the link."),
    ],
)
def test_publication_refuses_nonsense(fields: dict[str, Any], sentence: str) -> None:
    response = logged_in(role="administrator").post(
        "/admin/newsroom/publication/1/change/", {"name": "P", "time_zone": "UTC"} | fields
    )

    assert sentence in response.content.decode()


def test_editor_reads_the_publication_but_does_not_change_it() -> None:
    client = logged_in()

    assert client.get("/admin/newsroom/publication/1/change/").status_code == 200
    assert client.post("/admin/newsroom/publication/1/change/", {"name": "X"}).status_code == 403
