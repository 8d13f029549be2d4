"""Each appeal is shown from its start on and before its end, to the second, in every zone."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from donations.models import Appeal, Claim, Pause, Tie, Variant
from newsroom.models import Publication
from tests.donations.schedule import (
    LAST_DAYS,
    N_CASES,
    OVERLAPS,
    PAUSED,
    WINDOWS,
    around,
    meant,
    moment,
)
from tests.factories_donations import make_claim, make_live, make_pause, make_rules, rebuild

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2020, 1, 1, tzinfo=ZoneInfo("UTC"))
LONG_AFTER = datetime(2099, 1, 1, tzinfo=ZoneInfo("UTC"))
FROM, UNTIL = ["", "x", "x"], ["x", "", ""]  # a second before, then, and a second after


@pytest.fixture(autouse=True)
def rules() -> None:
    make_rules()


def shown(client: Client, at: datetime) -> str:
    """The text of the one that stands on a page for everybody."""
    with time_machine.travel(at, tick=False):
        page = client.get("/latest/").content.decode()
    _, _, default = page.partition("<noscript>")
    return default.partition('<div class="appeal__text"><p>')[2].partition("</p>")[0]


def seen(client: Client, at: datetime) -> list[str]:
    return [shown(client, moment) for moment in around(at)]


def set_live(text: str, starts_at: datetime, ends_at: datetime, priority: int = 0) -> None:
    with time_machine.travel(LONG_AGO, tick=False):
        make_live(text, slot="list", starts_at=starts_at, ends_at=ends_at, priority=priority)


def test_table_has_two_hundred_cases() -> None:
    assert N_CASES >= 200


def test_shown_from_its_start_on_and_before_its_end(client: Client) -> None:
    found = {}
    for zone, *clocks in WINDOWS:
        Publication.objects.update(time_zone=zone)
        Appeal.objects.all().delete()
        starts_at, ends_at = (moment(zone, clock) for clock in clocks)
        set_live("x", starts_at, ends_at)
        found[zone, *clocks] = seen(client, starts_at), seen(client, ends_at)

    assert found == dict.fromkeys(WINDOWS, (FROM, UNTIL))


def test_not_shown_from_the_start_of_a_pause_on_and_before_its_end(client: Client) -> None:
    set_live("x", LONG_AGO, LONG_AFTER)
    found = {}
    for zone, *clocks in PAUSED:
        starts_at, ends_at = (moment(zone, clock) for clock in clocks)
        with time_machine.travel(LONG_AGO, tick=False):
            Pause.objects.all().delete()
            make_pause(starts_at, ends_at)
        found[zone, *clocks] = seen(client, starts_at), seen(client, ends_at)

    assert found == dict.fromkeys(PAUSED, (UNTIL, FROM))


def test_shown_until_the_last_valid_day_of_a_claim_ends(client: Client) -> None:
    set_live("x", LONG_AGO, LONG_AFTER)
    claim = make_claim()
    Tie.objects.create(variant=Variant.objects.get(), phrase="133%", claim=claim)
    found = {}
    for zone, day, n_hours in LAST_DAYS:
        Publication.objects.update(time_zone=zone)
        Claim.objects.update(valid_until=date.fromisoformat(day))
        rebuild()
        midnight = moment(zone, day).astimezone(ZoneInfo("UTC"))
        found[zone, day, n_hours] = seen(client, midnight + timedelta(hours=n_hours))

    assert found == dict.fromkeys(LAST_DAYS, UNTIL)


def test_of_three_at_once_the_higher_and_then_the_older_is_shown(client: Client) -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("UTC"))
    for order in OVERLAPS:
        Appeal.objects.all().delete()
        for one in order:
            start, end = (noon + timedelta(hours=hours) for hours in (one.start, one.end))
            set_live(one.name, start, end, one.priority)

        found = {hour: seen(client, noon + timedelta(hours=hour)) for hour in meant(order)}

        assert found == meant(order), order
