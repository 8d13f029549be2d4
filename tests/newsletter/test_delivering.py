"""What becomes of each letter."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from articles.models import Article
from newsletter.models import Delivery, Issue, Subscriber
from newsletter.sending.answers import Unreachable
from tests.factories_newsletter import make_subscriber
from tests.newsletter.sending import (
    deliver,
    deliver_batch,
    due_now,
    leave,
    make_line,
    make_scheduled,
    send,
    start,
)
from tests.smtp import Sink

pytestmark = pytest.mark.django_db
Status = Delivery.Status
N_RUNS = "SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE name = %s"


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
    assert (issue.status, set(statuses(issue))) == (Issue.Status.SENT, {Status.ACCEPTED})


def test_letters_are_written_by_a_statement_that_the_database_keeps(smtp: Sink) -> None:
    issue = make_scheduled(5)
    start(issue)
    before = n_runs("settle_and_take")

    deliver_batch(issue)

    assert n_runs("settle_and_take") - before == 4  # the first letter follows none


def n_runs(name: str) -> int:
    """Of a statement that the database keeps for this connection."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({N_RUNS})", [name])
        return cursor.fetchone()[0] or 0


def test_whoever_joins_after_its_start_gets_the_next_one(smtp: Sink) -> None:
    issue = make_scheduled(2)
    start(issue)

    make_subscriber()
    send(issue)

    assert len(smtp.recipients) == 2


def test_whoever_leaves_while_it_is_sent_gets_none(smtp: Sink) -> None:
    issue = make_scheduled(3)
    start(issue)
    last = Subscriber.objects.order_by("pk").last()
    assert last

    leave(last)
    send(issue)

    assert len(smtp.recipients) == 2
    assert statuses(issue) == [Status.ACCEPTED, Status.ACCEPTED, Status.SUPPRESSED]


def test_the_books_keep_whoever_is_erased_while_it_is_sent(smtp: Sink) -> None:
    issue = make_scheduled(2)
    start(issue)

    Subscriber.objects.order_by("pk")[0].delete()
    send(issue)

    assert len(smtp.recipients) == 1
    assert statuses(issue) == [Status.SUPPRESSED, Status.ACCEPTED]
    assert issue.certificate
    assert issue.certificate["counts"]["suppressed"] == 1


def test_what_was_approved_is_what_is_sent(smtp: Sink, settings: Settings, tmp_path: Path) -> None:
    issue = make_scheduled(4)
    start(issue)

    Article.objects.update(headline="Another headline", deck="Another deck.")
    Issue.objects.update(preheader="Another preheader")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]  # with none of ours
    send(issue)

    assert len(smtp.raw) == 4
    assert len(bodies(smtp)) == 1
    assert "Another" not in str(bodies(smtp))


def test_a_refused_address_has_failed_and_the_others_get_theirs(smtp: Sink) -> None:
    issue = make_scheduled(3)
    gone = Subscriber.objects.order_by("pk")[1].address
    smtp.answer = lambda address: f"550 5.1.1 <{address}> unknown" if address == gone else ""

    send(issue)

    refused = issue.deliveries.get(status=Status.FAILED)
    assert statuses(issue) == [Status.ACCEPTED, Status.FAILED, Status.ACCEPTED]
    assert (refused.answer, refused.n_attempts) == ("550 5.1.1 <[address]> unknown", 1)
    assert issue.status == Issue.Status.SENT


def test_an_unknown_address_is_not_mailed_again(smtp: Sink) -> None:
    issue = make_scheduled(1)
    smtp.answer = lambda address: "550 5.1.1 no such user"

    send(issue)

    assert Subscriber.objects.get().status == Subscriber.Status.BOUNCED


def test_an_address_refused_by_policy_stays_on_the_list(smtp: Sink) -> None:
    issue = make_scheduled(1)
    smtp.answer = lambda address: "554 5.7.1 Your network is blocked"

    send(issue)

    assert Subscriber.objects.get().status == Subscriber.Status.ACTIVE


