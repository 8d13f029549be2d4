"""A thread of each web process that knows which generation of the site is now."""

import logging
import os
import time
from datetime import UTC, datetime
from threading import Event, Lock, Thread

from django.db import Error, connections

from newsroom.lib import generation
from newsroom.lib.generation import Generation
from newsroom.lib.reading import read_from, source
from newsroom.pages import moments
from newsroom.pages.last_seen import keep, last_seen

logger = logging.getLogger(__name__)

EVERY = 0.5  # seconds from one look to the next
SILENCE = 3.0  # seconds without an answer, after which the database counts as gone
READ = "SELECT number, hard FROM newsroom_generation"


class Watcher:
    """Looks at the database that pages are made from: a copy lags behind with its number, too."""

    def __init__(self, alias: str = "default") -> None:
        self.alias = alias
        self.process = 0
        self.lock = Lock()
        self.first, self.over = Event(), Event()
        self.has_failed = False
        self.heard_at = 0.0

    @property
    def is_lost(self) -> bool:
        """Whether the database does not answer."""
        return self.has_failed or time.monotonic() - self.heard_at > SILENCE

    @property
    def source(self) -> str:
        """From which database a page is to be made now."""
        return self.alias

    def current(self) -> Generation | None:
        """What was seen last, once this process has looked at all.

        Without a database it is what this machine saw last, perhaps before this process began.
        """
        if self.process != os.getpid():  # threads do not survive a fork
            self.start()
        if generation.known is None:
            self.first.wait(1)
        return generation.known

    def start(self) -> None:
        with self.lock:
            if self.process == os.getpid():
                return
            self.process = os.getpid()
            self.heard_at = time.monotonic()
            self.first = Event()
            generation.known = None
            self.thread = Thread(target=self.watch, name="generation", daemon=True)
            self.thread.start()

    def watch(self) -> None:
        left = 0.0
        while not self.over.wait(max(0.01, min(EVERY, left))):
            self.look()
            known = None if self.has_failed else generation.known
            left = known.until - time.time() if known else EVERY
        connections[self.alias].close()

    def stop(self) -> None:
        self.over.set()
        self.thread.join()

    def look(self) -> None:
        """Note what is now; repeated, nothing changes."""
        alias = self.alias
        try:
            self.read(alias)
        except Exception as error:  # noqa: BLE001  without this thread there would be no pages
            self.lose(alias, error)
            return
        if self.has_failed:
            logger.info("The database answers again")
        self.has_failed = False
        self.heard_at = time.monotonic()
        self.first.set()

    def read(self, alias: str) -> None:
        """Anew if need be: a connection that was cut is no reason to despair of the database."""
        try:
            self.ask(alias)
        except Error:
            connections[alias].close()
            self.ask(alias)

    def ask(self, alias: str) -> None:
        with read_from(alias), connections[alias].cursor() as cursor:
            cursor.execute(READ)
            self.note(*cursor.fetchone())

    def note(self, number: int, hard: int) -> None:
        at, known, alias = time.time(), generation.known, source().alias
        if known and (known.number, known.source) == (number, alias) and at < known.until:
            return
        now = datetime.fromtimestamp(at, UTC)
        until, ended = moments.following(now), moments.last_end(now)
        generation.known = Generation(number, hard, until, ended, at, alias)
        keep(generation.known)

    def lose(self, alias: str, error: Exception) -> None:
        if not self.has_failed:
            logger.error("The database does not answer: %s", first_line(error))
        self.has_failed = True
        generation.known = generation.known or last_seen()
        self.first.set()
        connections[alias].close()


def first_line(error: Exception) -> str:
    return str(error).partition("\n")[0] or type(error).__name__
