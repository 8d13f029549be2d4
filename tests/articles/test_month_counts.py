"""The archive says how many pieces each month has, without counting them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Count, F
from django.db.models.functions import TruncMonth
from django.test import Client
from django.utils import timezone

from articles import listing
from articles.models import Article, MonthCount
from newsroom.models import Publication
from tests.factories import make_article, make_published

pytestmark = pytest.mark.django_db
MAY, JUNE = datetime(2024, 5, 20, tzinfo=UTC), datetime(2024, 6, 1, 2, tzinfo=UTC)
LATER = timezone.now() + timedelta(days=40)


def counted(at: datetime) -> list[tuple[date, int]]:
    """From the pieces themselves."""
    month = TruncMonth("published_at", tzinfo=Publication.current_zone())
    rows = Article.objects.public(at).values_list(month).annotate(n=Count("pk"))
    return sorted(((moment.date(), n) for moment, n in rows), reverse=True)


def are_right() -> bool:
    zone = Publication.current_zone()
    moments = [timezone.now(), LATER - timedelta(days=20), LATER + timedelta(days=1)]
    return all(listing.months(at, zone) == counted(at) for at in moments)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Article.objects.filter(published_at=MAY).update(published_at=JUNE),
        lambda: Article.objects.update(status="killed"),
        lambda: Article.objects.update(published_until=LATER + timedelta(hours=1)),
        lambda: Article.objects.filter(published_at=MAY).update(published_until=JUNE),
        lambda: Article.objects.filter(published_at=JUNE).delete(),
        lambda: Article.objects.update(published_at=F("published_at") - timedelta(days=30)),
        lambda: make_article(published_at=MAY),
        lambda: Publication.objects.update(time_zone="America/New_York"),
        lambda: Publication.objects.update(time_zone="Asia/Tokyo"),
    ],
)
def test_counts_are_those_of_the_pieces(change: Callable[[], object]) -> None:
    for moment in [MAY, MAY, JUNE, timezone.now(), LATER]:
        make_published(at=moment)
    assert are_right()

    change()

    assert are_right()


def test_changes_of_a_month_are_taken_together() -> None:
    for _ in range(5):
        make_published(at=MAY)

    assert [row.n for row in MonthCount.objects.all()] == [5]


def test_the_archive_shows_them(client: Client) -> None:
    make_published(at=MAY)
    make_published(at=MAY)

    assert '/archive/2024/05/">May</a> <span>2 pieces<' in client.get("/archive/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_neither_wait_nor_are_lost() -> None:
    pieces = [make_article() for _ in range(4)]
    published = {"status": "published", "published_at": MAY, "published_on": MAY.date()}
    make_published(at=MAY)

    def publish(piece: Article) -> None:
        try:
            Article.objects.filter(pk=piece.pk).update(**published)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool, transaction.atomic():
        Article.objects.filter(pk=pieces[0].pk).update(**published)
        list(pool.map(publish, pieces[1:], timeout=5))

    assert listing.months(timezone.now(), Publication.current_zone()) == [(date(2024, 5, 1), 5)]
