"""What the sink writes into its books: a line of JSON for each thing that happened to a letter."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Self


class What(StrEnum):
    TAKEN = "taken"
    PUT_OFF = "put off"
    REFUSED = "refused"
    DROPPED = "dropped"  # all of it came, and it was neither taken nor answered
    HELD = "held"  # it waits in silence, as a test wants it


@dataclass(frozen=True)
class Event:
    """to: the recipient; id: the Message-ID; digest: of the body without its personal parts.

    mail_at, at: when the letter was announced by MAIL, and now; seconds of the system's clock.
    """

    what: str
    to: str
    connection: int
    mail_at: float
    at: float
    is_secure: bool = False
    id: str = ""
    digest: str = ""

    def line(self) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Self:
        return cls(**json.loads(line))
