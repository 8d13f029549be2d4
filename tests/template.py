"""The migrated database, kept to be copied by the next run: migrating takes longer than many tests.

It is made anew as soon as anything changes that migrations are made from.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper

MADE_FROM = "*/migrations/*.py */models.py */models/*.py newsroom/lib/**/*.py requirements.txt"
PREFIX = "test_newsroom_migrated_"


def prepare() -> None:
    """Have the tests' database copied from the template, if there is one."""
    with _server() as cursor:
        if _name() in _all(cursor):
            connection.settings_dict["TEST"] |= {"TEMPLATE": _name(), "MIGRATE": False}


def is_used() -> bool:
    return bool(connection.settings_dict["TEST"].get("TEMPLATE"))


def keep() -> None:
    """Make a template of the tests' database as it is now, instead of older ones."""
    connection.close()
    with _server() as cursor, suppress(DatabaseError):  # another process was faster
        for old in _all(cursor):
            cursor.execute(f'DROP DATABASE "{old}"')
        cursor.execute(f'CREATE DATABASE "{_name()}" TEMPLATE "{connection.settings_dict["NAME"]}"')


@contextmanager
def _server() -> Iterator[CursorWrapper]:
    with connection._nodb_cursor() as cursor:  # noqa: SLF001  # as Django's own for tests
        yield cursor


def _all(cursor: CursorWrapper) -> list[str]:
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
    return [name for (name,) in cursor.fetchall()]


def _name() -> str:
    sources = sha256()
    for path in sorted(path for kind in MADE_FROM.split() for path in settings.BASE_DIR.glob(kind)):
        sources.update(path.read_bytes())
    return f"{PREFIX}{sources.hexdigest()[:16]}"
