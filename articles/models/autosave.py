"""What somebody typed and has not saved."""

import json
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import connection, models
from django.db.models import Q

from articles.models.article import Article

REFUSED_FOR = timedelta(days=30)
FORGOTTEN_FOR = timedelta(days=180)  # nobody has come back to it in half a year


class AutosaveQuerySet(models.QuerySet["Autosave"]):
    def offered(self, user: models.Model, article: Article | None) -> Self:
        """What `user` typed into forms of `article`, or of new pieces, newest first."""
        mine = self.filter(user=user, article=article, refused_at=None)
        return mine.order_by("-saved_at", "-pk")

    def outlived(self, at: datetime) -> Self:
        is_refused = Q(refused_at__lt=at - REFUSED_FOR)
        return self.filter(is_refused | Q(refused_at=None, saved_at__lt=at - FORGOTTEN_FOR))

    def keep(self, at: datetime, **row: Any) -> int:
        """Keep one text in the place of the last one of the same form; its id, in 1 query.

        A piece that has been deleted meanwhile leaves its text as one of no piece.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                """
                INSERT INTO articles_autosave AS kept (user_id, key, article_id, typed, saved_at)
                VALUES (%(user_id)s, %(key)s,
                    (SELECT id FROM articles_article WHERE id = %(article_id)s),
                    %(typed)s, %(at)s)
                ON CONFLICT (user_id, key) DO UPDATE SET article_id = excluded.article_id,
                    typed = excluded.typed, saved_at = excluded.saved_at, refused_at = NULL
                RETURNING id
                """,
                row | {"typed": json.dumps(row["typed"]), "at": at},
            )
            return int(cursor.fetchone()[0])


class Autosave(models.Model):
    """One form's fields as they were typed; for the eyes of `user` alone.

    key: of the form since it was opened, so that two windows of one person do not mix.
    typed: the values of each field, as a browser sends them.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, related_name="+")
    key = models.CharField(max_length=16)
    typed = models.JSONField()
    saved_at = models.DateTimeField()
    refused_at = models.DateTimeField(null=True)

    objects = AutosaveQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="articles_autosave_one_a_form"),
        ]

    def __str__(self) -> str:
        return self.said("headline") or "Without a headline"

    @property
    def is_of_deleted(self) -> bool:
        """Whether it was typed into a piece that is gone."""
        return self.article_id is None and bool(self.said("version"))

    def said(self, name: str) -> str:
        """The first value of a field, on one line."""
        return " ".join("".join(self.typed.get(name, [])[:1]).split())
