"""What the newsletter's settings say of one lane at one moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import connection

from newsletter.models import DomainLimit, Newsletter
from newsroom.models import Publication

A_DAY, AN_HOUR, A_MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
LATE = timedelta(seconds=1)  # how long after its slot a letter may still leave
BURST = timedelta(seconds=1)  # what a lane that was idle for a moment may catch up on
MOST_DOUBLINGS = 30  # after which no warming up slows anybody


class Window(NamedTuple):
    """At most `most` letters in any stretch of `span`; a warm-up allows more from `grows_at` on."""

    span: timedelta
    most: int
    grows_at: datetime | None = None


@dataclass(frozen=True)
class Limits:
    """Of one lane. spacing: between two letters, on average; none without a limit a minute."""

    lane: int
    spacing: timedelta
    windows: list[Window]

    @property
    def are_set(self) -> bool:
        return bool(self.spacing or self.windows)


def limits_of(lane: int, at: datetime) -> list[Limits]:
    """Of lane 0, and of `lane` if its domain still has any; 1 query, 2 for a domain.

    Read anew each time, so that a change counts from the next grant on; 2 more while warming up.
    """
    newsletter = Newsletter.current()
    windows = [*_by_hour(newsletter.per_hour), *_by_day(newsletter, at)]
    found = [Limits(0, spacing(newsletter.per_minute), windows)]
    if lane and (domain := DomainLimit.objects.filter(pk=lane).first()):
        windows = [*_by_hour(domain.per_hour)]
        found.append(Limits(lane, spacing(domain.per_minute), windows))
    return found


def spacing(per_minute: int | None) -> timedelta:
    """Such that late letters and those caught up on stay within any minute's limit; or 0.

    Rounded up to a microsecond, the unit of the clock.
    """
    if not per_minute:
        return timedelta(0)
    unit = timedelta(microseconds=1)
    return -((A_MINUTE + LATE + BURST) // -unit // per_minute) * unit


def _by_hour(per_hour: int | None) -> Iterator[Window]:
    if per_hour:
        yield Window(AN_HOUR, per_hour)


def _by_day(newsletter: Newsletter, at: datetime) -> Iterator[Window]:
    if newsletter.per_day:
        yield Window(A_DAY, newsletter.per_day)
    if newsletter.warm_up_from:
        yield from _warm_up(newsletter.warm_up_from, newsletter.warm_up_first, at)


def _warm_up(since: date, first: int, at: datetime) -> Iterator[Window]:
    """Twice as many for each earlier day, by the publication's clock, on which letters left."""
    zone = Publication.current_zone()
    today = at.astimezone(zone).date()
    if today >= since:
        tomorrow = datetime.combine(today + A_DAY, time(), zone)
        n_days = _days_used(since, today, str(zone))
        yield Window(A_DAY, first * 2**n_days, grows_at=tomorrow)


def _days_used(since: date, before: date, zone: str) -> int:
    """On how many days from `since` on letters left, as far as it matters; 1 query.

    A look at an index for each day, no more.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*) FROM (
                SELECT FROM generate_series(%s::timestamp, %s, interval '1 day') day
                WHERE EXISTS (
                    SELECT FROM newsletter_tally WHERE lane = 0
                        AND minute >= day AT TIME ZONE %s
                        AND minute < (day + interval '1 day') AT TIME ZONE %s
                ) LIMIT %s
            ) days
            """,
            [since, before - A_DAY, zone, zone, MOST_DOUBLINGS],
        )
        n_days: int = cursor.fetchone()[0]
    return n_days
