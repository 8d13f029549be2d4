"""What a mail server may answer, and what that makes of a letter."""

from dataclasses import dataclass
from enum import Enum, auto


class Outcome(Enum):
    ACCEPTED = auto()
    DEFERRED = auto()  # not now, 4xx: tried again
    FAILED = auto()  # never, 5xx
    LOST = auto()  # the server may have taken it, and nobody knows


@dataclass(frozen=True)
class Answer:
    """text: code and words of the server, without addresses, of at most 200 characters."""

    outcome: Outcome
    text: str = ""


class Unreachable(Exception):
    """The server has not taken the letter, for reasons that are not the letter's.

    It cannot be reached, wants other credentials, closes the connection (421), refuses our own
    address. The connection is of no more use; the letter is as if it had never been tried.
    """


class Interrupted(Unreachable):
    """The same in the middle of a letter. It may be the letter's fault, so it counts as put off."""
