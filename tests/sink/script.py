"""What the sink does to whom: the same for the same seed, so that tests know what to expect."""

import json
from bisect import bisect
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import accumulate
from typing import Self


class Stage(StrEnum):
    """How far a letter has come when the sink is to strike."""

    CONNECTED = "connected"  # nothing has been said yet
    MAIL = "mail"  # announced: whatever the sender notes before has been noted
    RCPT = "rcpt"
    BODY = "body"  # all of it is here; the server dies with it
    TAKEN = "taken"  # it is in the books; no answer has left
    ANSWERED = "answered"  # 250 is on its way


class Fate(StrEnum):
    """What a recipient's letter meets with at its first attempt; but ALWAYS_PUT_OFF at each."""

    FINE = "fine"
    PUT_OFF = "put off"
    ALWAYS_PUT_OFF = "always put off"
    REFUSED = "refused"  # at RCPT
    REFUSED_LATE = "refused late"  # after all of it was sent
    DROPPED = "dropped"  # the connection ends without an answer; not taken
    TAKEN_AND_DROPPED = "taken and dropped"
    STALLED = "stalled"  # taken, and no answer ever comes


@dataclass(frozen=True)
class Script:
    """The parts of all recipients that meet with something, of 1; and what befalls connections.

    closing_every: so many letters are announced, then one is answered by 421 and the connection
    ends. bad_banner_every: each such connection is greeted wrongly. certificate: a file with key
    and certificate; the sink offers STARTTLS. tls_refusals: so many times it does not mean it.
    syncs: each letter is on the disk before it is answered. digests: costs a millisecond a letter.
    pause: seconds that a letter takes until it is answered, while others are taken.
    """

    seed: int = 0
    put_off: float = 0
    always_put_off: float = 0
    refused: float = 0
    refused_late: float = 0
    dropped: float = 0
    taken_and_dropped: float = 0
    stalled: float = 0
    closing_every: int = 0
    bad_banner_every: int = 0
    certificate: str = ""
    tls_refusals: int = 0
    syncs: bool = True
    digests: bool = True
    pause: float = 0

    def fate(self, to: str) -> Fate:
        part = int(sha256(f"{self.seed} {to}".encode()).hexdigest()[:8], 16) / 0x1_0000_0000
        return TROUBLES[bisect(list(accumulate(self.parts)), part)]

    @property
    def parts(self) -> list[float]:
        """In the order of TROUBLES."""
        return [getattr(self, trouble.replace(" ", "_")) for trouble in TROUBLES[:-1]]

    def text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> Self:
        return cls(**json.loads(text))


TROUBLES = [*(fate for fate in Fate if fate != Fate.FINE), Fate.FINE]
