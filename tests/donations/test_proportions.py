"""Intervals: against published figures, and against chance."""

from random import Random

import pytest

from donations.proportions import Rate, at_every_look, newcombe
from donations.results import lacking, winner

RUNS = 1000
DAYS = 42  # that somebody looks at, one after the other


@pytest.fixture
def dice() -> Random:
    return Random(7)  # noqa: S311  nothing is secret


def draw(dice: Random, n: int, share: float) -> int:
    return sum(dice.random() < share for _ in range(n))


def looks(dice: Random, shares: list[float], a_day: int) -> list[list[Rate]]:
    """What each day's look sees of a test of wordings with these true shares."""
    sums, seen = [0] * len(shares), []
    for day in range(1, DAYS + 1):
        sums = [n + draw(dice, a_day, share) for n, share in zip(sums, shares, strict=True)]
        seen.append([Rate(a_day * day, n) for n in sums])
    return seen


def enough(rates: list[Rate]) -> bool:
    return not lacking(rates, 7, "")


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [  # R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_agrees_with_the_published_table(hits: int, n: int, low: float, high: float) -> None:
    found = Rate(n, hits).wilson

    assert (found.low, found.high) == pytest.approx((low, high), abs=0.00006)


@pytest.mark.parametrize(
    ("one", "two", "low", "high"),
    [  # R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10
        (Rate(80, 48), Rate(70, 56), 0.0524, 0.3339),
        (Rate(10, 3), Rate(10, 9), 0.1705, 0.8090),
        (Rate(7, 2), Rate(7, 6), 0.0582, 0.8062),
        (Rate(29, 0), Rate(56, 5), -0.0381, 0.1926),
        (Rate(10, 0), Rate(10, 10), 0.6075, 1.0),
    ],
)
def test_newcombe_agrees_with_the_published_table(
    one: Rate, two: Rate, low: float, high: float
) -> None:
    found = newcombe(one, two)

    assert (found.low, found.high) == pytest.approx((low, high), abs=0.0001)


def test_nothing_is_known_of_nobody() -> None:
    assert (Rate(0, 0).wilson.low, Rate(0, 0).wilson.high) == (0, 1)
    assert winner([Rate(0, 0), Rate(0, 0)]) is None


def test_interval_for_every_look_is_wider_than_for_one() -> None:
    one, two = Rate(20_000, 300), Rate(20_000, 400)

    once, always = newcombe(one, two), at_every_look(one, two)

    assert always.low < once.low < once.high < always.high


@pytest.mark.processes
@pytest.mark.parametrize("shares", [[0.02, 0.02], [0.008, 0.008], [0.02, 0.02, 0.02]])
def test_equal_wordings_have_a_winner_in_one_of_twenty_runs_at_most(
    dice: Random, shares: list[float]
) -> None:
    won = sum(
        any(enough(rates) and winner(rates) is not None for rates in looks(dice, shares, 120))
        for _ in range(RUNS)
    )

    assert won <= 0.05 * RUNS


@pytest.mark.processes
def test_few_who_are_never_asked_show_no_lift_that_is_not_there(dice: Random) -> None:
    found = 0
    for _ in range(RUNS):
        asked = never = n = 0
        is_found = False
        while n < DAYS and not is_found:
            n, asked, never = n + 1, asked + draw(dice, 380, 0.01), never + draw(dice, 20, 0.01)
            held, rest = Rate(20 * n, never), Rate(380 * n, asked)
            sure = at_every_look(held, rest)
            is_found = enough([held, rest]) and not sure.low <= 0 <= sure.high
        found += is_found

    assert found <= 0.05 * RUNS


@pytest.mark.processes
def test_interval_for_one_look_would_be_fooled_by_daily_looks(dice: Random) -> None:
    won = 0
    for _ in range(RUNS):
        seen = [newcombe(*rates) for rates in looks(dice, [0.02, 0.02], 120) if enough(rates)]
        won += any(one.low > 0 or one.high < 0 for one in seen)

    assert won > 0.1 * RUNS


@pytest.mark.processes
def test_better_wording_is_found(dice: Random) -> None:
    found = [winner(looks(dice, [0.02, 0.035], 300)[-1]) for _ in range(20)]

    assert found.count(1) >= 18
    assert 0 not in found
