"""When pages will change with nobody writing anything."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from articles.models import Article, Notice, Photo, TopicBox
from articles.sitemaps import NEWS_FOR


def starts(at: datetime) -> Iterator[datetime]:
    """The next moments after `at` at which something appears, or is news no more; 4 queries."""
    yield from first(Article.objects.waiting(at), "published_at")
    yield from first(Notice.objects.filter(at__gt=at), "at")
    yield from first(TopicBox.objects.filter(starts_at__gt=at), "starts_at")
    for newest in first(
        Article.objects.public(at).filter(published_at__gt=at - NEWS_FOR), "published_at"
    ):
        yield newest + NEWS_FOR


def ends(at: datetime) -> Iterator[datetime]:
    """The next moments after `at` at which something goes; 3 queries.

    Days are those of the current time zone.
    """
    yield from first(Article.objects.ending(at), "published_until")
    yield from first(TopicBox.objects.filter(ends_at__gt=at), "ends_at")
    if last_day := Photo.objects.expiring(at).values_list("expires_on", flat=True).first():
        yield night_after(last_day)


def ended(at: datetime) -> Iterator[datetime]:
    """The last moments until `at` at which something has gone; 3 queries."""
    yield from last(Article.objects.over(at), "published_until")
    yield from last(TopicBox.objects.filter(ends_at__lte=at), "ends_at")
    if last_day := Photo.objects.expired(at).aggregate(last=Max("expires_on"))["last"]:
        yield night_after(last_day)


def night_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), timezone.get_current_timezone())


def last(rows: QuerySet, name: str) -> Iterator[datetime]:
    found: datetime | None = rows.aggregate(last=Max(name))["last"]
    if found:
        yield found


def first(rows: QuerySet, name: str) -> Iterator[datetime]:
    found: datetime | None = rows.aggregate(first=Min(name))["first"]
    if found:
        yield found
