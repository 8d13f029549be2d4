"""Letters handed to a mail backend of Django's other than the one for mail servers."""

import smtplib
from collections.abc import Iterator, Sequence
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from pathlib import Path
from typing import ClassVar

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from pytest_django.fixtures import Settings

from newsletter import mail
from newsletter.models import Issue
from newsletter.sending.answers import Answer, Outcome, Unreachable
from newsletter.sending.backend import BackendGateway
from newsletter.sending.gateways import open_gateway
from newsletter.sending.smtp import SmtpGateway
from newsletter.sending.writing import Envelope, Writer
from newsroom.lib import outbox

STATIONERY = mail.Stationery.of("Pärley", "The =?utf-8?q?Week?=")


class Answered(Exception):
    """As django-anymail raises: the answer of a provider's interface."""

    def __init__(self, status_code: int) -> None:
        super().__init__(f"HTTP {status_code} for ann@example.org")
        self.status_code = status_code


class Failing(BaseEmailBackend):
    """Raises what a test wants, or sends nothing."""

    at_open: ClassVar[Exception | None] = None
    at_send: ClassVar[Exception | None] = None

    def open(self) -> bool:
        if self.at_open:
            raise self.at_open
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if self.at_send:
            raise self.at_send
        return 0


@pytest.fixture(autouse=True)
def local(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.OUTBOX_DIR = tmp_path
    settings.BOUNCE_ADDRESS = "back@example.org"


@pytest.fixture
def failing(settings: Settings) -> Iterator[type[Failing]]:
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    yield Failing
    Failing.at_open = Failing.at_send = None


def written() -> Envelope:
    issue = Issue(
        pk=7,
        subject="Grüße: =?utf-8?q?x?=",
        plain="Hellö\n\nUnsubscribe: personal:leave\n",
        html='<p>Hellö</p><a href="personal:leave">Go</a>',
        digest="0" * 64,
        published_on=date(2044, 12, 6),
    )
    return Writer.of(issue, STATIONERY).letter(subscriber_id=12, address="ann@example.org")


def hand_over(envelope: Envelope) -> Answer:
    gateway = BackendGateway()
    answer = gateway.send(
        envelope_from=envelope.envelope_from, to=envelope.to, letter=envelope.letter
    )
    gateway.close()
    return answer


def read(raw: bytes) -> Parsed:
    return message_from_bytes(raw, policy=policy.default)


def comparable(letter: Parsed) -> tuple[dict[str, str], list[str]]:
    headers = {name: str(value) for name, value in letter.items() if name != "Content-Type"}
    parts = [part.get_content().replace("\r\n", "\n") for part in letter.iter_parts()]
    return headers, parts


def test_a_backend_gets_the_letter_in_its_parts() -> None:
    envelope = written()

    answer = hand_over(envelope)

    (message,) = django_mail.outbox
    assert answer == Answer(Outcome.ACCEPTED)
    assert message.to == ["ann@example.org"]
    assert message.from_email == envelope.envelope_from
    assert comparable(read(message.message().as_bytes())) == comparable(read(envelope.letter))


def test_the_outbox_shows_what_readers_would_get(settings: Settings) -> None:
    settings.EMAIL_BACKEND = outbox.BACKEND
    envelope = written()

    hand_over(envelope)

    (name,) = outbox.names()
    assert comparable(outbox.read(name)) == comparable(read(envelope.letter))


def test_each_backend_has_its_gateway(settings: Settings) -> None:
    assert isinstance(open_gateway(), BackendGateway)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert isinstance(open_gateway(), SmtpGateway)


@pytest.mark.parametrize("address", ["", "ann", "a@b.org, c@d.org", "a@b.org\nBcc: c@d.org"])
def test_nothing_but_an_address_reaches_the_backend(address: str) -> None:
    answer = BackendGateway().send(envelope_from="us@b.org", to=address, letter=written().letter)

    assert answer.outcome == Outcome.FAILED
    assert django_mail.outbox == []


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.org": (550, b"5.1.1 no")}), Outcome.FAILED),
        (smtplib.SMTPRecipientsRefused({"a@b.org": (450, b"4.2.0 later")}), Outcome.DEFERRED),
        (smtplib.SMTPDataError(554, b"no"), Outcome.FAILED),
        (smtplib.SMTPDataError(451, b"later"), Outcome.DEFERRED),
        (smtplib.SMTPServerDisconnected("gone"), Outcome.LOST),
        (TimeoutError("too late"), Outcome.LOST),
        (ConnectionResetError("gone"), Outcome.LOST),
        (Answered(400), Outcome.FAILED),
        (Answered(422), Outcome.FAILED),
        (Answered(504), Outcome.LOST),
    ],
)
def test_an_error_that_is_about_the_letter(
    failing: type[Failing], error: Exception, expected: Outcome
) -> None:
    failing.at_send = error

    assert hand_over(written()).outcome == expected


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPSenderRefused(550, b"no", "us@example.org"),
        smtplib.SMTPAuthenticationError(535, b"no"),
        ConnectionRefusedError("nobody there"),
        OSError("The disk is full."),
        Answered(401),
        Answered(429),
        Answered(503),
        RuntimeError("a bug"),
    ],
)
def test_an_error_that_is_not_leaves_the_letter_untried(
    failing: type[Failing], error: Exception
) -> None:
    failing.at_send = error

    with pytest.raises(Unreachable):
        hand_over(written())


def test_a_backend_that_cannot_be_opened_leaves_the_letter_untried(failing: type[Failing]) -> None:
    failing.at_open = TimeoutError("too late")

    with pytest.raises(Unreachable, match="too late"):
        hand_over(written())


def test_a_backend_that_leaves_a_letter_out_has_not_sent_it(failing: type[Failing]) -> None:
    assert hand_over(written()).outcome == Outcome.FAILED


def test_an_error_is_kept_without_addresses(failing: type[Failing]) -> None:
    failing.at_send = Answered(422)

    assert hand_over(written()).text == "HTTP 422 for [address]"
