"""Test subscribers, and how they came and went."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import connections, models, transaction
from django.utils import timezone

from articles.models import Section
from newsletter.models import Growth, Source, Subscriber, Suppression
from newsroom.filler.copying import analyze, copy_statement, options, reserve_ids
from newsroom.lib import addresses
from newsroom.models import Publication

SPAN = timedelta(days=730)  # over which they came
STEP = 10_000  # subscribers at a time
DOMAINS = ["example.org"] * 5 + ["example.com"] * 3 + ["example.net", "mail.example.org"]
FIRST = (
    "anna ben carla david emma frank grace hugo ines jack kate leon maria nina omar rosa".split()
)
LAST = "brown cohen dubois evans garcia haddad jones larsen martin novak okafor rossi silva".split()
SOURCES = [Source.ARTICLE] * 4 + [Source.FOOTER] * 2 + [Source.PAGE] * 2 + [Source.FRONT]
SOURCES += [Source.IMPORT]
Status = Subscriber.Status
COLUMNS = "id address status source frequency asked_at joined_at left_at".split()


def fill_subscribers(
    n: int,
    *,
    seed: int = 0,
    at: datetime | None = None,
    progress: Callable[[int], None] = lambda n_done: None,
) -> None:
    """Add `n` subscribers, all or none; of a hundred, eighty-eight get mail at `at`.

    Every address is reserved for examples (RFC 2606), so that no letter can reach anybody.
    """
    at = at or timezone.now()
    crowd = Crowd(n, Random(f"{seed} {n}"), at)  # noqa: S311  # nothing is secret
    with transaction.atomic():
        for done in range(0, n, STEP):
            crowd.add(range(done, min(done + STEP, n)))
            progress(min(done + STEP, n))
        crowd.count()
    analyze([Subscriber, Subscriber.sections.through, Suppression, Growth])


class Crowd:
    """Makes and writes subscribers, oldest first."""

    def __init__(self, n: int, dice: Random, at: datetime) -> None:
        self.dice, self.zone = dice, Publication.current_zone()
        self.start, self.pause = at - SPAN, SPAN / n
        self.sections = list(Section.objects.values_list("pk", flat=True))
        self.joined: Counter[tuple[Any, str]] = Counter()
        self.left: Counter[tuple[Any, str]] = Counter()

    def add(self, numbers: range) -> None:
        ids = reserve_ids(Subscriber, len(numbers))
        rows = [self.row(pk, number) for pk, number in zip(ids, numbers, strict=True)]
        write(Subscriber, COLUMNS, rows)
        topics = [pair for row in rows if row[0] % 5 == 0 for pair in self.topics(row[0])]
        write(Subscriber.sections.through, ["subscriber_id", "section_id"], topics)
        gone = [row for row in rows if row[2] == Status.LEFT]
        digests = addresses.digests(row[1] for row in gone)
        marks = [(one, "left", row[7], "") for one, row in zip(digests, gone, strict=True)]
        write(Suppression, ["digest", "reason", "at", "lifted_why"], marks)

    def row(self, pk: int, number: int) -> tuple[Any, ...]:
        dice = self.dice
        asked = self.start + self.pause * (number + dice.random())
        source = dice.choice(SOURCES)
        name = f"{dice.choice(FIRST)}.{dice.choice(LAST)}{pk}"
        luck = dice.random()
        status = Status.ACTIVE if luck < 0.88 else Status.LEFT if luck < 0.95 else Status.PENDING
        joined = None if status == Status.PENDING else asked + timedelta(minutes=5)
        left = joined and status == Status.LEFT and joined + (self.end - joined) * dice.random()
        if joined:
            self.joined[joined.astimezone(self.zone).date(), source] += 1
        if left:
            self.left[left.astimezone(self.zone).date(), source] += 1
        frequency = "monthly" if luck < 0.05 else "weekly"
        address = f"{name}@{dice.choice(DOMAINS)}"
        return pk, address, status, source, frequency, asked, joined, left or None

    @property
    def end(self) -> datetime:
        return self.start + SPAN

    def topics(self, pk: int) -> Iterator[tuple[int, int]]:
        for section in self.dice.sample(self.sections, min(2, len(self.sections))):
            yield pk, section

    def count(self) -> None:
        """Add what happened to the days' growth."""
        for on, source in {**self.joined, **self.left}:
            day, _ = Growth.objects.get_or_create(on=on, source=source)
            day.n_joined += self.joined[on, source]
            day.n_left += self.left[on, source]
            day.save(update_fields=["n_joined", "n_left"])


def write(model: type[models.Model], columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    statement = copy_statement(options(model).db_table, columns)
    with connections["default"].cursor() as cursor, cursor.copy(statement) as stream:
        for row in rows:
            stream.write_row(row)
