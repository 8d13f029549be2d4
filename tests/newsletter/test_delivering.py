"""A round-up on its way."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import Settings

from articles.models import Article
from newsletter import delivering
from newsletter.alerts import alert
from newsletter.models import Delivery, Issue, Subscriber
from newsletter.services import approving
from newsletter.services.drafts import NotAllowed
from newsletter.tasks import deliveries
from newsroom.models import User
from tests.factories import make_user
from tests.factories_newsletter import make_subscriber
from tests.newsletter.sending import (
    ROLE,
    leave,
    make_approved,
    make_scheduled,
    schedule,
    send,
)
from tests.smtp import Sink
from tests.worker import work

pytestmark = pytest.mark.django_db
NOON = datetime(2044, 12, 6, 12, tzinfo=UTC)
Status = Delivery.Status


def statuses(issue: Issue) -> list[str]:
    return list(issue.deliveries.values_list("status", flat=True))


def bodies(smtp: Sink) -> set[tuple[str, ...]]:
    """The parts of all letters, without what is each reader's own."""
    found = set()
    for letter in smtp.letters:
        token = letter["List-Unsubscribe"].rsplit("/", 2)[1].partition("~")
        parts = [part.get_content() for part in letter.iter_parts()]
        found.add(tuple(cut(part, f"/{token[0]}~") for part in parts))
    return found


def cut(text: str, begin: str) -> str:
    """`text` without the tokens, which begin so and end with a slash."""
    pieces = text.split(begin)
    return "".join([pieces[0], *(piece.partition("/")[2] for piece in pieces[1:])])


def test_everybody_gets_it_once(smtp: Sink) -> None:
    issue = make_scheduled(3)

    send(issue)

    addresses = Subscriber.objects.values_list("address", flat=True)
    assert sorted(to for (to,) in smtp.recipients) == sorted(addresses)
    assert (issue.status, set(statuses(issue))) == (Issue.Status.SENT, {Status.SENT})


def test_whoever_does_not_get_mail_from_us_is_left_out(smtp: Sink) -> None:
    for status in set(Subscriber.Status) - {Subscriber.Status.ACTIVE}:
        make_subscriber(status=status)

    send(make_scheduled(1))

    assert len(smtp.recipients) == 1


def test_it_starts_at_its_time_and_not_before() -> None:
    issue = make_scheduled(at=NOON)

    assert not delivering.start(issue.pk, NOON - timedelta(seconds=1))
    assert delivering.start(issue.pk, NOON)


def test_it_starts_once() -> None:
    issue = make_scheduled(2, at=NOON)

    assert [delivering.start(issue.pk, NOON) for _ in range(3)] == [True, False, False]
    assert issue.deliveries.count() == 2


def test_its_day_is_the_publications() -> None:
    issue = make_scheduled(at=NOON)

    delivering.start(issue.pk, NOON)

    assert Issue.objects.get().published_on == NOON.date()


def test_whoever_leaves_while_it_is_sent_gets_none(smtp: Sink) -> None:
    issue = make_scheduled(3)
    delivering.start(issue.pk, timezone.now())
    delivering.deliver(issue.pk, most=1)
    last = Subscriber.objects.order_by("pk").last()
    assert last

    leave(last)
    send(issue)

    assert len(smtp.recipients) == 2
    assert statuses(issue) == [Status.SENT, Status.SENT, Status.LEFT]


def test_what_was_approved_is_what_is_sent(smtp: Sink) -> None:
    issue = make_scheduled(4)
    delivering.start(issue.pk, timezone.now())
    delivering.deliver(issue.pk, most=2)

    Article.objects.update(headline="Another headline", deck="Another deck.")
    Issue.objects.update(preheader="Another preheader")
    send(issue)

    assert len(smtp.raw) == 4
    assert len(bodies(smtp)) == 1


def test_a_withdrawn_piece_holds_it_and_staff_hear_of_it(smtp: Sink) -> None:
    make_user(ROLE, email="ann@example.org")
    issue = make_scheduled()
    Article.objects.update(status=Article.Status.DRAFT)

    send(issue)
    work()

    (alert,) = smtp.letters
    assert issue.status == Issue.Status.SCHEDULED
    assert (alert["To"], alert["Auto-Submitted"]) == ("ann@example.org", "auto-generated")
    assert "“The piece”" in alert.get_content()


def test_a_copy_that_was_tampered_with_is_not_sent() -> None:
    issue = make_scheduled()
    Issue.objects.update(html="<p>Something else</p>")

    assert not delivering.start(issue.pk, timezone.now())


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
    assert delivering.start(issue.pk, late)


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


def test_the_minutes_task_starts_what_is_due(smtp: Sink) -> None:
    make_scheduled(2)

    deliveries.keep_sending(0)
    work()

    assert len(smtp.letters) == 2
    assert Issue.objects.get().status == Issue.Status.SENT


def test_a_refused_address_has_failed_and_the_others_get_theirs(smtp: Sink) -> None:
    issue = make_scheduled(3)
    gone = Subscriber.objects.order_by("pk")[1].address
    smtp.answer = lambda address: "550 no such user" if address == gone else ""

    send(issue)

    assert statuses(issue) == [Status.SENT, Status.FAILED, Status.SENT]
    assert issue.status == Issue.Status.SENT


