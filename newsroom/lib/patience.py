"""Queries that may not take long: anybody may ask them, as often as they like."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from newsroom.lib.reading import source

LIMITED = "SET LOCAL statement_timeout = %s; SET LOCAL enable_seqscan = off"
CONNECTING = 2  # seconds until a web process gives up on a server that does not answer
WEB, DESK = 3_000, 60_000  # milliseconds that a statement may take for readers, and at the desk
FREE = "SET LOCAL statement_timeout = DEFAULT; SET LOCAL enable_seqscan = DEFAULT"


class TookTooLong(Exception):
    """The database was stopped at a question; nothing came of it."""


@contextmanager
def at_most(milliseconds: int) -> Iterator[None]:
    """What is asked of the database in here takes so long at most, statement by statement.

    Answered from indexes wherever that can be. Raises TookTooLong. 2 queries.
    """
    try:
        with transaction.atomic(using=source().alias), source().cursor() as cursor:
            cursor.execute(LIMITED, [milliseconds])
            yield
            cursor.execute(FREE)
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TookTooLong from error
        raise


def hurry(options: dict[str, Any]) -> None:
    """Have the database stop whatever takes a web process longer than WEB.

    options: those of a database that no connection has been made to. A worker may take its time.
    """
    limit = f"-c statement_timeout={WEB}"
    options["options"] = f"{options.get('options', '')} {limit}".strip()
    options["connect_timeout"] = CONNECTING


@contextmanager
def unhurried() -> Iterator[None]:
    """With as much time as the desk needs for many pieces at once. No query that anybody counts."""
    if "statement_timeout" not in connection.settings_dict["OPTIONS"].get("options", ""):
        yield
        return
    connection.ensure_connection()
    connection.connection.execute(f"SET statement_timeout = {DESK}")
    try:
        yield
    finally:
        if connection.connection is not None:
            with suppress(psycopg.Error):  # it is broken, and will be made anew
                connection.connection.execute("RESET statement_timeout")
