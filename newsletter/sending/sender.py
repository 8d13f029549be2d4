"""The process that sends: looks every second what there is to do, and keeps its lines busy."""

import logging
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Lock, Thread
from time import monotonic

from django.db import DatabaseError, InterfaceError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import QuerySet
from django.db.models.functions import Now

from newsletter.alerts import alert
from newsletter.models import Issue, Newsletter, Sender
from newsletter.sending import brakes, origin, tending
from newsletter.sending.gateways import open_gateway
from newsletter.sending.ledger import Holder
from newsletter.sending.line import Line
from newsletter.sending.writing import Unwritable, Writer
from newsletter.tokens import EPOCH

logger = logging.getLogger(__name__)
LOOK = 1.0  # seconds
BEAT = 5.0  # seconds between two signs of life
PATIENCE = timedelta(seconds=30)  # without one, before its letters are another's
CALM = 2 * BEAT  # after the database was away: nobody could be seen, and nobody is dead for that
GRACE = 7.0  # seconds for the letters in hand when it shall end; all of it in ten
IDLE_NO_LONGER = "SELECT set_config('idle_in_transaction_session_timeout', %s, false)"
NO_DATABASE = (DatabaseError, InterfaceError)


@dataclass
class Postroom:
    """One sending process; `run` it in the main thread and set `stop` to end it.

    patience: as in `recovering.recover`.
    """

    patience: timedelta = PATIENCE
    stop: Event = field(default_factory=Event)
    _lines: dict[int, Thread] = field(default_factory=dict)
    _most: int = 0  # lines
    _at_work: Sequence[int] = ()
    _writers: dict[int, Writer] = field(default_factory=dict)
    _writing: Lock = field(default_factory=Lock)
    _id: int = 0
    _since: datetime = EPOCH
    _calm_at: float = 0.0  # by the monotonic clock: when all have had the time to be seen again

    def run(self) -> None:
        """Ends within GRACE of `stop`; a letter that takes longer stays uncertain."""
        connection.close()
        connection_created.connect(self.keep_nobody_waiting)
        self.keep_trying(self.arrive)
        beating = Thread(target=self.beat, name="heartbeat", daemon=True)
        beating.start()
        while not self.stop.is_set():
            self.keep_trying(self.look)
            self.stop.wait(LOOK)
        end = monotonic() + GRACE
        for line in self._lines.values():
            line.join(max(end - monotonic(), 0))
        if not any(line.is_alive() for line in self._lines.values()):
            self.leave()

    def keep_nobody_waiting(self, connection: BaseDatabaseWrapper, **kwargs: object) -> None:
        """If we stand still in the middle of writing, others want what we have locked."""
        limit = f"{max(self.patience // timedelta(milliseconds=1), 1)}ms"
        with connection.cursor() as cursor:
            cursor.execute(IDLE_NO_LONGER, [limit])

    def keep_trying(self, work: Callable[[], None]) -> None:
        """Until the database answers."""
        while not self.stop.is_set():
            try:
                work()
            except NO_DATABASE as error:
                logger.warning("The database does not answer: %s", error)
                connection.close()
                self._calm_at = monotonic() + CALM
                self.stop.wait(LOOK)
            else:
                return

    def arrive(self) -> None:
        origin.note()
        sender = Sender(host=socket.gethostname()[:100], started_at=Now(), seen_at=Now())
        sender.save(force_insert=True)
        sender.refresh_from_db()
        self._id, self._since = sender.pk, sender.started_at

    def leave(self) -> None:
        try:
            self.row().delete()
        except NO_DATABASE:
            connection.close()  # others will miss it soon enough

    def beat(self) -> None:
        """Thread: signs of life, on a connection of their own."""
        while not self.stop.wait(BEAT):
            try:
                self.show_life()
            except NO_DATABASE:
                connection.close()
        connection.close()

    def show_life(self) -> None:
        if not self.row().update(seen_at=Now()):
            self.arrive()  # in a database that does not know us, as after a restoration

    def row(self) -> QuerySet[Sender]:
        """Ours, and not that of another process which was given our number after a restoration."""
        return Sender.objects.filter(pk=self._id, started_at=self._since)

    def look(self) -> None:
        self._at_work = tending.tend(self.patience if monotonic() > self._calm_at else None)
        self.keep_writers()
        self.keep_lines()

    def keep_lines(self) -> None:
        """As many as the newsletter says, while there is work."""
        self._most = Newsletter.current().connections if self._at_work else 0
        for number in range(self._most):
            if number not in self._lines or not self._lines[number].is_alive():
                name = f"line {number}"
                line = Thread(target=self.keep_line, args=[number], name=name, daemon=True)
                line.start()
                self._lines[number] = line

    def keep_line(self, number: int) -> None:
        """Thread. If a line fails as no line should, staff hear of it, and another one begins."""
        line = Line(lambda: Holder(self._id, number), open_gateway(), self.writer, self.stop)
        try:
            line.run(lambda: self._at_work if number < self._most else ())
        except Exception as error:
            logger.exception("A line has failed")
            with suppress(*NO_DATABASE):
                text = f"{type(error).__name__}: its log says more. Letters wait, none is lost."
                alert("line", "A sender fails", text)
            self.stop.wait(LOOK)
        finally:
            connection.close()

    def keep_writers(self) -> None:
        """Of what is at work only: in a restored database a number may name another round-up."""
        with self._writing:
            self._writers = {
                pk: writer for pk, writer in self._writers.items() if pk in self._at_work
            }

    def writer(self, issue_id: int) -> Writer:
        """One for all lines. Raises Unwritable, and has paused the round-up then."""
        with self._writing:
            if issue_id not in self._writers:
                self._writers[issue_id] = self.new_writer(Issue.objects.get(pk=issue_id))
            return self._writers[issue_id]

    def new_writer(self, issue: Issue) -> Writer:
        try:
            return Writer.of(issue)
        except NO_DATABASE:
            raise
        except Exception as error:
            logger.exception("No letter can be made of round-up %s", issue.pk)
            brakes.pause(issue, "No letter can be made of it; the log of the sender says why.")
            raise Unwritable from error
