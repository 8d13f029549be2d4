"""The states of letters in words, as the screen of a round-up lists them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from newsletter.admin.tally import Tally
from newsletter.models import Delivery
from newsroom.lib.dates import spoken

Status = Delivery.Status
COLOURS = {  # by the names that the desk's sheets know
    Status.PLANNED: "draft",
    Status.LEASED: "draft",
    Status.UNCERTAIN: "scheduled",
    Status.ACCEPTED: "public",
    Status.DEFERRED: "scheduled",
    Status.FAILED: "failed",
    Status.BOUNCED: "failed",
    Status.SUPPRESSED: "draft",
}
ORDER = [
    Status.ACCEPTED,
    Status.PLANNED,
    Status.LEASED,
    Status.DEFERRED,
    Status.UNCERTAIN,
    Status.FAILED,
    Status.BOUNCED,
    Status.SUPPRESSED,
]


@dataclass(frozen=True)
class Outcome:
    status: str
    key: str
    word: str
    n: int
    note: str


def outcomes(tally: Tally, at: datetime) -> list[Outcome]:
    """What there is, in the order in which letters come there; those accepted always."""
    return [
        Outcome(status, COLOURS[status], status.label, n, note(status, tally, at))
        for status in ORDER
        if (n := tally.counts[status]) or status == Status.ACCEPTED
    ]


def note(status: Status, tally: Tally, at: datetime) -> str:
    notes: dict[Status, Callable[[], str]] = {
        Status.LEASED: lambda: "In the hands of a sender.",
        Status.DEFERRED: lambda: put_off(tally.next_at, at),
        Status.UNCERTAIN: lambda: " ".join(uncertain(tally)),
        Status.FAILED: lambda: "For good; no further attempt.",
        Status.BOUNCED: lambda: "Accepted first, then returned.",
        Status.SUPPRESSED: lambda: "Had left by their turn, or it was stopped before.",
    }
    return notes.get(status, str)()


def put_off(next_at: datetime | None, at: datetime) -> str:
    if next_at is None or next_at <= at:
        return "The next is tried again now."
    return f"The next is tried again {spoken(next_at, at)}."


def uncertain(tally: Tally) -> Iterator[str]:
    if tally.n_leaving:
        yield f"{tally.n_leaving:,} just being handed over."
    if tally.n_lost:
        yield f"{lost(tally.n_lost)} sent again in a minute."
    if tally.n_held:
        yield f"{lost(tally.n_held)} held."


def lost(n: int) -> str:
    return "1 lost its answer and is" if n == 1 else f"{n:,} lost their answer and are"
