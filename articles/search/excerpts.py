"""Where in a piece the words stand that were looked for.

PostgreSQL's ts_headline reads a whole text, four milliseconds a piece. So likely places are chosen
here, by how the words begin, and the database marks what it finds in these.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import islice

from articles.search.folding import folded, unfolded
from newsroom.lib.reading import source

# What marks a find; no text that is asked about has them.
START, STOP = "\ue000", "\ue001"
SIGNS = str.maketrans(dict.fromkeys("<>&\ue000\ue001", " "))
INLINE, TAG = re.compile("</?(?:a|em|strong)(?: [^>]*)?>"), re.compile("<[^>]*>")
LEXEME = re.compile(r"'((?:[^']|'')+)'")
N_READ = 100_000  # characters of a body; far more than a piece has
N_PLACES, N_TRIED = 2, 4
N_HITS = 60  # that are compared in one text
LENGTH = 300  # characters, of all places of a piece together
LEAD = 50  # before the first find
MARK = f"""
    SELECT place, ts_headline('pg_catalog.english', text, %s::tsquery,
        'HighlightAll=true, StartSel={START}, StopSel={STOP}')
    FROM unnest(%s::text[]) WITH ORDINALITY asked (text, place) ORDER BY place
"""  # noqa: S608  # ours


@dataclass(frozen=True)
class Run:
    """Some words; is_found: they were looked for."""

    text: str
    is_found: bool


class Text:
    """A body as words, in its own letters (`own`) and folded (`plain`)."""

    def __init__(self, body: str) -> None:
        self.own = unescape(TAG.sub(" ", INLINE.sub("", body[:N_READ])))

    @cached_property
    def plain(self) -> str:
        return folded(self.own)

    def cut(self, start: int, end: int) -> str:
        """What stands between two places of `plain`, in its own letters."""
        is_even = len(self.plain) == len(self.own)
        return self.own[start:end] if is_even else unfolded(self.own, start, end)

    def places(self, beginnings: re.Pattern[str]) -> list[tuple[int, int]]:
        """Where most different words of `beginnings` stand together; the best first."""
        hits = [
            (m.start(), m.group().lower()) for m in islice(beginnings.finditer(self.plain), N_HITS)
        ]
        length = LENGTH // N_PLACES
        chosen: list[tuple[int, int]] = []
        while hits and len(chosen) < N_TRIED:
            start = max(hits, key=lambda hit: (n_different(hits, hit[0], length), -hit[0]))[0]
            chosen.append(self.whole_words(start - LEAD, start - LEAD + length))
            hits = [hit for hit in hits if abs(hit[0] - start) > length]
        return chosen

    def whole_words(self, start: int, end: int) -> tuple[int, int]:
        """From the first space to the last, where there are some."""
        first = self.plain.find(" ", start, end) + 1 if start > 0 else 0
        start, end = max(first, start, 0), min(end, len(self.plain))
        last = self.plain.rfind(" ", start, end) if end < len(self.plain) else end
        return start, last if last > start else end


def n_different(hits: list[tuple[int, str]], start: int, length: int) -> int:
    return len({word for at, word in hits if start <= at < start + length - LEAD})


def excerpts(bodies: list[str], query: str) -> list[list[list[Run]]]:
    """For each body its best places with the words of `query`, [] where there are none; 1 query."""
    beginnings = beginning(query)
    texts = [Text(body) for body in bodies]
    asked = [(text, place) for text in texts for place in text.places(beginnings)]
    marked = dict(
        zip(asked, mark(query, [text.plain[slice(*at)] for text, at in asked]), strict=True)
    )
    return [list(best(text, marked)) for text in texts]


def beginning(query: str) -> re.Pattern[str]:
    """What words begin with that English bends to those of `query`: `countri` is of `country`."""
    words = {lexeme.replace("''", "'").removesuffix("i") for lexeme in LEXEME.findall(query)}
    return re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, sorted(words)))})")


def mark(query: str, plain: list[str]) -> list[str]:
    with source().cursor() as cursor:
        cursor.execute(MARK, [query, [text.translate(SIGNS) for text in plain]])
        return [marked for _, marked in cursor.fetchall()]


def best(text: Text, marked: dict[tuple[Text, tuple[int, int]], str]) -> Iterator[list[Run]]:
    found = [(at, line) for (of, at), line in marked.items() if of is text and START in line]
    found.sort(key=lambda place: -len({word.lower() for word in finds(place[1])}))
    for (start, _), line in sorted(found[:N_PLACES]):
        yield list(runs(line, text, start))


def finds(line: str) -> list[str]:
    return [part.partition(STOP)[0] for part in line.split(START)[1:]]


def runs(line: str, text: Text, start: int) -> Iterator[Run]:
    """A marked place that begins at `start`, as it stands in the text."""
    for n, part in enumerate(line.replace(STOP, START).split(START)):
        end = start + len(part)
        if part:
            yield Run(text.cut(start, end), is_found=n % 2 == 1)
        start = end
