"""What the screen of results says, and what it keeps to itself."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from donations import results_overview
from donations.models import Appeal, Count, Variant
from donations.proportions import newcombe
from donations.results import Results
from donations.results_chart import MOST_DAYS, Chart
from newsroom.filler.appeals import fill_counts
from tests.desk import logged_in
from tests.factories import make_published, make_user
from tests.factories_donations import make_appeal, make_live, make_variant

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
A_DAY = timedelta(days=1)
OVERVIEW = "/admin/donations/appeal/results/"
Event = Count.Event


def screen(appeal: Appeal) -> str:
    return reverse("admin:donations_appeal_results", args=[appeal.pk])


def csv(appeal: Appeal) -> str:
    return reverse("admin:donations_appeal_results_csv", args=[appeal.pk])


def read(appeal: Appeal) -> str:
    return logged_in(role="fundraiser").get(screen(appeal)).content.decode()


def count(appeal: Appeal, event: str, n: int, **fields: Any) -> None:
    """Of its first wording today, each the first of its kind, unless `fields` say otherwise."""
    variant = fields.pop("variant", None) or appeal.variants.all()[0]
    number = variant.pk if isinstance(variant, Variant) else 0
    fields = {"day": TODAY, "slot": appeal.slot, "n_first": n} | fields
    Count.objects.create(appeal=appeal.pk, variant=number, event=event, n=n, **fields)


NOBODY = object()


def shown_equally(clicks: list[int], *, days: int = 10) -> Results:
    """A test of wordings that began `days` ago, each shown to 20,000 readers."""
    appeal = make_appeal(*["Please."] * len(clicks))
    each = 20_000 // (days + 1)
    for variant, n in zip(appeal.variants.all(), clicks, strict=True):
        told = {"appeal": appeal.pk, "variant": variant.pk, "slot": appeal.slot, "n": each}
        Count.objects.bulk_create(
            Count(**told, n_first=each, event=Event.SHOWN, day=TODAY - ago * A_DAY)
            for ago in range(days + 1)
        )
        count(appeal, Event.CLICKED, n, variant=variant)
    return Results(appeal, TODAY)


def test_eligible_is_what_was_shown_or_hidden() -> None:
    appeal = make_appeal()
    count(appeal, Event.SHOWN, 30, n_first=20)
    count(appeal, Event.HIDDEN, 50, why="skip")
    count(appeal, Event.HIDDEN, 20, why="holdback", variant=NOBODY)
    count(appeal, Event.CLICKED, 5, n_first=4)

    seen = Results(appeal, TODAY)

    assert (seen.eligible, seen.shown, seen.rate.n, seen.rate.hits) == (100, 30, 20, 4)
    assert [(one.why, one.n) for one in seen.hidden()] == [("skip", 50), ("holdback", 20)]


def test_reader_who_clicks_twice_is_one_reader() -> None:
    appeal = make_appeal()
    count(appeal, Event.SHOWN, 10)
    count(appeal, Event.CLICKED, 9, n_first=3)

    assert Results(appeal, TODAY).rate.share == 0.3


def test_better_wording_wins() -> None:
    assert shown_equally([300, 420]).verdict() == "“B” does better than every other wording."


def test_difference_that_one_look_would_believe_is_not_enough() -> None:
    seen = shown_equally([300, 360])

    assert newcombe(*[one.rate for one in seen.wordings]).is_above_nothing
    assert seen.verdict().startswith("Not enough data yet")


def test_best_of_three_must_beat_both() -> None:
    assert shown_equally([300, 500, 505]).verdict().startswith("Not enough data yet")
    assert shown_equally([300, 310, 505]).verdict().startswith("“C”")


def test_first_week_has_no_winner() -> None:
    assert "5 of 7 full days" in shown_equally([300, 500], days=6).verdict()
    assert shown_equally([300, 500], days=8).verdict().startswith("“B”")


def test_few_clicks_have_no_winner() -> None:
    assert "99 of 100 first clicks" in shown_equally([11, 88]).verdict()
    assert "9 of 10 on the side with the fewest" in shown_equally([9, 900]).verdict()
    assert shown_equally([10, 90]).verdict().startswith("“B”")


def test_wordings_that_reach_other_shares_than_they_weigh_are_not_compared() -> None:
    seen = shown_equally([300, 500])
    count(seen.appeal, Event.SHOWN, 3000, day=TODAY - 20 * A_DAY)

    assert "Nothing can be said" in Results(seen.appeal, TODAY).verdict()


def test_weights_say_how_many_readers_are_due() -> None:
    appeal = shown_equally([300, 900]).appeal
    assert not Results(appeal, TODAY).is_skewed

    Variant.objects.filter(name="B").update(weight=3)

    assert Results(appeal, TODAY).is_skewed


def test_one_wording_is_no_test() -> None:
    assert "nothing to compare" in shown_equally([300]).verdict()


def test_asking_is_judged_beside_those_who_are_never_asked() -> None:
    seen = shown_equally([200, 200])
    count(seen.appeal, Event.HIDDEN, 9000, n_first=2000, why="holdback", variant=NOBODY)
    count(seen.appeal, Event.SIGNED_UP, 20, variant=NOBODY)
    count(seen.appeal, Event.SIGNED_UP, 1600)
    seen = Results(seen.appeal, TODAY)

    pair = seen.lift(Event.SIGNED_UP)

    assert (pair.before.hits, pair.before.n) == (20, 2000)
    assert (pair.after.hits, pair.after.n) == (1600, seen.rate.n)
    assert seen.lift_verdict(Event.SIGNED_UP) == "More among those who are asked."
    assert "0 of 100" in seen.lift_verdict(Event.RETURNED)


def test_nobody_held_back_is_nobody_to_compare_with() -> None:
    assert "No reader" in shown_equally([200, 200]).lift_verdict(Event.SIGNED_UP)


@pytest.mark.parametrize("days", [1, 2, MOST_DAYS, MOST_DAYS + 1, 100])
def test_drawing_begins_at_nothing_and_stays_within_its_edges(days: int) -> None:
    chart = Chart(shown_equally([200, 300], days=days - 1))

    zero, label = chart.ticks[0]
    assert label == "0 %"
    assert zero == chart.base
    assert chart.is_weekly == (days > MOST_DAYS)
    points = [point for panel in chart.panels() for point in panel.points]
    assert len(points) == 2 * len(chart.starts)
    for point in points:
        assert chart.left < point.x < chart.width
        assert 0 <= point.top <= point.y <= point.bottom <= chart.base


def test_drawing_adds_up_to_the_sums() -> None:
    chart = Chart(shown_equally([200, 300], days=60))

    for rates, n in zip(chart.rates.values(), [200, 300], strict=True):
        assert sum(rate.hits for rate in rates) == n


def test_day_of_few_readers_does_not_set_the_scale() -> None:
    appeal = make_appeal()
    count(appeal, Event.SHOWN, 1000)
    count(appeal, Event.CLICKED, 10)
    count(appeal, Event.SHOWN, 2, day=TODAY - A_DAY)
    count(appeal, Event.CLICKED, 1, day=TODAY - A_DAY)

    chart = Chart(Results(appeal, TODAY))

    assert chart.end == 0.02
    assert chart.panels()[0].points[0].is_cut


def test_screen_shows_figures_and_words() -> None:
    piece = make_published("How it was")
    appeal = make_appeal("Please.", "Pretty please.")
    count(appeal, Event.SHOWN, 1234)
    count(appeal, Event.HIDDEN, 4321, why="skip")
    count(appeal, Event.CLICKED, 12, article=piece.pk)
    count(appeal, Event.CLICKED, 3)

    html = read(appeal)

    for words in ["5,555", "1,234", "How it was", "Pages that are no piece", "<svg", "4,321"]:
        assert words in html
    assert "The reader has not read enough pages yet." in html
    assert "Not enough data yet" in html


def test_made_up_counters_are_marked() -> None:
    appeal = make_live(starts_at=timezone.now() - 30 * A_DAY)
    assert "Made up" not in read(appeal)

    fill_counts(appeal, until=timezone.now())
    appeal.refresh_from_db()

    assert appeal.is_made_up
    assert "Made up" in read(appeal)
    lines = logged_in(role="fundraiser").get(csv(appeal)).getvalue().splitlines()
    assert all(b"(made up)" in line for line in lines[1:])


def test_made_up_counters_hold_together() -> None:
    appeal = make_live("A", "B", starts_at=timezone.now() - 30 * A_DAY)

    fill_counts(appeal, until=timezone.now())

    seen = Results(appeal, timezone.localdate())
    assert not seen.is_skewed
    assert seen.n_full_days > 25
    assert seen.eligible > 10 * seen.rate.hits > 1000
    assert seen.lift(Event.RETURNED).before.n > 100


def test_screen_without_counts_says_what_to_do() -> None:
    html = read(make_appeal())

    assert "Nothing has been counted yet" in html
    assert "preview/" in html


def test_appeal_in_the_letter_is_not_counted_and_says_so() -> None:
    appeal = make_live(slot="letter", campaign="winter", starts_at=timezone.now() - 30 * A_DAY)
    fill_counts(appeal, until=timezone.now())

    html = read(appeal)

    assert "Nothing is counted in letters" in html
    assert "winter" in html
    assert "Made up" not in html


def test_queries_do_not_grow(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    small = make_appeal()
    count(small, Event.SHOWN, 10)
    count(small, Event.CLICKED, 1, article=make_published().pk)
    large = shown_equally([200, 300, 400], days=60).appeal
    for _ in range(8):
        count(large, Event.CLICKED, 1, article=make_published().pk)
    client = logged_in(role="fundraiser")

    for appeal in (small, large):
        with django_assert_num_queries(13):
            client.get(screen(appeal))


def test_overview_adds_up_by_place(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for slot, shown in [("body", 1000), ("body", 234), ("top", 77)]:
        appeal = make_appeal(slot=slot)
        count(appeal, Event.SHOWN, shown)
        count(appeal, Event.CLICKED, 10)
    make_appeal(name="Not counted")

    first, second = results_overview.places()

    assert (first.slot, first.total.shown, first.total.rate.hits) == ("body", 1234, 20)
    assert (second.slot, second.total.shown) == ("top", 77)
    client = logged_in(role="fundraiser")
    with django_assert_num_queries(7):
        html = client.get(OVERVIEW).content.decode()
    assert "1,234" in html
    assert "Not counted" not in html


def test_overview_without_counts_says_when_there_will_be_some() -> None:
    html = logged_in(role="fundraiser").get(OVERVIEW).content.decode()

    assert "Nothing has been counted yet" in html


def test_overview_is_for_those_who_may_see_counts() -> None:
    assert logged_in(role="newsletter editor").get(OVERVIEW).status_code == 403


@pytest.mark.parametrize("address", [screen, csv])
def test_only_those_who_may_see_counts_do(address: Any) -> None:
    appeal = make_appeal()

    assert logged_in(role="fundraiser").get(address(appeal)).status_code == 200
    assert logged_in(role="newsletter editor").get(address(appeal)).status_code == 403
    assert logged_in(role="fundraiser").post(address(appeal)).status_code == 405
    appeal.delete()
    gone = address(Appeal(pk=4_000_000))
    assert logged_in(role="fundraiser").get(gone).status_code == 404
    assert logged_in(role="newsletter editor").get(gone).status_code == 403


def test_file_is_inert_and_whole() -> None:
    appeal = make_appeal()
    wording = make_variant(appeal, name="=HYPERLINK(1)")
    count(appeal, Event.SHOWN, 7, variant=wording, n_first=5)

    response = logged_in(make_user("fundraiser")).get(csv(appeal))

    body = response.getvalue().decode("utf-8-sig")
    assert body.splitlines()[1] == f"2026-11-22,'=HYPERLINK(1),{appeal.slot},shown,,,7,5"
    assert response["Content-Disposition"].startswith("attachment;")
