"""Corrections and updates, as readers see them on the piece."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.article import Article
from newsroom.lib.fields import InlineHtmlField


class NoticeQuerySet(models.QuerySet["Notice"]):
    def corrections(self, at: datetime | None = None) -> Self:
        """What /corrections/ lists: all but updates, of public pieces, newest first."""
        return self.exclude(kind=Notice.Kind.UPDATE).filter(
            article__in=Article.objects.public(at), at__lte=at or timezone.now()
        )


class Notice(models.Model):
    """A typed, dated correction or update on a published piece."""

    class Kind(models.TextChoices):
        UPDATE = "update", "Update"
        CORRECTION = "correction", "Correction"
        CLARIFICATION = "clarification", "Clarification"
        EDITORS_NOTE = "editors-note", "Editor's note"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    at = models.DateTimeField("date and time", default=timezone.now)
    text = InlineHtmlField(blank=True, help_text="What changed, and what was wrong before.")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="articles_notice_says_what",
                condition=Q(kind="update") | ~Q(text=""),
                violation_error_message="Say what was corrected.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
