"""Whom the audit names: who is logged in at the desk, else the program."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from psycopg.sql import SQL

from articles.models import Tag
from newsroom.lib.acting import acting
from newsroom.lib.configuration import program
from newsroom.models import AuditEntry, User
from tests.desk import logged_in
from tests.factories import make_tag, make_user

ADD_TAG = "/admin/articles/tag/add/"


def actors(kind: str = "articles_tag") -> list[User | None]:
    """Oldest first."""
    entries = AuditEntry.objects.filter(kind=kind).select_related("actor").order_by("pk")
    return [entry.actor for entry in entries]


@pytest.mark.django_db(transaction=True)
def test_next_request_on_the_connection_is_nobody(client: Client) -> None:
    ann = make_user("administrator")

    logged_in(ann).post(ADD_TAG, {"name": "nato", "slug": "nato"})
    client.post("/newsletter/", {"email": "reader@example.org"})
    Tag.objects.update(description="Later.")

    assert actors() == [ann, None]
    assert AuditEntry.objects.filter(kind="articles_tag")[0].source == program()


@pytest.mark.django_db
def test_two_in_turn_are_told_apart() -> None:
    ann, bob = make_user("administrator"), make_user("administrator")

    for who, name in [(ann, "one"), (bob, "two")]:
        logged_in(who).post(ADD_TAG, {"name": name, "slug": name})

    assert actors() == [ann, bob]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_told_apart() -> None:
    staff, ready = [make_user("administrator") for _ in range(4)], Barrier(4)

    def add(user: User) -> None:
        visitor = logged_in(user)
        ready.wait()
        visitor.post(ADD_TAG, {"name": user.username, "slug": user.username})
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, staff))

    named = AuditEntry.objects.filter(kind="articles_tag").values_list("name", "actor__username")
    assert sorted(named) == sorted((user.username, user.username) for user in staff)


@pytest.mark.django_db
def test_rollback_to_a_savepoint_forgets_nobody() -> None:
    ann, tag = make_user(), make_tag()

    with acting(ann.pk):
        with pytest.raises(IntegrityError), transaction.atomic():
            Tag.objects.create(name=tag.name, slug="other")
        Tag.objects.filter(pk=tag.pk).update(description="After all.")

    assert actors()[-1] == ann


@pytest.mark.django_db
def test_statement_in_parts_is_signed_too() -> None:
    ann, tag = make_user(), make_tag()

    with acting(ann.pk), connection.cursor() as cursor:
        cursor.execute(SQL("UPDATE {} SET description = 'x'").format(SQL("articles_tag")))

    assert actors()[-1] == ann
    assert AuditEntry.objects.of(tag)[0].action == "changed"


@pytest.mark.django_db
def test_text_that_looks_like_a_signature_signs_nothing() -> None:
    make_tag()

    Tag.objects.update(description="/* by 1 */ UPDATE")

    assert actors()[-1] is None


@pytest.mark.parametrize(
    ("argv", "name"),
    [
        (["manage.py", "seed", "--if-empty"], "newsroom seed"),
        (["manage.py", "procrastinate", "worker"], "newsroom procrastinate"),
        (["/opt/venv/lib/gunicorn/__main__.py", "newsroom.wsgi"], "newsroom gunicorn"),
        (["/opt/venv/bin/gunicorn", "newsroom.wsgi"], "newsroom gunicorn"),
    ],
)
def test_program_is_called_by_its_command(
    monkeypatch: pytest.MonkeyPatch, argv: list[str], name: str
) -> None:
    monkeypatch.setattr(sys, "argv", argv)
    assert program() == name
