"""Pieces that somebody may have looked for who came to an address where nothing is."""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from itertools import combinations
from operator import and_, or_
from urllib.parse import unquote

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, Q, QuerySet, When

from articles.models import Article, ArticleQuerySet
from articles.models.article_queryset import SEARCHED
from articles.search.spellings import words_of
from newsroom.lib.words import Words

N_SHOWN = 5
N_RANKED = 20  # the newest with most of the words, and with any
N_FOUND = 200  # with most of the words; where more have them, these are common
N_NEWEST = 200  # that are looked through for any of the words
N_WORDS = 8
LONGEST = 100  # characters of an address's part; longer ones nobody has typed
# Robots ask for these all day; readers ask for pages.
NO_PAGE = re.compile(r"(?i)\.(?!html?$|aspx?$)[a-z0-9_~-]+$|^/(admin/|static/|media/|wp-|cgi-|\.)")
OTHERS = {"amp", "feed", "index", "page", "print", "rest", "www"}
SMALL = set(
    "about after all and are but can for from has have her his how into its new not now off one"
    " our out over she than that the their they this was what when where who why will with you"
    " your".split()
)
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
    return len(word) > 2 and not word.isdecimal() and word not in OTHERS | SMALL


def likely(path: str, at: datetime) -> list[Article]:
    """Public pieces with the words of `path`, those with most of them in their headline first.

    1 query; none for what looks like no page.
    """
    words = words_in(path)
    if not words:
        return []
    in_slug = [Q(slug__contains=word) for word in words]  # which has those of the headline
    public = Article.objects.public(at)
    recent = public.filter(pk__in=public.newest_first().values("pk")[:N_NEWEST])
    candidates = newest(public.filter(pk__in=with_most(words)))
    candidates = candidates.union(newest(recent.filter(reduce(or_, in_slug))))
    n_alike = sum(Case(When(has, then=1), default=0) for has in in_slug)
    ranked = public.filter(pk__in=candidates).for_line().alias(n_alike=n_alike)
    return list(ranked.order_by("-n_alike", "-published_at", "-pk")[:N_SHOWN])


def with_most(words: Sequence[str]) -> QuerySet:
    """Ids of pieces with all of `words` but one in their headline, deck or slug."""
    each = [SearchQuery(word, config="simple") for word in words]
    most = combinations(each, max(1, len(words) - 1))
    some = reduce(or_, (reduce(and_, those) for those in most))
    found = Article.objects.alias(words=Words(*SEARCHED)).filter(words=some).order_by()
    return found.values("pk")[:N_FOUND]


def newest(pieces: ArticleQuerySet) -> ArticleQuerySet:
    return pieces.newest_first().values("pk")[:N_RANKED]  # type: ignore[return-value]
