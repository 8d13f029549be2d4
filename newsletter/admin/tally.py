"""How many letters of a round-up have come how far; quick at a million of them."""

from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from django.db.models import Count, Min, Q

from newsletter.models import Delivery, Issue

MANY = 100_000  # letters; to count more takes a quarter of a second for a million
KEPT = 2.0  # seconds, at least
PAUSE = 10  # times what counting took, before it is done again: the senders need the database
Status = Delivery.Status


@dataclass(frozen=True)
class Kind:
    """What is known of the letters in one state."""

    n: int = 0
    n_open: int = 0
    n_taken: int = 0
    n_unsure: int = 0
    next_at: datetime | None = None


@dataclass(frozen=True)
class Tally:
    """How many letters have come how far.

    n_leaving: just being handed over. n_lost: without an answer, and sent again soon. n_held:
    without an answer, and left to a person. next_at: when one that was put off is tried again.
    """

    counts: dict[str, int]
    n_leaving: int
    n_lost: int
    n_held: int
    n_never: int  # would not get it if it were stopped now
    next_at: datetime | None

    @property
    def n(self) -> int:
        return sum(self.counts.values())

    @property
    def n_open(self) -> int:
        waiting = sum(self.counts[status] for status in (*Delivery.WAITING, Status.LEASED))
        return waiting + self.n_leaving + self.n_lost

    @property
    def n_waiting(self) -> int:
        """For their first attempt."""
        return self.counts[Status.PLANNED] + self.counts[Status.LEASED] + self.n_leaving

    @property
    def n_done(self) -> int:
        return self.n - self.n_open

    @property
    def percent(self) -> int:
        """Rounded down: 100 only at the very end."""
        return 100 * self.n_done // self.n if self.n else 100


_kept: dict[int, tuple[float, Tally]] = {}  # until when, by the monotonic clock


def tally(issue: Issue) -> Tally:
    """1 query; none if they are many, and were counted a moment ago by this process."""
    began = monotonic()
    until, kept = _kept.get(issue.pk, (0.0, None))
    if kept and began < until:
        return kept
    found = tally_now(issue)
    if found.n > MANY:
        now = monotonic()
        _kept[issue.pk] = now + max(KEPT, PAUSE * (now - began)), found
    return found


def tally_now(issue: Issue) -> Tally:
    kinds = kinds_of(issue)
    uncertain, put_off = kinds[Status.UNCERTAIN], kinds[Status.DEFERRED]
    n_waiting = sum(kinds[status].n for status in (*Delivery.WAITING, Status.LEASED))
    return Tally(
        counts={status: kind.n for status, kind in kinds.items()},
        n_leaving=uncertain.n_taken,
        n_lost=uncertain.n_open - uncertain.n_taken,
        n_held=uncertain.n - uncertain.n_open,
        n_never=n_waiting - put_off.n_unsure,
        next_at=put_off.next_at,
    )


def kinds_of(issue: Issue) -> dict[str, Kind]:
    """By every state; 1 query."""
    rows = issue.deliveries.order_by().values_list("status")
    found = rows.annotate(
        n=Count("subscriber"),
        n_open=Count("next_at"),
        n_taken=Count("sender", Q(next_at__isnull=False)),
        n_unsure=Count("subscriber", Q(n_lost__gt=0)),
        next_at=Min("next_at"),
    )
    return dict.fromkeys(Status.values, Kind()) | {row[0]: Kind(*row[1:]) for row in found}
