"""Statements that the database keeps for each connection, instead of reading them with each run.

Neither Django nor psycopg's cursors keep plans where Django has opened the connection; and what
they do in Python for a statement takes longer than the database needs to run it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakSet

import psycopg
from django.db import connection
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.generators import execute
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

OK = {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK}


@dataclass(frozen=True, eq=False)
class Planned:
    """name: no other statement's. sql: with blanks as `%(name)s`.

    types: of the blanks, by name, as the database calls them.
    """

    name: str
    sql: str
    types: Mapping[str, str]
    _knowing: "WeakSet[psycopg.Connection[Any]]" = field(default_factory=WeakSet)

    def run(
        self, blanks: Mapping[str, object], database: Any = connection
    ) -> list[tuple[Any, ...]]:
        """The rows, as psycopg reads them. Raises DatabaseError.

        In a commit of its own, if no transaction has begun; atomic() alone begins none.
        """
        database.ensure_connection()
        if database.queries_logged:
            database.queries_log.append({"sql": self.sql, "time": "0"})
        with database.wrap_database_errors:
            ours = database.connection
            reading = Transformer(ours)
            values = [blanks[name] for name in self.types]
            texts = reading.dump_sequence(values, [PyFormat.TEXT] * len(values))
            answer = self._answer(ours, texts)
            reading.set_pgresult(answer)
            return reading.load_rows(0, answer.ntuples, tuple)

    def _answer(self, ours: "psycopg.Connection[Any]", texts: Any) -> PGresult:
        name = self.name.encode()
        if ours not in self._knowing:
            ours.pgconn.send_prepare(name, self._numbered())
            awaited(ours)
            self._knowing.add(ours)
        ours.pgconn.send_query_prepared(name, texts)
        return awaited(ours)

    def _numbered(self) -> bytes:
        numbers = enumerate(self.types.items(), 1)
        return (self.sql % {name: f"${n}::{kind}" for n, (name, kind) in numbers}).encode()


def awaited(ours: "psycopg.Connection[Any]") -> PGresult:
    """As long as the connection waits for anything (newsroom/lib/replica)."""
    result: PGresult
    *_, result = ours.wait(execute(ours.pgconn))
    if result.status in OK:
        return result
    raise error_from_result(result)
