"""Statements that the database plans once for each connection."""

import pytest
from django.db import DatabaseError, connection

from newsletter.sending.planned import Planned
from tests.newsletter.sending import deliver_batch, make_scheduled, start
from tests.smtp import Sink

pytestmark = pytest.mark.django_db(transaction=True)
BLANKS = {"one": "int", "other": "text"}
BOTH = Planned("both", "SELECT %(other)s || %(one)s, %(one)s + 1", BLANKS)
QUOTIENT = Planned("quotient", "SELECT 1 / %(by)s", {"by": "int"})


def n_runs() -> dict[str, int]:
    """By the name of each statement that the database keeps for this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, generic_plans + custom_plans FROM pg_prepared_statements")
        return dict(cursor.fetchall())


def said(one: int | None) -> tuple[bytes | None, bytes | None]:
    result = BOTH.run({"one": one, "other": "it's "})
    return result.get_value(0, 0), result.get_value(0, 1)


def test_letters_are_written_by_statements_that_are_kept(smtp: Sink) -> None:
    issue = make_scheduled(5)
    start(issue)
    connection.close()  # former tests' statements are those of their connection

    deliver_batch(issue)

    assert n_runs()["settle_and_take"] == 4  # the first letter follows none


def test_blanks_are_filled_by_name_and_none_is_null() -> None:
    assert said(7) == (b"it's 7", b"8")
    assert said(None) == (None, None)


def test_a_new_connection_plans_anew() -> None:
    said(7)
    connection.close()

    assert said(8) == (b"it's 8", b"9")
    assert n_runs() == {"both": 1}


def test_what_fails_is_an_error_of_the_database_and_can_be_repeated() -> None:
    with pytest.raises(DatabaseError, match="division by zero"):
        QUOTIENT.run({"by": 0})

    assert QUOTIENT.run({"by": 1}).get_value(0, 0) == b"1"


def test_a_lost_connection_is_an_error_of_the_database() -> None:
    said(7)
    with connection.cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(DatabaseError):
        said(7)
    connection.close()
    assert said(7) == (b"it's 7", b"8")
