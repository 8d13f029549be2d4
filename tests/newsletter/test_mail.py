"""What is written on the outside of each letter."""

import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from newsletter import mail, tokens
from newsletter.models import Issue, Newsletter
from newsroom.lib.mail import domain, header_text
from newsroom.models import Publication
from tests.newsletter.sending import deliver, make_scheduled, send
from tests.smtp import Sink

pytestmark = pytest.mark.django_db
N = 25
LEAVE = re.compile(r"<http://127\.0\.0\.1:\d+/newsletter/leave/([^/]+)/>")
ONCE = ["From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe"]
ONCE += ["List-Unsubscribe-Post", "MIME-Version"]
NASTY = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from('\r\n\0\x0b\x85\u2028:<>"\\,;@={}%')),
    max_size=60,
)


@pytest.fixture
def sent(smtp: Sink) -> list[EmailMessage]:
    """A round-up to many, as the mail server has got it."""
    send(make_scheduled(N))
    return smtp.letters


def test_every_letter_has_each_header_once(sent: list[EmailMessage]) -> None:
    assert len(sent) == N
    assert {name: len(letter.get_all(name, [])) for letter in sent for name in ONCE} == (
        dict.fromkeys(ONCE, 1)
    )


def test_every_letter_has_its_own_message_id_in_our_domain(sent: list[EmailMessage]) -> None:
    ids = {letter["Message-ID"] for letter in sent}

    assert len(ids) == N
    shape = r"<roundup\.[0-9a-z]+-[0-9a-z]+-[0-9a-z]+@localhost>"
    assert all(re.fullmatch(shape, name) for name in ids)


def test_every_letter_can_be_left_by_one_click(sent: list[EmailMessage]) -> None:
    found = [LEAVE.fullmatch(letter["List-Unsubscribe"]) for letter in sent]
    readers = {tokens.LEAVE.read(match[1]) for match in found if match}

    assert len(readers) == N
    assert None not in readers
    assert {letter["List-Unsubscribe-Post"] for letter in sent} == {"List-Unsubscribe=One-Click"}


def test_every_letter_is_from_the_same_sender_and_list(sent: list[EmailMessage]) -> None:
    assert {letter["From"] for letter in sent} == {"Newsroom <newsletter@localhost>"}
    assert {letter["List-Id"] for letter in sent} == {'"The Weekly Round-up" <roundup.localhost>'}
    assert {letter["Auto-Submitted"] for letter in sent} == {None}


def test_every_letter_has_a_text_and_an_html_part(sent: list[EmailMessage]) -> None:
    kinds = {tuple(part.get_content_type() for part in letter.iter_parts()) for letter in sent}

    assert kinds == {("text/plain", "text/html")}
    assert all("The piece" in part.get_content() for one in sent for part in one.iter_parts())


def test_personal_parts_are_filled_in(sent: list[EmailMessage]) -> None:
    for letter in sent:
        address = LEAVE.fullmatch(letter["List-Unsubscribe"])
        for part in letter.iter_parts():
            assert address
            assert address[0].strip("<>") in part.get_content()
            assert "personal:" not in part.get_content()


def test_no_line_is_longer_than_the_standard_allows_nor_more_than_ascii(
    smtp: Sink, sent: list[EmailMessage]
) -> None:
    assert all(raw.isascii() for raw in smtp.raw)
    assert max(len(line) for raw in smtp.raw for line in raw.split(b"\r\n")) <= 998


def test_a_letter_that_is_tried_again_keeps_its_message_id(smtp: Sink) -> None:
    issue = make_scheduled()
    send(issue)
    issue.deliveries.update(status="deferred", next_at=issue.sent_at)
    Issue.objects.update(status="sending")

    deliver(Issue.objects.get(pk=issue.pk))

    first, second = smtp.letters
    assert first["Message-ID"] == second["Message-ID"]


def letter_saying(words: str) -> mail.Letter:
    stationery = mail.Stationery.of(words, words)
    return mail.letter(
        to="ann@example.org",
        subject=words,
        text=words,
        html=words,
        message_id="test-1",
        leave_token="t",
        stationery=stationery,
    )


def headers_of(letter: EmailMessage) -> tuple[list[str], list[str]]:
    """The names of all, and the addresses in those that hold addresses."""
    addresses = [a.addr_spec for name in ("From", "To") for a in letter[name].addresses]
    return sorted(letter.keys()), addresses


EXPECTED = (sorted([*ONCE, "Content-Type"]), ["newsletter@localhost", "ann@example.org"])


@given(words=NASTY)
def test_nothing_that_is_typed_becomes_a_header(words: str) -> None:
    raw = letter_saying(words).message().as_bytes()

    assert headers_of(message_from_bytes(raw, policy=policy.default)) == EXPECTED


def test_nothing_that_is_typed_becomes_a_recipient(smtp: Sink) -> None:
    ends = ["\r\n", "\n", "\r", "\x00", "\u2028", "\x85", '"', ",", ">", "\\"]

    mail.send([letter_saying(f"A{end}Bcc: eve@example.org{end}{end}.{end}") for end in ends])

    assert smtp.recipients == [["ann@example.org"]] * len(ends)
    assert [headers_of(letter) for letter in smtp.letters] == [EXPECTED] * len(ends)


@pytest.mark.parametrize("typed", ["{{ settings.SECRET_KEY }}", "{% debug %}", "{{ 7|add:7 }}"])
def test_nothing_that_is_typed_is_evaluated(smtp: Sink, typed: str) -> None:
    Publication.objects.update_or_create(pk=1, defaults={"name": typed})
    Newsletter.objects.update_or_create(pk=1, defaults={"name": typed})

    send(make_scheduled(subject=typed, preheader=typed, opening=f"<p>{typed}</p>"))

    (letter,) = smtp.letters
    text, html = [part.get_content() for part in letter.iter_parts()]
    assert letter["Subject"] == typed
    assert letter["From"].addresses[0].display_name == typed
    assert typed in text
    assert typed in html


@pytest.mark.parametrize("name", ["The Week", 'Six "sides" \\', "Ünïcödé 🗞 " * 8, ""])
def test_name_of_the_list_is_read_as_it_was_typed(name: str) -> None:
    list_id = mail.Stationery.of("Newsroom", name).list_id

    words = list_id.removesuffix("<roundup.localhost>").strip()
    assert list_id.endswith("<roundup.localhost>")
    assert str(make_header(decode_header(unquote(words)))) == name.strip()
    assert all(len(word) <= 75 for word in words.split() if word.startswith("=?"))


def test_header_text_is_one_line_without_controls() -> None:
    assert header_text("a\r\nBcc: b\0\x7f\u2028 c ") == "a Bcc: b  c"
    assert header_text("gnp.\u202ecod\u2066") == "gnp. cod"


def test_domain_is_the_sites_host_in_ascii(settings: Settings) -> None:
    settings.SITE_IS_LOCAL, settings.SITE_URL = False, "https://Bücher.example"

    assert domain() == "xn--bcher-kva.example"


def test_sender_is_what_the_operator_says(settings: Settings) -> None:
    settings.MAIL_FROM = "letters@example.org"

    assert mail.Stationery.current().sender == "Newsroom <letters@example.org>"
