"""The process that tells the caches before the site what has changed; looks every second.

Not in the worker's queue: a purge would wait behind pictures and imports there, and to look every
second would write three rows a second for nothing. Any number of these may run.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Event
from time import monotonic

from django.db import DatabaseError, InterfaceError, connection

from newsroom.lib.edge import Edge, Unpurged
from newsroom.models import Purge

logger = logging.getLogger(__name__)
LOOK = 1.0  # seconds
# Seconds after which a cache is told once more: what a web process began to draw before it heard of
# the change has come into the cache by then.
SETTLE = 5.0
LONGEST = 60.0  # seconds between two tries; by then a page has gone of old age
EVERYTHING = ["site"]  # any page may show a piece's headline, by way of a list or a related piece
STATE = "SELECT number, hard FROM newsroom_generation"


@dataclass
class Teller:
    """Tells one cache; times are of the monotonic clock."""

    edge: Edge
    settle_at: float = 0.0
    again_at: float = 0.0
    n_failures: int = 0

    def tell(self, number: int, hard: int, *, at: float) -> None:
        """Have it forget what may show an older state than `number`.

        Hard as long as what was begun before state `hard` may still come in.
        """
        if at < self.again_at:
            return
        purge = Purge.objects.get_or_create(edge=self.edge.name)[0]
        is_new, is_settled = purge.told != number, purge.settled == number
        if is_settled or not (is_new or at >= self.settle_at):
            return
        if not self.purge(hard=hard > purge.settled or number < purge.settled, at=at):
            return
        if is_new:
            self.settle_at = at + SETTLE
        Purge.objects.filter(pk=purge.pk).update(**{"told" if is_new else "settled": number})

    def purge(self, *, hard: bool, at: float) -> bool:
        """Whether it did; if not, the next try comes after a pause that grows."""
        try:
            self.edge.purge(EVERYTHING, hard=hard)
        except Unpurged as error:
            if not self.n_failures:
                logger.warning("%s; readers get what is new after a minute.", error)
            self.again_at = at + min(2.0**self.n_failures, LONGEST)
            self.n_failures += 1
            return False
        if self.n_failures:
            logger.info("%s purges again.", self.edge.name)
        self.again_at, self.n_failures = 0.0, 0
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
                self.look(at=monotonic())
            except (DatabaseError, InterfaceError) as error:
                logger.warning("The database does not answer: %s", error)
                connection.close()

    def look(self, *, at: float) -> None:
        """1 query, and 1 for each cache that knows all."""
        with connection.cursor() as cursor:
            cursor.execute(STATE)
            number, hard = cursor.fetchone()
        for teller in self.tellers:
            teller.tell(number, hard, at=at)
