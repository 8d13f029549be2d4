"""Where in a file the addresses are."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from newsletter.importing.cells import is_address

DELIMITERS = [",", ";", "\t", "|"]
N_SAMPLED = 200  # rows
SAMPLE = 1 << 17  # bytes
MARK = re.compile(rb'"?sep=([^"\n])"?\n', re.IGNORECASE)  # Excel's own first line
HEADINGS = [  # the surer ones first
    re.compile(r"(e ?mail|mail|e ?mail ?address|mail ?address)"),
    re.compile(r".*(mail|courriel|correo|post ?e|pošta).*"),
]


class Unreadable(Exception):
    """Nothing can be imported from this file; str() says why, to whoever uploaded it."""


@dataclass(frozen=True)
class Layout:
    """begin: the byte at which the rows begin, the heading being one of them."""

    delimiter: str
    column: int
    has_heading: bool
    begin: int = 0


@dataclass(frozen=True)
class Guess:
    """A way to read the sample, and how much speaks for it."""

    layout: Layout
    n_addresses: int
    n_columns: int


def layout_of(file: BinaryIO) -> Layout:
    """How `file` is to be read, by its first rows. Raises Unreadable."""
    file.seek(0)
    sample = file.read(SAMPLE)
    mark = MARK.match(sample)
    begin = mark.end() if mark else 0
    delimiters = [mark[1].decode("latin-1")] if mark else DELIMITERS
    lines = sample[begin:].decode(errors="ignore").splitlines(keepends=True)
    if len(sample) == SAMPLE:
        lines.pop()  # it may be cut off
    guesses = [guess for one in delimiters if (guess := guess_at(lines, one, begin))]
    if not guesses:
        raise Unreadable(
            "No column with mail addresses was found. The file must be a table saved as CSV, with "
            "one address in each row."
        )
    return max(guesses, key=lambda guess: (guess.n_addresses, guess.n_columns)).layout


def guess_at(lines: Sequence[str], delimiter: str, begin: int) -> Guess | None:
    """None where no column holds addresses or is headed as if it did."""
    rows = sampled(lines, delimiter)
    n_columns = max(map(len, rows), default=0)
    columns = [[row[n] if n < len(row) else "" for row in rows] for n in range(n_columns)]
    counts = [sum(map(is_address, column)) for column in columns]
    ranks = [rank_of(column[0]) for column in columns]
    enough = max(counts, default=0) / 2  # a second column of addresses may have gaps
    found = [n for n in range(n_columns) if counts[n] >= enough and (counts[n] or ranks[n])]
    if not found:
        return None
    best = max(found, key=lambda n: (ranks[n], -n))
    layout = Layout(delimiter, best, has_heading=ranks[best] > 0, begin=begin)
    return Guess(layout, counts[best], n_columns)


def sampled(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    """The first rows that hold anything."""
    reader = csv.reader(lines, delimiter=delimiter)
    return list(islice((row for row in reader if any(map(str.strip, row))), N_SAMPLED))


def rank_of(heading: str) -> int:
    """0 if it does not announce addresses; more the more surely it does."""
    if is_address(heading):
        return 0
    words = re.sub(r"[\W_]+", " ", heading).strip().lower()
    for rank, pattern in zip([2, 1], HEADINGS, strict=True):
        if pattern.fullmatch(words):
            return rank
    return 0
