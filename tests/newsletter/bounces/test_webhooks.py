"""What providers tell: bodies as they send them, through django-anymail's own pages."""

import hashlib
import hmac
import json
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest
from anymail.signals import tracking
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django.fixtures import Settings

from newsletter import webhooks
from newsletter.models import Bounce, Delivery, Subscriber, Suppression
from newsletter.tokens import bounce_token
from newsroom.lib.configuration import teller_from, webhook_secret
from tests.factories_newsletter import make_subscriber
from tests.newsletter.bounces.test_scoring import letter

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.newsletter.bounces.provider_urls"),
]
KEY, SECRET = "key-of-signatures", "teller:0123456789abcdefghij"
Status = Subscriber.Status


@pytest.fixture(autouse=True)
def provider(settings: Settings) -> Iterator[None]:
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": KEY, "WEBHOOK_SECRET": SECRET}
    tracking.connect(webhooks.note_event)
    yield
    tracking.disconnect(webhooks.note_event)


@pytest.fixture
def ann() -> Subscriber:
    return make_subscriber("ann@reader.example")


def post(path: str, body: Any, secret: str = SECRET) -> int:
    authorization = f"Basic {b64encode(secret.encode()).decode()}"
    headers = {"Authorization": authorization} if secret else {}
    client = Client(raise_request_exception=False)
    content = json.dumps(body)
    answer = client.post(path, content, content_type="application/json", headers=headers)
    return answer.status_code


def mailgun(token: str, event: str = "failed", *, key: str = KEY, **facts: Any) -> dict[str, Any]:
    """As in Mailgun's description of its webhooks."""
    stamp, nonce = "1780300000", "ZWZkYjExNjdj"
    signature = hmac.new(key.encode(), f"{stamp}{nonce}".encode(), hashlib.sha256).hexdigest()
    told: dict[str, Any] = {
        "id": "G9Bn5sl1TC6nu79C8C0bwg",
        "event": event,
        "timestamp": 1780300000.1,
        "recipient": "ann@reader.example",
        "severity": "permanent",
        "reason": "bounce",
        "delivery-status": {"code": 550, "message": "5.1.1 The account does not exist"},
        "message": {"headers": {"message-id": f"roundup.{token}@parley.example"}},
        "user-variables": {},
    }
    return {
        "signature": {"timestamp": stamp, "token": nonce, "signature": signature},
        "event-data": told | facts,
    }


def postmark(token: str, kind: str, details: str = "", record: str = "Bounce") -> dict[str, Any]:
    """As in Postmark's description of its webhooks."""
    return {
        "RecordType": record,
        "Type": kind,
        "ID": 42,
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Description": "Unable to deliver (mailbox full, account disabled).",
        "Details": details,
        "Email": "ann@reader.example",
        "BouncedAt": "2026-06-01T09:00:00Z",
        "Metadata": {"delivery": token},
    }


def sparkpost(token: str, bounce_class: str, answer: str) -> list[dict[str, Any]]:
    """As in SparkPost's description of its webhooks."""
    told = {
        "type": "bounce",
        "bounce_class": bounce_class,
        "event_id": "92356927693813856",
        "raw_reason": answer,
        "rcpt_meta": {"delivery": token},
        "rcpt_to": "ann@reader.example",
        "timestamp": "1780300000",
        "transmission_id": "65832150921904138",
    }
    return [{"msys": {"message_event": told}}]


def status_of(subscriber: Subscriber) -> str:
    subscriber.refresh_from_db()
    return subscriber.status


def test_bounce_ends_the_subscription_and_is_in_the_ledger(ann: Subscriber) -> None:
    Subscriber.objects.update(joined_at="2025-06-01T00:00Z")
    row = letter(ann)

    assert post("/mailgun/mailgun/tracking/", mailgun(bounce_token(row.issue_id, ann.pk))) == 200

    assert status_of(ann) == Status.BOUNCED
    assert Suppression.objects.of(ann.address).exists()
    row.refresh_from_db()
    assert row.status == Delivery.Status.BOUNCED
    bounce = Bounce.objects.get()
    assert (bounce.source, bounce.code) == (Bounce.Source.PROVIDER, "5.1.1")


def test_event_that_is_told_again_counts_once(ann: Subscriber) -> None:
    body = postmark(bounce_token(7, ann.pk), "SoftBounce", "smtp;452 4.2.2 full")

    assert [post("/postmark/postmark/tracking/", body) for _ in range(3)] == [200] * 3

    assert Bounce.objects.count() == 1
    assert status_of(ann) == Status.ACTIVE


@pytest.mark.parametrize(
    ("body", "secret"),
    [
        ({"key": "another"}, SECRET),
        ({}, ""),
        ({}, "teller:wrong"),
    ],
)
def test_forged_event_changes_nothing(ann: Subscriber, body: dict[str, str], secret: str) -> None:
    forged = mailgun(bounce_token(7, ann.pk), **body)

    assert post("/mailgun/mailgun/tracking/", forged, secret) == 400

    assert status_of(ann) == Status.ACTIVE


@pytest.mark.parametrize("body", [{}, [], "text", {"signature": {}}, {"event-data": None}])
def test_nonsense_changes_nothing(ann: Subscriber, body: object) -> None:
    assert post("/mailgun/mailgun/tracking/", body) in {400, 500}
    assert status_of(ann) == Status.ACTIVE


