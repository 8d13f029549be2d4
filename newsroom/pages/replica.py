"""Public pages are read from a copy of the database, a standby, while it is well."""

import logging
import time
from threading import Thread
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, Error, connections

from newsroom.lib import generation
from newsroom.lib.reading import REPLICA
from newsroom.pages.watching import READ, Watcher, first_line

logger = logging.getLogger(__name__)

EVERY = 0.5  # seconds from one comparison to the next
UNHEARD = 1.0  # seconds since the copy answered last
REST = 5.0  # seconds for which a copy that failed is left alone
LATE = 10.0  # seconds that a copy may be behind with what may still be shown


class State(NamedTuple):
    number: int
    hard: int


class CopyWatcher(Watcher):
    """Looks at the copy; at the database itself while the copy is gone or too late.

    `alias` is where it looks. The number of what they show never goes back: it is
    the copy again only when that has all that was shown meanwhile.
    """

    def __init__(self) -> None:
        super().__init__(REPLICA)
        self.rests_until = 0.0
        self.is_well = False  # though it is not used
        self.aim: tuple[int, float] = (0, 0.0)  # what the copy must have reached, and since when

    @property
    def source(self) -> str:
        """Nobody has to wait for a copy that may hang."""
        is_heard = time.monotonic() - self.heard_at < UNHEARD
        return self.alias if is_heard else DEFAULT_DB_ALIAS

    def watch(self) -> None:
        Thread(target=self.compare_often, name="copy", daemon=True).start()
        super().watch()

    def look(self) -> None:
        if self.is_well:
            self.go_back()
        super().look()

    def read(self, alias: str) -> None:
        """Of the copy once: there is somebody else to ask, before readers notice (SILENCE)."""
        if alias == REPLICA:
            self.ask(alias)
        else:
            super().read(alias)

    def lose(self, alias: str, error: Exception) -> None:
        if alias != REPLICA:
            super().lose(alias, error)
            return
        connections[REPLICA].close()
        self.leave(f"does not answer: {first_line(error)}")
        super().look()

    def leave(self, reason: str) -> None:
        self.alias = DEFAULT_DB_ALIAS
        self.rests_until = time.monotonic() + REST
        logger.warning("Pages are read from the database itself, as its copy %s", reason)

    def go_back(self) -> None:
        self.is_well = False
        shown, there = generation.known, state_in(REPLICA)
        if there and (shown is None or there.number >= shown.number):
            self.alias = REPLICA
            logger.info("Pages are read from the copy of the database again")

    def compare_often(self) -> None:
        while not self.over.wait(EVERY):
            self.compare()
        connections.close_all()

    def compare(self) -> None:
        """Leave a copy that is too late; note that one is well again."""
        if self.alias == REPLICA:
            self.judge(state_in(DEFAULT_DB_ALIAS), state_in(REPLICA))
        elif time.monotonic() > self.rests_until:
            here, there = state_in(DEFAULT_DB_ALIAS), state_in(REPLICA)
            self.aim = (0, 0.0)
            self.is_well = bool(here and there and there.number >= here.number)

    def judge(self, here: State | None, there: State | None) -> None:
        """None is who does not answer: without the database itself, nothing new is missed."""
        if here is None or there is None:
            return
        at = time.monotonic()
        number, since = self.aim
        if there.number < here.hard:
            self.leave("does not know yet of what had to go")
        elif there.number >= number:
            self.aim = (here.number, at)
        elif at - since > LATE:
            self.leave(f"is more than {LATE:.0f} seconds behind")


def state_in(alias: str) -> State | None:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(READ)
            row = cursor.fetchone()
            return State(*row) if row else None
    except Error:
        connections[alias].close()
        return None
