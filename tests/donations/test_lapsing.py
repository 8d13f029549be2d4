"""What happens when a claim lapses, and who hears of it."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django import app

from donations import alerts, board
from donations.models import Appeal
from donations.services import claims
from donations.state import Doing, Moment, known, state_of
from tests.donations.desk import address
from tests.donations.grounded import grounded, was
from tests.factories import make_user
from tests.worker import work

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
NOW = timezone.now().replace(microsecond=0)


def lapse_of(appeal: Appeal) -> int | None:
    content = board.read()
    assert content is not None
    return next(row["lapse"] for row in content["appeals"] if row["id"] == appeal.pk)


def test_appeal_pauses_after_the_last_day_and_a_new_day_lets_it_run() -> None:
    appeal, claim = grounded(date(2001, 1, 1))

    def doing() -> Doing:
        row = known(Appeal.objects.all()).get(pk=appeal.pk)
        return state_of(row, Moment.of(NOW)).doing

    assert doing() == Doing.PAUSED
    lapse = lapse_of(appeal)
    assert lapse is not None
    assert lapse < board.moment(NOW)

    claims.change(
        claim, {"valid_until": date(2099, 1, 1)}, by=make_user(), was=was(claim), reason="Checked"
    )
    assert doing() == Doing.RUNS
    assert (lapse_of(appeal) or 0) > board.moment(NOW)


def told(at: datetime) -> list[str]:
    """Subjects of the mails that leave at `at`."""
    mail.outbox.clear()
    alerts.tell(at)
    work()
    return [str(letter.subject) for letter in mail.outbox]


def test_owner_and_those_who_run_appeals_hear_once_a_week_before_and_once_after() -> None:
    last_day = (NOW + 10 * A_DAY).date()
    appeal, claim = grounded(last_day, name="Winter")
    owner = claim.owner
    owner.email = "owner@example.org"
    owner.save()
    make_user("fundraiser", email="runs@example.org")
    make_user("writer", email="writer@example.org")
    make_user("fundraiser", email="left@example.org", is_active=False)

    assert told(NOW) == []
    assert told(NOW + 5 * A_DAY) == ["“Winter” will pause: a claim lapses"] * 2
    assert {to for letter in mail.outbox for to in letter.to} == {
        "owner@example.org",
        "runs@example.org",
    }
    assert told(NOW + 6 * A_DAY) == []
    assert told(NOW + 12 * A_DAY) == ["“Winter” is paused: a claim has lapsed"] * 2
    assert claim.statement in mail.outbox[0].body
    assert address("check", appeal) in mail.outbox[0].body
    assert told(NOW + 13 * A_DAY) == []


def test_new_last_day_lapses_anew() -> None:
    _, claim = grounded((NOW - A_DAY).date())
    claim.owner.email = "owner@example.org"
    claim.owner.save()
    assert len(told(NOW)) == 1

    day = (NOW + 9 * A_DAY).date()
    claims.change(claim, {"valid_until": day}, by=make_user(), was=was(claim), reason="Checked")
    assert told(NOW + timedelta(hours=1)) == []
    assert len(told(NOW + 4 * A_DAY)) == 1
    assert len(told(NOW + 12 * A_DAY)) == 1


def test_nobody_hears_of_what_has_ended_before() -> None:
    appeal, _ = grounded((NOW + 3 * A_DAY).date())
    Appeal.objects.filter(pk=appeal.pk).update(ends_at=NOW + A_DAY)
    assert alerts.tell(NOW) == 0


def test_line_break_in_a_name_ends_no_header() -> None:
    _, claim = grounded((NOW - A_DAY).date(), name="Winter\r\nBcc: evil@example.org")
    claim.owner.email = "owner@example.org"
    claim.owner.save()
    told(NOW)
    assert mail.outbox[0].to == ["owner@example.org"]
    assert "Bcc" not in dict(mail.outbox[0].message().items())


def test_clock_of_the_worker_tells_it() -> None:
    _, claim = grounded((NOW - A_DAY).date())
    claim.owner.email = "owner@example.org"
    claim.owner.save()
    app.tasks["donations.tell_lapses"](timestamp=0)
    work()
    assert [letter.to for letter in mail.outbox] == [["owner@example.org"]]
