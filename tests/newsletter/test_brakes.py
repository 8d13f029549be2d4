"""A round-up pauses by itself when too much goes wrong."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.utils import timezone

from newsletter.models import Delivery, Issue
from newsletter.sending import brakes
from newsletter.sending.sender import Postroom
from newsletter.services import sending
from tests.factories import make_user
from tests.newsletter.sending import ROLE, make_line, make_scheduled, start, tend_all
from tests.smtp import Sink
from tests.worker import work

pytestmark = pytest.mark.django_db
Status = Delivery.Status
F, A, D, U = Status.FAILED, Status.ACCEPTED, Status.DEFERRED, Status.UNCERTAIN


def running(outcomes: Sequence[str]) -> Issue:
    """A round-up under way with these outcomes, the last one last."""
    issue = make_scheduled(1)
    start(issue)
    put(issue, outcomes)
    issue.refresh_from_db()
    return issue


def put(issue: Issue, outcomes: Sequence[str]) -> None:
    issue.deliveries.all().delete()
    now = timezone.now()
    Delivery.objects.bulk_create(
        Delivery(
            issue=issue,
            subscriber_id=number,
            status=status,
            next_at=now + timedelta(hours=1) if status == D else None,
            done_at=now + timedelta(milliseconds=number),
            answer="550 no",
        )
        for number, status in enumerate(outcomes, 1)
    )


FIFTY = "The last 50 letters all failed. The last answer: 550 no"
HALF = "51 of the last 102 letters were refused or got no answer. Look at these."
FIFTY_OR_HALF: list[tuple[Sequence[str], str]] = [
    ([A] * 100 + [F] * 49, ""),
    ([A] * 100 + [F] * 50, FIFTY),
    ([F, A] * 50, ""),
    ([F, A] * 51, HALF),
    ([F, A] * 40 + [A] * 980 + [F] * 5, ""),
    ([D] * 200, ""),
    ([U] * 50, FIFTY),
]


def test_fifty_failures_in_a_row_or_among_the_last_thousand_stop_it() -> None:
    issue = running([])

    for outcomes, said in FIFTY_OR_HALF:
        put(issue, outcomes)
        assert brakes.why_stop(issue) == said, outcomes[-6:]


def test_what_went_wrong_before_it_was_resumed_counts_no_more() -> None:
    issue = running([F] * 60)
    issue.running_since = timezone.now() + timedelta(seconds=1)

    assert brakes.why_stop(issue) == ""


def test_it_takes_one_query(django_assert_num_queries: object) -> None:
    issue = running([A] * 30)

    with django_assert_num_queries(1):  # type: ignore[operator]
        brakes.why_stop(issue)


def test_staff_are_told_and_can_resume(smtp: Sink) -> None:
    ann = make_user(ROLE, email="ann@example.org")
    issue = make_scheduled(120)
    smtp.answer = lambda address: "" if "@staff" in address or address == ann.email else "554 no"

    tend_all()
    work()

    issue.refresh_from_db()
    assert issue.status == Issue.Status.PAUSED
    assert issue.pause_why.startswith("The last 50 letters all failed")
    assert 50 <= issue.deliveries.filter(status=F).count() <= 80
    (letter,) = smtp.letters
    assert letter["Subject"] == f"Paused: {issue}"

    smtp.answer = lambda address: ""
    sending.resume(issue, by=ann)
    tend_all()

    issue.refresh_from_db()
    assert issue.status == Issue.Status.SENT


def test_a_round_up_that_cannot_be_written_is_paused(smtp: Sink) -> None:
    broken = make_scheduled(2)
    start(broken)
    Issue.objects.filter(pk=broken.pk).update(content={"nonsense": 1})
    line = make_line(writer=Postroom().writer)

    line.work([broken.pk])

    broken.refresh_from_db()
    assert broken.status == Issue.Status.PAUSED
    assert broken.pause_why.startswith("No letter can be made of it")
    assert not smtp.raw
    assert set(broken.deliveries.values_list("status", flat=True)) == {Status.PLANNED}
