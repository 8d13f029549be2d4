"""How the letters of a round-up leave: how fast, until when, with what answers, by whom."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Now

from newsletter.admin.tally import Tally, tally
from newsletter.models import Delivery, DomainLimit, Issue, Newsletter, Sender, Subscriber
from newsletter.sending import pace
from newsletter.sending.pace import tallies
from newsletter.sending.pace.limits import limits_of
from newsletter.sending.sender import PATIENCE
from newsroom.lib.addresses import shown_domain
from newsroom.lib.logs import ADDRESS

N_ANSWERS = 10
A_MINUTE = timedelta(minutes=1)
AT_LEAST = timedelta(seconds=5)  # that a speed is taken from
ENDED = {Issue.Status.SENT, Issue.Status.STOPPED}
Status = Delivery.Status


@dataclass(frozen=True)
class Answer:
    """What came of one letter; the reader's address only from the @ on."""

    at: datetime
    word: str
    domain: str
    text: str


def per_minute(issue: Issue, at: datetime) -> int:
    """How many letters were accepted in the last minute; 1 query.

    In the first minute, how many would be at the speed so far, but for a burst at the start: at
    most what the limit allows; 2 queries. By the database's clock, which stamped them.
    """
    accepted = issue.deliveries.filter(done_at__gt=Now() - A_MINUTE, status=Status.ACCEPTED)
    n, runs_for = accepted.count(), at - (issue.running_since or at - A_MINUTE)
    if runs_for >= A_MINUTE:
        return n
    speed = round(n * (A_MINUTE / max(runs_for, AT_LEAST)))
    limit = Newsletter.current().per_minute
    return min(speed, max(limit, n)) if limit else speed


def ends_at(
    found: Tally,
    speed: int,
    at: datetime,
    *,
    held_until: datetime | None = None,
    slow: timedelta = timedelta(0),
) -> datetime | None:
    """When all that wait will have left, if it goes on like this; None if nobody knows.

    slow: how long the slowest domain takes. Not before limits allow it; 1 query for them.
    """
    if not found.n_waiting:
        return found.next_at
    if not speed and not held_until:
        return None
    takes = [A_MINUTE * (found.n_waiting / speed)] if speed else []
    takes.append(pace.lasts(found.n_waiting, at) or timedelta(0))
    return max((held_until or at) + max(takes), at + slow, found.next_at or at)


def slowest(issue: Issue, at: datetime) -> timedelta:
    """How long the domains that have limits keep the last letters back; 1 query if none has."""
    takes = [timedelta(0)]
    for lane in DomainLimit.objects.values_list("pk", flat=True):
        waiting = issue.deliveries.filter(lane=lane, status=Status.PLANNED)
        takes.append(pace.lasts(waiting.count(), at, lane) or timedelta(0))
    return max(takes)


def held_back_until(at: datetime) -> datetime | None:
    """When limits let the next letter leave, if they keep all of them back; 2 queries."""
    (limits,) = limits_of(0, at)
    is_full = not all(tallies.left(limits, at))
    return tallies.frees_at(limits, at) if is_full else None


def answers(issue: Issue) -> list[Answer]:
    """The last ones, newest first; 1 query."""
    address = Subscriber.objects.filter(pk=OuterRef("subscriber")).values("address")
    rows = issue.deliveries.annotate(address=Subquery(address)).newest(N_ANSWERS)
    return [
        Answer(row.done_at, word(row), domain(row.address), ADDRESS.sub("[address]", row.answer))
        for row in rows
        if row.done_at
    ]


def word(row: Delivery) -> str:
    """What it made of the letter, which may be in hand for a further attempt by now."""
    is_in_hand = row.status == Status.LEASED or row.sender is not None
    return Status.DEFERRED.label if is_in_hand else row.get_status_display()


def domain(address: str | None) -> str:
    return shown_domain(address.rpartition("@")[2]) if address else "erased"


def senders() -> list[str]:
    """The machines of all sending processes that gave a sign of life lately; 1 query.

    Each with how many, if there are several.
    """
    alive = Sender.objects.filter(seen_at__gt=Now() - PATIENCE)
    hosts = Counter(alive.order_by("host").values_list("host", flat=True))
    return [f"{host} ({n})" if n > 1 else host for host, n in hosts.items()]


def outlook(issue: Issue, *, at: datetime) -> dict[str, Any]:
    """What the screen shows of the letters; 1 query once it has ended, 2 in a pause, else 5.

    In its first minute 6, and more while limits keep them back.
    """
    found, is_sending = tally(issue), issue.status == Issue.Status.SENDING
    return {
        "tally": found,
        "answers": [] if issue.status in ENDED else answers(issue),
        **(motion(issue, found, at) if is_sending else {}),
    }


def motion(issue: Issue, found: Tally, at: datetime) -> dict[str, Any]:
    """How fast they leave, and who sends them; 3 queries, 4 in the first minute.

    While limits keep them back, 2 more.
    """
    speed = per_minute(issue, at)
    held_until = held_back_until(at) if found.n_waiting and not speed else None
    return {
        "per_minute": speed,
        "held_until": held_until,
        "ends_at": ends_at(found, speed, at, held_until=held_until, slow=slowest(issue, at)),
        "senders": senders(),
    }
