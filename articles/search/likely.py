"""Pieces that somebody may have looked for who came to an address where nothing is."""

import re
from datetime import datetime
from functools import reduce
from operator import and_, or_
from urllib.parse import unquote

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery, SearchRank
from django.db.models import F

from articles.models import Article, ArticleQuerySet, SearchedText
from articles.search.finding import EVERY, WEIGHTS
from articles.search.spellings import words_of

Query = SearchQuery | CombinedSearchQuery
N_SHOWN = 5
N_LOOKED_AT = 200  # the newest with all words, and the newest with any: the best of these are shown
N_WORDS = 8
LONGEST = 100  # characters of an address's part; longer ones nobody has typed
# Robots ask for these all day; readers ask for pages.
NO_PAGE = re.compile(r"(?i)\.(?!html?$|aspx?$)[a-z0-9_~-]+$|^/(admin/|static/|media/|wp-|cgi-|\.)")
OTHERS = {"amp", "feed", "index", "page", "print", "rest", "www"}
ENDING = re.compile(r"(?i)\.(html?|aspx?)$")


def words_in(path: str) -> list[str]:
    """The words of an address's last part with any; [] where no reader is likely to be."""
    parts = [unquote(part) for part in path.strip("/").split("/")]
    if NO_PAGE.search(f"/{path.strip('/')}") or max(map(len, parts)) > LONGEST:
        return []
    for part in reversed(parts):
        found = [word for word in words_of(ENDING.sub("", part)) if is_telling(word)]
        if found:
            return found[:N_WORDS]
    return []


def is_telling(word: str) -> bool:
    return len(word) > 2 and not word.isdecimal() and word not in OTHERS


def likely(path: str, at: datetime) -> list[Article]:
    """Public pieces with the words of `path`, those with most of them in their headline first.

    1 query; none for what looks like no page.
    """
    words = [SearchQuery(word, config="english") for word in words_in(path)]
    if not words:
        return []
    public, every, some = Article.objects.public(at), reduce(and_, words), reduce(or_, words)
    candidates = newest(public, every).union(newest(public, some))
    rank = SearchRank(F("searched__words"), some, weights=WEIGHTS)
    ranked = public.filter(pk__in=candidates).for_line().alias(rank=rank)
    return list(ranked.order_by("-rank", "-published_at", "-pk")[:N_SHOWN])


def newest(pieces: ArticleQuerySet, query: Query) -> ArticleQuerySet:
    found = SearchedText.objects.filter(words=query).values("article")[:EVERY]
    return pieces.filter(pk__in=found).newest_first().values("pk")[:N_LOOKED_AT]  # type: ignore[return-value]
