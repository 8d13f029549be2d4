"""The lists of pieces that have pages of their own, newest first, for a Paginator."""

from typing import Any

from django.db.models import SlugField

from articles.models import Article, ArticleQuerySet, Byline, Contributor, Section, Series, Tag
from newsroom.lib.statements import Given, Statement, given_id, given_time, statement

AT, OF, SLUG = given_time("at"), given_id("of"), Given("slug", SlugField())

section = Statement(lambda: Section.objects.filter(slug=SLUG))
tag = Statement(lambda: Tag.objects.filter(slug=SLUG))
series = Statement(lambda: Series.objects.filter(slug=SLUG))
contributor = Statement(lambda: Contributor.objects.filter(slug=SLUG).select_related("portrait"))


def public() -> ArticleQuerySet:
    return Article.objects.public(AT).for_list().newest_first()


everything = Statement(public)
of_section = Statement(lambda: public().filter(section=OF))
of_tag = Statement(lambda: public().filter(tags=OF))
of_series = Statement(lambda: public().filter(series=OF))
parts_of_series = Statement(lambda: public().filter(series=OF).oldest_first())


@statement
def of_contributor() -> ArticleQuerySet:
    signed = Byline.objects.filter(contributor=OF)
    return public().filter(pk__in=signed.values("article"))


@statement
def within() -> ArticleQuerySet:
    """Those that came out from `start` on and before `end`."""
    return public().filter(
        published_at__gte=given_time("start"), published_at__lt=given_time("end")
    )


MOST = 1_000  # pieces that are turned over page by page; the archive has all, by month


class Listing:
    """The first MOST rows of a statement, page by page; 1 query for a page, and 1 to count them."""

    def __init__(self, listed: Statement[Article], **given: Any) -> None:
        self.listed, self.given = listed, given

    def count(self) -> int:
        return self.listed.count(MOST, **self.given)

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, place: slice) -> list[Article]:
        return self.listed.run(place, **self.given)
