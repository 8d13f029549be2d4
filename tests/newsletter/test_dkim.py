"""Signatures of our letters, verified as those who get them do."""

from base64 import b64encode
from collections.abc import Callable
from datetime import date
from email import message_from_bytes
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from pytest_django.fixtures import Settings

from newsletter import mail
from newsletter.models import Issue
from newsletter.sending.answers import Unreachable
from newsletter.sending.smtp import SmtpGateway
from newsletter.sending.writing import Writer
from newsroom.lib.dkim import SIGNED, signer
from tests import dkim
from tests.smtp import Sink

RSA = generate_rsa(public_exponent=65537, key_size=2048)
FORMAT = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
PEM = RSA.private_bytes(*FORMAT).decode()
STATIONERY = mail.Stationery.of("Pärley, the =?magazine?=", "The Week")
BOTH = {"list-unsubscribe", "list-unsubscribe-post"}


@pytest.fixture(autouse=True)
def signing(settings: Settings) -> None:
    settings.MAIL_FROM = "letters@example.org"
    settings.DKIM_SELECTOR, settings.DKIM_KEY = "week", PEM


def record(name: str) -> str | None:
    """What the domain's DNS says."""
    der = RSA.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    known = name == "week._domainkey.example.org"
    return "v=DKIM1; k=rsa; p=" + b64encode(der).decode() if known else None


def is_valid(letter: bytes) -> bool:
    return dkim.verify(letter, record)


def signed_headers(letter: bytes) -> list[str]:
    tags = dict(
        tag.strip().split("=", 1)
        for tag in str(message_from_bytes(letter)["DKIM-Signature"]).split(";")
    )
    return [name.strip() for name in tags["h"].split(":")]


def send_roundup(n: int = 1, body: str = "Hellö\n.\n\n") -> None:
    issue = Issue(
        pk=7,
        subject="Grüße",
        plain=f"{body}Unsubscribe: personal:leave\n\n\n",
        html=f'<p>{body}  </p>\t\n<a href="personal:leave">Go</a>',
        digest="0" * 64,
        published_on=date(2044, 12, 6),
    )
    writer, gateway = Writer.of(issue, STATIONERY), SmtpGateway()
    for number in range(n):
        made = writer.letter(subscriber_id=number, address=f"reader-{number}@example.org")
        gateway.send(envelope_from=made.envelope_from, to=made.to, letter=made.letter)
    gateway.close()


def test_every_letter_of_a_roundup_is_signed_with_what_is_said_about_leaving(smtp: Sink) -> None:
    send_roundup(20)

    assert len(smtp.raw) == 20
    assert all(is_valid(raw) for raw in smtp.raw)
    assert all(set(signed_headers(raw)) >= BOTH for raw in smtp.raw)


def test_other_letters_are_signed_too(smtp: Sink) -> None:
    single = mail.letter(
        to="ann@example.org",
        subject="Grüße",
        text="Hellö\n\n\n",
        html="<p>Hellö</p>",
        message_id="welcome.7.1",
        leave_token="t",
        stationery=STATIONERY,
    )

    mail.send([single])

    (raw,) = smtp.raw
    assert is_valid(raw)
    assert set(signed_headers(raw)) >= BOTH


@pytest.mark.django_db
def test_what_staff_get_is_signed_too(smtp: Sink) -> None:
    mail.send([mail.notice(to="ann@example.org", subject="Late", text="It is late.")])

    assert is_valid(smtp.raw[0])


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b"Subject: ", b"Subject: Re: "),
        lambda raw: b"Subject: Another\r\n" + raw,
        lambda raw: b"List-Unsubscribe: <https://evil.example/>\r\n" + raw,
        lambda raw: raw.replace(b"/newsletter/leave/", b"/newsletter/leave/x"),
        lambda raw: raw + b"More\r\n",
    ],
)
def test_a_letter_that_was_changed_is_told(smtp: Sink, change: Callable[[bytes], bytes]) -> None:
    send_roundup()

    (raw,) = smtp.raw
    assert change(raw) != raw
    assert not is_valid(change(raw))


def test_a_letter_whose_headers_were_folded_anew_is_still_ours(smtp: Sink) -> None:
    send_roundup()

    (raw,) = smtp.raw
    assert is_valid(raw.replace(b"List-Unsubscribe: <", b"LIST-Unsubscribe:\r\n  <") + b"\r\n")


def test_each_header_is_signed_against_being_added() -> None:
    made = signer()

    assert made
    letter = made.signed(b"From: letters@example.org\r\n\r\n")
    assert signed_headers(letter) == ["from", *SIGNED]


def test_without_a_key_nothing_is_signed(smtp: Sink, settings: Settings) -> None:
    settings.DKIM_SELECTOR = settings.DKIM_KEY = ""

    send_roundup()

    assert b"DKIM-Signature" not in smtp.raw[0]


def test_key_may_be_a_file_or_one_line(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    path.write_text(PEM)

    for key in (str(path), PEM.replace("\n", "\\n")):
        settings.DKIM_KEY = key
        made = signer()
        assert made
        assert made.key.private_numbers() == RSA.private_numbers()


SHORT = generate_rsa(public_exponent=65537, key_size=1024).private_bytes(*FORMAT).decode()  # noqa: S505
ELLIPTIC = generate_private_key(SECP256R1()).private_bytes(*FORMAT).decode()


@pytest.mark.parametrize(
    ("selector", "key"),
    [
        ("week", ""),
        ("", PEM),
        ("week", "/nowhere/key.pem"),
        ("week", PEM[:200]),
        ("week", SHORT),
        ("week", ELLIPTIC),
    ],
)
def test_what_cannot_sign_is_told_before_a_letter_leaves(
    settings: Settings, selector: str, key: str
) -> None:
    settings.DKIM_SELECTOR, settings.DKIM_KEY = selector, key

    with pytest.raises(ImproperlyConfigured):
        signer()
    with pytest.raises(Unreachable, match="DKIM_KEY"):
        send_roundup()
    with pytest.raises(SystemCheckError, match=r"newsroom\.E001"):
        call_command("check")
