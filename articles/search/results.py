"""A page of what a search has found."""

from dataclasses import dataclass
from datetime import datetime

from articles.models import Article, ArticleQuerySet
from articles.search import excerpts, filters, finding, meaning, query, spellings
from articles.search.filters import N_PAGES, Asked

PAGE_SIZE = finding.N_RANKED // N_PAGES


@dataclass(frozen=True)
class Hit:
    article: Article
    excerpt: list[list[excerpts.Run]]


@dataclass(frozen=True)
class Results:
    """n: how many were found, of more than N_RANKED these; of them a page is here."""

    hits: list[Hit]
    n: int
    is_more: bool
    page: int

    @property
    def told(self) -> str:
        if self.is_more:
            return f"More than {self.n:,} pieces; the newest {self.n:,} are here"
        return "1 piece" if self.n == 1 else f"{self.n:,} pieces"

    @property
    def n_pages(self) -> int:
        return -(-self.n // PAGE_SIZE)

    @property
    def previous(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def next(self) -> int | None:
        return self.page + 1 if self.page < self.n_pages else None


def find(asked: Asked, at: datetime) -> Results:
    """5 queries, whatever the size of the archive; 2 without words."""
    groups = []
    pieces = filters.pieces(asked, at)
    if asked.words:
        groups = meaning.understand(query.parse(asked.words, spellings.read()))
        pieces = finding.matching(pieces, groups)
    ids = finding.newest(pieces)
    is_more, ids = len(ids) > finding.N_RANKED, ids[: finding.N_RANKED]
    if asked.order == "relevance" and len(ids) > 1:
        ids = finding.by_relevance(ids, groups)
    n_pages = -(-len(ids) // PAGE_SIZE)
    page = max(min(asked.page, n_pages), 1)
    shown = ids[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    found = Article.objects.filter(pk__in=shown).for_list()
    return Results(hits(found, shown, groups), n=len(ids), is_more=is_more, page=page)


def hits(
    found: ArticleQuerySet, in_order: list[int], groups: list[list[meaning.Meaning]]
) -> list[Hit]:
    if groups:
        found = excerpts.with_excerpts(found, finding.positive(groups))
    pieces = {piece.pk: piece for piece in found}
    return [
        Hit(pieces[pk], excerpts.excerpt(pieces[pk]) if groups else [])
        for pk in in_order
        if pk in pieces  # or it has been taken away just now
    ]
