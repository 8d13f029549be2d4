"""What the desk shows of a round-up that has ended: outcomes, and the certificate."""

import json

import pytest
from django.utils import timezone

from newsletter.models import Issue
from newsletter.sending import closing
from tests.desk import logged_in
from tests.newsletter.letters_sent import Status, become, make_sending, page, reader, url
from tests.newsletter.sending import ROLE

pytestmark = pytest.mark.django_db


def make_ended(*statuses: str) -> Issue:
    issue = make_sending(*statuses)
    assert closing.close(issue.pk, timezone.now())
    issue.refresh_from_db()
    return issue


def test_certificate_balances_on_the_screen() -> None:
    issue = make_ended(Status.ACCEPTED, Status.ACCEPTED, Status.FAILED, Status.SUPPRESSED)

    shown = page(issue, "status")

    assert "<b>4</b> prepared</span> <span><i>=</i> <b>2</b> accepted" in shown
    assert "<b>1</b> refused" in shown
    assert "<b>1</b> not sent" in shown
    assert "does not add up" not in shown
    assert issue.get_absolute_url() in shown


def test_certificate_that_does_not_balance_is_told_so() -> None:
    issue = make_ended(Status.ACCEPTED)
    assert issue.certificate
    issue.certificate["counts"]["prepared"] = 2
    issue.save(update_fields=["certificate"])

    shown = page(issue, "status")

    assert "It does not add up: 2 letters were prepared, 1 are accounted for." in shown


def test_what_came_back_since_stands_beside_the_certificate() -> None:
    issue = make_ended(Status.ACCEPTED)
    become(issue.deliveries.get(), Status.BOUNCED)

    shown = page(issue, "status")

    assert "<dt>Came back since</dt><dd>1</dd>" in shown
    assert "<b>1</b> accepted" in shown


def test_who_may_have_got_two_is_listed_by_name() -> None:
    issue = make_sending(Status.ACCEPTED, Status.ACCEPTED)
    once, twice = issue.deliveries.all()
    become(twice, Status.ACCEPTED, n_attempts=2, n_lost=1)
    closing.close(issue.pk, timezone.now())

    certificate = page(issue, "status")
    shown = page(issue, "letters", status="perhaps-twice")

    assert 'letters/?status=perhaps-twice">1</a>' in certificate
    assert reader(twice).address in shown
    assert reader(once).address not in shown


def test_download_is_exactly_what_is_kept() -> None:
    issue = make_ended(Status.ACCEPTED, Status.FAILED)

    response = logged_in(role=ROLE).get(url(issue, "certificate"))

    assert json.loads(response.content) == issue.certificate
    assert response.headers["Content-Type"] == "application/json"
    name = f"certificate-{issue.published_on}.json"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in response.headers["Cache-Control"]


def test_there_is_no_certificate_before_the_end() -> None:
    issue = make_sending(Status.PLANNED)

    assert logged_in(role=ROLE).get(url(issue, "certificate")).status_code == 404
    assert "<h2>Certificate</h2>" not in page(issue, "status")


def test_an_end_is_not_looked_at_again() -> None:
    assert "data-refresh" not in page(make_ended(Status.ACCEPTED), "status")


def test_a_round_up_from_before_the_ledger_shows_what_is_known() -> None:
    issue = make_ended(Status.ACCEPTED)
    Issue.objects.update(certificate=None, books=None)

    shown = page(issue, "status")

    assert "<h2>Sent</h2>" in shown
    assert "<h2>Certificate</h2>" not in shown


def test_what_is_held_can_be_sent_again_after_the_end() -> None:
    assert "Send the uncertain one again" in page(make_ended(Status.UNCERTAIN), "status")
