"""The rows of a file, in chunks of a size that memory holds whatever the file's."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from newsletter.importing import cells
from newsletter.importing.layout import Layout
from newsroom.lib.addresses import Refused

BLOCK = 2000  # rows read at once
CHUNK = 100_000  # addresses stored at once
MOST_KEPT = 300  # characters of a cell that is refused
MISQUOTED = "A quotation mark is opened here and not closed as it should be."


@dataclass(frozen=True)
class Refusal:
    line: int
    text: str
    reason: str


@dataclass
class Chunk:
    """end: the byte after its last row."""

    n_rows: int = 0
    addresses: list[str] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    end: int = 0

    @property
    def is_full(self) -> bool:
        return len(self.addresses) + len(self.refusals) >= CHUNK


class Rows:
    """Reads `file` (UTF-8, \\n) from byte `start` on; 0 is the beginning.

    Lines are counted from there.
    """

    def __init__(self, file: BinaryIO, layout: Layout, *, start: int = 0) -> None:
        self.file, self.layout, self.line = file, layout, 0
        self._go_to(start or layout.begin)
        if start == 0:
            self.line = 1 if layout.begin else 0
            self._skip_heading()

    def chunks(self) -> Iterator[Chunk]:
        while True:
            chunk = Chunk()
            while not chunk.is_full and self._read_block(chunk):
                pass
            chunk.end = self.file.tell()
            if not chunk.n_rows:
                return
            yield chunk

    def _go_to(self, place: int) -> None:
        self.file.seek(place)
        lines = map(bytes.decode, self.file)
        self.reader = csv.reader(lines, delimiter=self.layout.delimiter, strict=True)

    def _skip_heading(self) -> None:
        while self.layout.has_heading:
            for _, row in self._one_by_one(1):
                if row is None or any(map(str.strip, row)):
                    return

    def _read_block(self, chunk: Chunk) -> bool:
        """Whether there was anything to read."""
        place, n_read = self.file.tell(), self.reader.line_num
        try:
            rows = list(islice(self.reader, BLOCK))
        except csv.Error:
            rows = []
        n_lines = self.reader.line_num - n_read
        if len(rows) == n_lines:  # each row is one line, as nearly everywhere
            self._sort(chunk, rows)
            self.line += n_lines
            return bool(rows)
        self._go_to(place)
        self._sort_one_by_one(chunk)
        return True

    def _sort(self, chunk: Chunk, rows: list[list[str]]) -> None:
        column = self.layout.column
        found, others = cells.split(row[column] if len(row) > column else "" for row in rows)
        chunk.addresses += found
        chunk.n_rows += len(found)
        for place in others:
            self._look_at(chunk, self.line + place + 1, rows[place])

    def _sort_one_by_one(self, chunk: Chunk) -> None:
        for line, row in self._one_by_one(BLOCK):
            if row is None:
                chunk.n_rows += 1
                chunk.refusals.append(Refusal(line, "", MISQUOTED))
            else:
                self._look_at(chunk, line, row)

    def _look_at(self, chunk: Chunk, line: int, row: list[str]) -> None:
        if not any(map(str.strip, row)):
            return
        cell = row[self.layout.column] if len(row) > self.layout.column else ""
        chunk.n_rows += 1
        try:
            chunk.addresses.append(cells.compared(cell))
        except Refused as reason:
            chunk.refusals.append(Refusal(line, cell[:MOST_KEPT], str(reason)))

    def _one_by_one(self, n: int) -> Iterator[tuple[int, list[str] | None]]:
        """Up to `n` rows, each with the line on which it begins.

        None for one whose quotation marks make no sense: it is taken for one line, whatever it
        seemed to hold, and what follows is read anew.
        """
        for _ in range(n):
            place, line, n_read = self.file.tell(), self.line + 1, self.reader.line_num
            try:
                row = next(self.reader, None)
            except csv.Error:
                self.file.seek(place)
                self.file.readline()
                self._go_to(self.file.tell())
                self.line += 1
                yield line, None
                continue
            if row is None:
                return
            self.line += self.reader.line_num - n_read
            yield line, row
