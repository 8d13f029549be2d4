"""Rows into PostgreSQL as fast as it takes them."""

from collections.abc import Iterable
from contextlib import nullcontext
from datetime import date
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import DatabaseDefault
from django.db.models.options import Options
from psycopg.sql import SQL, Composed, Identifier

from newsroom.lib.owner import as_owner

PLAIN = (str, int, float, date, type(None))  # what psycopg takes as it is


def options(model: type[models.Model]) -> Options:
    return model._meta  # noqa: SLF001  # public, whatever it is called


def reserve_ids(model: type[models.Model], n: int) -> list[int]:
    """`n` ids that no other row of `model` will get."""
    query = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(query, [options(model).db_table, n])
        return [pk for (pk,) in cursor.fetchall()]


def copy(model: type[models.Model], rows: Iterable[models.Model], *, has_ids: bool = False) -> None:
    """Insert `rows` by COPY; PostgreSQL writes one while the next is being made.

    Values go in as they are: rich text must be clean already.
    has_ids: the rows come with reserved ids; otherwise they get new ones, which nobody learns.
    """
    table, database = options(model), connections[DEFAULT_DB_ALIAS]
    stored = [field for field in table.concrete_fields if not field.generated]
    fields = [field for field in stored if has_ids or not field.primary_key]
    statement = copy_statement(table.db_table, [str(field.column) for field in fields])
    with database.cursor() as cursor, cursor.copy(statement) as stream:
        for row in rows:
            stream.write_row([value(row, field, database) for field in fields])


def copy_statement(table: str, columns: Iterable[str]) -> Composed:
    names = SQL(", ").join([Identifier(column) for column in columns])
    return SQL("COPY {} ({}) FROM STDIN").format(Identifier(table), names)


def value(row: models.Model, field: models.Field, database: BaseDatabaseWrapper) -> Any:
    found = getattr(row, field.attname)
    if isinstance(found, DatabaseDefault):  # COPY leaves nothing to the database
        found = field.db_default
    return found if isinstance(found, PLAIN) else field.get_db_prep_value(found, database)


def analyze(tables: Iterable[type[models.Model]]) -> None:
    """Tell the planner at once what autovacuum would tell it in a minute.

    Only the owner of a table may; within a transaction it is left to autovacuum.
    """
    database = connections[DEFAULT_DB_ALIAS]
    with nullcontext() if database.in_atomic_block else as_owner(), database.cursor() as cursor:
        for table in tables:
            cursor.execute(SQL("ANALYZE {}").format(Identifier(options(table).db_table)))
