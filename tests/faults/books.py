"""The two books, held against each other: the ledger, and what the sink has written down."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db import connection

from newsletter.models import Delivery, Issue
from newsletter.sending import certificate
from tests.sink import Sink

Status = Delivery.Status
SPARE = 2  # readers that get none: see `make_due`
ENDS = {Status.ACCEPTED, Status.FAILED, Status.SUPPRESSED, Status.UNCERTAIN}
ROWS = """
    SELECT address, letter.status, n_attempts, n_lost, next_at IS NULL
    FROM newsletter_delivery letter JOIN newsletter_subscriber reader ON reader.id = subscriber_id
    WHERE issue_id = %s
"""


@dataclass(frozen=True)
class Row:
    address: str
    status: str
    n_attempts: int
    n_lost: int
    has_ended: bool


@dataclass(frozen=True)
class Balance:
    """Addresses: lost were never taken though the ledger says so; held wait for a person."""

    rows: dict[str, Row]
    times_taken: Counter[str]
    lost: set[str]
    twice: set[str]
    held: set[str]


def rows_of(issue: Issue) -> dict[str, Row]:
    """By address."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [issue.pk])
        return {row[0]: Row(*row) for row in cursor.fetchall()}


def assert_balanced(issue: Issue, sink: Sink) -> Balance:
    """Every letter has one end and every number adds up; whoever got it twice is flagged."""
    issue.refresh_from_db()
    rows = rows_of(issue)
    books, ends = issue.books or {}, Counter(row.status for row in rows.values())
    assert books["prepared"] == len(rows) == sum(ends[end] for end in ENDS)
    assert books["candidates"] == len(rows) + SPARE == len(rows) + sum(books["excluded"].values())
    assert all(row.has_ended for row in rows.values())
    assert certificate.differences(issue, issue.certificate or {}) == []
    times = Counter(event.to for event in sink.taken)
    assert times.keys() <= rows.keys()
    accepted = {row.address for row in rows.values() if row.status == Status.ACCEPTED}
    twice = {address for address, n in times.items() if n > 1}
    assert all(rows[address].n_lost >= times[address] - 1 for address in twice)
    assert all(len(names) == 1 for names in names_of(sink).values())
    held = {row.address for row in rows.values() if row.status == Status.UNCERTAIN}
    return Balance(rows, times, lost=accepted - times.keys(), twice=twice, held=held)


def names_of(sink: Sink) -> dict[str, set[str]]:
    """The Message-IDs under which each recipient was sent something."""
    names = defaultdict(set)
    for event in sink.read():
        if event.id:
            names[event.to].add(event.id)
    return names


def assert_written_ahead(issue: Issue, sink: Sink) -> None:
    """The ledger knows of each letter that has left that it may have left."""
    left = {event.to for event in sink.taken}  # before the ledger is read: others go on writing it
    rows = rows_of(issue)
    untouched = {Status.PLANNED, Status.LEASED}
    assert [
        rows[address]
        for address in left
        if rows[address].status in untouched and not rows[address].n_lost
    ] == []
