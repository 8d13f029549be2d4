"""Revisions: what a piece said after each save."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef

from articles import snapshots
from articles.models import Article, Revision
from articles.snapshots import Content
from newsroom.models import User

STEP = 500  # pieces at a time, so that memory does not grow with their number
# The last revision with other tags, as `snapshots.content` writes them.
TAGS = """
INSERT INTO articles_revision (article_id, version, content, by_id, at, is_aside, note)
SELECT piece.id, piece.version, kept.content || jsonb_build_object(
        'tags', coalesce(tags.names, '[]'), 'kicker', coalesce(kicker.name, '')
    ), %s, %s, false, %s
FROM articles_article piece
LEFT JOIN articles_tag kicker ON kicker.id = piece.kicker_id
CROSS JOIN LATERAL (
    SELECT content FROM articles_revision
    WHERE article_id = piece.id AND NOT is_aside
    ORDER BY version DESC LIMIT 1
) kept
CROSS JOIN LATERAL (
    SELECT jsonb_agg(tag.name ORDER BY lower(tag.name) COLLATE "C") AS names
    FROM articles_taggedarticle link JOIN articles_tag tag ON tag.id = link.tag_id
    WHERE link.content_object_id = piece.id
) tags
WHERE piece.id = ANY(%s)
"""


def record(
    article: Article, content: Content, *, by: User | None, at: datetime, note: str = ""
) -> Revision:
    """Keep `content` as what `article` says in its present version; 1 query."""
    return Revision.objects.create(
        article=article, version=article.version, content=content, by=by, at=at, note=note
    )


def keep_aside(
    article: Article, content: Content, *, version: int, by: User, at: datetime
) -> Revision:
    """Keep what a collision has left out, where the history shows it."""
    fields = {"article": article, "version": version, "content": content, "by": by, "at": at}
    return Revision.objects.create(**fields, is_aside=True, note="Not chosen")


def begin(articles: Iterable[Article]) -> None:
    """Keep what pieces say before their first change that counts; 1 query if none is missing."""
    begin_all([article.pk for article in articles])


def begin_all(pieces: Collection[int]) -> None:
    """The same for many pieces by their ids, some at a time; at most 13 queries for each STEP.

    Pieces that came in by an import or a filler have no revision yet.
    """
    kept = Revision.objects.saved().filter(article=OuterRef("pk"))
    without = Article.objects.filter(~Exists(kept), pk__in=pieces).order_by("pk")
    ids = list(without.values_list("pk", flat=True))
    for start in range(0, len(ids), STEP):
        keep_as_found(list(Article.objects.filter(pk__in=ids[start : start + STEP])))


def keep_as_found(articles: list[Article]) -> None:
    contents = snapshots.stored(articles)
    Revision.objects.bulk_create(
        Revision(
            article=article,
            version=article.version,
            content=contents[article.pk],
            by_id=article.created_by_id,
            at=article.saved_at,
            note="As it was found",
        )
        for article in articles
    )


def record_tags(pieces: Collection[int], *, by: User | None, at: datetime, note: str) -> None:
    """Keep what pieces say with the tags and kickers that they have now, for any number; 1 query.

    The caller has locked them, called `begin_all` and counted their versions up.
    """
    if pieces:
        with connection.cursor() as cursor:
            cursor.execute(TAGS, [by.pk if by else None, at, note[:200], list(pieces)])
