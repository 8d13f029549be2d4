"""What came of an appeal, and what may be said of it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db.models import Sum

from donations.choosing import NOBODY
from donations.models import Appeal, Count, Variant
from donations.proportions import ALPHA, Interval, Rate, at_every_look, newcombe
from donations.reasons import REASONS

Event = Count.Event
ENOUGH_DAYS, ENOUGH_HITS = 7, 100  # a week, as Sundays differ from Mondays
ENOUGH_EACH = 10  # fewer of a side are not spread as the intervals suppose
# Chi-squared by degrees of freedom; chance alone exceeds it once in a thousand times.
FAIR = {1: 10.83, 2: 13.82, 3: 16.27, 4: 18.47, 5: 20.52}
MOST_ARTICLES = 20


class Row(NamedTuple):
    day: date
    variant: int
    event: str
    why: str
    n: int
    n_first: int


@dataclass(frozen=True)
class Wording:
    """A variant with its sums. reached: browsers that it was shown in. rate: of first clicks."""

    variant: Variant
    shown: int
    clicked: int
    rate: Rate
    closed: int

    @property
    def reached(self) -> int:
        return self.rate.n


@dataclass(frozen=True)
class Comparison:
    """How much more the second did than the first."""

    before: Rate
    after: Rate

    @property
    def once(self) -> Interval:
        return newcombe(self.before, self.after)

    @property
    def always(self) -> Interval:
        return at_every_look(self.before, self.after)


@dataclass(frozen=True)
class Hidden:
    why: str
    words: str
    n: int


@dataclass(frozen=True)
class Followed:
    article: int
    n: int


class Results:
    """Of one appeal, until `today`; 3 queries in all, none before they are needed."""

    def __init__(self, appeal: Appeal, today: date) -> None:
        self.appeal, self.today = appeal, today

    @cached_property
    def rows(self) -> list[Row]:
        """Sums of a day by variant, event and rule, oldest first."""
        by = Count.objects.of(self.appeal).values_list("day", "variant", "event", "why")
        found = by.annotate(sum=Sum("n"), first=Sum("n_first")).order_by("day", "variant")
        return [Row(*row) for row in found]

    @cached_property
    def wordings(self) -> list[Wording]:
        return [self.wording(variant) for variant in self.appeal.variants.all()]

    @cached_property
    def articles(self) -> list[Followed]:
        """Those whose readers clicked most, most first; 0 is every other page."""
        clicks = Count.objects.of(self.appeal).filter(event=Event.CLICKED).values_list("article")
        found = clicks.annotate(sum=Sum("n")).order_by("-sum", "article")[:MOST_ARTICLES]
        return [Followed(article, n) for article, n in found]

    def sum(self, event: str, *, of: Callable[[Row], bool] = lambda row: True) -> int:
        return sum(row.n for row in self.rows if row.event == event and of(row))

    def first(self, event: str, *, of: Callable[[Row], bool] = lambda row: True) -> int:
        """How many were the first of their kind in a browser."""
        return sum(row.n_first for row in self.rows if row.event == event and of(row))

    def wording(self, variant: Variant) -> Wording:
        def its(row: Row) -> bool:
            return row.variant == variant.pk

        return Wording(
            variant,
            shown=self.sum(Event.SHOWN, of=its),
            clicked=self.sum(Event.CLICKED, of=its),
            rate=Rate.of(self.first(Event.CLICKED, of=its), self.first(Event.SHOWN, of=its)),
            closed=self.sum(Event.CLOSED, of=its),
        )

    @property
    def is_empty(self) -> bool:
        return not self.rows

    @property
    def shown(self) -> int:
        return self.sum(Event.SHOWN)

    @property
    def eligible(self) -> int:
        """Page views that might have shown it."""
        return self.shown + self.sum(Event.HIDDEN)

    @property
    def rate(self) -> Rate:
        return Rate.of(self.first(Event.CLICKED), self.first(Event.SHOWN))

    def hidden(self) -> list[Hidden]:
        """By the rule that hid it, the most frequent first."""
        sums: Counter[str] = Counter()
        for row in self.rows:
            if row.event == Event.HIDDEN:
                sums[row.why] += row.n
        return [Hidden(why, REASONS[why], n) for why, n in sums.most_common()]

    @property
    def n_full_days(self) -> int:
        """Days with asks, but the first and the last, which are not whole."""
        days = {row.day for row in self.rows if row.event == Event.SHOWN}
        return len(days - {min(days), max(days), self.today}) if days else 0

    # Tests of wording

    def verdict(self) -> str:
        rates = [one.rate for one in self.wordings]
        if len(rates) < 2:
            return "There is one wording, so there is nothing to compare."
        if lack := lacking(rates, self.n_full_days, "first clicks"):
            return lack
        if self.is_skewed:
            return (
                "Nothing can be said: the wordings have reached other shares of readers than "
                "their weights ask for, so something beside the wording differs."
            )
        best = winner(rates)
        if best is None:
            return "Not enough data yet: no wording does better than all others for certain."
        return f"“{self.wordings[best].variant}” does better than every other wording."

    @property
    def is_skewed(self) -> bool:
        """Whether chance does not explain how many readers met which wording."""
        reached, total = [one.reached for one in self.wordings], self.rate.n
        weight = sum(one.variant.weight for one in self.wordings)
        wanted = [total * one.variant.weight / weight for one in self.wordings]
        far = sum((n - due) ** 2 / due for n, due in zip(reached, wanted, strict=True) if due)
        return far > FAIR.get(len(reached) - 1, 0) > 0

    # What asking does at all

    def lift(self, event: str) -> Comparison:
        """Of `event` among those who were asked, beside those who never are."""
        held = self.first(Event.HIDDEN, of=lambda row: row.why == "holdback")
        never = self.first(event, of=lambda row: row.variant == NOBODY)
        asked = self.first(event, of=lambda row: row.variant != NOBODY)
        return Comparison(Rate.of(never, held), Rate.of(asked, self.rate.n))

    def lift_verdict(self, event: str) -> str:
        found = self.lift(event)
        if not found.before.n:
            return "No reader of those who are never asked has been counted."
        if lack := lacking([found.before, found.after], self.n_full_days, "of them"):
            return lack
        sure = at_every_look(found.before, found.after, ALPHA / 2)  # sign-ups, and returns
        if sure.low <= 0 <= sure.high:
            return "Not enough data yet: no difference is certain."
        return "More among those who are asked." if sure.low > 0 else "Fewer among those asked."


def lacking(rates: Sequence[Rate], n_days: int, hits: str) -> str:
    """What must come in before anything is said; "" if nothing."""
    n, fewest = sum(rate.hits for rate in rates), min(rate.hits for rate in rates)
    lack = []
    if n_days < ENOUGH_DAYS:
        lack.append(f"{n_days} of {ENOUGH_DAYS} full days have passed")
    if n < ENOUGH_HITS:
        lack.append(f"{n} of {ENOUGH_HITS} {hits} have come")
    if fewest < ENOUGH_EACH:
        lack.append(f"{fewest} of {ENOUGH_EACH} on the side with the fewest")
    return f"Not enough data yet: {', '.join(lack)}." if lack else ""


def winner(rates: Sequence[Rate]) -> int | None:
    """The place of the one that does better than all others, whenever and how often one looks.

    Each pair has its part of ALPHA (Bonferroni), so that more wordings find no more by chance.
    """
    alpha = ALPHA / (len(rates) * (len(rates) - 1) / 2)
    for place, rate in enumerate(rates):
        others = [other for at, other in enumerate(rates) if at != place]
        if all(at_every_look(other, rate, alpha).is_above_nothing for other in others):
            return place
    return None
