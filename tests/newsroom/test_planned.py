"""Statements that the database plans once for each connection."""

from typing import Any

import pytest
from django.db import DatabaseError, connection

from newsroom.lib.planned import Planned

pytestmark = pytest.mark.django_db(transaction=True)
BLANKS = {"one": "int", "other": "text"}
BOTH = Planned("both", "SELECT %(other)s || %(one)s, %(one)s + 1", BLANKS)
QUOTIENT = Planned("quotient", "SELECT 1 / %(by)s", {"by": "int"})


def said(one: int | None) -> tuple[Any, ...]:
    [row] = BOTH.run({"one": one, "other": "it's "})
    return row


def test_blanks_are_filled_by_name_and_none_is_null() -> None:
    assert said(7) == ("it's 7", 8)
    assert said(None) == (None, None)


def test_a_new_connection_plans_anew() -> None:
    said(7)
    connection.close()

    assert said(8) == ("it's 8", 9)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, generic_plans + custom_plans FROM pg_prepared_statements")
        assert cursor.fetchall() == [("both", 1)]


def test_what_fails_is_an_error_of_the_database_and_can_be_repeated() -> None:
    with pytest.raises(DatabaseError, match="division by zero"):
        QUOTIENT.run({"by": 0})

    assert QUOTIENT.run({"by": 1}) == [(1,)]


def test_a_lost_connection_is_an_error_of_the_database() -> None:
    said(7)
    with connection.cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    for _ in range(2):
        with pytest.raises(DatabaseError):
            said(7)
    connection.close()
    assert said(7) == ("it's 7", 8)
