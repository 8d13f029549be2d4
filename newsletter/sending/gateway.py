"""Whatever takes letters from us."""

from typing import Protocol

from newsletter.sending.answers import Answer, Unreachable

__all__ = ["Answer", "Gateway", "Unreachable"]


class Gateway(Protocol):
    """One connection, opened by its first letter; used by one thread."""

    def send(self, *, envelope_from: str, to: str, letter: bytes) -> Answer:
        """Hand over one letter: `letter` as it travels, lines ended by CRLF.

        Raises Unreachable.
        """

    def close(self) -> None:
        """Take leave politely; safe to repeat, raises nothing."""
