"""Reports for people only, and mail at the same address that is no report at all."""

import pytest

from newsletter.bounces.reading import read
from newsletter.models import Bounce
from newsletter.tokens import bounce_token
from tests.newsletter.bounces.shapes import Facts, original

TOKEN = bounce_token(7, 1_000)
TO = f"bounces+{TOKEN}@parley.example"
LETTER = original(Facts(to=TO, name=f"<roundup.{TOKEN}@parley.example>"))
HARD, SOFT = Bounce.Kind.HARD, Bounce.Kind.SOFT

QMAIL = """\
From: MAILER-DAEMON@out.example
Subject: failure notice

Hi. This is the qmail-send program at out.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<ann@reader.example>:
{words}

--- Below this line is a copy of the message.

"""
EXIM = """\
X-Failed-Recipients: ann@reader.example
From: Mail Delivery System <Mailer-Daemon@out.example>
Subject: Mail delivery failed: returning message to sender

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ann@reader.example
    SMTP error from remote mail server after RCPT TO:<ann@reader.example>:
    {words}

------ This is a copy of the message, including all the headers. ------

"""
EXCHANGE = """\
From: System Administrator <postmaster@out.example>
Subject: Undeliverable: What happened

Your message did not reach some or all of the intended recipients.

      Subject:  What happened

The following recipient(s) could not be reached:

      Ann on 6/1/2026 9:00 AM
            {words}
"""
HTML = """\
From: Mail Delivery Subsystem <mailer-daemon@out.example>
Subject: Delivery Status Notification (Failure)
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<html><body style=3D"color:#333"><p>Your message <b>wasn't delivered</b>=
 to ann.</p><p>{words}</p></body></html>
"""
YAHOO = """\
From: MAILER-DAEMON@provider.example
Subject: Failure Notice

Sorry, we were unable to deliver your message to the following address.

<ann@reader.example>:
{words}

--- Original message follows.

"""
AOL = """\
From: Mail Delivery Subsystem <MAILER-DAEMON@provider.example>
Subject: Returned mail: User unknown

   ----- The following addresses had permanent fatal errors -----
<ann@reader.example>

   ----- Transcript of session follows -----
{words}
"""
SHAPES = {
    "qmail": QMAIL,
    "exim": EXIM,
    "exchange": EXCHANGE,
    "html": HTML,
    "yahoo": YAHOO,
    "aol": AOL,
}
WORDS = {
    "550 5.1.1 The account does not exist": HARD,
    "550 No such user": HARD,
    "192.0.2.1 said: 550 Unknown recipient": HARD,
    "552 5.2.2 Over quota": SOFT,
    "552 Over quota": SOFT,
    "554 5.7.1 Blocked": None,
    "550 Mail from your host is blocked": None,
}
# What else comes to such an address.
OTHERS = {
    "out of office": "From: Ann <ann@reader.example>\nAuto-Submitted: auto-replied\n"
    "Subject: Out of office: What happened\n\nI am away and cannot read mail. 550 5.1.1",
    "abwesend": "From: Ann <ann@reader.example>\nX-Autoreply: yes\n"
    "Subject: Abwesenheitsnotiz\n\nIch bin bis zum 15. nicht im Haus.",
    "vacation of a server": "From: postmaster@reader.example\nAuto-Submitted: auto-replied\n"
    "Subject: Ann is on holiday\n\nShe is back on Monday.",
    "gone for good": "From: Ann <ann@reader.example>\nSubject: I have left\n\n"
    "This mailbox is no longer read. Your message was not delivered to anybody else.",
    "a person": "From: Ann <ann@reader.example>\nSubject: Re: What happened\n\n"
    "Thank you! By the way, letters to my other address could not be delivered.",
    "challenge": "From: ann@reader.example\nSubject: Please confirm\n\nPress here.",
    "warning": "From: MAILER-DAEMON@out.example\nSubject: Warning: could not send message for 4 h"
    "\n\nThis is a warning message only. 451 4.4.1 reply: timed out. Message could not be delivered"
    " for 4 hours; will keep trying until it is 5 days old.",
    "delayed": "From: Mail Delivery System <mailer-daemon@out.example>\n"
    "Subject: Message delayed 24 hours\n\nNo action is required on your part. Delivery attempts"
    " will continue for some time; it was not delivered yet.",
    "junk": "From: Shop <offers@shop.example>\nSubject: 550 offers\n\nBuy now!",
    "nothing": "",
    "only a line": "\n",
}


def message(shape: str, words: str, *, to: str = TO, letter: str = LETTER) -> bytes:
    return f"Return-Path: <>\nTo: <{to}>\n{shape.format(words=words)}{letter}".encode()


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_each_server_is_understood(shape: str, words: str) -> None:
    found = read(message(SHAPES[shape], words))

    assert found
    assert (found.issue_id, found.subscriber_id) == (7, 1_000)
    assert found.kind == WORDS[words]


@pytest.mark.parametrize("shape", ["qmail", "exim", "yahoo", "aol"])
def test_copy_of_the_letter_tells_whose_it_was(shape: str) -> None:
    found = read(message(SHAPES[shape], "550 No such user", to="newsletter@parley.example"))

    assert found
    assert found.subscriber_id == 1_000


@pytest.mark.parametrize("shape", ["qmail", "exim", "yahoo"])
def test_what_the_letter_says_is_not_the_answer(shape: str) -> None:
    assert "550 5.1.1" in LETTER

    found = read(message(SHAPES[shape], "It did not work out."))

    assert found
    assert (found.kind, found.code) == (SOFT, "")


def test_letter_in_a_part_of_its_own_is_not_the_answer() -> None:
    head = "From: MAILER-DAEMON\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n"
    text = "Undeliverable.\n--b\nContent-Type: message/rfc822\n\n"

    found = read(f"To: {TO}\n{head}{text}{LETTER}\n--b--\n".encode())

    assert found
    assert (found.kind, found.code) == (SOFT, "")


@pytest.mark.parametrize(
    ("words", "kind"), [("This user is unknown here.", SOFT), ("It looks like spam.", None)]
)
def test_words_without_a_code_end_no_subscription_at_once(
    words: str, kind: Bounce.Kind | None
) -> None:
    found = read(message(QMAIL, words))

    assert found
    assert found.kind == kind


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_is_believed_without_a_name_of_ours(shape: str) -> None:
    raw = message(SHAPES[shape], "550 5.1.1 no such user", to="bounces@parley.example", letter="")

    assert read(raw) is None


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_what_is_no_report_is_nothing(text: str) -> None:
    assert read(f"To: <{TO}>\nReturn-Path: <>\n{text}".encode()) is None
    assert read(text.encode(), to=TO) is None
