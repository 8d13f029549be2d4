"""The ledger's statements: who takes a letter in hand, and what became of it.

In SQL, as each is one statement and one commit, and two of them come with every letter.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from newsletter.models import Delivery
from newsletter.sending import pace
from newsletter.sending.answers import Answer, Outcome
from newsletter.sending.origin import HERE
from newsroom.lib.planned import Planned

FIRST_WAIT = timedelta(minutes=5)  # doubled with each attempt that is put off
MOST_ATTEMPTS = 9  # the last one comes 21 hours after the first; RFC 5321, 4.5.4.1
LOST_WAIT = timedelta(minutes=1)
MOST_LOST = 2  # further attempts after an answer was lost; then a person decides
HAD_LEFT = "Had left before its turn."
PUT_OFF_TOO_LONG = "Put off for a day: "
Status = Delivery.Status


@dataclass(frozen=True)
class Holder:
    """One line of one sending process."""

    sender: int
    line: int


@dataclass(frozen=True)
class Row:
    """A letter that is ours until somebody else's `fence` is higher."""

    issue_id: int
    subscriber_id: int
    fence: int
    n_attempts: int
    n_lost: int
    slot: datetime


@dataclass(frozen=True)
class Batch:
    """at: the database's time. again_at: when the lane may give more, if it has a limit.

    after: the last subscriber of those that were tried for the first time.
    """

    rows: list[Row]
    at: datetime
    again_at: datetime | None = None
    after: int = 0


@dataclass(frozen=True)
class Done:
    """A row and what came of its attempt, to be written."""

    row: Row
    status: str
    answer: str
    wait: timedelta | None = None  # until it is looked at again
    is_lost: bool = False


@dataclass(frozen=True)
class Turn:
    """status: of the row whose turn it is; None: it is not ours (any more), or nothing may leave.

    address: the reader's, if they still want letters.
    """

    status: str | None
    address: str = field(default="", repr=False)


MAY_LEAVE = f"""
    EXISTS (SELECT FROM newsletter_issue WHERE id = %(issue)s AND status = 'sending')
        AND NOT EXISTS (SELECT FROM newsletter_origin WHERE identity <> {HERE})
"""  # noqa: S608
DUE = f"""
    SELECT subscriber_id, statement_timestamp() FROM newsletter_delivery
    WHERE issue_id = %(issue)s AND lane = %(lane)s AND status = 'deferred'
        AND next_at <= statement_timestamp() AND {MAY_LEAVE}
    ORDER BY next_at LIMIT %(most)s FOR UPDATE SKIP LOCKED
"""  # noqa: S608
PLANNED = f"""
    SELECT subscriber_id, statement_timestamp() FROM newsletter_delivery
    WHERE issue_id = %(issue)s AND lane = %(lane)s AND status = 'planned'
        AND subscriber_id > %(after)s AND {MAY_LEAVE}
    ORDER BY subscriber_id LIMIT %(most)s FOR UPDATE SKIP LOCKED
"""  # noqa: S608
LEASE = """
    UPDATE newsletter_delivery SET status = 'leased', sender = %s, line = %s, fence = fence + 1
    WHERE issue_id = %s AND subscriber_id = ANY(%s)
    RETURNING subscriber_id, fence, n_attempts, n_lost
"""
# A row with our fence and a sender is in our hands. Neither statement names a status: the database
# would look through all that is in hand, by the small index of those, instead of for the one row.
SETTLE = """
    UPDATE newsletter_delivery
    SET status = %(done_status)s, done_at = statement_timestamp(), answer = %(answer)s,
        next_at = statement_timestamp() + %(wait)s::interval,
        n_lost = n_lost + %(lost)s, sender = NULL
    WHERE issue_id = %(done_issue)s AND subscriber_id = %(done)s AND fence = %(done_fence)s
        AND sender IS NOT NULL
"""
OURS = """
    issue_id = %(issue)s AND subscriber_id = %(next)s AND fence = %(fence)s AND sender IS NOT NULL
        AND EXISTS (SELECT FROM newsletter_issue WHERE id = %(issue)s AND status = 'sending')
"""
TAKING = f"""
    UPDATE newsletter_delivery SET status = 'uncertain', n_attempts = n_attempts + 1
    FROM newsletter_subscriber reader
    WHERE {OURS} AND reader.id = %(next)s AND reader.status = 'active'
    RETURNING reader.address
"""  # noqa: S608
BLANKS = {"issue": "bigint", "next": "bigint", "fence": "int"}
DONE_BLANKS = {"done_issue": "bigint", "done": "bigint", "done_fence": "int"}
DONE_BLANKS |= {"done_status": "text", "answer": "text", "wait": "interval", "lost": "int"}
TAKE = Planned("take", TAKING, BLANKS)
SETTLE_AND_TAKE = Planned(
    "settle_and_take", f"WITH settled AS ({SETTLE}) {TAKING}", BLANKS | DONE_BLANKS
)
PASS_OVER = f"""
    UPDATE newsletter_delivery
    SET status = CASE WHEN n_lost > 0 THEN 'uncertain' ELSE 'suppressed' END, next_at = NULL,
        done_at = CASE WHEN n_lost > 0 THEN done_at ELSE statement_timestamp() END,
        answer = %(had_left)s, sender = NULL
    WHERE {OURS} AND NOT EXISTS (
        SELECT FROM newsletter_subscriber WHERE id = %(next)s AND status = 'active')
"""  # noqa: S608
GIVE_BACK = """
    UPDATE newsletter_delivery
    SET n_attempts = n_attempts - (status = 'uncertain')::int, sender = NULL,
        status = CASE WHEN done_at IS NULL THEN 'planned' ELSE 'deferred' END
    FROM unnest(%s::bigint[], %s::int[]) AS ours (subscriber, fence)
    WHERE issue_id = %s AND subscriber_id = ours.subscriber
        AND newsletter_delivery.fence = ours.fence AND status IN ('leased', 'uncertain')
        AND sender IS NOT NULL
"""
GIVE_UP = """
    UPDATE newsletter_delivery
    SET status = CASE WHEN done_at IS NULL THEN 'planned' ELSE 'deferred' END, sender = NULL
    WHERE status = 'leased' AND sender = %s AND line = %s AND next_at IS NOT NULL
"""