def test_an_address_that_is_put_off_is_tried_again(smtp: Sink) -> None:
    issue = make_scheduled(2)
    first = Subscriber.objects.order_by("pk")[0].address
    smtp.answer = lambda address: "450 later" if address == first else ""
    send(issue)
    assert (issue.status, statuses(issue)) == (Issue.Status.SENDING, [Status.CLAIMED, Status.SENT])

    smtp.answer = lambda address: ""
    delivering.release(issue, timezone.now() + delivering.LEASE + timedelta(seconds=1))
    send(issue)

    assert set(statuses(issue)) == {Status.SENT}
    assert issue.status == Issue.Status.SENT


def test_an_address_that_is_put_off_for_a_day_has_failed(smtp: Sink) -> None:
    issue = make_scheduled()
    smtp.answer = lambda address: "450 later"
    send(issue)

    delivering.release(issue, timezone.now() + delivering.GIVE_UP + timedelta(minutes=1))
    send(issue)

    assert (issue.status, statuses(issue)) == (Issue.Status.SENT, [Status.FAILED])


def test_what_a_dead_worker_had_in_hand_is_sent_after_its_lease(smtp: Sink) -> None:
    issue = make_scheduled(2)
    delivering.start(issue.pk, timezone.now())
    issue.refresh_from_db()
    delivering.claim(issue)  # and here it dies
    send(issue)
    assert statuses(issue) == [Status.CLAIMED, Status.SENT]

    assert delivering.release(issue, timezone.now()) == 0
    delivering.release(issue, timezone.now() + delivering.LEASE + timedelta(seconds=1))
    send(issue)

    assert set(statuses(issue)) == {Status.SENT}


def test_a_worker_that_wakes_up_too_late_changes_nothing() -> None:
    issue = make_scheduled()
    delivering.start(issue.pk, timezone.now())
    slow = delivering.claim(issue)
    assert slow
    delivering.release(issue, timezone.now() + delivering.LEASE + timedelta(seconds=1))

    delivering.settle(slow, Status.FAILED)

    assert statuses(issue) == [Status.PREPARED]


def test_without_a_mail_server_it_waits_and_staff_are_told_when_it_is_back(
    settings: Settings, smtp: Sink
) -> None:
    make_user(ROLE, email="ann@example.org")
    issue = make_scheduled()
    delivering.start(issue.pk, timezone.now())
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    deliveries.deliver(issue.pk)
    assert statuses(issue) == [Status.PREPARED]

    settings.EMAIL_PORT = port
    deliveries.keep_sending(0)
    work()

    assert sorted(letter["Subject"] for letter in smtp.letters) == [
        "The mail server does not take our letters",
        "What happened",
    ]


def at_once(n: int, act: Callable[[], object]) -> list[object]:
    """What `n` of `act` at the same moment return, or the NotAllowed that they raise."""

    def one(_: int) -> object:
        try:
            return act()
        except NotAllowed as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(n) as pool:
        return list(pool.map(one, range(n)))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_many_starts_at_once_one_counts() -> None:
    issue = make_scheduled(3, at=NOON)

    started = at_once(20, lambda: delivering.start(issue.pk, NOON))

    assert started.count(True) == 1
    assert issue.deliveries.count() == 3


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_whoever_is_leaving_this_moment_is_passed_over() -> None:
    issue = make_scheduled()
    delivering.start(issue.pk, timezone.now())

    with transaction.atomic():
        leave(Subscriber.objects.get())
        assert at_once(1, lambda: delivering.claim(issue)) == [None]

    assert delivering.claim(issue) is None
    assert statuses(issue) == [Status.LEFT]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_many_workers_each_sends_its_own_letters(smtp: Sink) -> None:
    issue = make_scheduled(40)
    delivering.start(issue.pk, timezone.now())

    at_once(4, lambda: delivering.deliver(issue.pk))

    assert len(smtp.recipients) == 40
    assert len({to for (to,) in smtp.recipients}) == 40
    assert Issue.objects.get().status == Issue.Status.SENT


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_many_presses_at_once_one_round_up_comes(smtp: Sink) -> None:
    issue, ann = make_approved(2), make_user(ROLE)

    def press() -> None:
        again = Issue.objects.get(pk=issue.pk)
        schedule(again, by=User.objects.get(pk=ann.pk))
        delivering.start(issue.pk, timezone.now())

    at_once(20, press)
    send(issue)

    assert len(smtp.recipients) == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_cancelled_or_sent_but_never_both(smtp: Sink) -> None:
    issue, ann = make_scheduled(2, at=NOON), make_user(ROLE)

    turns = count()

    def cancel_or_start() -> None:
        if next(turns) % 2:
            delivering.start(issue.pk, NOON)
        else:
            approving.cancel(Issue.objects.get(pk=issue.pk), by=User.objects.get(pk=ann.pk))

    at_once(10, cancel_or_start)

    issue.refresh_from_db()
    n = issue.deliveries.count()
    assert (issue.status, n) in {(Issue.Status.APPROVED, 0), (Issue.Status.SENDING, 2)}
