"""What the builder always says of a round-up, in numbers."""

from dataclasses import dataclass

from newsletter import rendering


@dataclass(frozen=True)
class Facts:
    """What is to be known of a round-up before it is approved."""

    n_pieces: int
    n_skipped: int
    n_owed: int
    n_newer: int
    n_recipients: int | None  # not known any more once it is on its way
    n_bytes: int
    clipped_from: int = rendering.CLIPPED_FROM

    @property
    def high(self) -> int:
        """From where on the size is a matter of concern."""
        return self.clipped_from * 9 // 10

    @property
    def kilobytes(self) -> int:
        return -(-self.n_bytes // 1000)

    @property
    def clipped_kilobytes(self) -> int:
        return self.clipped_from // 1000

    @property
    def is_clipped(self) -> bool:
        return self.n_bytes >= self.clipped_from
