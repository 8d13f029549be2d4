"""How long an import takes, beside a bare COPY of the same rows into a table without an index."""

import csv
import random
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil  # type: ignore[import-untyped]  # it has no types of its own
from django.db import connection
from django.utils import timezone

from newsletter.importing import running
from newsletter.models import Import, Subscriber, Suppression
from newsletter.services import importing
from newsroom.lib import addresses
from newsroom.models import User

N_SUPPRESSED = 10_000
N_BARE = 3  # times that the bare COPY is measured
BLOCK = 1 << 17  # bytes
MIB = 1 << 20
PROOF = "Made up for a measurement; nobody reads mail at example.org."


@dataclass(frozen=True)
class ImportCost:
    """Seconds for `n` rows; by how many bytes the process grew; how large the file is."""

    n: int
    bare: float
    check: float
    add: float
    growth: int
    size: int

    def __str__(self) -> str:
        return (
            f"Import of {self.n:,} subscribers ({self.size / MIB:.0f} MB): {self.add:.2f} s, after "
            f"a check of {self.check:.2f} s.\n"
            f"A bare COPY of the same rows takes {self.bare:.2f} s: a ratio of "
            f"1/{self.add / self.bare:.1f}. Memory grew by {self.growth / MIB:.0f} MB."
        )


def measure_import(folder: Path, n: int) -> ImportCost:
    """Through the services that the desk calls and the function that the worker calls."""
    suppress_some()
    path = folder / "subscribers.csv"
    write_list(path, n)
    user = User.objects.create(username="bench")
    with path.open("rb") as file:
        batch = importing.take(file, name=path.name, statement=PROOF, by=user)
    before = psutil.Process().memory_info().rss
    check = seconds(lambda: work_off(batch))
    importing.agree(batch, by=user)
    add = seconds(lambda: work_off(batch))
    growth = max(peak() - before, 0)
    assert (batch.n_added, Subscriber.objects.count()) == (n, n)
    bare = bare_copy(folder / "rows")
    return ImportCost(n, bare=bare, check=check, add=add, growth=growth, size=batch.n_bytes)


def suppress_some() -> None:
    now = timezone.now()
    digests = addresses.digests(f"gone.{number}@example.net" for number in range(N_SUPPRESSED))
    Suppression.objects.bulk_create(
        Suppression(digest=digest, reason=Suppression.Reason.LEFT, at=now) for digest in digests
    )


def write_list(path: Path, n: int) -> None:
    """In no order, as lists are."""
    numbers = list(range(n))
    random.Random(0).shuffle(numbers)  # noqa: S311  # nothing is secret
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["First name", "Last name", "E-mail"])
        rows.writerows(["Anna", "Example", f"Anna.{k}.Example@Example.ORG"] for k in numbers)


def work_off(batch: Import) -> None:
    batch.refresh_from_db()
    while batch.is_at_work:
        running.work(batch.pk)
        batch.refresh_from_db()


def bare_copy(path: Path) -> float:
    """Median seconds to write all subscribers, as they came out, into a bare table."""
    with connection.cursor() as cursor, path.open("wb") as file:
        with cursor.copy("COPY newsletter_subscriber TO STDOUT") as rows:
            for block in rows:
                file.write(block)
        cursor.execute("CREATE TABLE bare AS SELECT * FROM newsletter_subscriber WITH NO DATA")
    return median(seconds(lambda: copy_into_bare(path)) for _ in range(N_BARE))


def copy_into_bare(path: Path) -> None:
    with connection.cursor() as cursor, path.open("rb") as file:
        with cursor.copy("COPY bare FROM STDIN") as stream:
            while block := file.read(BLOCK):
                stream.write(block)
        cursor.execute("TRUNCATE bare")


def seconds(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def peak() -> int:
    """The most bytes that this process has ever held."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
