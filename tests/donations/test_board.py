"""What pages read: all that readers may meet, as of the last change."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, OperationalError, connection, connections, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from donations import board, models
from donations.models import Appeal, Claim, Tie
from newsroom.models import Publication
from tests.desk import logged_in
from tests.factories_donations import make_appeal, make_claim, make_goal, make_live, rebuild

NOW = timezone.now()


@pytest.mark.django_db
def test_there_is_none_before_anybody_asked_for_anything() -> None:
    assert board.read() is None


@pytest.mark.django_db
def test_it_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_live()

    with django_assert_num_queries(1):
        content = board.read()

    assert content == board.build(timezone.now())


@pytest.mark.django_db
def test_reading_leaves_no_limit_behind() -> None:
    board.read()

    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


@pytest.mark.django_db
def test_drafts_and_what_is_over_are_not_on_it() -> None:
    make_appeal()
    make_live(ends_at=NOW - timedelta(hours=1), starts_at=NOW - timedelta(hours=2))
    for status in (Appeal.Status.ENDED, Appeal.Status.ARCHIVED):
        Appeal.objects.filter(pk=make_live().pk).update(status=status, ended_at=NOW)
    ahead = make_live(starts_at=NOW + timedelta(days=1), ends_at=NOW + timedelta(days=2))

    assert [one["id"] for one in board.build(NOW)["appeals"]] == [ahead.pk]


@pytest.mark.django_db
def test_the_more_urgent_come_first_and_then_the_older() -> None:
    low, high, twin = make_live(priority=1), make_live(priority=2), make_live(priority=2)

    assert [one["id"] for one in board.build(NOW)["appeals"]] == [high.pk, twin.pk, low.pk]


@pytest.mark.django_db
def test_it_lapses_with_the_first_of_its_claims_at_the_end_of_a_day() -> None:
    Publication.objects.update_or_create(pk=1, defaults={"time_zone": "America/New_York"})
    appeal = make_live()
    for day in (date(2044, 12, 31), date(2044, 11, 5)):  # clocks change on the 6th
        claim: Claim = make_claim(valid_until=day)
        Tie.objects.create(variant=appeal.variants.get(), phrase=str(day), claim=claim)

    [one] = board.build(NOW)["appeals"]

    zone = ZoneInfo("America/New_York")
    assert one["lapse"] == board.moment(datetime(2044, 11, 6, tzinfo=zone))


@pytest.mark.django_db
def test_claims_lapse_by_the_new_clock_when_the_publication_moves() -> None:
    tie = Tie(variant=make_live().variants.get(), phrase="x", claim=make_claim())
    tie.save()
    facts = {"name": "Parley", "time_zone": "America/New_York"}

    logged_in(role="administrator").post("/admin/newsroom/publication/1/change/", facts)

    content = board.read()
    midnight = datetime(2100, 1, 1, tzinfo=ZoneInfo("America/New_York"))
    assert content is not None
    assert content["appeals"][0]["lapse"] == board.moment(midnight)


@pytest.mark.django_db
def test_a_goal_is_there_with_its_first_total() -> None:
    goal = make_goal(target=200_00)
    make_live(goal=goal)
    assert board.build(NOW)["appeals"][0]["goal"] is None

    models.Goal.objects.update(raised=51_50, as_of=NOW)

    assert board.build(NOW)["appeals"][0]["goal"] == {
        "name": goal.name,
        "raised": "$51.50",
        "target": "$200",
        "share": 25,
        "as_of": board.moment(NOW),
        "until": board.moment(NOW + timedelta(hours=24)),
    }


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_busy_with_it_is_not_waited_for() -> None:
    make_live()
    other = connections.create_connection("default")
    try:
        with transaction.atomic():
            other.set_autocommit(False)
            with other.cursor() as cursor:
                cursor.execute("LOCK TABLE donations_board")
            with pytest.raises(OperationalError), transaction.atomic():
                board.read()
    finally:
        other.close()
    assert board.read()


@pytest.mark.django_db
def test_it_is_written_only_within_a_change() -> None:
    rebuild()

    assert models.Board.objects.get().content == board.build(NOW)


@pytest.mark.django_db(transaction=True)
def test_writing_it_on_its_own_is_refused() -> None:
    with pytest.raises(DatabaseError):
        board.rebuild()
