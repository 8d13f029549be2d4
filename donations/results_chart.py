"""Clicks of those who met an appeal, day by day, as one small drawing for each wording.

All share one scale, which begins at nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from donations.models import Count, Variant
from donations.proportions import Rate
from donations.results import Results

Event = Count.Event
WIDTH, HEIGHT, HEAD, FOOT, SIDE = 360, 132, 14, 18, 34  # of a drawing, in its own units
MOST_DAYS = 35  # more are drawn by the week
ENDS = [
    n / 1000 for n in (1, 2, 4, 6, 8, 10, 16, 20, 30, 40, 60, 80, 100, 120, 160, 200, 400, 1000)
]
A_CROWD = 100  # readers whose share says enough to set the scale


@dataclass(frozen=True)
class Point:
    """A share in the drawing, and the line from the least to the most that it may be."""

    x: float
    y: float
    top: float
    bottom: float
    is_cut: bool  # the line goes on beyond the drawing


@dataclass(frozen=True)
class Panel:
    variant: Variant
    points: list[Point]


class Chart:
    width, height, left, base = WIDTH, HEIGHT, SIDE, float(HEIGHT - FOOT)

    def __init__(self, results: Results) -> None:
        self.results = results
        self.wordings = [one.variant for one in results.wordings]

    @cached_property
    def starts(self) -> list[date]:
        """The first day of each step, from the first to the last that counted an ask."""
        days = [row.day for row in self.results.rows if row.event == Event.SHOWN]
        if not days:
            return []
        n_days = (max(days) - min(days)).days + 1
        step = 7 if n_days > MOST_DAYS else 1
        return [min(days) + timedelta(days=n) for n in range(0, n_days, step)]

    @property
    def is_weekly(self) -> bool:
        return len(self.starts) > 1 and self.starts[1] - self.starts[0] > timedelta(days=1)

    @cached_property
    def rates(self) -> dict[int, list[Rate]]:
        """By wording, for each step: first clicks, of the readers that it reached then."""
        sums = {one.pk: [[0, 0] for _ in self.starts] for one in self.wordings}
        for row in self.results.rows:
            place = {Event.SHOWN: 0, Event.CLICKED: 1}.get(Event(row.event))
            if place is not None and row.variant in sums and self.starts:
                sums[row.variant][self.step(row.day)][place] += row.n_first
        return {pk: [Rate.of(hits, n) for n, hits in steps] for pk, steps in sums.items()}

    def step(self, day: date) -> int:
        """A click may come days after the last ask, and counts with it."""
        place = (day - self.starts[0]).days // (7 if self.is_weekly else 1)
        return max(0, min(place, len(self.starts) - 1))

    @cached_property
    def end(self) -> float:
        """Of the scale: a round number above all that many readers stand for."""
        all_rates = [rate for rates in self.rates.values() for rate in rates]
        sure = [rate.wilson.high for rate in all_rates if rate.n >= A_CROWD]
        most = max(sure or [rate.share for rate in all_rates], default=0)
        return next((end for end in ENDS if end >= most), 1)

    @property
    def ticks(self) -> list[tuple[float, str]]:
        return [(self.y(self.end * part), percent(self.end * part)) for part in (0, 0.5, 1)]

    @property
    def days(self) -> Iterator[tuple[float, str, str]]:
        """Where the first, the middle and the last step are named, how, and on which side."""
        last = len(self.starts) - 1
        sides = {0: "start", last // 2: "middle", last: "end"} if last else {0: "middle"}
        for place, side in sides.items():
            day, x = self.starts[place], self.x(place)
            yield x, f"{day.day} {day:%b}", side

    def panels(self) -> list[Panel]:
        return [Panel(one, list(self.points(self.rates[one.pk]))) for one in self.wordings]

    def points(self, rates: list[Rate]) -> Iterator[Point]:
        for place, rate in enumerate(rates):
            if rate.n:
                sure = rate.wilson
                top = self.y(min(sure.high, self.end))
                is_cut = sure.high > self.end
                y = self.y(min(rate.share, self.end))
                yield Point(self.x(place), y, top, self.y(min(sure.low, self.end)), is_cut)

    def x(self, place: int) -> float:
        return round(SIDE + (place + 0.5) * (WIDTH - SIDE) / len(self.starts), 2)

    def y(self, share: float) -> float:
        return round(self.base - share / self.end * (self.base - HEAD), 2)

    def table(self) -> list[tuple[date, list[Rate]]]:
        """The same as numbers, the newest first."""
        steps = [
            (day, [self.rates[one.pk][place] for one in self.wordings])
            for place, day in enumerate(self.starts)
        ]
        return steps[::-1]


def percent(share: float) -> str:
    """`0.5 %`, `2 %`"""
    return f"{share * 100:.4g} %"
