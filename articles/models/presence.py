"""Who has which piece open."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import connection, models

from articles.models.article import Article

# A form calls every 15 seconds; browsers let windows in the background do so once a minute.
GONE_AFTER = timedelta(seconds=75)


class PresenceQuerySet(models.QuerySet["Presence"]):
    def at(self, at: datetime) -> Self:
        """Those who have a piece open at `at`, who came first first."""
        return self.filter(seen_at__gt=at - GONE_AFTER).order_by("opened_at", "pk")

    def outlived(self, at: datetime) -> Self:
        return self.filter(seen_at__lt=at - timedelta(days=1))

    def see(self, *, user_id: int, article_id: int, at: datetime) -> None:
        """Note that somebody has the piece open; after an absence, since now. 1 query."""
        with connection.cursor() as cursor:
            cursor.execute(
                """
                INSERT INTO articles_presence AS seen (user_id, article_id, opened_at, seen_at)
                SELECT %(user_id)s, id, %(at)s, %(at)s FROM articles_article
                    WHERE id = %(article_id)s
                ON CONFLICT (user_id, article_id) DO UPDATE SET seen_at = excluded.seen_at,
                    opened_at = CASE WHEN seen.seen_at > %(gone)s THEN seen.opened_at
                        ELSE excluded.opened_at END
                """,
                {"user_id": user_id, "article_id": article_id, "at": at, "gone": at - GONE_AFTER},
            )


class Presence(models.Model):
    """Somebody who has a piece open, in however many windows."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "article"], name="articles_presence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.article}"
