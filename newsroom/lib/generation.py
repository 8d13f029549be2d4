"""Which state of the site a process knows of, and what it may keep in memory as long as that lasts.

The database counts a number up with each change of what readers see (newsroom/lib/shown.py). Web
processes read it every second (newsroom/pages/watching.py); where nothing does, nothing is kept.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection

from newsroom.lib.reading import source_alias

P = ParamSpec("P")
R = TypeVar("R")
Fetch = Callable[[list[int], datetime], dict[int, R]]

MOST = 2_000  # results that are kept of one generation
MISSING = object()


@dataclass(frozen=True)
class Generation:
    """What readers see; times in seconds since 1970.

    began: when it was seen first.
    hard: nothing made for a smaller number may be served. until: when it ends by itself, as
    something appears or goes then. ended: when something went last.
    source: the database that says so.
    """

    number: int
    hard: int
    until: float
    ended: float
    began: float = 0
    source: str = DEFAULT_DB_ALIAS
    remembered: dict[Any, Any] = field(default_factory=dict, compare=False)


known: Generation | None = None  # set by whoever watches


def current() -> Generation | None:
    """The state of now, as far as this process can know."""
    found = known
    return found if found and time.time() < found.until else None


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Keep what `function` returns for its hashable arguments, for all, and until anything changes.

    Only for what depends on nothing but its arguments, the database and the time, and is not
    changed by who gets it. What is drawn within a transaction may never come true, and is not kept;
    nor is what another database says, which may be behind.
    """

    @wraps(function)
    def recall(*args: P.args, **kwargs: P.kwargs) -> R:
        kept = memory()
        if kept is None:
            return function(*args, **kwargs)
        key = (function, args, tuple(kwargs.items()))
        found = kept.get(key, MISSING)
        if found is not MISSING:
            return found  # type: ignore[no-any-return]
        made = function(*args, **kwargs)
        if len(kept) < MOST:
            kept[key] = made
        return made

    return recall


def remembered_each(fetch: Callable[[list[int], datetime], dict[int, R]]) -> Fetch[R]:
    """As `remembered`, for each of many ids; `fetch` is asked for those that are missing.

    It returns by id what there is of them at a moment, which must be now.
    """

    @wraps(fetch)
    def recall(ids: list[int], at: datetime) -> dict[int, R]:
        kept = memory(at)
        found = {pk: kept[fetch, pk] for pk in ids if (fetch, pk) in kept} if kept else {}
        if missing := [pk for pk in ids if pk not in found]:
            made = fetch(missing, at)
            found |= made
            if kept is not None and len(kept) < MOST:
                kept.update(((fetch, pk), one) for pk, one in made.items())
        return found

    return recall


def memory(at: datetime | None = None) -> dict[Any, Any] | None:
    """What is remembered of the state that is read from now; None if nothing may be.

    Nor for a request that began at `at`, before that state: what has appeared since is not in it.
    """
    generation = current()
    if generation is None or generation.source != source_alias() or connection.in_atomic_block:
        return None
    return generation.remembered if at is None or at.timestamp() >= generation.began else None
