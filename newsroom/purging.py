"""The process that tells the caches before the site what has changed; looks every second.

Not in the worker's queue: a purge would wait behind pictures and imports there, and to look every
second would write three rows a second for nothing. Any number of these may run.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event

from django.db import DatabaseError, InterfaceError, connection

from newsroom.lib.edge import Edge, Unpurged
from newsroom.models import Purge

logger = logging.getLogger(__name__)
LOOK = 1.0  # seconds
# Seconds after which a cache is told once more, as old pages may have come into it since: first
# those of web processes that had not heard of the change (newsroom/pages/watching.py), then those
# that had been begun before and took long.
REPEAT, SETTLE = 1.0, 5.0
STEPS = {"told": 0.0, "repeated": REPEAT, "settled": SETTLE}
LONGEST = 60.0  # seconds between two tries; by then a page has gone of old age
EVERYTHING = ["site"]  # any page may show a piece's headline, by way of a list or a related piece
STATE = "SELECT number, hard, clock_timestamp() FROM newsroom_generation"


@dataclass
class Teller:
    """Tells one cache; times are of the database's clock, which all purgers have."""

    edge: Edge
    again_at: datetime | None = None
    n_failures: int = 0

    def tell(self, number: int, hard: int, *, at: datetime) -> None:
        """Have it forget what may show an older state than `number`; 1 query if it has already.

        Hard as long as what was begun before state `hard` may still come in.
        """
        if self.again_at and at < self.again_at:
            return
        purge = Purge.objects.get_or_create(edge=self.edge.name)[0]
        told_at = purge.told_at if purge.told == number else at
        since = max(0.0, (at - told_at).total_seconds())
        step = [name for name, seconds in STEPS.items() if seconds <= since][-1]
        if getattr(purge, step) == number:
            return
        if self.purge(hard=hard > purge.settled or number < purge.settled, at=at):
            same = Purge.objects.filter(pk=purge.pk, told=purge.told)  # unless another went on
            same.update(**{step: number, "told_at": told_at})

    def purge(self, *, hard: bool, at: datetime) -> bool:
        """Whether it did; if not, the next try comes after a pause that grows."""
        try:
            self.edge.purge(EVERYTHING, hard=hard)
        except Unpurged as error:
            if not self.n_failures:
                logger.warning("%s; readers get what is new after a minute.", error)
            self.again_at = at + timedelta(seconds=min(2.0**self.n_failures, LONGEST))
            self.n_failures += 1
            return False
        if self.n_failures:
            logger.info("%s purges again.", self.edge.name)
        self.again_at, self.n_failures = None, 0
        return True


@dataclass
class Purger:
    """`run` it in the main thread and set `stop` to end it."""

    edges: Sequence[Edge]
    stop: Event = field(default_factory=Event)
    tellers: list[Teller] = field(init=False)

    def __post_init__(self) -> None:
        self.tellers = [Teller(edge) for edge in self.edges]

    def run(self) -> None:
        while not self.stop.wait(LOOK):
            try:
                self.look()
            except (DatabaseError, InterfaceError) as error:
                logger.warning("The database does not answer: %s", error)
                connection.close()

    def look(self, at: datetime | None = None) -> None:
        """1 query, and 1 for each cache that knows all. at: default now, as the database has it."""
        with connection.cursor() as cursor:
            cursor.execute(STATE)
            number, hard, now = cursor.fetchone()
        for teller in self.tellers:
            teller.tell(number, hard, at=at or now)
