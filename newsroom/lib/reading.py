"""Which database is read: for public pages a copy of it, if the settings name one that answers.

Rows are led there by the router; SQL of our own that public pages ask goes through `source()`.
Whatever writes has the database itself, from `django.db.connection`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

REPLICA = "replica"

_alias: ContextVar[str] = ContextVar("alias", default=DEFAULT_DB_ALIAS)


@contextmanager
def read_from(alias: str) -> Iterator[None]:
    """Have everything be read there that this thread reads in here."""
    token = _alias.set(alias)
    try:
        yield
    finally:
        _alias.reset(token)


def source_alias() -> str:
    return _alias.get()


def source() -> BaseDatabaseWrapper:
    """The connection to read by."""
    return connections[source_alias()]


class Router:
    """Says it of every row: one read from a copy would have its relations read there, too."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return _alias.get()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS
