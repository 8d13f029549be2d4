"""Shares of readers, and how sure one can be of them.

`wilson`: E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209-212.
`newcombe`: R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890, method 10.
`at_every_look`: R. Johari, P. Koomen, L. Pekelis, D. Walsh, “Always Valid Inference: Continuous
Monitoring of A/B Tests”, Operations Research 70 (2022), 1806-1821: the mixture sequential
probability ratio test for two shares, turned into an interval.
"""

from dataclasses import dataclass
from math import log, sqrt
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)  # 95 % lie within this many standard deviations
ALPHA = 0.05  # how often a difference may be claimed where there is none
# Differences that one would like to find soon, as a standard deviation: one in a hundred. It is
# fixed beforehand; another one would find others sooner and be as safe.
OF_INTEREST = 0.01


@dataclass(frozen=True)
class Interval:
    low: float
    high: float

    @property
    def is_above_nothing(self) -> bool:
        return self.low > 0


@dataclass(frozen=True)
class Rate:
    """hits of n, where nobody can hit twice; a few more than n are a browser that forgot."""

    n: int
    hits: int

    @classmethod
    def of(cls, hits: int, n: int) -> "Rate":
        return cls(n, min(hits, n))

    @property
    def share(self) -> float:
        return self.hits / self.n if self.n else 0

    @property
    def wilson(self) -> Interval:
        """95 %; all or nothing where nobody could hit."""
        if not self.n:
            return Interval(0, 1)
        centre = (self.share + Z * Z / (2 * self.n)) / (1 + Z * Z / self.n)
        spread = self.share * (1 - self.share) / self.n + Z * Z / (4 * self.n**2)
        half = Z * sqrt(spread) / (1 + Z * Z / self.n)
        return Interval(max(0, centre - half), min(1, centre + half))

    @property
    def variance(self) -> float:
        """Of the share; as if one more had hit and one more missed, so that it is never nothing."""
        share = (self.hits + 1) / (self.n + 2)
        return share * (1 - share) / (self.n + 2)


def newcombe(before: Rate, after: Rate) -> Interval:
    """95 % for how much greater `after` is; for who looks once, at a time chosen beforehand."""
    one, two, more = before.wilson, after.wilson, after.share - before.share
    down = sqrt((after.share - two.low) ** 2 + (one.high - before.share) ** 2)
    up = sqrt((two.high - after.share) ** 2 + (before.share - one.low) ** 2)
    return Interval(more - down, more + up)


def at_every_look(before: Rate, after: Rate, alpha: float = ALPHA) -> Interval:
    """The same, but it misses the truth with a chance of `alpha` however often one looks."""
    noise, prior = before.variance + after.variance, OF_INTEREST**2
    odds = log((noise + prior) / noise) - 2 * log(alpha)
    half = sqrt(noise * (noise + prior) / prior * odds)
    more = after.share - before.share
    return Interval(more - half, more + half)
