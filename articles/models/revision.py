"""What a piece said after each save."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.models.article import Article


class RevisionQuerySet(models.QuerySet["Revision"]):
    def newest_first(self) -> Self:
        return self.order_by("-version", "-pk")

    def saved(self) -> Self:
        """What pieces have said; not what collisions left aside."""
        return self.filter(is_aside=False)

    def content_at(self, version: int) -> dict[str, Any] | None:
        """What one piece said in that version; None if nobody has kept it. 1 query."""
        revision = self.saved().filter(version__lte=version).newest_first().first()
        return revision.content if revision else None


class Revision(models.Model):
    """Everything that readers could see of a piece (`snapshots.Content`), with author and time.

    `version` is the piece's own after the save. What a collision of two editors left aside is
    kept too, `is_aside`, with the version that it was written upon.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()
    is_aside = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-version", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["article", "version"],
                condition=Q(is_aside=False),
                name="articles_revision_one_a_version",
            ),
        ]
        indexes = [models.Index(fields=["article", "-version", "-id"], name="articles_revision_of")]

    def __str__(self) -> str:
        return f"Version {self.version} of {self.article}"
