"""Letters handed to a mail server under TLS, which is who it says it is or gets none."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pytest_django.fixtures import Settings

from newsletter.sending.answers import Answer, Outcome, Unreachable
from newsletter.sending.smtp import SmtpGateway
from tests.scripted_smtp import CLOSE, scripted

LETTER = b"Subject: Hello\r\n\r\nA line.\r\n"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of a key and the certificate that it has made for itself, for 127.0.0.1."""
    key, now = generate_private_key(SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail server")])
    who = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(who, critical=False)
        .sign(key, SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(pem + made.public_bytes(Encoding.PEM))
    return path


@pytest.fixture
def tls(settings: Settings, certificate: Path) -> ssl.SSLContext:
    settings.EMAIL_HOST = settings.EMAIL_PORT = None  # put back, as the server sets them
    settings.EMAIL_TIMEOUT, settings.EMAIL_USE_SSL = 5, True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch, certificate: Path) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


def hand_over(gateway: SmtpGateway) -> Answer:
    return gateway.send(envelope_from="us@example.org", to="ann@example.org", letter=LETTER)


def test_letters_go_under_tls(tls: ssl.SSLContext, trusted: None) -> None:
    with scripted(tls=tls) as server:
        gateway = SmtpGateway()
        answers = [hand_over(gateway) for _ in range(3)]
        gateway.close()

    assert answers == [Answer(Outcome.ACCEPTED, "250 fine")] * 3
    assert server.letters == [LETTER] * 3
    assert len(server.connections) == 1


def test_a_server_that_nobody_vouches_for_gets_nothing(tls: ssl.SSLContext) -> None:
    with scripted(tls=tls) as server, pytest.raises(Unreachable, match="certificate"):
        hand_over(SmtpGateway())
    assert server.letters == []


def test_a_connection_that_ends_under_tls_costs_no_letter(
    tls: ssl.SSLContext, trusted: None
) -> None:
    with scripted({".": b"250 fine\r\n" + CLOSE}, tls=tls) as server:
        gateway = SmtpGateway()
        answers = [hand_over(gateway) for _ in range(3)]
        gateway.close()

    assert [answer.outcome for answer in answers] == [Outcome.ACCEPTED] * 3
    assert len(server.connections) == 3


def test_what_is_said_unasked_is_no_answer_to_the_next_letter(
    tls: ssl.SSLContext, trusted: None
) -> None:
    twice = b"250 " + b"x" * 4090 + b"\r\n250 fine\r\n"  # the first fills what is read at once
    with scripted({".": twice}, {"RCPT": b"550 no\r\n"}, tls=tls):
        gateway = SmtpGateway()
        first, second = hand_over(gateway), hand_over(gateway)
        gateway.close()

    assert (first.outcome, second.outcome) == (Outcome.ACCEPTED, Outcome.FAILED)


def test_what_was_slipped_in_before_tls_is_not_read_as_said_under_it(
    settings: Settings, tls: ssl.SSLContext, trusted: None
) -> None:
    settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS = False, True
    slipped = {"EHLO": b"250-here\r\n250 STARTTLS\r\n", "STAR": b"220 go on\r\n250 PIPELINING\r\n"}

    with scripted(slipped, tls=tls, starts_tls=True) as server, pytest.raises(Unreachable):
        hand_over(SmtpGateway())
    assert server.letters == []


def test_letters_go_after_starttls(settings: Settings, tls: ssl.SSLContext, trusted: None) -> None:
    settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS = False, True
    offer = {"EHLO": b"250-here\r\n250 STARTTLS\r\n", "STAR": b"220 go on\r\n"}

    with scripted(offer, tls=tls, starts_tls=True) as server:
        gateway = SmtpGateway()
        answer = hand_over(gateway)
        gateway.close()

    assert answer.outcome == Outcome.ACCEPTED
    assert server.connections[0][1] == "STARTTLS"
    assert server.letters == [LETTER]