def lease(issue_id: int, lane: int, holder: Holder, *, most: int, after: int = 0) -> Batch | None:
    """Up to `most` letters for `holder` alone; None if none waits that may be tried now.

    First those that were put off and are due, then those of the subscribers after `after`.
    """
    asked: dict[str, Any] = {"issue": issue_id, "lane": lane, "most": most, "after": after}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(DUE, asked)
        found = cursor.fetchall()
        if is_first := not found:
            cursor.execute(PLANNED, asked)
            found = cursor.fetchall()
        if not found:
            return None
        at = found[0][1]
        grant = pace.grant(lane, len(found), at)
        ours = [subscriber for subscriber, _ in found[: len(grant.slots)]]
        cursor.execute(LEASE, [holder.sender, holder.line, issue_id, ours])
        leased = sorted(cursor.fetchall())
    rows = [
        Row(issue_id, subscriber, fence, n_attempts, n_lost, slot)
        for (subscriber, fence, n_attempts, n_lost), slot in zip(leased, grant.slots, strict=True)
    ]
    return Batch(rows, at, grant.again_at, max([after, *ours]) if is_first else after)


def turn(row: Row, done: Done | None = None) -> Turn:
    """Take `row` in hand, and write what became of the one before; one statement, one commit.

    One more if its reader has left, or it is not ours any more.
    """
    asked: dict[str, Any] = {"issue": row.issue_id, "next": row.subscriber_id, "fence": row.fence}
    found = SETTLE_AND_TAKE.run(asked | _written(done)) if done else TAKE.run(asked)
    if found:
        return Turn(Status.UNCERTAIN, found[0][0])
    with connection.cursor() as cursor:
        cursor.execute(PASS_OVER, asked | {"had_left": HAD_LEFT})
        return Turn(Status.SUPPRESSED if cursor.rowcount else None)


def settle(done: Done) -> bool:
    """Write what became of a letter; False if that is another's affair by now."""
    with connection.cursor() as cursor:
        cursor.execute(SETTLE, _written(done))
        return bool(cursor.rowcount)


def give_back(rows: Iterable[Row]) -> None:
    """Let others take what no server has heard of, and we certainly do not send."""
    by_issue: dict[int, list[Row]] = {}
    for row in rows:
        by_issue.setdefault(row.issue_id, []).append(row)
    for issue_id, ours in by_issue.items():
        numbers = [row.subscriber_id for row in ours], [row.fence for row in ours]
        with connection.cursor() as cursor:
            cursor.execute(GIVE_BACK, [*numbers, issue_id])


def give_up(holder: Holder) -> None:
    """Let others take all that `holder` has leased; for one that has nothing of that in hand."""
    with connection.cursor() as cursor:
        cursor.execute(GIVE_UP, [holder.sender, holder.line])


def done(row: Row, answer: Answer, *, sends_uncertain: bool) -> Done:
    """What `answer` makes of `row`."""
    if answer.outcome == Outcome.LOST:
        again = sends_uncertain and row.n_lost < MOST_LOST
        wait = LOST_WAIT if again else None
        return Done(row, Status.UNCERTAIN, answer.text, wait, is_lost=True)
    if answer.outcome == Outcome.DEFERRED:
        n = row.n_attempts + 1
        if n >= MOST_ATTEMPTS:
            return Done(row, Status.FAILED, PUT_OFF_TOO_LONG + answer.text)
        return Done(row, Status.DEFERRED, answer.text, FIRST_WAIT * 2 ** (n - 1))
    status = Status.ACCEPTED if answer.outcome == Outcome.ACCEPTED else Status.FAILED
    return Done(row, status, answer.text)


def _written(done: Done) -> dict[str, Any]:
    return {
        "done_status": done.status,
        "answer": done.answer[:200],
        "wait": done.wait,
        "lost": int(done.is_lost),
        "done_issue": done.row.issue_id,
        "done": done.row.subscriber_id,
        "done_fence": done.row.fence,
    }
