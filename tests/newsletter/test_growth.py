"""Who joined and left, counted by day and drawn by week."""

from datetime import UTC, date, datetime

import pytest

from newsletter import growth
from newsletter.growth_chart import N_WEEKS, Chart, outlook, rounded, weeks_until
from newsletter.models import Growth, Source, Subscriber
from newsroom.models import Publication
from tests.desk import logged_in
from tests.factories_newsletter import make_subscriber

pytestmark = pytest.mark.django_db
SUNDAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_days_are_the_publications() -> None:
    Publication.objects.update_or_create(pk=1, defaults={"time_zone": "America/New_York"})

    growth.joined(Source.PAGE, datetime(2026, 11, 22, 3, tzinfo=UTC))

    assert Growth.objects.get().on == date(2026, 11, 21)


def test_many_are_counted_at_once() -> None:
    growth.joined(Source.IMPORT, NOON, n=1000)
    growth.joined(Source.IMPORT, NOON, n=234)
    growth.left(Source.IMPORT, NOON)

    day = Growth.objects.get()
    assert (day.n_joined, day.n_left) == (1234, 1)


def test_weeks_begin_on_monday_and_cover_a_year() -> None:
    weeks = weeks_until(SUNDAY)

    assert len(weeks) == N_WEEKS
    assert weeks[-1].monday == date(2026, 11, 16)
    assert {week.monday.weekday() for week in weeks} == {0}


def test_week_adds_up_its_days() -> None:
    for day in (16, 22, 23):  # Monday, Sunday, the next Monday
        Growth.objects.create(on=date(2026, 11, day), source=Source.FRONT, n_joined=2, n_left=1)

    week = weeks_until(SUNDAY)[-1]

    assert (week.joined[Source.FRONT], week.n_left) == (4, 2)


def test_bars_stay_within_the_drawing() -> None:
    Growth.objects.create(on=SUNDAY, source=Source.FRONT, n_joined=97, n_left=0)
    Growth.objects.create(on=SUNDAY, source=Source.PAGE, n_joined=3, n_left=41)
    Growth.objects.create(on=SUNDAY, source=Source.IMPORT, n_joined=1_000_000)

    chart = Chart(weeks_until(SUNDAY))

    for bar in chart.bars():
        assert chart.top <= bar.y <= bar.y + bar.height <= chart.bottom + 0.1
        assert bar.x + bar.width <= chart.width
    assert len(list(chart.imports())) == 1


def test_year_in_which_nothing_happened_is_said_to_be_so() -> None:
    chart = outlook(SUNDAY)["chart"]
    page = logged_in(role="newsletter editor").get("/admin/newsletter/subscriber/growth/")

    assert chart.is_empty
    assert list(chart.bars()) == []
    assert "Nobody has joined or left" in page.content.decode()


@pytest.mark.parametrize(("n", "end"), [(0, 0), (1, 1), (9, 9), (11, 20), (100, 100), (8421, 9000)])
def test_axis_ends_at_a_plain_number(n: int, end: int) -> None:
    assert rounded(n) == end


def test_page_shows_totals_and_a_table() -> None:
    make_subscriber()
    make_subscriber(status=Subscriber.Status.LEFT)
    growth.joined(Source.DESK, NOON)

    page = logged_in(role="newsletter editor").get("/admin/newsletter/subscriber/growth/")

    text = page.content.decode()
    assert "<dt>Subscribed</dt><dd>1</dd>" in text
    assert "Added at the desk</th>" in text
    assert "style=" not in text
