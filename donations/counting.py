"""Sums of what browsers report, in memory, and written about once a second."""

import atexit
import logging
import os
import time
from collections.abc import Iterable
from datetime import date
from threading import Lock, Thread
from typing import NamedTuple

from django.conf import settings
from django.db import Error, close_old_connections, connection

log = logging.getLogger(__name__)
MOST = 20_000  # sums that wait at once, however long the database is away; some 10 MB
ADD = """
    INSERT INTO donations_count AS c
        (day, appeal, variant, slot, event, why, article, n, n_first)
    SELECT * FROM unnest(%s::date[], %s::bigint[], %s::bigint[], %s::text[], %s::text[],
        %s::text[], %s::bigint[], %s::bigint[], %s::bigint[])
    ON CONFLICT (day, appeal, variant, slot, event, why, article) DO UPDATE
    SET n = c.n + excluded.n, n_first = c.n_first + excluded.n_first
"""


class Key(NamedTuple):
    """What donations.models.Count is a sum of."""

    day: date
    appeal: int
    variant: int
    slot: str
    event: str
    why: str
    article: int


Sum = tuple[int, int]  # all, and those that were the first of their kind in a browser


class Sums:
    """A process's own. Its first sum starts the thread that writes them.

    What waits in a process that is killed is lost, and nothing else. An answer of the database
    that never arrives may let one write count twice.
    """

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Without sums and thread, as in a process that has just been forked."""
        self._sums: dict[Key, Sum] = {}
        self._lock, self._writing = Lock(), Lock()
        self._thread: Thread | None = None
        self._is_failing = False

    def add(self, events: Iterable[tuple[Key, Sum]]) -> None:
        with self._lock:
            for key, more in events:
                self._add(key, more)
            if settings.APPEAL_COUNTS_EVERY:
                self._start()
        if not settings.APPEAL_COUNTS_EVERY:
            self.write()

    def write(self) -> bool:
        """Write what waits, 1 statement; False if it could not be done and so waits on."""
        with self._writing:
            with self._lock:
                taken, self._sums = self._sums, {}
            if not taken:
                return True
            try:
                store(taken)
            except Error as error:
                self._put_back(taken, error)
                return False
            self._is_failing = False
            return True

    def _add(self, key: Key, more: Sum) -> None:
        if key in self._sums or len(self._sums) < MOST:
            n, n_first = self._sums.get(key, (0, 0))
            self._sums[key] = n + more[0], n_first + more[1]

    def _put_back(self, taken: dict[Key, Sum], error: Error) -> None:
        with self._lock:
            since, self._sums = self._sums, taken
            for key, more in since.items():
                self._add(key, more)
        if not self._is_failing:
            log.warning("Counts of appeals wait, as the database does not take them: %s", error)
        self._is_failing = True

    def _start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._keep_writing, name="counts", daemon=True)
            self._thread.start()

    def _keep_writing(self) -> None:
        while True:
            time.sleep(settings.APPEAL_COUNTS_EVERY)
            close_old_connections()  # one that broke since, as at the beginning of a request
            self.write()
            close_old_connections()


def store(sums: dict[Key, Sum]) -> None:
    """Add `sums` to the rows; in one order, so that two processes never wait for one another."""
    rows = [(*key, *sums[key]) for key in sorted(sums)]
    with connection.cursor() as cursor:
        cursor.execute(ADD, [list(column) for column in zip(*rows, strict=True)])


sums = Sums()
os.register_at_fork(after_in_child=sums.begin)
atexit.register(sums.write)  # of a web process that was told to end
