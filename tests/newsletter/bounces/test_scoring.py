"""What bounces and complaints do to a subscription."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from newsletter import suppressions
from newsletter.bounces import scoring
from newsletter.models import Bounce, Consent, Delivery, Issue, Subscriber, Suppression
from newsletter.services import subscribing
from tests.factories_newsletter import make_issue, make_sent, make_subscriber

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 6, 1, 9, tzinfo=UTC)
A_YEAR_AGO = datetime(2025, 6, 1, tzinfo=UTC)
Kind, Status, State = Bounce.Kind, Subscriber.Status, Delivery.Status


@pytest.fixture
def ann() -> Subscriber:
    return make_subscriber("ann@example.org", joined_at=A_YEAR_AGO)


def note(subscriber: Subscriber, kind: Bounce.Kind, at: datetime = MONDAY, **facts: Any) -> bool:
    is_news = scoring.note(subscriber.pk, kind, source=Bounce.Source.REPORT, at=at, **facts)
    if Subscriber.objects.filter(pk=subscriber.pk).exists():
        subscriber.refresh_from_db()
    return is_news


def letter(subscriber: Subscriber, status: str = State.ACCEPTED, **fields: Any) -> Delivery:
    """A row of the ledger, of a round-up sent an hour ago."""
    day = timezone.now().date() - timedelta(days=Issue.objects.count())
    issue = make_sent(make_issue(), on=day)
    return Delivery.objects.create(issue=issue, subscriber=subscriber, status=status, **fields)


@pytest.mark.parametrize(
    ("kind", "status", "reason"),
    [(Kind.HARD, Status.BOUNCED, "bounced"), (Kind.COMPLAINT, Status.COMPLAINED, "complained")],
)
def test_once_is_enough(ann: Subscriber, kind: Bounce.Kind, status: str, reason: str) -> None:
    assert note(ann, kind)

    assert ann.status == status
    assert Suppression.objects.of(ann.address).get().reason == reason


def test_fifth_day_within_thirty_is_enough(ann: Subscriber) -> None:
    for week in range(4):
        assert note(ann, Kind.SOFT, MONDAY + timedelta(weeks=week))
    assert ann.status == Status.ACTIVE

    note(ann, Kind.SOFT, MONDAY + timedelta(weeks=4))

    assert ann.status == Status.BOUNCED
    assert Suppression.objects.of(ann.address).exists()


def test_a_day_counts_once_however_much_comes_back(ann: Subscriber) -> None:
    news = [note(ann, Kind.SOFT, MONDAY + timedelta(hours=hour)) for hour in range(10)]

    assert news == [True] + [False] * 9
    assert ann.bounces.count() == 1
    assert ann.status == Status.ACTIVE


def test_thirty_days_later_the_first_one_is_forgiven(ann: Subscriber) -> None:
    for days in (0, 8, 16, 24, 30):
        note(ann, Kind.SOFT, MONDAY + timedelta(days=days))

    assert ann.status == Status.ACTIVE


def test_day_is_that_of_utc(ann: Subscriber) -> None:
    late = datetime.fromisoformat("2026-06-01T23:30:00-04:00")

    note(ann, Kind.SOFT, late)

    assert ann.bounces.get().on.isoformat() == "2026-06-02"


def test_a_letter_comes_back_once_on_whatever_day(ann: Subscriber) -> None:
    issue_id = letter(ann, done_at=MONDAY).issue_id
    Issue.objects.filter(pk=issue_id).update(started_at=MONDAY)

    assert note(ann, Kind.SOFT, issue_id=issue_id)
    assert not note(ann, Kind.SOFT, MONDAY + timedelta(days=1), issue_id=issue_id)

    assert ann.bounces.count() == 1


@pytest.mark.parametrize("status", [State.ACCEPTED, State.UNCERTAIN])
def test_ledger_says_that_the_letter_came_back(ann: Subscriber, status: str) -> None:
    row = letter(ann, status, next_at=MONDAY)

    note(ann, Kind.SOFT, issue_id=row.issue_id, answer="452 4.2.2 full")

    row.refresh_from_db()
    assert (row.status, row.answer) == (State.BOUNCED, "452 4.2.2 full")
    assert row.next_at is None


def test_who_has_the_letter_in_hand_does_not_undo_it(ann: Subscriber) -> None:
    row = letter(ann, State.UNCERTAIN, next_at=MONDAY, fence=3)

    note(ann, Kind.HARD, issue_id=row.issue_id)

    row.refresh_from_db()
    assert row.fence == 4


@pytest.mark.parametrize("status", [State.SUPPRESSED, State.FAILED])
def test_ledger_keeps_how_else_a_letter_ended(ann: Subscriber, status: str) -> None:
    row = letter(ann, status)

    note(ann, Kind.HARD, issue_id=row.issue_id)

    row.refresh_from_db()
    assert row.status == status


def test_letter_complained_of_has_arrived(ann: Subscriber) -> None:
    row = letter(ann)

    note(ann, Kind.COMPLAINT, issue_id=row.issue_id)

    row.refresh_from_db()
    assert row.status == State.ACCEPTED


def test_answer_is_kept_without_addresses(ann: Subscriber) -> None:
    note(ann, Kind.HARD, answer="550 5.1.1 <ann@example.org>:\r\n\0 unknown" + "x" * 300)

    answer = ann.bounces.get().answer
    assert answer.startswith("550 5.1.1 <[address]>: unknown")
    assert len(answer) == 200


def test_who_is_gone_is_only_in_the_ledger(ann: Subscriber) -> None:
    row = letter(ann)
    ann.delete()

    assert not scoring.note(
        row.subscriber_id, Kind.HARD, source=Bounce.Source.REPORT, at=MONDAY, issue_id=row.issue_id
    )

    row.refresh_from_db()
    assert row.status == State.BOUNCED
    assert not Bounce.objects.exists()


def test_round_up_that_is_gone_stops_nothing(ann: Subscriber) -> None:
    assert note(ann, Kind.HARD, issue_id=123)

    assert ann.bounces.get().issue is None


def test_bounce_does_not_make_a_complaint_milder(ann: Subscriber) -> None:
    note(ann, Kind.COMPLAINT)

    note(ann, Kind.HARD)

    assert ann.status == Status.COMPLAINED
    assert Suppression.objects.of(ann.address).get().reason == "complained"


def confirm_anew(subscriber: Subscriber, at: datetime) -> None:
    Subscriber.objects.filter(pk=subscriber.pk).update(status=Status.PENDING, asked_at=at)
    subscribing.confirm(subscriber.pk, asked_at=at, network="", at=at)
    subscriber.refresh_from_db()


def test_own_confirmation_makes_a_new_start(ann: Subscriber) -> None:
    for day in range(5):
        note(ann, Kind.SOFT, MONDAY + timedelta(days=day))
    confirm_anew(ann, MONDAY + timedelta(days=6))

    note(ann, Kind.SOFT, MONDAY + timedelta(days=7))

    assert ann.status == Status.ACTIVE
    assert not Suppression.objects.of(ann.address).exists()
    assert ann.consents.filter(kind=Consent.Kind.CONFIRMED).exists()


def test_letter_of_an_earlier_time_ends_no_new_subscription(ann: Subscriber) -> None:
    row = letter(ann)
    confirm_anew(ann, timezone.now())

    assert not note(ann, Kind.HARD, timezone.now(), issue_id=row.issue_id)
    assert ann.status == Status.ACTIVE

    assert note(ann, Kind.COMPLAINT, timezone.now(), issue_id=row.issue_id)
    assert ann.status == Status.COMPLAINED


def test_who_has_left_is_bounced_too(ann: Subscriber) -> None:
    subscribing.leave(ann.pk)

    note(ann, Kind.HARD, timezone.now())

    assert Suppression.objects.of(ann.address).get().reason == "bounced"


def test_marking_again_is_no_news(ann: Subscriber) -> None:
    assert suppressions.mark(ann.pk, Status.BOUNCED)
    assert not suppressions.mark(ann.pk, Status.BOUNCED)
