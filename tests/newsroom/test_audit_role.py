"""What the role of use may not do, whatever SQL it runs; the embedded PostgreSQL is used by it."""

import os
from collections.abc import Iterator

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.backends.utils import CursorWrapper

from articles.models import Tag
from newsroom.lib.owner import let_use
from newsroom.models import AuditEntry
from tests.factories import make_tag

pytestmark = pytest.mark.django_db
REFUSED = [
    "UPDATE newsroom_auditentry SET actor_id = NULL",
    "DELETE FROM newsroom_auditentry",
    "TRUNCATE newsroom_auditentry",
    "INSERT INTO newsroom_auditentry SELECT * FROM newsroom_auditentry",
    "DROP TABLE newsroom_auditentry",
    "ALTER TABLE newsroom_auditentry DISABLE TRIGGER ALL",
    "DROP TRIGGER newsroom_audit_stays ON newsroom_auditentry",
    "SET session_replication_role = replica",
    "ALTER TABLE articles_tag DISABLE TRIGGER newsroom_note_update",
    "TRUNCATE articles_tag CASCADE",
    "ALTER FUNCTION newsroom_note() SECURITY INVOKER",
    "CREATE OR REPLACE FUNCTION newsroom_refuse() RETURNS trigger LANGUAGE sql RETURN NULL",
    "UPDATE pg_trigger SET tgenabled = 'D'",
    "COPY articles_tag TO PROGRAM 'cat'",
    # An own table by the name of one that is watched, to forge what was done to that.
    """
    CREATE TEMPORARY TABLE articles_tag (id bigint, name text);
    CREATE TRIGGER forge AFTER INSERT ON articles_tag REFERENCING NEW TABLE AS becomes
        FOR EACH STATEMENT EXECUTE FUNCTION newsroom_note('{"names": [], "key": "id"}')
    """,
    # An own table, whose changes run any SQL as the owner would.
    """
    CREATE TEMPORARY TABLE own (id bigint);
    CREATE TRIGGER own AFTER INSERT ON own REFERENCING NEW TABLE AS becomes
        FOR EACH STATEMENT EXECUTE FUNCTION newsroom_shown('true', 'false')
    """,
    "SELECT newsroom_changed(true)",
]


@pytest.fixture
def role() -> Iterator[CursorWrapper]:
    """A cursor of a role of use; with a tag called nato."""
    name = f"newsroom_test_{os.getpid()}"
    make_tag("nato")
    with transaction.atomic(), connection.cursor() as cursor:
        let_use(cursor, name)
        cursor.execute(f"SET LOCAL SESSION AUTHORIZATION {name}")
        yield cursor
        transaction.set_rollback(True)


@pytest.mark.parametrize("statement", REFUSED)
def test_role_of_use_cannot(role: CursorWrapper, statement: str) -> None:
    denied = pytest.raises(ProgrammingError, match=r"permission denied|must be")
    with denied, transaction.atomic():
        role.execute(statement)


def test_what_the_role_of_use_changes_is_noted(role: CursorWrapper) -> None:
    role.execute("CREATE TEMPORARY TABLE newsroom_auditentry (LIKE public.newsroom_auditentry)")
    role.execute("UPDATE articles_tag SET name = 'otan'")
    role.execute("SELECT before, after FROM public.newsroom_auditentry ORDER BY id DESC LIMIT 1")

    assert role.fetchone() == ('{"name": "nato"}', '{"name": "otan"}')


def test_role_of_use_reads_the_audit_by_its_model(role: CursorWrapper) -> None:
    Tag.objects.update(name="otan")
    assert AuditEntry.objects.of(Tag.objects.get())[0].after == {"name": "otan"}


def test_what_the_role_of_use_changes_advances_what_readers_see(role: CursorWrapper) -> None:
    role.execute("SELECT number FROM newsroom_generation")
    [before] = role.fetchone()
    role.execute("UPDATE articles_tag SET name = 'otan'")
    role.execute("SET CONSTRAINTS ALL IMMEDIATE")
    role.execute("SELECT number FROM newsroom_generation")

    assert role.fetchone()[0] > before
