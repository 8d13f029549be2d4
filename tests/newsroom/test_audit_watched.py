"""No table is forgotten: each is watched, or left out for a reason."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from newsroom.audit import tables
from newsroom.audit.tables import PARTS

pytestmark = pytest.mark.django_db

WATCHED_APPS = {"articles", "newsroom", "auth"}
LEFT_OUT = {
    "articles_autosave",  # one's own, and seen by nobody else
    "articles_formeraddress",  # follows from a slug, which is noted
    "articles_monthcount",  # follows from pieces, which are noted
    "articles_presence",  # holds for a minute
    "articles_revision",  # a log of its own
    "articles_searchedtext",  # follows from a piece, which is noted
    "articles_transition",  # the same
    "auth_permission",  # made by the program
    "newsroom_auditentry",  # the audit itself
    "newsroom_limit",  # readers at forms
    "newsroom_purge",  # changes by itself
}
TRIGGERS = """
    SELECT relname, count(*) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE tgname IN ('newsroom_note_insert', 'newsroom_note_update', 'newsroom_note_delete',
        'newsroom_note_truncate') AND tgenabled = 'O' GROUP BY relname
"""
HOW = """
    SELECT relname, convert_from(substr(tgargs, 1, octet_length(tgargs) - 1), 'UTF8')::jsonb
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname = 'newsroom_note_insert'
"""  # without the byte that ends an argument


def rows(query: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())


def test_every_table_is_watched_or_left_out() -> None:
    models = apps.get_models(include_auto_created=True)
    names = {m._meta.db_table for m in models if m._meta.app_label in WATCHED_APPS}  # noqa: SLF001

    assert rows(TRIGGERS) == dict.fromkeys(names - LEFT_OUT, 4)


def test_screens_know_each_table_that_is_watched() -> None:
    watched = {table: json.loads(how) for table, how in rows(HOW).items()}
    parts = {table: how["key"] for table, how in watched.items() if how["part_of"]}

    assert watched.keys() - parts.keys() == tables.kinds().keys()
    assert parts == {tables.table_of(name): tables.owner(tables.table_of(name)) for name in PARTS}
    for table in parts:
        subject = tables.subject(table)
        assert not subject or watched[table]["names"] == [subject]
