"""The lists of pieces that have pages of their own, newest first, for a Paginator."""

from collections import Counter
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import Any

from django.db.models import QuerySet, SlugField

from articles.models import (
    Article,
    ArticleQuerySet,
    Byline,
    Contributor,
    MonthCount,
    Notice,
    Section,
    Series,
    Tag,
    TaggedArticle,
)
from newsroom.lib.generation import Fetch, remembered_each
from newsroom.lib.statements import ALL, Given, GivenIds, Statement, given_id, given_time, statement

MOST = 1_000  # that are turned over page by page; the archive has all pieces, by month
NOTICE = ["kind", "at", "text"]
AT, OF, SLUG = given_time("at"), given_id("of"), Given("slug", SlugField())

section = Statement(lambda: Section.objects.filter(slug=SLUG))
tag = Statement(lambda: Tag.objects.filter(slug=SLUG))
series = Statement(lambda: Series.objects.filter(slug=SLUG))
contributor = Statement(lambda: Contributor.objects.filter(slug=SLUG).select_related("portrait"))


def newest(**which: Any) -> QuerySet:
    return Article.objects.public(AT).filter(**which).newest_first().values_list("pk", flat=True)


# Ids.
everything = Statement(newest)
of_section = Statement(lambda: newest(section=OF))
of_series = Statement(lambda: newest(series=OF))
parts_of_series = Statement(lambda: newest(series=OF).reverse())
of_tag = Statement(lambda: TaggedArticle.objects.filter(tag=OF).public(AT).newest_pieces())
of_contributor = Statement(lambda: Byline.objects.filter(contributor=OF).public(AT).newest_pieces())


@statement
def within() -> QuerySet:
    """Those that came out from `start` on and before `end`."""
    return newest(published_at__gte=given_time("start"), published_at__lt=given_time("end"))


corrections = Statement(lambda: Notice.objects.corrections(AT).values_list("pk", flat=True))


@remembered_each
def pieces(ids: list[int], at: datetime) -> dict[int, Article]:
    """Those of them that are public at `at`, by id, with what a card shows; 1 query."""
    return {piece.pk: piece for piece in _pieces.run(ids=ids, at=at)}


@statement
def _pieces() -> ArticleQuerySet:
    return Article.objects.public(AT).filter(pk__in=GivenIds("ids")).for_list()


def notices(ids: list[int], at: datetime) -> dict[int, Notice]:
    """Those of them that stand on public pieces at `at`, by id; 1 query."""
    return {notice.pk: notice for notice in _notices.run(ids=ids, at=at)} if ids else {}


@statement
def _notices() -> QuerySet:
    of_public = Notice.objects.corrections(AT).filter(article__in=Article.objects.public(AT))
    shown = of_public.filter(pk__in=GivenIds("ids")).select_related("article")
    return shown.only(*NOTICE, "article__headline", "article__slug", "article__published_on")


def months(at: datetime, zone: tzinfo) -> list[tuple[date, int]]:
    """Each month of `zone`, the publication's, and how many public pieces it has, newest first.

    2 queries: of the counts that are kept, and of published pieces that are not public.
    """
    found: Counter[date] = Counter()
    for month, n in MonthCount.objects.values_list("month", "n"):
        found[month] += n
    hidden = Article.objects.waiting(at) | Article.objects.over(at)
    moments: Any = hidden.order_by().values_list("published_at", flat=True)
    for moment in moments:
        found[moment.astimezone(zone).date().replace(day=1)] -= 1
    return sorted((+found).items(), reverse=True)


class Listing:
    """What `ids` lists, its `rows` page by page; as far as MOST, if not whole. 1 query for each."""

    def __init__(
        self,
        ids: Statement[Any],
        rows: Fetch[Any] = pieces,
        *,
        at: datetime,
        is_whole: bool = False,
        **given: Any,
    ) -> None:
        self.statement, self.rows, self.at, self.given = ids, rows, at, given
        self.is_whole = is_whole

    @cached_property
    def ids(self) -> list[int]:
        place = ALL if self.is_whole else slice(MOST)
        return self.statement.ids(place, at=self.at, **self.given)

    @property
    def is_cut(self) -> bool:
        """Whether there may be more, which the archive has."""
        return len(self.ids) == MOST and not self.is_whole

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, place: slice) -> list[Any]:
        ids = self.ids[place]
        found = self.rows(ids, self.at)
        return [found[pk] for pk in ids if pk in found]  # one may be withdrawn just now