def test_an_address_that_is_put_off_is_tried_again(smtp: Sink) -> None:
    issue = make_scheduled(2)
    first = Subscriber.objects.order_by("pk")[0].address
    smtp.answer = lambda address: "450 later" if address == first else ""
    send(issue)
    assert issue.status == Issue.Status.SENDING
    assert statuses(issue) == [Status.DEFERRED, Status.ACCEPTED]

    smtp.answer = lambda address: ""
    due_now(issue)
    send(issue)

    assert set(statuses(issue)) == {Status.ACCEPTED}
    assert issue.status == Issue.Status.SENT


def test_each_further_try_waits_twice_as_long_and_a_day_is_enough(smtp: Sink) -> None:
    issue = make_scheduled(1)
    smtp.answer = lambda address: "450 later"
    start(issue)
    waits = []

    for _ in range(9):
        deliver(issue)
        row = issue.deliveries.get()
        if row.next_at and row.done_at:
            waits.append((row.next_at - row.done_at) / timedelta(minutes=1))
        due_now(issue)

    assert waits == [5, 10, 20, 40, 80, 160, 320, 640]
    assert timedelta(minutes=sum(waits)) < timedelta(hours=24)
    row = issue.deliveries.get()
    assert (row.status, row.n_attempts, row.next_at) == (Status.FAILED, 9, None)
    assert row.answer == "Put off for a day: 450 later"


def test_a_refused_letter_is_never_tried_again(smtp: Sink) -> None:
    issue = make_scheduled(1)
    smtp.answer = lambda address: "554 5.7.1 no"
    send(issue)

    smtp.answer = lambda address: ""
    send(issue)

    assert not smtp.raw


def test_without_a_mail_server_nothing_is_counted_as_tried(settings: Settings) -> None:
    issue = make_scheduled()
    start(issue)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    line = make_line()

    with pytest.raises(Unreachable):
        line.work([issue.pk])
    line.tidy()

    row = issue.deliveries.get()
    assert (row.status, row.n_attempts, row.n_lost) == (Status.PLANNED, 0, 0)


def test_a_paused_round_up_gives_back_what_was_leased(smtp: Sink) -> None:
    issue = make_scheduled(3)
    start(issue)
    line = make_line()
    batch = line.lease(issue.pk, 0)
    assert batch

    Issue.objects.update(status=Issue.Status.PAUSED)
    line.send(batch, line.writer(issue.pk))
    line.tidy()

    assert not smtp.raw
    assert set(statuses(issue)) == {Status.PLANNED}


@pytest.mark.parametrize("off", [timedelta(seconds=-2), timedelta(hours=1)])
def test_a_slot_that_a_clock_puts_elsewhere_is_asked_for_anew(off: timedelta, smtp: Sink) -> None:
    """It is long past, or far ahead, as when somebody sets the clock."""
    issue = make_scheduled(2)
    start(issue)
    line = make_line()
    batch = line.lease(issue.pk, 0)
    assert batch
    for row in batch.rows:
        object.__setattr__(row, "slot", row.slot + off)

    line.send(batch, line.writer(issue.pk))
    line.tidy()

    assert not smtp.raw
    assert set(statuses(issue)) == {Status.PLANNED}
    deliver(issue)
    assert len(smtp.raw) == 2


def test_a_letter_that_ends_the_connection_is_put_off_and_holds_up_no_other(smtp: Sink) -> None:
    issue = make_scheduled(2)
    start(issue)
    first = issue.deliveries.order_by("subscriber_id")[0]
    bad = Subscriber.objects.get(pk=first.subscriber_id).address
    smtp.answer = lambda address: "421 4.7.0 closing" if address == bad else ""
    line = make_line()

    with pytest.raises(Unreachable):
        line.work([issue.pk])
    line.tidy()
    line.work([issue.pk])
    line.tidy()
    line.gateway.close()

    assert statuses(issue) == [Status.DEFERRED, Status.ACCEPTED]
    assert issue.deliveries.order_by("subscriber_id")[0].answer == "421 4.7.0 closing"
