"""A page of what a search has found."""

from dataclasses import dataclass
from datetime import datetime

from articles.models import Article
from articles.search import filters, finding, meaning, query, spellings
from articles.search.excerpts import Run, excerpts
from articles.search.filters import N_PAGES, Asked

PAGE_SIZE = finding.N_RANKED // N_PAGES


@dataclass(frozen=True)
class Hit:
    article: Article
    excerpt: list[list[Run]]


@dataclass(frozen=True)
class Results:
    """n: how many were found, counted as far as there is one more than N_COUNTED."""

    hits: list[Hit]
    n: int
    page: int

    @property
    def told(self) -> str:
        """How many there are, and how many of them can be seen."""
        if self.n > finding.N_COUNTED:
            said = f"More than {finding.N_COUNTED:,} pieces"
        else:
            said = "1 piece" if self.n == 1 else f"{self.n:,} pieces"
        is_cut = self.n > finding.N_RANKED
        return f"{said}; the newest {finding.N_RANKED:,} are here" if is_cut else said

    @property
    def n_pages(self) -> int:
        return -(-min(self.n, finding.N_RANKED) // PAGE_SIZE)

    @property
    def previous(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def next(self) -> int | None:
        return self.page + 1 if self.page < self.n_pages else None


def find(asked: Asked, at: datetime) -> Results:
    """6 queries, whatever the size of the archive; 2 without words."""
    groups = []
    pieces = filters.pieces(asked, at)
    if asked.words:
        groups = meaning.understand(query.parse(asked.words, spellings.read()))
        pieces = finding.matching(pieces, groups)
    found = finding.newest(pieces)
    ids = found[: finding.N_RANKED]
    if asked.order == "relevance" and len(ids) > 1:
        ids = finding.by_relevance(ids, groups)
    page = max(min(asked.page, -(-len(ids) // PAGE_SIZE)), 1)
    shown = ids[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return Results(hits(shown, groups), n=len(found), page=page)


def hits(in_order: list[int], groups: list[list[meaning.Meaning]]) -> list[Hit]:
    """In this order, without those that have been taken away just now."""
    found = Article.objects.filter(pk__in=in_order)
    shown = found.for_teaser() if groups else found.for_list()
    pieces = sorted(shown, key=lambda piece: in_order.index(piece.pk))
    if not groups:
        return [Hit(piece, []) for piece in pieces]
    places = excerpts([piece.body for piece in pieces], finding.positive(groups))
    return [Hit(*both) for both in zip(pieces, places, strict=True)]
