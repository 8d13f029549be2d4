"""What may be wrong with a report that can still be understood."""

import re
from base64 import encodebytes


def with_crlf(raw: bytes) -> bytes:
    return raw.replace(b"\n", b"\r\n")


def piped(raw: bytes) -> bytes:
    return b"From MAILER-DAEMON Mon Jun  1 09:00:00 2026\n" + raw


def shouted(raw: bytes) -> bytes:
    head, _, rest = raw.partition(b"\n\n")
    shouted = re.sub(rb"(?m)^[\w-]+:", lambda name: name[0].upper(), head)
    return shouted + b"\n\n" + rest


def with_junk(raw: bytes) -> bytes:
    """8-bit characters of no charset, and NUL, in the text for people and in the header."""
    junk = bytes(range(128, 256)) + b"\0"
    return b"X-Junk: " + junk + b"\n" + raw.replace(b"us-ascii\n\n", b"us-ascii\n\n" + junk + b"\n")


def of_no_charset(raw: bytes) -> bytes:
    return raw.replace(b"us-ascii", b"x-klingon-9")


def with_wrong_boundary(raw: bytes) -> bytes:
    return raw.replace(b'boundary="', b'boundary="wrong-')


def without_boundary(raw: bytes) -> bytes:
    return raw.replace(b'\tboundary="', b'\tx-boundary="')


def as_plain_text(raw: bytes) -> bytes:
    return raw.replace(b"multipart/report; report-type=delivery-status;", b"text/plain;")


def without_end(raw: bytes) -> bytes:
    return raw.rstrip().rpartition(b"\n")[0]


def in_base64(raw: bytes) -> bytes:
    """The fields themselves, as some servers send them against the RFC."""
    head, middle, rest = raw.partition(b"Content-Type: message/delivery-status\n\n")
    fields, boundary, end = rest.partition(b"\n--")
    encoding = b"Content-Transfer-Encoding: base64\n"
    return head + middle[:-1] + encoding + b"\n" + encodebytes(fields) + boundary + end


def forwarded(raw: bytes) -> bytes:
    """In a wrapper, as some servers put around what they pass on."""
    to = next(line for line in raw.split(b"\n") if line.lower().startswith(b"to:"))
    head = b"From: postmaster@gate.example\n" + to + b"\nSubject: Fwd\nMIME-Version: 1.0\n"
    head += b"Content-Type: multipart/mixed; boundary=gate\n\n--gate\n\nSee below.\n--gate\n"
    return head + b"Content-Type: message/rfc822\n\n" + raw + b"\n--gate--\n"


def with_missing_empty_line(raw: bytes) -> bytes:
    """The fields of the message and of the recipient run into one another."""
    for name in (b"Final-Recipient", b"Final-recipient", b"Original-recipient", b"Action"):
        raw = raw.replace(b"\n\n" + name, b"\n" + name)
    return raw


VARIATIONS = [
    with_crlf,
    piped,
    shouted,
    with_junk,
    of_no_charset,
    with_wrong_boundary,
    without_boundary,
    as_plain_text,
    without_end,
    in_base64,
    forwarded,
    with_missing_empty_line,
]
