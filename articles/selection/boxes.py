"""The lists that stand beside pieces and on the front page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.urls import reverse

from articles.models import Article, TopicBox, TopicBoxPin
from articles.selection.dealing import Dealer, Shown, newest_ids

N_LATEST = 5
MAX_BOX_ITEMS = 10


@dataclass(frozen=True)
class Box:
    """A titled list beside a piece; `url` leads to more of it."""

    title: str
    url: str
    articles: list[Article]


def boxes(at: datetime, *, seen: Iterable[Shown], n_latest: int = N_LATEST) -> list[Box]:
    """The topic boxes that stand at `at`, then Latest; no piece that was `seen`; 2 queries."""
    others = Article.objects.public(at).exclude(pk__in=[article.pk for article in seen])
    pins = TopicBoxPin.objects.filter(box=OuterRef("pk")).values("article")
    tagged = newest_ids(others.filter(tags=OuterRef("tag")), MAX_BOX_ITEMS)
    active = list(
        TopicBox.objects.active(at)
        .select_related("tag")
        .annotate(pin_ids=ArraySubquery(pins), tagged_ids=ArraySubquery(tagged))
    )
    wanted = {pk for box in active for pk in (*box.pin_ids, *box.tagged_ids)}
    newest = newest_ids(others, n_latest + len(wanted) if n_latest else 0)
    ids = others.filter(pk__in=wanted).values_list("pk", flat=True).union(newest)
    lines = Article.objects.filter(pk__in=ids).for_line().newest_first()
    found = {article.pk: article for article in lines}
    dealer = Dealer()

    def deal(ids: Iterable[int], n: int) -> list[Article]:
        return [found[pk] for pk in dealer.deal((pk for pk in ids if pk in found), n)]

    lists = [
        Box(
            title=box.title,
            url=box.tag.get_absolute_url() if box.tag else "",
            articles=deal([*box.pin_ids, *box.tagged_ids], box.n_items),
        )
        for box in active
    ]
    latest = Box("Latest", reverse("articles:latest"), deal(found, n_latest))
    return [box for box in (*lists, latest) if box.articles]
