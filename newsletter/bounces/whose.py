"""Which letter, and whose, a report is about: only our own signed names tell.

An address that is merely named tells nothing, as anybody can write it into a message.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from newsletter.bounces import dsn
from newsletter.bounces.parts import Part
from newsletter.tokens import LEAVE, delivery_in

TO = (
    "to",
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
    "x-delivered-to",
    "apparently-to",
    "x-rcpt-to",
)
NAMES = ("message-id", "return-path", "x-return-path", "in-reply-to", "references", "original-to")
NAME = re.compile(r"(?:\+|roundup\.)([0-9a-z]{1,13}-[0-9a-z]{1,13}-[2-7a-z]{16})@", re.IGNORECASE)
LEAVING = re.compile(r"/leave/(\d{1,19}(?:~|%7E)[\w-]{43})", re.IGNORECASE)
MOST = 20  # names that are tried
LONGEST = 100_000  # characters of a text in which they are looked for


def letter(message: Sequence[Part], *, to: str = "") -> tuple[int, int] | None:
    """The ids of the round-up and of the subscriber. to: whom the server says the report is to."""
    every = (found[1] for place in _places(message, to) for found in NAME.finditer(place[:LONGEST]))
    candidates = [*re.split(r"[+@<>\s]", to)[:MOST], *islice(every, MOST)]
    return next(filter(None, map(delivery_in, candidates)), None)


def leaver(message: Sequence[Part]) -> int | None:
    """The subscriber's id by the link to leave; some reports keep back all other names."""
    for part in message[1:]:
        for link in part.all("list-unsubscribe"):
            if found := LEAVING.search(link):
                value = LEAVE.read(found[1].replace("%7E", "~").replace("%7e", "~"))
                return int(value) if value else None
    return None


def _places(message: Sequence[Part], to: str) -> Iterator[str]:
    """Where a name may stand, the surest first."""
    outer = message[0]
    yield from [to, *outer.all(*TO)]
    for part in message[1:]:
        if part.is_returned:
            yield from part.all(*NAMES)
    yield from outer.all("in-reply-to", "references")
    for part in message:
        if part.type in dsn.TYPES or part.type.startswith("text/"):
            yield part.text
