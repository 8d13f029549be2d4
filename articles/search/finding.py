"""Which public pieces a query finds, and in what order.

PostgreSQL does not count what it costs to read a long vector, and would rather read all of them
than use an index: `patience.at_most` tells it not to.
"""

import re
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable

from articles.models import ArticleQuerySet, Byline, SearchedText, TaggedArticle
from articles.search.meaning import Meaning

N_COUNTED = 1000
N_RANKED = 500  # the newest finds are put in order of relevance, and shown, and no others
EVERY = 10_000_000  # a limit keeps PostgreSQL from walking all texts instead, vector by vector
SIDE_BY_SIDE = re.compile(r"<(-|\d+)>")
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
    wanted = [meaning for meaning in group if not meaning.is_excluded]
    is_common = all(meaning.is_common for meaning in wanted)
    texts = both([meaning.query for meaning in wanted if not meaning.has_names])
    conditions = [common(texts) if is_common else Q(pk__in=with_words(texts))] if texts else []
    for meaning in wanted:
        if meaning.has_names:
            named = common(meaning.query, meaning) if is_common else Q(pk__in=with_name(meaning))
            conditions.append(named)
    conditions += [~Q(pk__in=with_name(meaning)) for meaning in group if meaning.is_excluded]
    return reduce(and_, conditions)


def common(query: str, meaning: Meaning | None = None) -> Q:
    """For what many pieces have: the archive is walked, newest first, until there are enough.

    `OR` has PostgreSQL put the ids into a hash table first. Whether words stand side by side is
    not in the index: it is looked up as late as that, as it takes a look at the whole vector.
    """
    text = Q(pk__in=with_words(SIDE_BY_SIDE.sub("&", query)))
    if SIDE_BY_SIDE.search(query):
        own = SearchedText.objects.filter(article=OuterRef("pk"))
        has = own.annotate(has=ExpressionWrapper(Q(words=Parsed(query)), BooleanField()))
        text &= Q(Subquery(has.values("has"), output_field=BooleanField()))
    if meaning is None:
        return text | Q(pk=0)
    return text | Q(pk__in=tagged(meaning)) | Q(pk__in=signed(meaning))


def both(queries: list[str]) -> str:
    return " & ".join(f"({query})" for query in queries)


def positive(groups: list[list[Meaning]]) -> str:
    """All that shall be found, for ranking and marking."""
    each = [both([m.query for m in group if not m.is_excluded]) for group in groups]
    return " | ".join(f"({query})" for query in each)


def with_words(query: str) -> QuerySet:
    return SearchedText.objects.filter(words=Parsed(query)).values("article")[:EVERY]


def with_name(meaning: Meaning) -> QuerySet:
    """Ids of pieces that have it in their text, as a tag, or in their byline."""
    return with_words(meaning.query).union(tagged(meaning), signed(meaning))


def tagged(meaning: Meaning) -> QuerySet:
    rows = TaggedArticle.objects.filter(tag__in=meaning.tags)
    found: QuerySet = rows.values("content_object")
    return found


def signed(meaning: Meaning) -> QuerySet:
    rows = Byline.objects.filter(contributor__in=meaning.contributors)
    return rows.order_by().values("article")


def newest(pieces: ArticleQuerySet) -> list[int]:
    """Ids, newest first; one more than N_COUNTED stands for all further ones. 1 query."""
    return list(pieces.newest_first().values_list("pk", flat=True)[: N_COUNTED + 1])


def by_relevance(ids: list[int], groups: list[list[Meaning]]) -> list[int]:
    """`ids` with the best first, of equals the newest; 1 query."""
    rank: Combinable = SearchRank(F("words"), Parsed(positive(groups)), weights=WEIGHTS)
    for group in groups:
        for meaning in group:
            if meaning.has_names and not meaning.is_excluded:
                rank += bonus(meaning) / len(group)
    rows = SearchedText.objects.filter(pk__in=ids).alias(rank=rank)
    return list(
        rows.order_by("-rank", "-article__published_at", "-pk").values_list("pk", flat=True)
    )


def bonus(meaning: Meaning) -> Case:
    named = Exists(tagged(meaning).filter(content_object=OuterRef("article"))) | Exists(
        signed(meaning).filter(article=OuterRef("article"))
    )
    return Case(When(named, then=Value(NAME)), default=Value(0.0))
