"""No limit is passed in any window of its length, whoever asks when; the clock is the test's."""

import math
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from newsletter.models import DomainLimit, Pace, Tally
from newsletter.sending import pace
from newsroom.models import Publication
from tests.newsletter.pacing import (
    A_DAY,
    A_MINUTE,
    A_SECOND,
    AN_HOUR,
    NOON,
    ask,
    ask_until,
    busiest,
    limit_domain,
    set_limits,
)

pytestmark = pytest.mark.django_db


def test_without_limits_letters_leave_at_once_and_are_counted(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(2):
        grant = pace.grant(0, 20, NOON)

    assert grant == pace.Grant([NOON] * 20)
    assert Tally.objects.get().n == 20
    assert not Pace.objects.exists()


def test_limit_a_minute_is_reached_and_never_passed() -> None:
    set_limits(per_minute=600)

    slots = ask_until(NOON + 2 * A_MINUTE)

    assert slots == sorted(slots)
    assert len(slots) >= 600 * 0.96 * 2
    assert busiest(slots, A_MINUTE + A_SECOND) <= 600  # a second, as letters may leave late


def test_slots_are_given_for_the_next_second_only() -> None:
    set_limits(per_minute=60)

    grant = ask(NOON)

    assert len(grant.slots) == 2
    assert grant.again_at
    assert grant.slots[-1] <= NOON + A_SECOND < grant.again_at
    assert ask(NOON) == pace.Grant([], grant.again_at)


def test_one_letter_a_minute_is_one() -> None:
    set_limits(per_minute=1)

    assert busiest(ask_until(NOON + 10 * A_MINUTE), A_MINUTE + A_SECOND) == 1


def test_limit_an_hour_holds_over_the_full_hour_and_says_when_it_ends() -> None:
    set_limits(per_hour=50)
    nearly_one = NOON + timedelta(minutes=59, seconds=59)
    slots = [*ask(nearly_one).slots, *ask(nearly_one).slots, *ask(nearly_one).slots]

    grant = ask(NOON + AN_HOUR)

    assert len(slots) == 50
    assert grant.slots == []
    assert grant.again_at == NOON + 2 * AN_HOUR + A_SECOND
    assert len(ask(grant.again_at).slots) == 20


@pytest.mark.parametrize("seconds", [0, 1, 30, 59])
def test_limit_an_hour_holds_whenever_in_its_minute_a_letter_left(seconds: int) -> None:
    set_limits(per_hour=5)
    left = NOON + seconds * A_SECOND
    ask(left)

    assert ask(left + AN_HOUR).slots == []


def test_limit_a_day_is_not_forgotten_at_midnight() -> None:
    set_limits(per_day=30)
    late = NOON + timedelta(hours=11)

    slots = ask_until(late + 2 * A_DAY, start=late)

    assert busiest(slots, A_DAY + A_SECOND) == 30
    assert len(slots) == 60


def test_limit_set_in_the_middle_of_a_sending_knows_what_has_left() -> None:
    ask(NOON, 20)
    set_limits(per_hour=25)

    assert len(ask(NOON + A_MINUTE, 20).slots) == 5


def test_raised_limit_counts_at_once_and_a_lowered_one_too() -> None:
    set_limits(per_hour=5)
    assert len(ask(NOON).slots) == 5
    set_limits(per_hour=12)
    assert len(ask(NOON).slots) == 7
    set_limits(per_hour=3)
    assert ask(NOON).slots == []


def test_domain_is_slow_and_the_others_are_not() -> None:
    lane = limit_domain(per_minute=6)

    slow = [slot for n in range(60) for slot in ask(NOON + n * A_SECOND, lane=lane).slots]

    assert 5 <= len(slow) <= 6
    assert ask(NOON).slots == [NOON] * 20


def test_domains_letters_count_among_all() -> None:
    lane = limit_domain(per_hour=1000)
    set_limits(per_hour=30)

    assert len(ask(NOON, lane=lane).slots) == 20
    assert len(ask(NOON).slots) == 10
    assert ask(NOON, lane=lane).slots == []


def test_slow_domain_does_not_slow_the_others_down() -> None:
    lane = limit_domain(per_minute=6)
    set_limits(per_minute=60)
    slots: list[datetime] = []
    for n in range(2 * 62):
        at = NOON + n * A_SECOND / 2
        slots += [*ask(at, lane=lane).slots, *ask(at).slots]

    assert len(slots) >= 60
    assert busiest(slots, A_MINUTE + A_SECOND) <= 60


def test_lane_whose_domain_has_no_limit_any_more_still_gives() -> None:
    lane = limit_domain(per_minute=1)
    ask(NOON, lane=lane)
    DomainLimit.objects.all().delete()

    assert ask(NOON, lane=lane).slots == [NOON] * 20
    assert lane in pace.lanes()


def test_limited_lanes_come_first_and_all_others_last() -> None:
    gmail, web = limit_domain("gmail.com", per_hour=1), limit_domain("web.de", per_hour=1)

    assert pace.lanes() == [gmail, web, 0]


def test_clock_that_was_ahead_does_not_stop_the_letters() -> None:
    set_limits(per_minute=600)
    ask(NOON + A_DAY)

    grant = ask(NOON)

    assert grant.again_at
    assert grant.again_at <= NOON + A_MINUTE + A_SECOND


def test_letters_that_leave_later_than_the_one_who_asks_count_as_well() -> None:
    set_limits(per_hour=5)
    ask(NOON + 2 * A_MINUTE)

    assert ask(NOON).slots == []


def test_nothing_given_is_nothing_counted() -> None:
    set_limits(per_minute=60, per_hour=2)
    ask(NOON)
    before = list(Tally.objects.values()), list(Pace.objects.values())

    assert ask(NOON).slots == []
    assert (list(Tally.objects.values()), list(Pace.objects.values())) == before


@pytest.mark.parametrize("lane", [0, 1])
def test_queries_of_a_grant_with_every_limit_are_few(
    lane: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    set_limits(per_minute=600, per_hour=10_000, per_day=50_000)
    lane = lane and limit_domain(per_minute=60, per_hour=600)
    ask(NOON, lane=lane)

    with django_assert_max_num_queries(9):
        pace.grant(lane, 20, NOON + A_MINUTE)


def test_old_counts_are_forgotten_and_those_of_a_year_kept() -> None:
    ask(NOON)
    pace.forget(NOON + 390 * A_DAY)
    assert Tally.objects.exists()

    pace.forget(NOON + 402 * A_DAY)

    assert not Tally.objects.exists()


limits = st.none() | st.integers(1, 40)
steps = st.lists(
    st.tuples(
        st.sampled_from(["", "gmail.com", "web.de"]),
        st.integers(1, 20),
        st.floats(0, 0.5) | st.floats(-0.5, 0) | st.sampled_from([59.5, 200, 3540, 3599.5]),
        st.floats(0, 1, exclude_max=True),
    ),
    max_size=40,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(given_limits=st.tuples(limits, limits, limits), steps=steps)
def test_every_window_of_any_sequence_holds(
    given_limits: tuple[int | None, int | None, int | None],
    steps: list[tuple[str, int, float, float]],
) -> None:
    """Who asks may be slow: its clock's time is up to half a second older than another's."""
    per_minute, per_hour, gmail_hour = given_limits
    start_anew(per_minute=per_minute, per_hour=per_hour)
    lanes = {"": 0, "gmail.com": limit_domain(per_minute=4, per_hour=gmail_hour)}
    lanes["web.de"] = limit_domain("web.de", per_hour=7)
    left: dict[str, list[datetime]] = {domain: [] for domain in lanes}
    at = NOON
    for domain, most, seconds, late in steps:
        at += timedelta(seconds=seconds)
        grant = ask(at, most, lanes[domain])
        assert all(at <= slot for slot in grant.slots)
        assert (grant.again_at is None) == (len(grant.slots) == most)
        left[domain] += [slot + timedelta(seconds=late) for slot in grant.slots]

    everything = [moment for moments in left.values() for moment in moments]
    assert busiest(everything, A_MINUTE) <= (per_minute or math.inf)
    assert busiest(everything, AN_HOUR) <= (per_hour or math.inf)
    assert busiest(left["gmail.com"], A_MINUTE) <= 4
    assert busiest(left["gmail.com"], AN_HOUR) <= (gmail_hour or math.inf)
    assert busiest(left["web.de"], AN_HOUR) <= 7


def start_anew(**fields: int | None) -> None:
    Tally.objects.all().delete()
    Pace.objects.all().delete()
    set_limits(**fields)


# Warming up


def test_warming_up_doubles_with_each_day_on_which_letters_leave() -> None:
    set_limits(warm_up_from=NOON.date(), warm_up_first=5)
    days = [NOON + n * (A_DAY + 2 * A_MINUTE) for n in (0, 1, 2, 5)]  # nothing leaves in between

    assert [len(ask(day, most=100).slots) for day in days] == [5, 10, 20, 40]


def test_warming_up_begins_with_its_day() -> None:
    set_limits(warm_up_from=(NOON + A_DAY).date(), warm_up_first=5)

    assert len(ask(NOON).slots) == 20


def test_exhausted_warm_up_says_that_there_is_more_from_midnight_on() -> None:
    set_limits(warm_up_from=NOON.date(), warm_up_first=5)
    midnight = NOON + timedelta(hours=12)

    grant = ask(NOON)

    assert (len(grant.slots), grant.again_at) == (5, midnight)
    assert len(ask(midnight).slots) == 5  # ten in the 24 hours before this moment


def test_days_of_warming_up_are_those_of_the_publication() -> None:
    Publication.objects.update_or_create(pk=1, defaults={"time_zone": "America/New_York"})
    set_limits(warm_up_from=NOON.date(), warm_up_first=5)

    assert ask(NOON).again_at == NOON + timedelta(hours=17)


def test_lower_limit_a_day_counts_while_warming_up() -> None:
    set_limits(warm_up_from=NOON.date(), warm_up_first=500, per_day=3)

    assert len(ask(NOON).slots) == 3
