"""What a ledger of a million letters costs: to prepare, to take letters from, to certify."""

import time
from dataclasses import dataclass
from statistics import median, quantiles

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from newsletter.models import Delivery, Issue, Sender
from newsletter.sending import certificate, ledger, starting
from newsletter.sending.line import BATCH
from tests.bench.importing import seconds

N_ROUNDS = 3  # of preparing
N_CLAIMS = 500  # at most, and no more than there are batches
READERS = """
    INSERT INTO newsletter_subscriber (address, status, source, frequency, asked_at, joined_at)
    SELECT 'reader-' || n || '@example.org', 'active', 'page', 'weekly', now(), now()
    FROM generate_series(1, %s) n
"""
BARE = """
    INSERT INTO bare (issue_id, subscriber_id, status, lane, n_attempts, n_lost, fence, next_at,
        answer)
    SELECT 1, id, 'planned', 0, 0, 0, 0, now(), '' FROM newsletter_subscriber
"""


@dataclass(frozen=True)
class LedgerCost:
    """Seconds for `n` rows; `leases` of a batch and `turns` of a letter in milliseconds."""

    n: int
    bare: float
    prepare: float
    leases: list[float]
    turns: list[float]
    certify: float

    def __str__(self) -> str:
        return (
            f"A ledger of {self.n:,} letters is prepared in {self.prepare:.1f} s; a bare "
            f"INSERT … SELECT of the same rows\ninto a table without an index takes "
            f"{self.bare:.1f} s: a ratio of 1/{self.prepare / self.bare:.1f}.\n"
            f"In milliseconds, p50 and p99: a batch of {BATCH} is leased in {shown(self.leases)}, "
            f"a letter is\ntaken in hand in {shown(self.turns)}. "
            f"The books are balanced and certified in {self.certify:.1f} s."
        )


def shown(times: list[float]) -> str:
    cuts = quantiles(times, n=100)
    return f"{cuts[49]:.1f} and {cuts[98]:.1f}"


def fill_list(n: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE newsletter_subscriber CASCADE")
        cursor.execute(READERS, [n])
    execute("ANALYZE newsletter_subscriber")


def measure_ledger(issue: Issue, n: int) -> LedgerCost:
    """`issue`: due; afterwards it is on its way, though nobody sends it."""
    execute("CREATE TABLE bare (LIKE newsletter_delivery)")
    bare, prepare = [], []
    for _ in range(N_ROUNDS):
        execute("TRUNCATE bare", "CHECKPOINT")
        bare.append(seconds(lambda: execute(BARE)))
        execute("TRUNCATE newsletter_delivery", "CHECKPOINT")
        prepare.append(seconds(lambda: starting.prepare(issue, timezone.now())))
    execute("TRUNCATE newsletter_delivery", "TRUNCATE bare")
    assert starting.start(issue.pk, timezone.now())
    assert issue.deliveries.count() == n
    execute("ANALYZE newsletter_delivery")
    leases, turns = claim(issue, min(N_CLAIMS, n // BATCH))
    issue.refresh_from_db()
    certify = seconds(lambda: certificate.of(issue))
    return LedgerCost(n, median(bare), median(prepare), leases, turns, certify)


def claim(issue: Issue, n: int) -> tuple[list[float], list[float]]:
    """`n` times as a line does it; nothing is sent, and everything is given back."""
    sender = Sender.objects.create(host="bench", started_at=Now(), seen_at=Now())
    holder = ledger.Holder(sender.pk, 0)
    leases, turns, after = [], [], 0
    taken: list[ledger.Row] = []
    for _ in range(n):
        began = time.perf_counter()
        batch = ledger.lease(issue.pk, 0, holder, most=BATCH, after=after)
        leases.append((time.perf_counter() - began) * 1000)
        assert batch
        after = batch.after
        taken += batch.rows
        began = time.perf_counter()
        ledger.turn(batch.rows[0])
        turns.append((time.perf_counter() - began) * 1000)
    with transaction.atomic():
        ledger.give_back(taken)
    sender.delete()
    assert not Delivery.objects.in_hand().exists()
    return leases, turns


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
