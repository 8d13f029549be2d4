"""The letters of a round-up: built once, and filled in for each reader."""

import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.quoprimime import body_encode
from email.utils import formatdate
from functools import lru_cache
from typing import Self

from newsletter import mail, rendering, tokens
from newsletter.models import Issue
from newsroom.lib.mail import header_text, return_path

PERSONAL = ("to", "date", "name", "leave", "preferences")
SOFT = "=\r\n"  # a line break that is none once decoded: RFC 2045, 6.7
WIDTH = 73  # of 76, as a soft break may follow, and a dot becomes two longer
DOTS = re.compile(r"^\.", re.MULTILINE)


class Unwritable(Exception):
    """The approved copy of a round-up is not what letters are made from."""


@dataclass(frozen=True)
class Envelope:
    """A letter as it travels, and the two addresses on its outside."""

    envelope_from: str
    to: str
    letter: bytes


@dataclass(frozen=True)
class Writer:
    """Writes one round-up, the same text to all; may be used by any number of threads.

    What stands in it is text, never a template: the places of what is personal are found when the
    round-up is built, by marks that nobody can guess, and their names are `blanks` in order.
    """

    issue_id: int
    pieces: tuple[bytes, ...]
    blanks: tuple[str, ...]

    @classmethod
    def of(cls, issue: Issue, stationery: mail.Stationery | None = None) -> Self:
        """stationery: default that of the approved copy."""
        stationery = stationery or approved(issue)
        marks = {name: f"{name}-{secrets.token_hex(16)}" for name in PERSONAL}
        built = built_with(issue, marks, stationery)
        pieces = re.split(f"({'|'.join(marks.values())})".encode(), built)
        names = {mark.encode(): name for name, mark in marks.items()}
        return cls(issue.pk, tuple(pieces[::2]), tuple(names[mark] for mark in pieces[1::2]))

    def letter(self, *, subscriber_id: int, address: str) -> Envelope:
        """What one reader gets, dated now; its Message-ID is the same each time.

        address: in compared form.
        """
        token = tokens.bounce_token(self.issue_id, subscriber_id)
        value = str(subscriber_id)
        personal = {
            "to": header_text(address).encode("ascii", "replace"),
            "date": dated(int(time.time())),
            "name": token.encode(),
            "leave": tokens.LEAVE.sign(value).encode(),
            "preferences": tokens.PREFERENCES.sign(value).encode(),
        }
        return Envelope(return_path(token), address, b"".join(self._filled(personal)))

    def _filled(self, personal: dict[str, bytes]) -> Iterator[bytes]:
        yield self.pieces[0]
        for name, piece in zip(self.blanks, self.pieces[1:], strict=True):
            yield personal[name]
            yield piece


@lru_cache(maxsize=1)
def dated(second: int) -> bytes:
    return formatdate(second).encode()


def approved(issue: Issue) -> mail.Stationery | None:
    """Names as they were when `issue` was frozen."""
    if not issue.content:
        return None
    return mail.Stationery.of(issue.content["publication"], issue.content["newsletter"])


def built_with(issue: Issue, marks: dict[str, str], stationery: mail.Stationery | None) -> bytes:
    """The letter with `marks` in the place of all that is personal."""
    links = {
        "leave": mail.url("leave", marks["leave"]),
        "preferences": mail.url("preferences", marks["preferences"]),
        "archive": mail.url("issue_detail", issue.published_on),
    }
    bodies = {
        f"{kind}-{secrets.token_hex(16)}": rendering.personal(body, **links)
        for kind, body in (("plain", issue.plain), ("html", issue.html))
    }
    plain, html = bodies
    built = mail.letter(
        to=f"{marks['to']}@invalid",
        subject=issue.subject,
        text=plain,
        html=html,
        message_id=f"roundup.{marks['name']}",
        leave_token=marks["leave"],
        stationery=stationery,
    )
    built.extra_headers["Date"] = marks["date"]
    message = built.unsigned()
    message.set_boundary(f"=_{issue.digest[:40]}")  # "=_" can't stand in a quoted-printable text
    raw: bytes = message.as_bytes(linesep="\r\n")
    raw = raw.replace(f"{marks['to']}@invalid".encode(), marks["to"].encode())
    for mark, body in bodies.items():
        raw = raw.replace(mark.encode(), quoted(body, [*marks.values()]).encode())
    return raw


def quoted(body: str, marks: list[str]) -> str:
    """`body` quoted-printable, each of the `marks` in it on a line of its own."""
    parts = re.split(f"({'|'.join(marks)})", body)
    encoded = (part if part in marks else quoted_part(part) for part in parts)
    return SOFT.join(encoded)


def quoted_part(text: str) -> str:
    """No line of it begins with a dot, so that no letter has to be gone through for those."""
    encoded = body_encode(text.encode().decode("latin-1"), WIDTH, "\r\n")
    return DOTS.sub("=2E", encoded)
