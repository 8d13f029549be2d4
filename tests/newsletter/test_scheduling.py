"""When an approved round-up leaves, and to whom."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from newsletter.audience import audience
from newsletter.models import Issue
from newsletter.services import approving
from newsletter.services.drafts import NotAllowed
from newsroom.lib import outbox
from newsroom.models import Publication
from tests.factories import make_published, make_user
from tests.factories_newsletter import make_issue, make_segment, make_subscriber
from tests.newsletter.sending import (
    ROLE,
    make_approved,
    make_scheduled,
    make_tested,
    schedule,
    send,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2044, 12, 6, 12, tzinfo=UTC)
Status = Issue.Status


def test_schedule_needs_the_number_of_readers() -> None:
    issue = make_approved(3)

    with pytest.raises(NotAllowed, match="3 subscribers, not 4"):
        approving.schedule(issue, by=make_user(ROLE), at=NOON, recipients=4)

    assert Issue.objects.get().status == Status.APPROVED


def test_schedule_needs_the_permission() -> None:
    with pytest.raises(NotAllowed, match="role"):
        schedule(make_approved(), at=NOON, by=make_user("editor"))


def test_a_draft_cannot_be_scheduled() -> None:
    with pytest.raises(NotAllowed, match="Approve it first"):
        schedule(make_tested(), at=NOON)


def test_the_past_cannot_be_chosen() -> None:
    with pytest.raises(NotAllowed, match="past"):
        schedule(make_approved(), at=timezone.now() - timedelta(minutes=2))


def test_this_minute_means_now() -> None:
    issue = make_approved()
    at = timezone.now() - timedelta(seconds=50)

    schedule(issue, at=at)

    assert issue.send_at
    assert issue.send_at > at


def test_a_day_has_one_round_up() -> None:
    make_scheduled(at=NOON)
    other = Issue.objects.get()
    other.pk, other.status, other.send_at = None, Status.APPROVED, None
    other.save()

    with pytest.raises(NotAllowed, match="6 December"):
        schedule(other, at=NOON + timedelta(hours=3))


def test_a_day_is_the_publications() -> None:
    Publication.objects.update_or_create(pk=1, defaults={"time_zone": "America/New_York"})
    make_scheduled(at=datetime(2044, 12, 7, 4, tzinfo=UTC))  # still the 6th in New York
    other = Issue.objects.get()
    other.pk, other.status, other.send_at = None, Status.APPROVED, None
    other.save()

    schedule(other, at=datetime(2044, 12, 7, 6, tzinfo=UTC))

    assert other.status == Status.SCHEDULED


def test_a_public_site_without_a_mail_server_sends_nothing(settings: Settings) -> None:
    issue = make_approved()
    settings.SITE_IS_LOCAL, settings.EMAIL_BACKEND = False, outbox.BACKEND

    with pytest.raises(NotAllowed, match="EMAIL_URL"):
        schedule(issue, at=NOON)


def test_a_schedule_can_be_cancelled_and_chosen_again() -> None:
    issue = make_scheduled(at=NOON)

    approving.cancel(issue, by=make_user(ROLE))
    assert (issue.status, issue.send_at) == (Status.APPROVED, None)

    schedule(issue, at=NOON)
    assert issue.status == Status.SCHEDULED


def test_cancelling_after_the_start_is_refused() -> None:
    issue = make_scheduled()
    send(issue)

    with pytest.raises(NotAllowed, match="too late"):
        approving.cancel(issue, by=make_user(ROLE))


# The readers


def test_a_segment_gets_its_own_readers() -> None:
    make_subscriber(source="footer")
    issue = make_approved(2, segment=make_segment(sources=["footer"]))

    with pytest.raises(NotAllowed, match="goes to 1 subscribers"):
        approving.schedule(issue, by=make_user(ROLE), at=NOON, recipients=3)


def test_monthly_readers_get_the_months_first() -> None:
    make_subscriber(frequency="monthly")
    first, later = make_issue(published_on=None), make_issue()
    Issue.objects.filter(pk=first.pk).update(published_on=NOON.date().replace(day=2))

    assert audience(first, NOON.replace(day=2)).count() == 1
    assert audience(later, NOON).count() == 0
    assert audience(later, NOON.replace(year=2045)).count() == 1


def test_an_older_piece_that_was_withdrawn_blocks_the_schedule() -> None:
    issue = make_approved()
    piece = issue.items.get().article
    assert piece
    type(piece).objects.filter(pk=piece.pk).update(status="draft")

    with pytest.raises(NotAllowed, match="“The piece”"):
        schedule(issue, at=NOON)


def test_unrelated_pieces_do_not_matter() -> None:
    issue = make_approved()
    make_published("Another")

    schedule(issue, at=NOON)

    assert issue.status == Status.SCHEDULED
