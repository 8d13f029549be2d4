"""Where in a piece the words stand that were looked for."""

from dataclasses import dataclass
from html import unescape
from typing import Any

from django.contrib.postgres.search import SearchHeadline
from django.db.models import Func, TextField

from articles.models import Article, ArticleQuerySet
from articles.search.finding import Parsed
from articles.search.folding import folded, unfolded

# Characters that no text holds: articles_plain leaves them out.
START, STOP, CUT = "\ue000", "\ue001", "\ue002"
N_PLACES, N_WORDS = 2, 22


class Plain(Func):
    function = "articles_plain"
    output_field: Any = TextField()


class Folded(Func):
    function = "articles_folded"
    output_field: Any = TextField()


@dataclass(frozen=True)
class Run:
    """Some words; is_found: they were looked for."""

    text: str
    is_found: bool


def with_excerpts(pieces: ArticleQuerySet, asked: Parsed) -> ArticleQuerySet:
    """Annotated for `excerpt`; it costs about two milliseconds a piece."""
    marked = SearchHeadline(
        Folded(Plain("body")),
        asked,
        config="english",
        start_sel=START,
        stop_sel=STOP,
        fragment_delimiter=CUT,
        max_fragments=N_PLACES,
        max_words=N_WORDS,
        min_words=N_WORDS // 2,
    )
    return pieces.annotate(marked=marked, text=Plain("body"))


def excerpt(piece: Article) -> list[list[Run]]:
    """The best places in its text, in its own letters; [] where none of the words is in it."""
    marked: str = piece.marked  # type: ignore[attr-defined]  # annotated
    if START not in marked:
        return []
    text: str = piece.text  # type: ignore[attr-defined]
    plain = folded(text)
    return [runs(place, text, plain) for place in marked.split(CUT)]


def runs(place: str, text: str, plain: str) -> list[Run]:
    """`place` of `plain`, with marks, as it stands in `text`, of which `plain` has lost accents."""
    start = plain.find(place.replace(START, "").replace(STOP, ""))
    found = []
    for n, part in enumerate(place.replace(STOP, START).split(START)):
        own = part
        if start >= 0:
            end = start + len(part)
            is_even = len(plain) == len(text)
            own, start = text[start:end] if is_even else unfolded(text, start, end), end
        if own:
            found.append(Run(" ".join(unescape(own).split(" ")), n % 2 == 1))
    return found
