"""One connection to the mail server and one to the database: letter after letter over both.

At any moment a line has one letter in hand at most. If the database is lost, it sends nothing
more; what it knows is written as soon as the database is back.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from threading import Event
from time import monotonic
from typing import Self, TypeVar

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.utils import timezone

from newsletter.alerts import alert
from newsletter.bounces import scoring
from newsletter.models import Bounce, Delivery, Newsletter
from newsletter.sending import brakes, ledger, pace
from newsletter.sending.answers import Answer, Interrupted, Outcome, Unreachable
from newsletter.sending.gateway import Gateway
from newsletter.sending.ledger import Batch, Done, Holder, Row
from newsletter.sending.writing import Envelope, Unwritable, Writer

T = TypeVar("T")
logger = logging.getLogger(__name__)
BATCH = 100  # letters leased at once, or as many as leave within TOO_LATE
TOO_LATE = timedelta(seconds=1)  # for a slot; what is later would crowd those that follow
MOST_EARLY = 5.0  # seconds until a slot; it is further away only if somebody has set the clock
IDLE = 0.5  # seconds until a line looks again for letters
MOST_IDLE = 5.0  # seconds, of a lane that has reached a limit: somebody may raise it
AT_ONCE = 0.02  # seconds that an outcome may wait for the next letter to be written with it
FRESH = 1.0  # seconds until a line looks again at what the desk has set, but for limits
RETRY, MOST_RETRY = 1.0, 30.0  # seconds between two tries to reach the mail server
LOST = Answer(Outcome.LOST, "No answer was understood.")
MAIL_SERVER = "The mail server does not take our letters"


@dataclass(frozen=True)
class Rules:
    """What the desk has set. until: by the monotonic clock, when they are to be read again."""

    lanes: Sequence[int] = ()
    sends_uncertain: bool = False
    until: float = 0.0

    @classmethod
    def read(cls) -> Self:
        """2 queries."""
        sends_uncertain = Newsletter.current().sends_uncertain
        return cls(pace.lanes(), sends_uncertain, monotonic() + FRESH)


@dataclass
class Line:
    """holder: who we are in the ledger, which may change. writer: of a round-up, by its id;
    may raise Unwritable.

    Raises DatabaseError or InterfaceError from `work` if the database is lost; `work` may be called
    again then.
    """

    holder: Callable[[], Holder]
    gateway: Gateway
    writer: Callable[[int], Writer]
    stop: Event = field(default_factory=Event)
    retry: float = RETRY
    most: int = 1  # letters to lease at once; what is not sent in time counts all the same
    _after: dict[tuple[int, int], int] = field(default_factory=dict)  # where lanes have got to
    _rules: Rules = Rules()
    _idle_until: dict[int, float] = field(default_factory=dict)  # by lane and the monotonic clock
    _written_not: Done | None = None  # an outcome that the database does not know yet
    _sent_not: list[Row] = field(default_factory=list)  # ours in the ledger, and never to be sent
    _knows_all: bool = True  # that is ours in the ledger; not after the database was lost

    def run(self, at_work: Callable[[], Sequence[int]]) -> None:
        """Until there is no work or `stop` is set.

        at_work: the ids of the round-ups whose letters may leave.
        """
        try:
            while not self.stop.is_set() and (issue_ids := at_work()):
                self.keep_on(issue_ids)
        finally:
            self.keep_trying(self.tidy)
            while self.knows_something and not self.stop.is_set():
                self.keep_trying(self.tidy)
            self.gateway.close()
            connection.close()

    def keep_on(self, issue_ids: Sequence[int]) -> None:
        try:
            is_busy = self.keep_trying(lambda: self.work(issue_ids))
        except Unreachable as error:
            self.keep_trying(partial(self.tell, error))
            self.stop.wait(self.retry)
            self.retry = min(self.retry * 2, MOST_RETRY)
        else:
            self.stop.wait(0 if is_busy else IDLE)

    def keep_trying(self, step: Callable[[], T]) -> T | None:
        """`step`, or None after a moment if the database is lost."""
        try:
            return step()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("No letter leaves, as the database does not answer: %s", error)
            connection.close()
            self._knows_all = False
            self.stop.wait(RETRY)
            return None

    def tell(self, error: Unreachable) -> None:
        self.tidy()
        text = f"It is tried again, at least every {MOST_RETRY:.0f} seconds. The answer: {error}"
        alert("mail-server", MAIL_SERVER, text)

    def work(self, issue_ids: Sequence[int]) -> bool:
        """Send a batch of one of these round-ups; whether there was one. Raises Unreachable."""
        self.tidy()
        for issue_id in issue_ids:
            for lane in self.lanes():
                batch = self.lease(issue_id, lane)
                if batch and batch.rows:
                    with suppress(Unwritable):  # it is paused now, and others may leave
                        self.send(batch, self.writer(issue_id))
                    self.tidy()
                    return True
        return False

    def lanes(self) -> list[int]:
        """Those that may have something to give by now."""
        now = monotonic()
        if self._rules.until <= now:
            self._rules = Rules.read()
        return [lane for lane in self._rules.lanes if self._idle_until.get(lane, now) <= now]

    def lease(self, issue_id: int, lane: int) -> Batch | None:
        """The lane's next letters, from where the last ones were; if there are none, the first.

        Those before were another's, or put off, and have come back.
        """
        after = self._after.pop((issue_id, lane), 0)
        ask = partial(ledger.lease, issue_id, lane, self.holder(), most=self.most)
        batch = ask(after=after) or (ask() if after else None)
        if batch:
            self._after[issue_id, lane] = batch.after
            self._sent_not = list(batch.rows)
        if batch and not batch.rows and batch.again_at:
            idle = (batch.again_at - batch.at).total_seconds()
            self._idle_until[lane] = monotonic() + min(idle, MOST_IDLE)
        return batch

    def send(self, batch: Batch, writer: Writer) -> None:
        """One after the other; the rest is given back if it may not leave, or not now."""
        ahead = batch.at - timezone.now()  # of the database's clock
        n_sent, seconds = 0, 0.0
        while self._sent_not and self.wait_for(self._sent_not[0].slot - ahead):
            row, began = self._sent_not[0], monotonic()
            turn = ledger.turn(row, self._written_not)
            self._written_not = None
            if turn.status is None:
                break
            if turn.status == Delivery.Status.UNCERTAIN:
                made = writer.letter(subscriber_id=row.subscriber_id, address=turn.address)
                self.hand_over(row, made)
            else:
                self._sent_not.remove(row)
            n_sent, seconds = n_sent + 1, seconds + monotonic() - began
        if n_sent:
            in_time = int(TOO_LATE.total_seconds() * n_sent / seconds)
            self.most = min(max(in_time, 1), BATCH)

    def wait_for(self, slot: datetime) -> bool:
        """Whether it is the moment `slot`, neither long past nor far ahead nor cut short."""
        early = (slot - timezone.now()).total_seconds()
        if early > MOST_EARLY:
            return False
        if early > AT_ONCE:
            self.write()
        if early > 0:
            self.stop.wait(early)
        return not self.stop.is_set() and timezone.now() - slot < TOO_LATE

    def hand_over(self, row: Row, made: Envelope) -> None:
        """Raises Unreachable; the letter is given back then."""
        self._sent_not.remove(row)
        conclude = partial(ledger.done, row, sends_uncertain=self._rules.sends_uncertain)
        self._written_not = conclude(LOST)  # whatever happens until we know better
        try:
            answer = self.gateway.send(
                envelope_from=made.envelope_from, to=made.to, letter=made.letter
            )
        except Interrupted as error:
            self._written_not = conclude(Answer(Outcome.DEFERRED, str(error)))
            raise
        except Unreachable:
            self._written_not, self._sent_not = None, [row, *self._sent_not]
            raise
        self.retry = RETRY
        self._written_not = conclude(answer)
        if answer.outcome != Outcome.ACCEPTED:
            self.write()

    def write(self) -> None:
        """The last outcome."""
        if not (done := self._written_not):
            return
        if done.status == Delivery.Status.FAILED:
            self.write_refusal(done)
        else:
            ledger.settle(done)
        self._written_not = None
        if done.status in brakes.ERRORS:
            brakes.pull(done.row.issue_id)

    @transaction.atomic
    def write_refusal(self, done: Done) -> None:
        """With what it says of the address."""
        if ledger.settle(done):
            self.note(done)

    def note(self, done: Done) -> None:
        kind, code = scoring.of_answer(done.answer)
        if kind:
            scoring.note(
                done.row.subscriber_id,
                kind,
                source=Bounce.Source.SERVER,
                at=timezone.now(),
                issue_id=done.row.issue_id,
                code=code,
                answer=done.answer,
            )

    @property
    def knows_something(self) -> bool:
        """That the database does not: an outcome, or that a letter is not sent."""
        return bool(self._written_not or self._sent_not or not self._knows_all)

    def tidy(self) -> None:
        """Leave nothing behind that only this line knows."""
        self.write()
        if self._sent_not:
            ledger.give_back(self._sent_not)
            self._sent_not = []
        if not self._knows_all:
            ledger.give_up(self.holder())
            self._knows_all = True