@pytest.mark.parametrize("token", ["", "7-rs-aaaaaaaaaaaaaaaa", "x" * 1_000, None, 7])
def test_letter_that_is_not_ours_changes_nothing(ann: Subscriber, token: Any) -> None:
    assert post("/postmark/postmark/tracking/", postmark(token, "HardBounce", "550 5.1.1")) == 200

    assert status_of(ann) == Status.ACTIVE


@pytest.mark.parametrize(
    ("kind", "details", "status"),
    [
        ("HardBounce", "smtp;550 5.1.1 No such user", Status.BOUNCED),
        ("HardBounce", "smtp;554 delivery error: no such user", Status.BOUNCED),
        ("HardBounce", "smtp;550 5.7.1 Blocked", Status.ACTIVE),
        ("SoftBounce", "smtp;552 5.2.2 full", Status.ACTIVE),
        ("SoftBounce", "", Status.ACTIVE),
        ("BadEmailAddress", "", Status.BOUNCED),
        ("Blocked", "550 5.1.1", Status.ACTIVE),
        ("SpamComplaint", "", Status.COMPLAINED),
        ("Transient", "smtp;450 4.1.1 later", Status.ACTIVE),
        ("AutoResponder", "550 5.1.1", Status.ACTIVE),
        ("ManualSuppression", "", Status.LEFT),
        ("SomethingNew", "550 5.1.1", Status.BOUNCED),
    ],
)
def test_each_kind_of_event(ann: Subscriber, kind: str, details: str, status: str) -> None:
    assert (
        post("/postmark/postmark/tracking/", postmark(bounce_token(7, ann.pk), kind, details))
        == 200
    )

    assert status_of(ann) == status


@pytest.mark.parametrize("event", ["delivered", "opened", "clicked", "accepted", "brand-new"])
def test_event_that_is_no_trouble_changes_nothing(ann: Subscriber, event: str) -> None:
    body = mailgun(bounce_token(7, ann.pk), event)

    assert post("/mailgun/mailgun/tracking/", body) == 200

    assert status_of(ann) == Status.ACTIVE
    assert not Bounce.objects.exists()


@pytest.mark.parametrize(
    ("event", "status"), [("complained", Status.COMPLAINED), ("unsubscribed", Status.LEFT)]
)
def test_who_complains_or_leaves_there_gets_no_more(
    ann: Subscriber, event: str, status: str
) -> None:
    assert post("/mailgun/mailgun/tracking/", mailgun(bounce_token(7, ann.pk), event)) == 200

    assert status_of(ann) == status


@pytest.mark.parametrize(
    ("bounce_class", "status"),
    [("10", Status.BOUNCED), ("30", Status.BOUNCED), ("51", Status.ACTIVE), ("50", Status.ACTIVE)],
)
def test_provider_that_tells_a_block_is_believed(
    ann: Subscriber, bounce_class: str, status: str
) -> None:
    body = sparkpost(bounce_token(7, ann.pk), bounce_class, "550 No such user")

    assert post("/sparkpost/sparkpost/tracking/", body) == 200

    assert status_of(ann) == status


def test_words_that_are_no_text_are_kept_as_far_as_they_are(ann: Subscriber) -> None:
    body = mailgun(bounce_token(letter(ann).issue_id, ann.pk))
    body["event-data"]["delivery-status"]["message"] = "5.1.1 \ud800 gone" + "x" * 1_000_000

    assert post("/mailgun/mailgun/tracking/", body) == 200

    assert Delivery.objects.get().answer.startswith("5.1.1 gone")


def test_delay_is_no_bounce(ann: Subscriber) -> None:
    body = mailgun(bounce_token(7, ann.pk), severity="temporary")

    post("/mailgun/mailgun/tracking/", body)

    assert not Bounce.objects.exists()


def test_only_the_pages_of_the_provider_are_there() -> None:
    assert [pattern.name for pattern in webhooks.urls("mailgun")] == ["mailgun_tracking_webhook"]
    assert [pattern.name for pattern in webhooks.urls("mandrill")] == [
        "mandrill_webhook",
        "mandrill_tracking_webhook",
    ]


@pytest.mark.parametrize("secret", ["short", "user:short", ":" + "x" * 30, "x" * 30])
def test_secret_that_could_be_guessed_is_refused(secret: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="ANYMAIL_WEBHOOK_SECRET"):
        webhook_secret(secret)


def test_nobody_tells_without_a_secret_or_a_provider() -> None:
    assert teller_from("anymail.backends.mailgun.EmailBackend", SECRET) == "mailgun"
    assert teller_from("anymail.backends.mailgun.EmailBackend", "") == ""
    assert teller_from("django.core.mail.backends.smtp.EmailBackend", SECRET) == ""


SAYS = """
from anymail.signals import tracking
from django.urls import is_valid_path
print(tracking.has_listeners(), bool(is_valid_path("/mail/events/mailgun/tracking/")))
"""


@pytest.mark.processes
@pytest.mark.parametrize(("secret", "said"), [(SECRET, "True True"), ("", "False False")])
def test_page_is_there_as_soon_as_there_is_a_secret(
    secret: str, said: str, settings: Settings
) -> None:
    environment = {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "EMAIL_URL": "provider://mailgun?api_key=k&webhook_signing_key=s",
        "ANYMAIL_WEBHOOK_SECRET": secret,
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", SAYS],
        cwd=settings.BASE_DIR,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.stdout.strip() == said, done.stderr
