"""What the parts of a page share, so that none shows a piece twice."""

from collections.abc import Iterable
from itertools import islice
from typing import Protocol

from django.db.models import QuerySet

from articles.models import Article, ArticleQuerySet


class Shown(Protocol):
    """What a page leads to already."""

    @property
    def pk(self) -> int: ...


class Dealer:
    """Hands out ids, each only once, so that no page shows a piece twice."""

    def __init__(self, dealt: Iterable[int] = ()) -> None:
        self._dealt = set(dealt)

    def deal(self, ids: Iterable[int], n: int) -> list[int]:
        """The first `n` of `ids` that nobody has had yet."""
        fresh = list(islice((pk for pk in dict.fromkeys(ids) if pk not in self._dealt), n))
        self._dealt.update(fresh)
        return fresh


def newest_ids(articles: ArticleQuerySet, n: int) -> QuerySet[Article, int]:
    return articles.newest_first().values_list("pk", flat=True)[:n]
