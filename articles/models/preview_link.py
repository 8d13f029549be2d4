"""Links that show a piece to people without an account before it is public."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from articles.models.article import Article
from articles.models.revision import Revision
from newsroom.lib.tokens import Purpose

PURPOSE = Purpose("article preview")


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self, at: datetime | None = None) -> Self:
        """Those that show something at `at`: not revoked, not expired, their piece not out yet."""
        at = at or timezone.now()
        is_ahead = Q(article__status=Article.Status.PUBLISHED, article__published_at__gt=at)
        is_unpublished = Q(article__status__in=Article.UNPUBLISHED)
        return self.filter(is_ahead | is_unpublished, revoked_at=None, expires_at__gt=at)


class PreviewLink(models.Model):
    """One signed address; shows `revision`, or the latest text where there is none."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="preview_links")
    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    for_whom = models.CharField(
        max_length=80, blank=True, help_text="To tell the links apart; nobody else sees it."
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    n_views = models.PositiveIntegerField(default=0)
    viewed_at = models.DateTimeField(null=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="articles_previewlink_ends_after_start",
                condition=Q(expires_at__gt=F("created_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.for_whom or f"Link {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("articles:shared_preview", args=[PURPOSE.sign(str(self.pk))])

    @classmethod
    def of_token(cls, token: str) -> "PreviewLink | None":
        """The link that we signed, open or not; 1 query, none for a forged token."""
        pk = PURPOSE.read(token)
        found = cls.objects.select_related("revision", "created_by").filter(pk=pk)
        return found.first() if pk else None
