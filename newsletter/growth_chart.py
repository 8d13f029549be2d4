"""Who joined and who left, week by week over a year, as a drawing and as a table."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone

from newsletter.models import Growth, Source, Subscriber

N_WEEKS = 53
A_WEEK = timedelta(days=7)
WIDTH, HEIGHT, HEAD, FOOT = 360, 200, 24, 28  # of the drawing, in its own units
STEP = WIDTH / N_WEEKS
STACKED = [source for source in Source if source != Source.IMPORT]


@dataclass
class Week:
    """What happened in the seven days from `monday` on; `joined` by source."""

    monday: date
    joined: Counter[str] = field(default_factory=Counter)
    n_left: int = 0

    @property
    def n_imported(self) -> int:
        return self.joined[Source.IMPORT]

    @property
    def n_joined(self) -> int:
        """Without imports, beside which nothing else could be seen."""
        return self.joined.total() - self.n_imported


@dataclass(frozen=True)
class Bar:
    kind: str
    x: float
    y: float
    height: float
    width: float = round(STEP * 0.72, 2)


def outlook(today: date | None = None) -> dict[str, Any]:
    """All that the page shows; 2 queries."""
    weeks = weeks_until(today or timezone.localdate())
    return {
        "totals": totals(),
        "weeks": weeks,
        "chart": Chart(weeks),
        "legend": legend(weeks),
        "columns": [source.label for source in Source],
        "table": [
            (week.monday, [week.joined[source] for source in Source], week.n_left)
            for week in reversed(weeks)
        ],
    }


def totals() -> list[tuple[str, int]]:
    """How many there are of each status now; 1 query, which reads the whole list."""
    rows = Subscriber.objects.order_by().values_list("status").annotate(n=Count("pk"))
    counts = dict(rows)
    return [(status.label, counts.get(status.value, 0)) for status in Subscriber.Status]


def weeks_until(today: date) -> list[Week]:
    """The last N_WEEKS, oldest first, the running one included; 1 query."""
    last = today - timedelta(days=today.weekday())
    weeks = {day: Week(day) for day in (last - A_WEEK * n for n in range(N_WEEKS - 1, -1, -1))}
    for row in Growth.objects.filter(on__gte=min(weeks), on__lt=last + A_WEEK):
        week = weeks[row.on - timedelta(days=row.on.weekday())]
        week.joined[row.source] += row.n_joined
        week.n_left += row.n_left
    return list(weeks.values())


def legend(weeks: Iterable[Week]) -> list[tuple[str, str, int]]:
    """Kind, name and total of everything in the drawing."""
    joined: Counter[str] = sum((week.joined for week in weeks), Counter())
    named = [(source.value, source.label, joined[source]) for source in Source]
    return [*named, ("left", "Left", sum(week.n_left for week in weeks))]


class Chart:
    """Bars around a line: above it who joined, below who left, to one scale."""

    width, height = WIDTH, HEIGHT

    def __init__(self, weeks: list[Week]) -> None:
        self.weeks = weeks
        self.most_joined = rounded(max(week.n_joined for week in weeks))
        self.most_left = rounded(max(week.n_left for week in weeks))
        room = HEIGHT - HEAD - FOOT
        self.unit = room / max(self.most_joined + self.most_left, 1)
        self.zero = round(HEAD + self.most_joined * self.unit, 2)
        self.bottom = round(self.zero + self.most_left * self.unit, 2)
        self.top = HEAD

    @property
    def is_empty(self) -> bool:
        return not any(week.joined or week.n_left for week in self.weeks)

    def bars(self) -> Iterator[Bar]:
        for place, week in enumerate(self.weeks):
            x, y = round(place * STEP, 2), self.zero
            for source in STACKED:
                if height := self.length(week.joined[source]):
                    y = round(y - height, 2)
                    yield Bar(source, x, y, height)
            if height := self.length(week.n_left):
                yield Bar("left", x, self.zero, height)

    def length(self, n: int) -> float:
        return round(n * self.unit, 2)

    def imports(self) -> Iterator[str]:
        """A small triangle over each week with an import, as points of a polygon."""
        for place, week in enumerate(self.weeks):
            if week.n_imported:
                x = round((place + 0.36) * STEP, 2)
                yield f"{x - 3},1 {x + 3},1 {x},6"

    def months(self) -> Iterator[tuple[float, str]]:
        """Where every third month begins, but for the edges."""
        for place, week in enumerate(self.weeks):
            is_first = week.monday.day <= 7 and week.monday.month % 3 == 1
            if is_first and 2 < place < N_WEEKS - 3:
                year = f" {week.monday:%Y}" if week.monday.month == 1 else ""
                yield round(place * STEP, 2), f"{week.monday:%b}{year}"


def rounded(n: int) -> int:
    """The next number up with one digit and noughts, for the end of an axis."""
    unit = int(10 ** (len(str(n)) - 1))
    return -(-n // unit) * unit
