"""Who acts, told to the database with each statement, so that its audit can note it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg.sql import SQL


@contextmanager
def acting(user_id: int | None) -> Iterator[None]:
    """Sign every statement of this thread with `user_id`; None signs nothing.

    A comment in front of the statement, which triggers read by current_query(). A setting of the
    session would have to be set in each transaction, outlives a rollback to a savepoint or not,
    and stays behind in a connection that somebody else gets next; a comment costs no query, has
    no state to forget, and passes through any pooler.
    """
    if user_id is None:
        yield
        return
    mark = f"/* by {user_id} */ "

    def signed(execute: Callable[..., Any], sql: Any, *others: Any) -> Any:
        return execute(mark + sql if isinstance(sql, str) else SQL(mark) + sql, *others)

    with connection.execute_wrapper(signed):
        yield
