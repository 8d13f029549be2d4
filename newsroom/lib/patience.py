"""Queries that may not take long: anybody may ask them, as often as they like."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

LIMITED = "SET LOCAL statement_timeout = %s; SET LOCAL enable_seqscan = off"
FREE = "SET LOCAL statement_timeout = DEFAULT; SET LOCAL enable_seqscan = DEFAULT"


class TookTooLong(Exception):
    """The database was stopped at a question; nothing came of it."""


@contextmanager
def at_most(milliseconds: int) -> Iterator[None]:
    """What is asked of the database in here takes so long at most, statement by statement.

    Answered from indexes wherever that can be. Raises TookTooLong. 2 queries.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(LIMITED, [milliseconds])
            yield
            cursor.execute(FREE)
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TookTooLong from error
        raise
