"""The last moment of a round-up: its certificate, which anybody can work out again."""

import hashlib
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from newsletter.bounces import scoring
from newsletter.models import Delivery, Issue, Subscriber
from newsletter.sending import certificate
from newsletter.services import sending
from tests.factories import make_user
from tests.factories_newsletter import make_subscriber
from tests.newsletter.sending import (
    ROLE,
    deliver_batch,
    leave,
    make_scheduled,
    send,
    start,
    tend_all,
)
from tests.smtp import Sink

pytestmark = pytest.mark.django_db
Status = Delivery.Status


def mixed(smtp: Sink) -> Issue:
    """One that was sent to five: three have it, one was refused, one had left."""
    make_subscriber(status=Subscriber.Status.LEFT)
    issue = make_scheduled(5)
    start(issue)
    first, *_, last = Subscriber.objects.active().order_by("pk")
    leave(last)
    smtp.answer = lambda address: "554 no" if address == first.address else ""
    send(issue)
    return issue


def test_the_books_balance(smtp: Sink) -> None:
    issue = mixed(smtp)

    assert issue.certificate
    assert issue.certificate["counts"] == {
        "candidates": 6,
        "excluded": {"Unsubscribed": 1},
        "prepared": 5,
        "accepted": 3,
        "failed": 1,
        "suppressed": 1,
        "uncertain": 0,
    }
    assert certificate.imbalance(issue.certificate["counts"]) == ""
    assert certificate.differences(issue, issue.certificate) == []


def test_it_names_the_copy_and_the_readers(smtp: Sink) -> None:
    issue = mixed(smtp)

    ids = issue.deliveries.order_by("subscriber").values_list("subscriber", flat=True)
    lines = "\n".join(str(pk) for pk in ids)
    assert issue.certificate
    assert issue.certificate["content_sha256"] == issue.digest
    assert issue.certificate["recipients_sha256"] == hashlib.sha256(lines.encode()).hexdigest()


def test_what_comes_back_later_or_is_erased_changes_nothing_in_it(smtp: Sink) -> None:
    issue = mixed(smtp)
    issue.deliveries.filter(status=Status.ACCEPTED).update(status=Status.BOUNCED)
    Subscriber.objects.all().delete()

    assert certificate.differences(issue, issue.certificate or {}) == []


def test_what_was_uncertain_stays_so_when_it_comes_back() -> None:
    issue = make_scheduled()
    start(issue)
    issue.deliveries.update(status=Status.UNCERTAIN, n_lost=1, next_at=None)
    tend_all()
    issue.refresh_from_db()

    scoring.came_back(issue.pk, Subscriber.objects.get().pk, "550 5.1.1 no such user")

    assert certificate.differences(issue, issue.certificate or {}) == []
    assert issue.deliveries.held().get().answer == "550 5.1.1 no such user"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"status": Status.PLANNED}, "counts.accepted"),
        ({"n_attempts": 7}, "attempts"),
        ({"subscriber_id": 10**6}, "recipients_sha256"),
    ],
)
def test_a_ledger_that_was_changed_is_found_out(
    smtp: Sink, change: dict[str, object], said: str
) -> None:
    issue = mixed(smtp)
    one = issue.deliveries.filter(status=Status.ACCEPTED).values("subscriber")[:1]
    columns = {"next_at": issue.sent_at, **change}
    Delivery.objects.filter(issue=issue, subscriber__in=one).update(**columns)

    assert said in str(certificate.differences(issue, issue.certificate or {}))


def test_a_copy_that_was_changed_is_found_out(smtp: Sink) -> None:
    issue = mixed(smtp)
    issue.html += "<p>More</p>"

    (difference,) = certificate.differences(issue, issue.certificate or {})

    assert difference.startswith("content_sha256")


def test_the_command_verifies_all_that_ended(
    smtp: Sink, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    issue = mixed(smtp)
    path = tmp_path / "certificate.json"
    path.write_text(json.dumps(issue.certificate))

    call_command("verify_send")
    call_command("verify_send", "--file", path)

    assert capsys.readouterr().out.count("“What happened”: holds.") == 2
    issue.deliveries.filter(status=Status.ACCEPTED).update(status=Status.FAILED)
    with pytest.raises(CommandError, match="1 of 1 certificates do not hold"):
        call_command("verify_send", issue.pk)
    assert "counts.accepted: the certificate says 3, the ledger 0" in capsys.readouterr().out


def test_the_command_says_what_is_no_certificate(tmp_path: Path) -> None:
    for text in ["", "[]", '{"issue": {"id": 7}}', '{"issue": 7}']:
        path = tmp_path / "certificate.json"
        path.write_text(text)
        with pytest.raises(CommandError, match="is no certificate"):
            call_command("verify_send", "--file", path)
    with pytest.raises(CommandError, match="no such round-up"):
        call_command("verify_send", 7)


def test_one_that_was_stopped_says_who_did_not_get_it(smtp: Sink) -> None:
    ann, issue = make_user(ROLE), make_scheduled(30)
    start(issue)
    deliver_batch(issue)

    sending.stop(issue, by=ann)
    tend_all()

    issue.refresh_from_db()
    assert issue.status == Issue.Status.STOPPED
    assert issue.certificate
    assert issue.certificate["is_stopped"]
    counts = issue.certificate["counts"]
    assert (counts["accepted"], counts["suppressed"]) == (20, 10)
    assert certificate.imbalance(counts) == ""
    assert len(smtp.raw) == 20


def test_what_may_have_arrived_stays_uncertain_when_it_is_stopped() -> None:
    ann, issue = make_user(ROLE), make_scheduled(2)
    start(issue)
    issue.deliveries.update(n_lost=1, status=Status.DEFERRED)

    sending.stop(issue, by=ann)
    tend_all()

    assert issue.deliveries.held().count() == 2
