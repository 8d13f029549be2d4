"""Totals that the donation page tells by itself."""

import hashlib
import hmac
import json
import logging
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from donations.models import Change, Goal, Total
from newsroom.lib.configuration import signing_secret
from tests.factories_donations import make_goal

pytestmark = pytest.mark.django_db
SECRET = "a-secret-of-enough-characters"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def secret(settings: Settings) -> None:
    settings.DONATIONS_WEBHOOK_SECRET = SECRET


@pytest.fixture
def goal() -> Goal:
    return make_goal(slug="winter")


def signed(body: bytes, secret: str = SECRET, at: datetime | None = None) -> str:
    stamp = str(int((at or timezone.now()).timestamp()))
    right = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256)
    return f"t={stamp},v1={right.hexdigest()}"


def event(name: str = "e1", raised: Any = 5_00, as_of: Any = None) -> bytes:
    as_of = as_of or (timezone.now() - HOUR).isoformat()
    return json.dumps({"event": name, "raised": raised, "as_of": as_of}).encode()


def post(body: bytes, signature: str | None = None, slug: str = "winter") -> int:
    headers = {"Newsroom-Signature": signed(body) if signature is None else signature}
    path = f"/appeals/goals/{slug}/"
    answer = Client().post(path, body, content_type="application/json", headers=headers)
    return answer.status_code


def raised(goal: Goal) -> int | None:
    goal.refresh_from_db()
    return goal.raised


def test_total_is_recorded(goal: Goal) -> None:
    assert post(event(raised=5_00)) == 200

    assert raised(goal) == 5_00
    row = Change.objects.get(field="Raised")
    assert (row.by, row.after) == (None, "$5")


def test_same_event_again_changes_nothing(goal: Goal) -> None:
    body = event()

    assert [post(body), post(body)] == [200, 200]

    assert Total.objects.count() == 1
    assert Change.objects.filter(field="Raised").count() == 1


def test_same_event_with_another_total_is_refused(goal: Goal) -> None:
    assert post(event("e1", 5_00)) == 200

    assert post(event("e1", 9_00)) == 409
    assert raised(goal) == 5_00


def test_same_event_for_another_goal_is_refused(goal: Goal) -> None:
    make_goal(slug="spring")
    body = event()
    assert post(body) == 200

    assert post(body, slug="spring") == 409


def test_older_total_does_not_replace_a_newer_one(goal: Goal) -> None:
    assert post(event("e2", 9_00)) == 200

    assert post(event("e1", 5_00, (timezone.now() - 2 * HOUR).isoformat())) == 200
    assert raised(goal) == 9_00


def test_bad_signature_is_refused(goal: Goal) -> None:
    bad = ["", "t=,v1=", "t=1,v1=2", "v1=abc", "t=²,v1=ü", f"t={'9' * 400},v1=0", "t=1780300000"]

    assert {signature: post(event(), signature) for signature in bad} == dict.fromkeys(bad, 403)
    assert raised(goal) is None


def test_signature_of_another_secret_or_body_is_refused(goal: Goal) -> None:
    body = event()

    assert post(body, signed(body, "another-secret-of-theirs")) == 403
    assert post(body, signed(event("e9"))) == 403
    assert raised(goal) is None


def test_replay_is_refused_after_five_minutes(goal: Goal) -> None:
    body, now = event(), timezone.now()
    expected = {-6: 403, -4: 200, 4: 200, 6: 403}

    stamps = {minutes: signed(body, at=now + timedelta(minutes=minutes)) for minutes in expected}
    assert {minutes: post(body, stamp) for minutes, stamp in stamps.items()} == expected


NO_TOTALS = [
    b"",
    b"no json",
    b"[]",
    b"null",
    b"\xff\xfe",
    b"[" * 2000,
    event(name=""),
    event(name="x" * 101),
    event(name="a\x00b"),
    event(name=7),  # type: ignore[arg-type]
    event(raised="5"),
    event(raised=-1),
    event(raised=1.5),
    event(raised=True),
    event(raised=10**30),
    event(as_of="yesterday"),
    event(as_of="2026-01-01T12:00:00"),
    event(as_of="2026-13-01T12:00:00Z"),
    event(as_of=5),
    event(as_of="2999-01-01T12:00:00Z"),
    event(as_of="0001-01-01T00:00:00+23:00"),
    b'{"event": "e1"}',
]


def test_what_is_no_total_is_refused(goal: Goal) -> None:
    assert [body for body in NO_TOTALS if post(body) != 400] == []
    assert raised(goal) is None
    assert not Total.objects.exists()


def test_huge_body_is_refused_unread(goal: Goal) -> None:
    assert post(event(name="x" * 5000)) == 413


def test_unknown_goal_is_told_only_to_who_has_signed() -> None:
    body = event()

    assert post(body, slug="nothing") == 404
    assert post(body, "t=1,v1=2", slug="nothing") == 403


def test_without_a_secret_there_is_no_such_page(goal: Goal, settings: Settings) -> None:
    settings.DONATIONS_WEBHOOK_SECRET = ""
    body = event()

    assert post(body, signed(body, "")) == 404
    assert Client().get("/appeals/goals/winter/").status_code == 405


def test_secret_that_could_be_guessed_is_refused() -> None:
    assert signing_secret("DONATIONS_WEBHOOK_SECRET", "") == ""
    assert signing_secret("DONATIONS_WEBHOOK_SECRET", SECRET) == SECRET
    with pytest.raises(ImproperlyConfigured, match="DONATIONS_WEBHOOK_SECRET must have 20"):
        signing_secret("DONATIONS_WEBHOOK_SECRET", "short")


def test_log_of_the_machine_never_holds_secret_or_signature(
    goal: Goal, caplog: pytest.LogCaptureFixture
) -> None:
    body = event()
    signature = signed(body, "another-secret-of-theirs")

    with caplog.at_level(logging.DEBUG):
        post(body, signature)

    assert "without a good signature" in caplog.text
    assert SECRET not in caplog.text
    assert signature[-64:] not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_event_told_many_times_at_once_counts_once() -> None:
    goal = make_goal(slug="winter")
    body, statuses = event(raised=5_00), []

    def tell() -> None:
        statuses.append(post(body))
        connection.close()

    threads = [threading.Thread(target=tell) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert statuses == [200] * 4
    assert raised(goal) == 5_00
    assert Total.objects.count() == 1


def test_moment_may_have_any_zone(goal: Goal) -> None:
    at = datetime(2026, 1, 1, 12, tzinfo=UTC)

    assert post(event(as_of="2026-01-01T14:00:00+02:00")) == 200

    goal.refresh_from_db()
    assert goal.as_of == at
