"""Letters handed to a provider's interface by django-anymail, as far as that is installed."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from newsletter import mail, tokens
from newsletter.models import Issue
from newsletter.sending.answers import Answer, Outcome, Unreachable
from newsletter.sending.gateways import open_gateway
from newsletter.sending.writing import Envelope, Writer

pytest.importorskip("anymail", reason="the extra “providers” is not installed")
STATIONERY = mail.Stationery.of("Parley", "The Week")


@dataclass
class Provider:
    """An interface on this machine: what it was sent, and what it answers (0 breaks it off)."""

    status: int = 200
    asked: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    provider = Provider()

    class Interface(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # as http.server calls it
            length = int(self.headers["Content-Length"])
            provider.asked.append(json.loads(self.rfile.read(length)))
            if provider.status:
                self.send_response(provider.status)
                self.end_headers()
                self.wfile.write(b'{"id": "e-1"}')

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Interface)
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    settings.EMAIL_BACKEND = "anymail.backends.resend.EmailBackend"
    url = f"http://127.0.0.1:{server.server_port}/"
    settings.ANYMAIL = {"RESEND_API_KEY": "key", "RESEND_API_URL": url}
    yield provider
    server.shutdown()
    thread.join()
    server.server_close()


def written() -> Envelope:
    issue = Issue(
        pk=7,
        subject="Hello",
        plain="Unsubscribe: personal:leave\n",
        html='<a href="personal:leave">Go</a>',
        digest="0" * 64,
        published_on=date(2044, 12, 6),
    )
    return Writer.of(issue, STATIONERY).letter(subscriber_id=12, address="ann@example.org")


def hand_over() -> Answer:
    envelope, gateway = written(), open_gateway()
    try:
        return gateway.send(
            envelope_from=envelope.envelope_from, to=envelope.to, letter=envelope.letter
        )
    finally:
        gateway.close()


def test_a_provider_gets_the_letter_and_its_name(provider: Provider) -> None:
    answer = hand_over()

    (asked,) = provider.asked
    assert answer == Answer(Outcome.ACCEPTED, "queued e-1")
    assert asked["to"] == ["ann@example.org"]
    assert asked["from"] == "Parley <newsletter@localhost>"
    assert asked["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert tokens.delivery_in(json.loads(asked["headers"]["X-Metadata"])["delivery"]) == (7, 12)
    assert "/newsletter/leave/12~" in asked["text"]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(400, Outcome.FAILED), (422, Outcome.FAILED), (504, Outcome.LOST), (0, Outcome.LOST)],
)
def test_a_provider_decides_about_a_letter(
    provider: Provider, status: int, outcome: Outcome
) -> None:
    provider.status = status

    assert hand_over().outcome == outcome


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_provider_that_takes_nothing_leaves_the_letter_untried(
    provider: Provider, status: int
) -> None:
    provider.status = status

    with pytest.raises(Unreachable, match=str(status)):
        hand_over()


def test_nobody_at_the_other_end_leaves_the_letter_untried(
    provider: Provider, settings: Settings
) -> None:
    settings.ANYMAIL = {"RESEND_API_KEY": "key", "RESEND_API_URL": "http://127.0.0.1:9/"}

    with pytest.raises(Unreachable):
        hand_over()
