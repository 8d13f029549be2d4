"""The letters of a round-up, built once and filled in for each reader."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from hashlib import sha256
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from newsletter import mail, plain, rendering, tokens
from newsletter.models import Issue
from newsletter.sending.writing import Writer
from newsroom.lib.mail import header_text
from tests.factories_newsletter import make_letter, make_sent

pytestmark = pytest.mark.django_db
DAY = datetime(2044, 12, 6, tzinfo=UTC).date()
STATIONERY = mail.Stationery.of("Parley", "The Week")
MANY = 1_000
TOKEN = re.compile(rb"\d+~[\w-]{43}")
ONCE = ["From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe"]
ONCE += ["List-Unsubscribe-Post", "MIME-Version", "Content-Type"]
TYPED = [
    "",
    " ",
    ".",
    "a\r\nBcc: eve@example.org\r\n\r\n.\r\n",
    "a\nTo: eve@example.org, mallory@example.org",
    "a\rb\0c\x0b\x1c\x85\u2028d",
    "{{ settings.SECRET_KEY }} {% debug %} {% load x %} ${x} %(to)s {0} {to}",
    "=?utf-8?b?QmNjOiBldmVAZXhhbXBsZS5vcmc=?=",
    "=?utf-8?q?=0D=0ABcc:_eve@example.org?=",
    "\u202egnp.cod\u2066 שלום مرحبا",
    "𝕿𝖍𝖊 👩‍👩‍👧‍👦 week " * 20,
    "=3D=0A=\r\n soft=",
    "personal:leave",
    'href="personal:leave"',
    "Unsubscribe: personal:leave",
    f"to-{'0' * 32} leave-{'0' * 32}@invalid",
    "--=_" + "0" * 40 + "--",
    '"<script>alert(1)</script>" <eve@example.org>, \\',
    "x" * 2_000,
    "ü" * 500 + " ",
]
NASTY = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from('\r\n\0\x0b\x85\u2028:<>"\\,;@={}%. ')),
    max_size=200,
)


def issue_saying(words: str) -> Issue:
    """As if approved with `words` in all its places."""
    foot = f'<p>{escape(words)}</p><a href="personal:leave">Go</a> <a href="personal:archive">'
    return Issue(
        pk=7,
        subject=words,
        html=f'<h1>{escape(words)}</h1>{foot} <a href="personal:preferences">{escape(words)}',
        plain=f"{words}\n\n{plain.PERSONAL}\n{words}",
        digest="0" * 64,
        published_on=DAY,
    )


def read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


def letter(writer: Writer, subscriber_id: int = 12, address: str = "ann@example.org") -> bytes:
    return writer.letter(subscriber_id=subscriber_id, address=address).letter


def parts(message: EmailMessage) -> list[str]:
    """The text and the HTML as readers get them."""
    both = [part.get_payload(decode=True) for part in message.iter_parts()]
    return [part.decode().replace("\r\n", "\n") for part in both if isinstance(part, bytes)]


def expected_parts(issue: Issue, subscriber_id: int) -> list[str]:
    links = {
        "leave": mail.url("leave", tokens.LEAVE.sign(str(subscriber_id))),
        "preferences": mail.url("preferences", tokens.PREFERENCES.sign(str(subscriber_id))),
        "archive": mail.url("issue_detail", issue.published_on),
    }
    return [
        re.sub("\r\n?", "\n", rendering.personal(body, **links))
        for body in (issue.plain, issue.html)
    ]


def made_at_once(issue: Issue, subscriber_id: int) -> EmailMessage:
    """The same letter, by the way that single letters go."""
    text, html = expected_parts(issue, subscriber_id)
    whole = mail.letter(
        to="ann@example.org",
        subject=issue.subject,
        text=text,
        html=html,
        message_id=f"roundup.{tokens.bounce_token(issue.pk, subscriber_id)}",
        leave_token=tokens.LEAVE.sign(str(subscriber_id)),
    )
    return read(whole.message().as_bytes(linesep="\r\n"))


def test_letter_is_what_a_single_one_would_be() -> None:
    issue = make_sent(make_letter(8))

    written = read(letter(Writer.of(issue)))
    single = made_at_once(issue, 12)

    assert sorted(written.keys()) == sorted(single.keys())
    assert all(written[name] == single[name] for name in set(ONCE) - {"Date", "Content-Type"})
    assert [part.items() for part in written.iter_parts()] == [
        part.items() for part in single.iter_parts()
    ]
    assert parts(written) == parts(single) == expected_parts(issue, 12)


def test_no_line_begins_with_a_dot_and_all_dots_arrive() -> None:
    issue = issue_saying(".\n..\n" + "a." * 200 + "\n.b")

    raw = letter(Writer.of(issue))

    assert b"\n." not in raw
    assert max(len(line) for line in raw.partition(b"\r\n\r\n")[2].split(b"\r\n")) <= 76
    assert parts(read(raw)) == expected_parts(issue, 12)


def test_a_thousand_letters_are_all_as_providers_want_them() -> None:
    issue = make_sent(make_letter(8))
    writer = Writer.of(issue)
    bodies, ids = set(), set()

    for number in range(MANY):
        raw = letter(writer, number, f"reader-{number}@example.org")
        head, _, body = raw.partition(b"\r\n\r\n")
        headers = BytesHeaderParser().parsebytes(head)
        bodies.add(sha256(TOKEN.sub(b"", body)).digest())
        ids.add(headers["Message-ID"])
        assert sorted(headers.keys()) == sorted(ONCE)
        assert headers["From"] == "Parley <newsletter@localhost>"
        assert headers["To"] == f"reader-{number}@example.org"
        assert headers["List-Id"] == '"The Weekly Round-up" <roundup.localhost>'
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert token_in(headers["List-Unsubscribe"]) == str(number)
        assert raw.isascii()
        assert max(len(line) for line in head.split(b"\r\n")) <= 998
        assert max(len(line) for line in body.split(b"\r\n")) <= 76

    assert len(bodies) == 1
    assert len(ids) == MANY


def token_in(header: str) -> str | None:
    found = re.fullmatch(r"<http://[\w.:]+/newsletter/leave/([^/]+)/>", header)
    return tokens.LEAVE.read(found[1]) if found else None


def test_letters_go_by_https_when_the_site_does(settings: Settings) -> None:
    settings.SITE_URL = "https://parley.example"
    issue = make_sent(make_letter(1))

    message = read(letter(Writer.of(issue)))

    assert message["List-Unsubscribe"].startswith("<https://parley.example/newsletter/leave/")


def test_date_is_the_moment_of_writing() -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)

    message = read(letter(Writer.of(issue_saying("Hello"), STATIONERY)))

    written = parsedate_to_datetime(message["Date"]).replace(tzinfo=UTC)
    assert before <= written <= datetime.now(UTC)


def test_a_letter_that_is_tried_again_keeps_its_message_id() -> None:
    issue = issue_saying("Hello")

    ids = {read(letter(Writer.of(issue, STATIONERY)))["Message-ID"] for _ in range(3)}

    assert ids == {f"<roundup.{tokens.bounce_token(7, 12)}@localhost>"}


def test_all_workers_write_the_same() -> None:
    issue = issue_saying("Hello")

    raws = [letter(Writer.of(issue, STATIONERY)) for _ in range(2)]

    assert len({re.sub(rb"Date: [^\r]+", b"", raw) for raw in raws}) == 1


def test_what_comes_back_is_told_by_the_outside_of_the_letter(settings: Settings) -> None:
    settings.BOUNCE_ADDRESS = "back@example.org"

    envelope = Writer.of(issue_saying("Hello"), STATIONERY).letter(
        subscriber_id=12, address="ann@example.org"
    )

    local, _, host = envelope.envelope_from.partition("@")
    assert (envelope.to, host) == ("ann@example.org", "example.org")
    assert tokens.delivery_in(local.removeprefix("back+")) == (7, 12)


def shown(words: str) -> str:
    """As mail programs show it: how many spaces stand in a row is lost on the way."""
    return " ".join(words.split())


def check(words: str) -> None:
    issue = issue_saying(words)
    stationery = mail.Stationery.of(words, words)
    raw = letter(Writer.of(issue, stationery))
    message = read(raw)

    assert sorted(message.keys()) == sorted(ONCE)
    assert [a.addr_spec for a in message["From"].addresses] == ["newsletter@localhost"]
    assert [a.addr_spec for a in message["To"].addresses] == ["ann@example.org"]
    assert shown(message["Subject"]) == shown(header_text(words))
    assert shown(message["From"].addresses[0].display_name) == shown(header_text(words))
    assert [part.get_content_type() for part in message.walk()][1:] == ["text/plain", "text/html"]
    assert parts(message) == expected_parts(issue, 12)
    assert raw.isascii()
    assert raw.count(b"\r") == raw.count(b"\n") == raw.count(b"\r\n")
    body = raw.partition(b"\r\n\r\n")[2]
    assert max(len(line) for line in body.split(b"\r\n")) <= 76


@pytest.mark.parametrize("words", TYPED)
def test_what_is_typed_stays_what_was_typed(words: str) -> None:
    check(words)


@given(words=NASTY)
@settings(deadline=None)
def test_whatever_is_typed_stays_what_was_typed(words: str) -> None:
    check(words)


@given(address=NASTY)
def test_an_address_becomes_no_header(address: str) -> None:
    writer = Writer.of(issue_saying("Hello"), STATIONERY)

    head = letter(writer, address=address).partition(b"\r\n\r\n")[0]

    names = [line.partition(b":")[0].decode() for line in head.split(b"\r\n")]
    assert sorted(names) == sorted(ONCE)


def test_threads_share_a_writer() -> None:
    writer = Writer.of(issue_saying("Hello"), STATIONERY)

    def links(number: int) -> set[bytes]:
        return set(TOKEN.findall(letter(writer, number)))

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(links, range(200)))

    assert found == [
        {
            tokens.LEAVE.sign(str(number)).encode(),
            tokens.PREFERENCES.sign(str(number)).encode(),
        }
        for number in range(200)
    ]
