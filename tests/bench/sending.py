"""How fast a round-up leaves, beside a bare sender of the same bytes over as many connections."""

import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import median

import psutil  # type: ignore[import-untyped]  # it has no types of its own
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from articles.models import Article
from newsletter.models import Delivery, Issue, Newsletter
from newsletter.sending.writing import Writer
from newsletter.services import approving, composing, sending
from newsroom.models import Publication, User
from tests.bench.ledger import LedgerCost, fill_list, measure_ledger
from tests.sink import Event, Script, Sink
from tests.sink.process import wait_until

N_PIECES = 15
N_ROUNDS = 10  # short ones, as what else this machine does changes from moment to moment
N_MADE = 1000  # different letters that the bare sender has in memory
TICK = 0.1  # seconds between two looks
MIB = 1 << 20


@dataclass
class SendingCost:
    """Letters a second by rounds; memory of the sender at the end of each, in bytes.

    syncs: whether the mail server has a letter on its disk before it says that it took it, as it
    must (RFC 5321, 6.1). One that does not is quicker than any disk, ours included.
    """

    syncs: bool
    n: int
    n_bytes: int
    n_connections: int
    bare: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)

    def __str__(self) -> str:
        ratio = median(our / bare for our, bare in zip(self.ours, self.bare, strict=True))
        first, last = self.memory[0] / MIB, self.memory[-1] / MIB
        server = "keeps each on its disk" if self.syncs else "keeps none"
        return (
            f"{self.n:,} letters of {self.n_bytes / 1000:.0f} KB over {self.n_connections} "
            f"connections to a mail server that {server}:\n{median(self.ours):,.0f} a second; a "
            f"bare sender of the same bytes, by turns with it, {median(self.bare):,.0f} a second: "
            f"a ratio of {ratio:.0%}.\nThe sender takes {last:.0f} MB, at a tenth of the way "
            f"{first:.0f} MB."
        )


def measure_sending(folder: Path, n: int, n_ledger: int) -> tuple[LedgerCost, list[SendingCost]]:
    """A round-up to `n_ledger` readers, of whom twice `n` get it."""
    fill_list(n_ledger)
    issue = make_due(n_ledger)
    ledger = measure_ledger(issue, n_ledger)
    issue.refresh_from_db()
    sending.pause(issue, by=User.objects.get(username="ben"))
    return ledger, [
        race(folder, issue, Script(syncs=syncs, digests=False), n) for syncs in (True, False)
    ]


def make_due(n: int) -> Issue:
    """A round-up of some of the newest pieces, as staff make it."""
    if Article.objects.count() < N_PIECES:
        call_command("fill", N_PIECES)
    newest = Article.objects.public().newest_first().values_list("pk", flat=True)[:N_PIECES]
    yesterday = timezone.now() - timedelta(days=1)
    Article.objects.filter(pk__in=list(newest)).update(published_at=yesterday)
    Publication.objects.update_or_create(pk=1, defaults={"postal_address": "1 Example Street"})
    ann, ben = (User.objects.create_superuser(name) for name in ("ann", "ben"))
    issue = composing.draft(by=ann)
    Issue.objects.filter(pk=issue.pk).update(tested_version=issue.version)
    approving.approve(issue, by=ben)
    approving.schedule(issue, by=ben, at=timezone.now(), recipients=n)
    return issue


def race(folder: Path, issue: Issue, script: Script, n: int) -> SendingCost:
    """By turns, so that whatever else this machine does troubles both alike."""
    by = User.objects.get(username="ben")
    n_connections = Newsletter.current().connections
    letters = made(issue)
    (folder / "letters").write_bytes(pickle.dumps(letters))
    size = round(median(len(letter) for *_, letter in letters))
    cost = SendingCost(script.syncs, n, size, n_connections)
    with (
        tempfile.TemporaryDirectory(dir=folder) as books,
        Sink(Path(books), script) as sink,
        program(bare_command(sink, folder / "letters", n_connections)) as bare,
        program(["manage.py", "sender"], EMAIL_URL=f"smtp://{sink.address}") as ours,
    ):
        for _ in range(N_ROUNDS):
            cost.ours.append(our_round(issue, by, sink, n // N_ROUNDS))
            cost.memory.append(psutil.Process(ours.pid).memory_info().rss)
            cost.bare.append(bare_round(bare, sink, n // N_ROUNDS))
    return cost


def bare_command(sink: Sink, letters: Path, n_connections: int) -> list[str]:
    return ["-m", "tests.bench.bare_sender", str(sink.port), str(letters), str(n_connections)]


def made(issue: Issue) -> list[tuple[str, str, bytes]]:
    writer = Writer.of(issue)
    readers = issue.deliveries.values_list("subscriber_id", "subscriber__address")[:N_MADE]
    envelopes = [writer.letter(subscriber_id=pk, address=address) for pk, address in readers]
    return [(one.envelope_from, one.to, one.letter) for one in envelopes]


def our_round(issue: Issue, by: User, sink: Sink, n: int) -> float:
    """Letters a second; the time that the sender takes to notice is not counted."""
    before = len(sink.taken)
    sending.resume(issue, by=by)
    await_lines(sink, n)
    sending.pause(issue, by=by)
    in_hand = Delivery.objects.in_hand()
    wait_until(lambda: not in_hand.exists(), what="pause")
    return speed(sink.taken[before:])


def await_lines(sink: Sink, n: int) -> None:
    """Until the sink's books have grown by `n` lines, which it would cost too much to read now."""
    with sink.books.open("rb") as books:
        books.seek(sink.n_read)
        while n > 0:
            time.sleep(TICK)
            n -= books.read().count(b"\n")


def bare_round(bare: "subprocess.Popen[str]", sink: Sink, n: int) -> float:
    before = len(sink.taken)
    assert bare.stdin
    assert bare.stdout
    bare.stdin.write(f"{n}\n")
    bare.stdin.flush()
    assert bare.stdout.readline()
    return speed(sink.taken[before:])


def speed(events: list[Event]) -> float:
    return (len(events) - 1) / (events[-1].at - events[0].at)


@contextmanager
def program(command: list[str], **environment: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=os.environ | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        time.sleep(3)  # until both have read what they need
        yield process
    finally:
        process.terminate()
        process.communicate()
