"""Which public pieces a query finds, and in what order.

PostgreSQL does not count what it costs to read a long vector, and would rather read all of them
than use an index: `patience.at_most` tells it not to.
"""

from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from articles.models import ArticleQuerySet, Byline, SearchedText, TaggedArticle
from articles.search.meaning import Meaning

N_RANKED = 1000  # the newest finds are put in order of relevance, and shown, and no others
EVERY = 10_000_000  # a limit keeps PostgreSQL from walking the archive instead, row by row
# Of body, C (nothing), deck and headline. What a tag or author is called counts as the deck does.
WEIGHTS = [0.05, 0.0, 0.4, 1.0]
NAME = 0.4


class Parsed(SearchQuery):
    """A query that PostgreSQL has written itself."""

    template = "%(expressions)s::tsquery"

    def __init__(self, text: str) -> None:
        super().__init__(Value(text))


def matching(pieces: ArticleQuerySet, groups: list[list[Meaning]]) -> ArticleQuerySet:
    """Those of `pieces` in which one of `groups` is found whole."""
    return pieces.filter(reduce(or_, map(holds, groups), Q(pk__in=[])))


def holds(group: list[Meaning]) -> Q:
    texts = [m.query for m in group if not m.is_excluded and not m.has_names]
    conditions = [Q(pk__in=with_words(both(texts)))] if texts else []
    conditions += [Q(pk__in=with_name(m)) for m in group if not m.is_excluded and m.has_names]
    conditions += [~Q(pk__in=with_name(m)) for m in group if m.is_excluded]
    return reduce(and_, conditions)


def both(queries: list[str]) -> str:
    return " & ".join(f"({query})" for query in queries)


def positive(groups: list[list[Meaning]]) -> Parsed:
    """All that shall be found, for ranking and marking."""
    each = [both([m.query for m in group if not m.is_excluded]) for group in groups]
    return Parsed(" | ".join(f"({query})" for query in each))


def with_words(query: str) -> QuerySet:
    return SearchedText.objects.filter(words=Parsed(query)).values("article")[:EVERY]


def with_name(meaning: Meaning) -> QuerySet:
    """Ids of pieces that have it in their text, as a tag, or in their byline."""
    texts = SearchedText.objects.filter(words=Parsed(meaning.query)).values("article")
    tagged = TaggedArticle.objects.filter(tag__in=meaning.tags).values("content_object")
    signed = Byline.objects.filter(contributor__in=meaning.contributors).order_by()
    return texts.union(tagged, signed.values("article"))


def newest(pieces: ArticleQuerySet) -> list[int]:
    """Ids, newest first; one more than N_RANKED stands for all further ones. 1 query."""
    return list(pieces.newest_first().values_list("pk", flat=True)[: N_RANKED + 1])


def by_relevance(ids: list[int], groups: list[list[Meaning]]) -> list[int]:
    """`ids` with the best first, of equals the newest; 1 query."""
    rank: Combinable = SearchRank(F("words"), positive(groups), weights=WEIGHTS)
    for group in groups:
        for meaning in group:
            if meaning.has_names and not meaning.is_excluded:
                rank += bonus(meaning) / len(group)
    rows = SearchedText.objects.filter(pk__in=ids).alias(rank=rank)
    return list(
        rows.order_by("-rank", "-article__published_at", "-pk").values_list("pk", flat=True)
    )


def bonus(meaning: Meaning) -> Case:
    piece = OuterRef("article")
    tagged = TaggedArticle.objects.filter(content_object=piece, tag__in=meaning.tags)
    signed = Byline.objects.filter(article=piece, contributor__in=meaning.contributors)
    return Case(When(Exists(tagged) | Exists(signed), then=Value(NAME)), default=Value(0.0))
