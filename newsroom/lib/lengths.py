from dataclasses import dataclass


@dataclass(frozen=True)
class Length:
    """How long a line for an inbox or a search engine is, and what that means."""

    field: str  # id of the field that is counted
    n: int
    low: int
    high: int
    too_long: str

    @property
    def words(self) -> list[str]:
        return ["short", "good", self.too_long]

    @property
    def fit(self) -> str:
        return "short" if self.n < self.low else "good" if self.n <= self.high else "long"

    @property
    def said(self) -> str:
        word = dict(zip(["short", "good", "long"], self.words, strict=True))[self.fit]
        return f"{self.n} characters, {word}"

    @property
    def best(self) -> int:
        return (self.low + self.high) // 2

    @property
    def most(self) -> int:
        return self.high * 3 // 2
