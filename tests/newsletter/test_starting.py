"""The first moment of a round-up: when, whether, to whom."""

from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.models import Article, Section
from newsletter.alerts import alert
from newsletter.models import Issue, Newsletter, Segment, Subscriber
from newsletter.services import approving
from tests.factories import make_user
from tests.factories_newsletter import make_subscriber
from tests.newsletter.sending import ROLE, make_scheduled, send, start, tend_all
from tests.smtp import Sink
from tests.worker import work

pytestmark = pytest.mark.django_db
NOON = datetime(2044, 12, 6, 12, tzinfo=UTC)
Status = Subscriber.Status


def test_it_starts_at_its_time_and_not_before() -> None:
    issue = make_scheduled(at=NOON)

    assert not start(issue, NOON - timedelta(seconds=1))
    assert start(issue, NOON)


def test_it_starts_once() -> None:
    issue = make_scheduled(2, at=NOON)

    assert [start(issue, NOON) for _ in range(3)] == [True, False, False]
    assert issue.deliveries.count() == 2


def test_its_day_is_the_publications() -> None:
    issue = make_scheduled(at=NOON)

    start(issue, NOON)

    assert Issue.objects.get().published_on == NOON.date()


def test_whoever_does_not_get_mail_from_us_is_left_out_and_counted() -> None:
    for status in set(Status) - {Status.ACTIVE}:
        make_subscriber(status=status)
    issue = make_scheduled(2)

    start(issue)

    issue.refresh_from_db()
    assert issue.deliveries.count() == 2
    assert issue.books == {
        "candidates": 6,
        "prepared": 2,
        "excluded": {"Not confirmed": 1, "Unsubscribed": 1, "Bounced": 1, "Complained": 1},
    }


def test_the_books_know_who_wants_one_a_month_and_who_is_in_another_segment() -> None:
    section = Section.objects.create(name="Europe", slug="europe")
    other = Section.objects.create(name="Asia", slug="asia")
    segment = Segment.objects.create(name="Europeans")
    segment.sections.add(section)
    make_subscriber().sections.add(other)
    make_subscriber(frequency="monthly").sections.add(section)
    make_subscriber(frequency="monthly", status=Status.PENDING)
    first = make_scheduled(1, at=NOON - timedelta(days=2), segment=segment)
    start(first, NOON - timedelta(days=2))
    second = make_scheduled(0, at=NOON, segment=segment)

    start(second, NOON)

    first.refresh_from_db()
    second.refresh_from_db()
    outside = {"Not in the segment": 1, "Not confirmed": 1}
    assert first.books == {"candidates": 4, "prepared": 2, "excluded": outside}
    assert second.books == {
        "candidates": 4,
        "prepared": 1,
        "excluded": outside | {"Once a month": 1},
    }


def test_a_withdrawn_piece_holds_it_and_staff_hear_of_it(smtp: Sink) -> None:
    make_user(ROLE, email="ann@example.org")
    issue = make_scheduled()
    Article.objects.update(status=Article.Status.DRAFT)

    send(issue)
    work()

    (letter,) = smtp.letters
    assert issue.status == Issue.Status.SCHEDULED
    assert (letter["To"], letter["Auto-Submitted"]) == ("ann@example.org", "auto-generated")
    assert "“The piece”" in letter.get_content()


def test_a_copy_that_was_tampered_with_is_not_sent() -> None:
    issue = make_scheduled()
    Issue.objects.update(html="<p>Something else</p>")

    assert not start(issue)


def test_up_to_six_hours_late_it_is_sent_and_staff_are_told(smtp: Sink) -> None:
    make_user(ROLE, email="ann@example.org")
    issue = make_scheduled(at=NOON)

    send(issue, NOON + timedelta(hours=5, minutes=59))
    work()

    assert issue.status == Issue.Status.SENT
    assert [letter["Subject"] for letter in smtp.letters][1:] == ["Late: What happened"]


def test_later_than_that_it_waits_for_a_human(smtp: Sink) -> None:
    make_user(ROLE, email="ann@example.org")
    issue = make_scheduled(at=NOON)
    late = NOON + timedelta(hours=6, seconds=1)

    send(issue, late)
    work()

    assert issue.status == Issue.Status.SCHEDULED
    assert [letter["Subject"] for letter in smtp.letters] == ["Not sent: What happened"]
    approving.schedule(issue, by=make_user(ROLE), at=late, recipients=1, now=late)
    assert start(issue, late)


def test_the_newsletter_says_how_late_it_may_be() -> None:
    Newsletter.objects.update_or_create(pk=1, defaults={"late_hours": 1})
    issue = make_scheduled(at=NOON)

    assert not start(issue, NOON + timedelta(hours=1, seconds=1))
    assert start(issue, NOON + timedelta(hours=1))


def test_staff_are_told_once_an_hour(smtp: Sink) -> None:
    make_user(ROLE, email="ann@example.org")
    issue = make_scheduled()
    Article.objects.update(status=Article.Status.DRAFT)

    for _ in range(5):
        send(issue)
    work()

    assert len(smtp.letters) == 1


def test_no_address_is_kept_in_the_queue() -> None:
    alert("mail-server", "Trouble", "550 ann@example.org unknown")

    job = ProcrastinateJob.objects.get(task_name="newsletter.mail_alert")
    assert job.args["text"] == "550 [address] unknown"


def test_what_is_due_starts_by_itself(smtp: Sink) -> None:
    make_scheduled(2)

    tend_all()

    assert len(smtp.letters) == 2
    assert Issue.objects.get().status == Issue.Status.SENT
