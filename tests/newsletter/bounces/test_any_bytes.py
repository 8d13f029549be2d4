"""Whatever comes, reading it raises nothing and takes no time."""

import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.bounces.parts import MOST, split
from newsletter.bounces.reading import read
from newsletter.tokens import bounce_token
from tests.newsletter.bounces.shapes import REPORTS, Facts

TO = f"bounces+{bounce_token(7, 1_000)}@parley.example"
RAW = REPORTS["postfix"].write(Facts(to=TO, name="<x@parley.example>"))
LARGE = 5_000_000  # bytes; more than is looked at
PIECES = [
    b"\n",
    b"\r\n\r\n",
    b"--b\n",
    b"--b--\n",
    b"\0",
    b"\xff\xfe",
    b"From: MAILER-DAEMON\n",
    b"Content-Type: multipart/report; boundary=b\n",
    b"Content-Type: message/delivery-status\n\n",
    b"Content-Type: message/rfc822\n\n",
    b"Content-Transfer-Encoding: base64\n",
    b"Final-Recipient: rfc822; a@b\nAction: failed\nStatus: 5.1.1\n",
    b"Feedback-Type: abuse\n",
    b"Undelivered: 550 5.1.1\n",
    f"To: <{TO}>\n".encode(),
]


def nested(kind: str) -> bytes:
    """Ten thousand parts, each in the other."""
    parts = (f"Content-Type: {kind}; boundary=b{n}\n\n--b{n}\n" for n in range(10_000))
    return f"To: {TO}\n{''.join(parts)}".encode()


HUGE: dict[str, Callable[[], bytes]] = {
    "50 MB": lambda: RAW + b"x" * 50_000_000,
    "one line": lambda: b"a" * LARGE,
    "one header": lambda: b"Subject: " + b"a " * LARGE,
    "colons": lambda: b"a:" * LARGE,
    "folds": lambda: b"To: a\n" + b" +a\n" * 1_000_000,
    "empty lines": lambda: b"\n" * LARGE,
    "spaces": lambda: b" " * LARGE,
    "parts in parts": lambda: nested("multipart/mixed"),
    "letters in letters": lambda: b"Content-Type: message/rfc822\n\n" * 10_000,
    "many parts": lambda: RAW.partition(b"\n\n")[0] + b"\n\n" + b"--b\n\n\n" * 500_000,
    "boundaries": lambda: b"Content-Type: multipart/x; boundary=-\n\n" + b"---\n" * 1_000_000,
    "many recipients": lambda: (
        b"Content-Type: message/delivery-status\n\n"
        + b"Final-Recipient: rfc822; a@b\nAction: failed\nStatus: 5.1.1\n\n" * 20_000
    ),
    "brackets": lambda: b"Content-Type: message/delivery-status\n\nAction: failed" + b"(" * LARGE,
    "names": lambda: f"To: {TO.replace('7-', '8-')}\n".encode() * 20_000,
    "near names": lambda: b"From: mailer-daemon\nSubject: undelivered\n\n" + b"+a-a-a" * 500_000,
    "tags": lambda: b"From: mailer-daemon\nContent-Type: text/html\n\n" + b"<a" * LARGE,
    "answers": lambda: b"From: mailer-daemon\n\nundelivered user user user " * 20_000,
    "users": lambda: b"From: mailer-daemon\n\nundelivered 550 " + b"user " * 500_000,
    "base64": lambda: b"Content-Transfer-Encoding: base64\n\n" + b"A" * LARGE,
}


@pytest.mark.parametrize("make", HUGE.values(), ids=HUGE)
def test_no_message_takes_a_second(make: Callable[[], bytes]) -> None:
    raw = make()
    began = time.process_time()

    read(raw, to=TO)

    assert time.process_time() - began < 1


def test_report_before_much_else_is_read() -> None:
    assert read(HUGE["50 MB"]())


def test_only_the_beginning_is_looked_at() -> None:
    assert len(split(b"\n" + b"x" * LARGE)[0].body) < MOST


@given(st.binary())
def test_any_bytes_are_read(raw: bytes) -> None:
    read(raw, to=TO)


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=8)), max_size=40))
def test_any_pieces_are_read(pieces: list[bytes]) -> None:
    read(b"".join(pieces), to=TO)


@given(st.randoms(use_true_random=False))
def test_any_damage_is_survived(chance: random.Random) -> None:
    raw = bytearray(RAW)
    for _ in range(20):
        raw[chance.randrange(len(raw))] = chance.randrange(256)

    read(bytes(raw[: chance.randrange(len(raw))]))


@given(st.binary())
def test_message_has_at_least_one_part(raw: bytes) -> None:
    assert split(raw)
