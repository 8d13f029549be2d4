"""Who comes first where tags and pieces change at the same moment.

Whoever saves a piece holds its row and then asks for the tags. Whoever changes many pieces asks for
the tags first, never waits for a row, and gives way.
"""

import time
from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

from articles.models import Article

P = ParamSpec("P")
R = TypeVar("R")
TAGS = 2024_14  # key of the advisory lock; any number that nothing else uses
TRIES, PAUSE = 30, 0.1  # seconds


class Busy(Exception):
    """Somebody goes on saving a piece that was to change; nothing is changed."""

    def __init__(self) -> None:
        super().__init__("Somebody is saving one of these pieces just now. Please try again.")


def together() -> None:
    """Until the transaction ends, no tag is merged or renamed; others tag at the same time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [TAGS])


def alone() -> None:
    """Until the transaction ends, nobody else tags anything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TAGS])


def locked(pieces: Iterable[int]) -> list[int]:
    """The ids of those pieces that are there, locked; fails if somebody is saving one; 1 query."""
    rows = Article.objects.select_for_update(no_key=True, nowait=True).filter(pk__in=pieces)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def patient(change: Callable[P, R]) -> Callable[P, R]:
    """`change` as a transaction that begins anew while somebody is saving one of its pieces."""

    @wraps(change)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(TRIES):
            try:
                with transaction.atomic():
                    return change(*args, **kwargs)
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable):
                    raise
                time.sleep(PAUSE)
        raise Busy

    return tried
