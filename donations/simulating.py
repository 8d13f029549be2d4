"""How the page views of a week are shared out among appeals, by readers made up by chance."""

from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from donations import board
from donations.choosing import on_page, reader_rule
from donations.facts import Reader
from donations.surroundings import RealPage

VISITS = 20_000
MINUTE = 60_000  # milliseconds
WEEK = 7 * 24 * 60 * MINUTE
DAY = 24 * 60 * MINUTE
# A guess at a magazine's readers, until a site has numbers of its own: shares of 100.
TIMES_A_WEEK = {1: 75, 2: 12, 4: 9, 8: 4}
PAGES_A_VISIT = {1: 60, 2: 20, 3: 12, 6: 8}
PHONES, WITHOUT_STORAGE = 60, 5
CLOSING, GIVING = 5, 1  # of those who have just been asked
READ_BEFORE = 20  # pages, of those who come more than once a week


@dataclass
class Shares:
    """Page views in all, and those that showed each appeal, by its number."""

    n: int = 0
    shown: Counter[int] = field(default_factory=Counter)

    def of(self, appeal: int) -> float:
        """Percent of all page views."""
        return 100 * self.shown[appeal] / self.n if self.n else 0.0

    @property
    def without(self) -> float:
        """Percent that showed none."""
        return 100 - sum(map(self.of, self.shown))


class Chance:
    """Draws by weight, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311  made-up readers

    def one(self, of: Sequence[int], sums: Sequence[float]) -> int:
        return of[bisect(sums, self.random.random() * sums[-1])]

    def percent(self, share: int) -> bool:
        return self.random.random() * 100 < share


@dataclass
class Visitor:
    """A reader in the course of a week."""

    seed: int
    is_phone: bool
    has_storage: bool
    views: int
    asks: tuple[int, ...] = ()
    until: int = 0
    why: str = ""

    def now(self) -> Reader:
        wish = {"until": self.until, "why": self.why}
        facts = {"is_phone": self.is_phone, "has_storage": self.has_storage}
        return Reader(self.seed, self.views, self.asks, **wish, **facts)  # type: ignore[arg-type]


def simulate(
    content: board.Content,
    pages: Sequence[RealPage],
    *,
    at: int,
    visits: int = VISITS,
    seed: int = 1,
) -> Shares:
    """The week from `at` on (milliseconds since 1970); the same for the same `seed`."""
    week = Week(content, pages, at, Chance(seed))
    left = visits
    while left > 0:
        left -= week.live_through()
    return week.shares


class Week:
    def __init__(
        self, content: board.Content, pages: Sequence[RealPage], at: int, chance: Chance
    ) -> None:
        self.rules, self.at, self.chance = content["rules"], at, chance
        self.shares = Shares()
        self.candidates = [on_page(content, real.page) for real in pages]
        self.pages = range(len(pages)), [*accumulate(real.weight for real in pages)]
        self.times = [*TIMES_A_WEEK], [*accumulate(TIMES_A_WEEK.values())]
        self.lengths = [*PAGES_A_VISIT], [*accumulate(PAGES_A_VISIT.values())]

    def live_through(self) -> int:
        """One reader's week; the number of visits."""
        chance, n = self.chance, self.chance.one(*self.times)
        visitor = Visitor(
            seed=chance.random.getrandbits(32),
            is_phone=chance.percent(PHONES),
            has_storage=not chance.percent(WITHOUT_STORAGE),
            views=READ_BEFORE if n > 1 else 0,
        )
        for begin in sorted(chance.random.randrange(WEEK) for _ in range(n)):
            self.visit(visitor, self.at + begin)
        return n

    def visit(self, visitor: Visitor, at: int) -> None:
        for minutes in range(self.chance.one(*self.lengths)):
            self.view(visitor, self.candidates[self.chance.one(*self.pages)], at + minutes * MINUTE)

    def view(self, visitor: Visitor, candidates: Sequence[board.Appeal], at: int) -> None:
        self.shares.n += 1
        visitor.views += 1
        reader = visitor.now()
        for appeal in candidates:
            if not reader_rule(self.rules, appeal, reader, at):
                self.shares.shown[appeal["id"]] += 1
                return self.ask(visitor, at)
        return None

    def ask(self, visitor: Visitor, at: int) -> None:
        visitor.asks += (at,)
        if self.chance.percent(CLOSING):
            visitor.until, visitor.why = at + 30 * DAY, "closed"
        elif self.chance.percent(GIVING):
            visitor.until, visitor.why = at + 365 * DAY, "gave"
