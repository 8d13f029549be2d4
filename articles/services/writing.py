"""What a piece says, and what hangs on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from articles import snapshots
from articles.models import Article, Byline, Contributor, RelatedLink, Tag, TaggedArticle
from articles.services import addresses, revising
from articles.services.slugs import claim_slug
from articles.services.tagging import tags_named
from articles.snapshots import Content
from newsroom.lib.ordering import rearrange
from newsroom.models import User

NEW_PIECE = 2024_12  # first key of the advisory lock; any number that nothing else uses


@dataclass(frozen=True)
class Belongings:
    """What hangs on a piece; lists are in order."""

    tags: list[str]
    kicker: str
    bylines: list[tuple[Contributor, str]]
    related: list[Article]


def twin(article: Article, *, by: User) -> Article | None:
    """The piece that `by` first saved with the same text within the last minute: sent again.

    Until the transaction ends, `by` can make no other piece.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [NEW_PIECE, by.pk])
    text = {name: getattr(article, name) for name in ("headline", "deck", "body")}
    a_minute_ago = timezone.now() - timedelta(minutes=1)
    recent = Article.objects.filter(created_by=by, created_at__gte=a_minute_ago)
    return recent.filter(revisions__version=1, revisions__content__contains=text).first()


@transaction.atomic(savepoint=False)  # all or nothing with what the caller does
def write(
    article: Article,
    belongings: Belongings,
    *,
    by: User | None,
    planned: datetime | None = None,
    until: datetime | None = None,
    note: str = "",
) -> bool:
    """Save what was typed, as a new revision; the caller holds the row's lock if it is not new.

    An empty slug is made from the headline.
    planned, until: when a piece that is not published yet shall appear and go; aware.
    Returns False, writing nothing, if nothing has changed.
    """
    before = known(article)
    times = (article.published_at, article.published_until)
    if article.status in Article.UNPUBLISHED:
        article.published_at, article.published_until = planned, until
    tags = tags_named(belongings.tags)
    article.kicker = tags.get(belongings.kicker.casefold())
    was = before["slug"] if before else ""
    claim_slug(article, was)
    now = snapshots.changed(before or {}, said(article, belongings, tags))
    is_moved = times != (article.published_at, article.published_until)
    if before and not now and not is_moved:
        return False
    if article.pk:
        article.version += 1
    else:
        article.created_by = by
    article.save()
    addresses.leave(article, was)
    if "tags" in now:
        replace_tags(article, dict.fromkeys(tags.values()))
    if "bylines" in now:
        replace_bylines(article, belongings.bylines)
    if "related" in now:
        replace_related(article, belongings.related)
    if now:
        content = said(article, belongings, tags)
        revising.record(article, content, by=by, at=article.saved_at, note=note)
    return True


def known(article: Article) -> Content | None:
    """What a piece said before this save, kept as a revision by now; None for a new one."""
    if not article.pk:
        return None
    if found := article.revisions.content_at(article.version):
        return found
    revising.begin([article])
    return article.revisions.content_at(article.version)


def said(article: Article, belongings: Belongings, tags: dict[str, Tag]) -> Content:
    each = dict.fromkeys(tags.values())  # two names may mean one
    return snapshots.content(
        article, tags=each, bylines=belongings.bylines, related=belongings.related
    )


def replace_tags(article: Article, tags: Iterable[Tag]) -> None:
    """2 queries; links that stay keep their rows."""
    wanted = [TaggedArticle(content_object=article, tag=tag) for tag in tags]
    links = TaggedArticle.objects.filter(content_object=article)
    links.exclude(tag__in=[link.tag for link in wanted]).delete()
    TaggedArticle.objects.bulk_create(wanted, ignore_conflicts=True)


def replace_bylines(article: Article, bylines: list[tuple[Contributor, str]]) -> None:
    wanted = (Byline(article=article, contributor=who, role=role) for who, role in bylines)
    rearrange(article.bylines.all(), wanted, alike=["contributor_id", "role"])


def replace_related(article: Article, related: list[Article]) -> None:
    wanted = (RelatedLink(article=article, to_article=other) for other in related)
    rearrange(article.related_links.all(), wanted, alike=["to_article_id"])
