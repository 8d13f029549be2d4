"""Moments around starts, ends, pauses and lapses, and what readers meet then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

A_SECOND = timedelta(seconds=1)
Window = tuple[str, str, str]
# A zone, and two moments on its clocks. In each zone some stand on days when clocks change, on the
# hour that comes twice and on the hour that is left out.
WINDOWS: list[Window] = [
    ("UTC", "2026-11-22 09:00", "2026-11-22 17:00"),
    ("UTC", "2026-12-31 23:59:57", "2027-01-01 00:00"),
    ("UTC", "2028-02-28 00:00", "2028-02-29 00:00"),
    ("America/New_York", "2026-03-08 00:00", "2026-03-09 00:00"),
    ("America/New_York", "2026-03-08 02:30", "2026-03-08 03:31"),
    ("America/New_York", "2026-03-08 01:59:57", "2026-03-08 03:00"),
    ("America/New_York", "2026-11-01 00:00", "2026-11-02 00:00"),
    ("America/New_York", "2026-11-01 01:30", "2026-11-01 01:30 again"),
    ("America/New_York", "2026-11-01 01:00 again", "2026-11-01 02:00"),
    ("America/New_York", "2026-10-31 12:00", "2026-11-01 12:00"),
    ("Europe/Berlin", "2026-03-29 00:00", "2026-03-30 00:00"),
    ("Europe/Berlin", "2026-03-29 01:59:57", "2026-03-29 03:00"),
    ("Europe/Berlin", "2026-10-25 00:00", "2026-10-26 00:00"),
    ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 02:30 again"),
    ("Europe/London", "2026-10-25 00:30", "2026-10-25 01:30"),
    ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-05 01:45 again"),
    ("Australia/Lord_Howe", "2026-10-04 01:59", "2026-10-04 02:31"),
    ("Asia/Kathmandu", "2026-11-22 00:00", "2026-11-23 00:00"),
    ("Pacific/Kiritimati", "2026-12-31 00:00", "2027-01-01 00:00"),
    ("Pacific/Pago_Pago", "2026-12-31 00:00", "2027-01-01 00:00"),
]
PAUSED: list[Window] = [
    ("America/New_York", "2026-11-01 00:30", "2026-11-01 01:30 again"),
    ("Europe/Berlin", "2026-03-29 00:00", "2026-03-30 00:00"),
    ("UTC", "2026-11-22 00:00", "2026-11-24 00:00"),
]
# The last valid day of a claim, and the hours that day has.
LAST_DAYS: list[tuple[str, str, int]] = [
    ("America/New_York", "2026-03-08", 23),
    ("America/New_York", "2026-11-01", 25),
    ("Europe/Berlin", "2026-03-29", 23),
    ("Pacific/Kiritimati", "2026-12-31", 24),
]


@dataclass(frozen=True)
class Asked:
    """An appeal by hours from a common start, and its priority."""

    name: str
    start: int
    end: int
    priority: int


LONG, FIRST, SECOND = Asked("long", 0, 100, 0), Asked("a", 10, 50, 5), Asked("b", 30, 70, 5)
# Set live in each order: with the same priority, whichever was made first comes first.
OVERLAPS = list(permutations((LONG, FIRST, SECOND)))


def moment(zone: str, clock: str) -> datetime:
    """When clocks in `zone` show that, for the first time or “again”."""
    shown = datetime.fromisoformat(clock.removesuffix(" again"))
    return shown.replace(tzinfo=ZoneInfo(zone), fold=clock.endswith(" again"))


def around(at: datetime) -> list[datetime]:
    """A second before, then, and a second after; reckoned in UTC, as walls' clocks jump."""
    then = at.astimezone(ZoneInfo("UTC"))
    return [then - A_SECOND, then, then + A_SECOND]


def meant(order: tuple[Asked, ...]) -> Mapping[int, list[str]]:
    """By hour: who is shown a second before, then, and a second after."""
    tie = FIRST if order.index(FIRST) < order.index(SECOND) else SECOND
    return {
        0: ["", "long", "long"],
        10: ["long", "a", "a"],
        30: ["a", tie.name, tie.name],
        50: [tie.name, "b", "b"],
        70: ["b", "long", "long"],
        100: ["long", "", ""],
    }


N_CASES = 6 * len(WINDOWS) + 6 * len(PAUSED) + 3 * len(LAST_DAYS) + 18 * len(OVERLAPS)
