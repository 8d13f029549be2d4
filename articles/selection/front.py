"""What the front page holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from articles import listing
from articles.models import Article, FrontPage, FrontPagePick, Section
from articles.selection.dealing import Dealer, newest_ids
from newsroom.lib.statements import given_time, statement

N_SECONDARY = 4
N_RAIL = 8
N_ROW = 5
N_ABOVE = 1 + N_SECONDARY + N_RAIL
N_FILLERS = 2 * N_ABOVE

AT = given_time("at")


@dataclass(frozen=True)
class Row:
    """A section on the front page."""

    section: Section
    articles: list[Article]


@dataclass(frozen=True)
class FrontPageLayout:
    """What the front page shows, in the order of reading; no piece twice."""

    lead: Article | None
    secondary: list[Article]
    latest: list[Article]
    strips: list[Row]
    rows: list[Row]

    def articles(self) -> list[Article]:
        above = [self.lead] if self.lead else []
        below = [article for row in (*self.strips, *self.rows) for article in row.articles]
        return [*above, *self.secondary, *self.latest, *below]


def front_page(at: datetime) -> FrontPageLayout:
    """The editors' choice, filled up with the newest; 3 queries."""
    front = _front.one(at=at)
    lead_ids, pick_ids = (front.lead_ids, front.pick_ids) if front else ([], [])
    fillers = front.newest_ids if front else list(newest_ids(Article.objects.public(at), N_FILLERS))

    dealer = Dealer()
    lead = dealer.deal([*lead_ids, *fillers], 1)
    secondary = dealer.deal([*pick_ids, *fillers], N_SECONDARY)
    latest = dealer.deal(fillers, N_RAIL)
    in_rows = [
        (section, dealer.deal(section.newest_ids, N_ROW)) for section in _sections.run(at=at)
    ]
    shown = {*lead, *secondary, *latest, *(pk for _, ids in in_rows for pk in ids)}
    found = listing.pieces(list(shown), at)

    def articles(ids: list[int]) -> list[Article]:
        return [found[pk] for pk in ids if pk in found]  # one may be withdrawn just now

    rows = [Row(section, those) for section, ids in in_rows if (those := articles(ids))]
    strip = Section.FrontPageForm.STRIP
    return FrontPageLayout(
        lead=next(iter(articles(lead)), None),
        secondary=articles(secondary),
        latest=articles(latest),
        strips=[row for row in rows if row.section.front_page_form == strip],
        rows=[row for row in rows if row.section.front_page_form != strip],
    )


@statement
def _front() -> QuerySet[Any]:
    public = Article.objects.public(AT)
    picks = FrontPagePick.objects.filter(front_page=OuterRef("pk"), article__in=public)
    return FrontPage.objects.annotate(
        lead_ids=ArraySubquery(public.filter(pk=OuterRef("lead")).values("pk")),
        pick_ids=ArraySubquery(picks.values("article")),
        newest_ids=ArraySubquery(newest_ids(public, N_FILLERS)),
    )


@statement
def _sections() -> QuerySet[Any]:
    of_section = Article.objects.public(AT).filter(section=OuterRef("pk"))
    shown = Section.objects.exclude(front_page_form=Section.FrontPageForm.HIDDEN)
    return shown.annotate(newest_ids=ArraySubquery(newest_ids(of_section, N_ABOVE + N_ROW)))
