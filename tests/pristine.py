"""What the migrations wrote, kept in a schema beside the tables to be put back after a test.

A test that commits leaves rows. Django would truncate all tables and then save the first ones one
by one, which takes longer than most of the tests. Other apps' tables, such as those of jobs, are
included here.
"""

# ruff: noqa: S608  # names of tables and columns come quoted from the catalogue

from django.db import connection
from django.db.backends.utils import CursorWrapper

TABLES = """
    SELECT quote_ident(relname), (SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
        WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '')
    FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


def keep() -> None:
    """Copy every table that has rows, and write the function that puts them back."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS pristine CASCADE; CREATE SCHEMA pristine")
        cursor.execute(TABLES)
        columns = dict(cursor.fetchall())
        filled = [name for name in columns if has_rows(cursor, name)]
        for name in filled:
            cursor.execute(f"CREATE TABLE pristine.{name} AS TABLE {name}")
        body = "; ".join(
            [
                f"LOCK TABLE {', '.join(columns)} IN SHARE ROW EXCLUSIVE MODE",  # for late writers
                *(without_new_rows(name) for name in filled),
                *(f"DELETE FROM {name}" for name in columns if name not in filled),
                *(with_lost_rows(name, columns[name]) for name in filled),
            ]
        )
        cursor.execute(
            "CREATE FUNCTION pristine.put_back() RETURNS void LANGUAGE plpgsql "
            # No trigger fires: the audit notes nothing of it, and lets itself be emptied.
            f"SET session_replication_role = replica AS $$ BEGIN {body}; END $$"
        )


def put_back() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pristine.put_back()")


def has_rows(cursor: CursorWrapper, name: str) -> bool:
    cursor.execute(f"SELECT EXISTS (SELECT FROM {name})")
    return bool(cursor.fetchone()[0])


def without_new_rows(name: str) -> str:
    """Without changed ones as well."""
    kept = f"SELECT kept::text FROM pristine.{name} kept"
    return f"DELETE FROM {name} one WHERE one::text NOT IN ({kept})"


def with_lost_rows(name: str, columns: str) -> str:
    there = f"SELECT one::text FROM {name} one"
    return (
        f"INSERT INTO {name} ({columns}) SELECT {columns} FROM pristine.{name} kept "
        f"WHERE kept::text NOT IN ({there})"
    )
