"""Made-up counters of an appeal, so that a demonstration has results to show."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from math import sqrt
from random import Random

from donations.choosing import NOBODY
from donations.counting import Key, Sum, store
from donations.facts import SLOTS
from donations.models import Appeal, Count, Slot, Variant
from donations.surroundings import here
from newsroom.models import Publication

Event = Count.Event
# Page views of a weekday that might show it. Letters are counted by nobody.
VIEWS = {Slot.BODY: 2400, Slot.TOP: 3600, Slot.FOOT: 3600, Slot.LIST: 700, Slot.LETTER: 0}
WEEKEND = 0.7
HIDDEN = {"skip": 0.37, "gap": 0.13, "closed": 0.09, "cap": 0.06, "gave": 0.02, "storage": 0.02}
HIDDEN |= {"never": 0.01, "holdback": 0.05}
SHOWN = 1 - sum(HIDDEN.values())
NEW = 0.65  # of those who were shown it, had not met it before
HELD = 0.05 / 0.95  # readers who are never asked, for each who is
CLICKING = [0.016, 0.024, 0.019, 0.017, 0.02, 0.018]  # of those who meet it, by wording
AFTERWARDS = {Event.CLOSED: 0.06, Event.GAVE: 0.012, Event.NEVER: 0.006}
LATER = {Event.SIGNED_UP: (0.011, 0.009), Event.RETURNED: (0.31, 0.305)}  # asked, never asked


def fill_counts(appeal: Appeal, *, until: datetime) -> None:
    """Add what might have been counted from its start to `until`, and mark it as made up."""
    Season(appeal, until).write()
    Appeal.objects.filter(pk=appeal.pk).update(is_made_up=True)


class Season:
    def __init__(self, appeal: Appeal, until: datetime) -> None:
        self.appeal, self.until = appeal, until
        self.dice = Random(f"{appeal.campaign} {appeal.slot}")  # noqa: S311  nothing is secret
        self.variants = list(appeal.variants.all())
        pages = [one for one in here().pages(until) if appeal.slot in SLOTS[one.page.kind]]
        self.articles = [page.page.article for page in pages]
        self.weights = [page.weight for page in pages]
        self.sums: defaultdict[Key, Counter[str]] = defaultdict(Counter)

    def write(self) -> None:
        for day, share in self.days():
            self.add_day(day, round(VIEWS[Slot(self.appeal.slot)] * share))
        found: dict[Key, Sum] = {key: (n["n"], n["first"]) for key, n in self.sums.items()}
        if found:
            store(found)

    def days(self) -> Iterator[tuple[date, float]]:
        """Each day, and how much of a weekday's views it has."""
        zone = Publication.current_zone()
        at, end = self.appeal.starts_at.astimezone(zone), self.until.astimezone(zone)
        while at < end:
            night = (at + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
            share = (min(night, end) - at) / timedelta(days=1)
            yield at.date(), share * (WEEKEND if at.weekday() > 4 else 1)
            at = night

    def add_day(self, day: date, views: int) -> None:
        weight = sum(variant.weight for variant in self.variants)
        for place, variant in enumerate(self.variants):
            self.add_variant(day, variant, place, round(views * variant.weight / weight))
        held = self.some(views, SHOWN * NEW * HELD)
        hidden = max(held, self.some(views, HIDDEN["holdback"]))
        self.add(self.key(day, NOBODY, Event.HIDDEN, why="holdback"), hidden, held)
        for event, (_, share) in LATER.items():
            n = self.some(held, share)
            self.add(self.key(day, NOBODY, event), n, n)

    def add_variant(self, day: date, variant: Variant, place: int, views: int) -> None:
        for why, share in HIDDEN.items():
            if why != "holdback":
                self.add(self.key(day, variant.pk, Event.HIDDEN, why=why), self.some(views, share))
        shown = self.some(views, SHOWN)
        met = self.some(shown, NEW)
        self.add(self.key(day, variant.pk, Event.SHOWN), shown, met)
        for event, share in AFTERWARDS.items():
            n = self.some(shown, share)
            self.add(self.key(day, variant.pk, event), n, n)
        for event, (share, _) in LATER.items():
            n = self.some(met, share)
            self.add(self.key(day, variant.pk, event), n, n)
        self.add_clicks(day, variant, self.some(met, CLICKING[place % len(CLICKING)]))

    def add_clicks(self, day: date, variant: Variant, n: int) -> None:
        pieces = self.dice.choices(self.articles, self.weights, k=n) if self.articles else [0] * n
        for piece in pieces:
            twice = self.dice.random() < 0.05
            self.add(self.key(day, variant.pk, Event.CLICKED, article=piece), 1 + twice, 1)

    def some(self, n: int, share: float) -> int:
        """About `share` of `n`, as chance has it."""
        luck = self.dice.gauss(0, sqrt(n * share * (1 - share)))
        return min(n, max(0, round(n * share + luck)))

    def key(self, day: date, variant: int, event: Event, *, why: str = "", article: int = 0) -> Key:
        return Key(day, self.appeal.pk, variant, self.appeal.slot, event, why, article)

    def add(self, key: Key, n: int, first: int = 0) -> None:
        if n:
            self.sums[key].update(n=n, first=first)
