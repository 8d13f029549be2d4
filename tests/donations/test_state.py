"""What an appeal is doing at a moment, in words."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from donations.models import Appeal
from donations.state import Doing, Moment, known, on_the_desk, state_of
from tests.factories_donations import (
    claim_for,
    make_appeal,
    make_live,
    make_pause,
    make_rules,
    rebuild,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(second=0, microsecond=0)
A_DAY = timedelta(days=1)


def doing(appeal: Appeal, at: datetime = NOW) -> Doing:
    return state_of(known(Appeal.objects.all()).get(pk=appeal.pk), Moment.of(at)).doing


def test_state_follows_the_clock() -> None:
    appeal = make_live(starts_at=NOW, ends_at=NOW + A_DAY)
    second = timedelta(seconds=1)
    assert doing(appeal, NOW - second) == Doing.WAITS
    assert doing(appeal, NOW) == Doing.RUNS
    assert doing(appeal, NOW + A_DAY - second) == Doing.RUNS
    assert doing(appeal, NOW + A_DAY) == Doing.OVER


@pytest.mark.parametrize("off", [["all"], ["body"]])
def test_switched_off_is_paused(off: list[str]) -> None:
    appeal = make_live(at=NOW)
    make_rules(off=off)
    assert doing(appeal) == Doing.PAUSED


def test_pause_of_the_site_pauses() -> None:
    appeal = make_live(at=NOW)
    make_pause(NOW - A_DAY, NOW + A_DAY)
    assert doing(appeal) == Doing.PAUSED


def test_lapsed_claim_pauses_and_leads_on_the_desk() -> None:
    fine, bad = make_live("One.", at=NOW, priority=5), make_appeal("Up 133%.", at=NOW)
    claim_for(bad, "133%", valid_until=(NOW - A_DAY).date())
    Appeal.objects.filter(pk=bad.pk).update(status="live", live_at=NOW)
    rebuild()

    assert doing(bad) == Doing.PAUSED
    assert [line.appeal.pk for line in on_the_desk(Moment.of(NOW))] == [bad.pk, fine.pk]
    assert on_the_desk(Moment.of(NOW))[0].state.has_lapsed


def test_claim_holds_until_the_end_of_its_last_day() -> None:
    appeal = make_live("Up 133%.", at=NOW, ends_at=NOW + 30 * A_DAY)
    midnight = timezone.localtime(NOW).replace(hour=0, minute=0) + A_DAY
    claim_for(appeal, "133%", valid_until=timezone.localdate(NOW))
    assert doing(appeal, midnight - timedelta(seconds=1)) == Doing.RUNS
    assert doing(appeal, midnight) == Doing.PAUSED


def test_claim_that_lapses_within_a_week_is_noted() -> None:
    appeal = make_live("Up 133%.", at=NOW, ends_at=NOW + 30 * A_DAY)
    claim_for(appeal, "133%", valid_until=(NOW + 2 * A_DAY).date())
    assert "A claim lapses after" in on_the_desk(Moment.of(NOW))[0].note
