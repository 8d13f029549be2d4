"""Statements that the database plans once for each connection, instead of with each letter.

Neither Django nor psycopg's cursors keep plans where Django has opened the connection; and what
they do in Python for a statement takes longer than the database needs to run it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakSet

import psycopg
from django.db import connection
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

OK = {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK}


@dataclass(frozen=True)
class Planned:
    """sql: with blanks as `%(name)s`. types: of the blanks, by name, as the database calls them."""

    name: str
    sql: str
    types: Mapping[str, str]
    _knowing: "WeakSet[psycopg.Connection[Any]]" = field(default_factory=WeakSet)

    def run(self, blanks: Mapping[str, object]) -> PGresult:
        """In a commit of its own, if no transaction has begun. Raises DatabaseError.

        blanks: what `str()` makes of them is what the database reads; None is NULL.
        """
        connection.ensure_connection()
        with connection.wrap_database_errors:
            ours = connection.connection
            if ours not in self._knowing:
                checked(ours.pgconn.prepare(self.name.encode(), self._numbered()))
                self._knowing.add(ours)
            values = [blanks[name] for name in self.types]
            texts = [None if value is None else str(value).encode() for value in values]
            return checked(ours.pgconn.exec_prepared(self.name.encode(), texts))

    def _numbered(self) -> bytes:
        numbers = enumerate(self.types.items(), 1)
        return (self.sql % {name: f"${n}::{kind}" for n, (name, kind) in numbers}).encode()


def checked(result: PGresult) -> PGresult:
    if result.status not in OK:
        raise error_from_result(result)
    return result
