"""Two accounts of one database: the owner of the tables, and the role of use.

The role of use reads and writes rows; it changes nothing that holds or guards them. So what the
database refuses it stays refused, whatever SQL is slipped into a statement.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg.sql import SQL, Identifier

ROWS = "SELECT, INSERT, UPDATE, DELETE"
RIGHTS = [
    f"GRANT {ROWS} ON ALL TABLES IN SCHEMA public TO {{}}",
    "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {}",
    f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {ROWS} ON TABLES TO {{}}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON SEQUENCES TO {}",
]
AUDIT = "REVOKE INSERT, UPDATE, DELETE ON public.newsroom_auditentry FROM {}"
LOCK = 1_000_901  # any number that no other advisory lock has


@contextmanager
def as_owner() -> Iterator[None]:
    """Have `connection` be the owner's; no difference where the settings name one account only."""
    owner = connection.settings_dict.get("OWNER")
    if not owner:
        yield
        return
    before = connection.settings_dict.copy()
    connection.close()
    connection.settings_dict.update(owner)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def let_use(cursor: Any, role: str) -> None:
    """Make `role` the role of use, and make it at all if need be; safe to repeat.

    `cursor` is the owner's, in a transaction. The audit is for reading: what the owner's triggers
    write there, nobody else need.
    """
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if not answer(cursor, "SELECT count(*) FROM pg_roles WHERE rolname = %s", [role]):
        cursor.execute(SQL("CREATE ROLE {} LOGIN").format(Identifier(role)))
    for statement in RIGHTS:
        cursor.execute(SQL(statement).format(Identifier(role)))
    if answer(cursor, "SELECT to_regclass('public.newsroom_auditentry')"):
        cursor.execute(SQL(AUDIT).format(Identifier(role)))


def answer(cursor: Any, question: str, values: list[str] | None = None) -> Any:
    cursor.execute(question, values)
    return cursor.fetchone()[0]
