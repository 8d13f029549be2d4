"""The lists that stand beside pieces and on the front page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, TaggedArticle, TopicBox, TopicBoxPin
from articles.selection.dealing import Dealer, Shown, newest_ids
from newsroom.lib.generation import remembered
from newsroom.lib.statements import GivenIds, Statement, given_time

N_LATEST = 5
MAX_BOX_ITEMS = 10
STEP = 16  # pieces by which a pool is larger for a page that shows more

AT = given_time("at")


@dataclass(frozen=True)
class Box:
    """A titled list beside a piece; `url` leads to more of it."""

    title: str
    url: str
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class Pool:
    """What the boxes of any page are filled from; lines by id, newest first."""

    boxes: list[Any]
    lines: dict[int, Article]


def boxes(
    at: datetime | None = None, *, seen: Iterable[Shown], n_latest: int = N_LATEST
) -> list[Box]:
    """The topic boxes that stand at `at` (default now), then Latest; no piece that was `seen`.

    2 queries, none where it is for now and nothing has changed since another page asked.
    """
    pks = {piece.pk for piece in seen}
    n_seen = -(-len(pks) // STEP) * STEP
    pool = filled(at, n_seen) if at else filled_now(n_seen)
    dealer = Dealer(pks)

    def deal(ids: Iterable[int], n: int) -> tuple[Article, ...]:
        dealt = dealer.deal((pk for pk in ids if pk in pool.lines), n)
        return tuple(pool.lines[pk] for pk in dealt)

    lists = [
        Box(
            title=box.title,
            url=box.tag.get_absolute_url() if box.tag else "",
            articles=deal([*box.pin_ids, *box.tagged_ids], box.n_items),
        )
        for box in pool.boxes
    ]
    latest = Box("Latest", reverse("articles:latest"), deal(pool.lines, n_latest))
    return [box for box in (*lists, latest) if box.articles]


def filled(at: datetime, n_seen: int) -> Pool:
    """Enough for a page that has shown as many pieces; 2 queries."""
    active = _boxes(MAX_BOX_ITEMS + n_seen).run(at=at)
    n_newest = N_LATEST + n_seen + sum(box.n_items for box in active)
    wanted = {pk for box in active for pk in (*box.pin_ids, *box.tagged_ids)}
    lines = _lines(-(-n_newest // STEP) * STEP).run(at=at, wanted=list(wanted))
    return Pool(active, {line.pk: line for line in lines})


@remembered
def filled_now(n_seen: int) -> Pool:
    return filled(timezone.now(), n_seen)


@cache
def _boxes(n_tagged: int) -> Statement[Any]:
    pins = TopicBoxPin.objects.filter(box=OuterRef("pk")).values("article")
    of_tag = TaggedArticle.objects.filter(tag=OuterRef("tag")).public(AT)
    tagged = of_tag.newest_pieces()[:n_tagged]
    found = TopicBox.objects.active(AT).select_related("tag")
    return Statement(
        lambda: found.annotate(pin_ids=ArraySubquery(pins), tagged_ids=ArraySubquery(tagged))
    )


@cache
def _lines(n_newest: int) -> Statement[Article]:
    public = Article.objects.public(AT)
    wanted = public.filter(pk__in=GivenIds("wanted")).values_list("pk", flat=True)
    ids = wanted.union(newest_ids(public, n_newest))
    return Statement(lambda: Article.objects.filter(pk__in=ids).for_line().newest_first())
