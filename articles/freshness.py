"""Whether somebody has a list of pieces already as it is now, without making it.

Pieces appear and go by time alone; so do photos, day by day. Everything else that a list shows is
in the rows behind it, and whatever changes them is in the audit.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils import timezone

from newsroom.lib.html import PHOTO
from newsroom.lib.reading import source

SETTLED = timedelta(minutes=1)  # by then, whatever was noted before is in the audit
MADE = 1  # to be counted up when lists are made in another way of the same rows
# The newest entry is among the last ones, as little else is noted.
NOTED = """
    SELECT at FROM newsroom_auditentry
    WHERE kind LIKE 'articles\\_%%' OR kind = 'newsroom_publication' ORDER BY id DESC LIMIT 1
"""
STATE = """
WITH piece AS MATERIALIZED (SELECT * FROM articles_article WHERE id IN ({pieces})),
photos AS (
    SELECT photo_id AS id FROM piece
    UNION SELECT unnest(newsroom_captures(body, %s))::bigint FROM piece
)
SELECT md5(string_agg(row_print, '' ORDER BY row_print)), (
    SELECT greatest(({noted}), (
        SELECT published_at FROM articles_article
        WHERE status = 'published' AND published_at <= %s ORDER BY published_at DESC LIMIT 1
    ), (
        SELECT published_until FROM articles_article
        WHERE status = 'published' AND published_until <= %s ORDER BY published_until DESC LIMIT 1
    ))
) FROM (
    SELECT md5(piece::text) FROM piece
    UNION ALL SELECT md5(row(n)::text) FROM articles_notice n JOIN piece ON piece.id = n.article_id
    UNION ALL SELECT md5(row(b, c)::text) FROM articles_byline b
        JOIN piece ON piece.id = b.article_id JOIN articles_contributor c ON c.id = contributor_id
    UNION ALL SELECT md5(row(l, t)::text) FROM articles_taggedarticle l
        JOIN piece ON piece.id = content_object_id JOIN articles_tag t ON t.id = tag_id
    UNION ALL SELECT md5(photo::text) FROM articles_photo photo JOIN photos USING (id)
    UNION ALL SELECT md5(section::text) FROM articles_section section
    UNION ALL SELECT md5(format::text) FROM articles_format format
) AS prints (row_print)
"""


@dataclass(frozen=True)
class Freshness:
    """What a client is told, to ask with the next time."""

    etag: str
    changed_at: datetime | None  # None: too lately to be sure that nothing else did


def of_list(articles: QuerySet, shown: list[Model], at: datetime) -> Freshness:
    """Of the list of `articles`, its ids, at `at`; 1 query.

    shown: other rows that it shows. The time is not before anything in it changed, and often
    later: it tells what happened to any piece.
    """
    ids, params = articles.query.sql_with_params()
    with source().cursor() as cursor:
        cursor.execute(STATE.format(pieces=ids, noted=NOTED), [*params, PHOTO, at, at])
        state, noted = cursor.fetchone()
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    said = [MADE, settings.SITE_URL, today.date(), state, *map(printed, shown)]
    changed = max(noted or today, today)
    etag = sha256(repr(said).encode()).hexdigest()[:32]
    return Freshness(f'"{etag}"', changed if changed < at - SETTLED else None)


def printed(row: Model) -> list[object]:
    """What is stored of it."""
    fields = row._meta.concrete_fields  # noqa: SLF001  # public
    return [getattr(row, field.attname) for field in fields]
