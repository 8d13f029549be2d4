"""What staff place by hand: the front page and the topic boxes."""

from datetime import datetime
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class FrontPage(models.Model):
    """What editors chose for the front page; a single row. The rest is filled up by computation."""

    lead = models.ForeignKey(
        "articles.Article",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The largest story; empty takes the newest.",
    )

    class Meta:
        verbose_name_plural = "front page"
        constraints = [
            models.CheckConstraint(name="articles_frontpage_single", condition=Q(pk=1)),
        ]

    def __str__(self) -> str:
        return "Front page"


class FrontPagePick(models.Model):
    """One secondary story, in order."""

    front_page = models.ForeignKey(FrontPage, on_delete=models.CASCADE, related_name="picks")
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "secondary story"
        verbose_name_plural = "secondary stories"
        constraints = [
            models.UniqueConstraint(
                fields=["front_page", "article"],
                name="articles_frontpagepick_once",
                violation_error_message="This piece is on the front page already.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.article)


class TopicBoxQuerySet(models.QuerySet["TopicBox"]):
    def active(self, at: datetime | None = None) -> Self:
        """Boxes that readers see at `at` (aware; default now)."""
        at = at or timezone.now()
        return self.filter(
            Q(starts_at=None) | Q(starts_at__lte=at), Q(ends_at=None) | Q(ends_at__gt=at)
        )


class TopicBox(models.Model):
    """A sidebar list that staff define: pins first, then the newest pieces of a tag."""

    title = models.CharField(max_length=60)
    tag = models.ForeignKey(
        "articles.Tag", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    n_items = models.PositiveSmallIntegerField(
        "number of pieces", default=4, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    position = models.PositiveSmallIntegerField(default=0)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = TopicBoxQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "topic boxes"
        constraints = [
            models.CheckConstraint(
                name="articles_topicbox_ends_after_start",
                condition=Q(ends_at=None) | Q(starts_at=None) | Q(ends_at__gt=F("starts_at")),
                violation_error_message="The end must be later than the start.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TopicBoxPin(models.Model):
    box = models.ForeignKey(TopicBox, on_delete=models.CASCADE, related_name="pins")
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["box", "article"], name="articles_topicboxpin_once"),
        ]

    def __str__(self) -> str:
        return str(self.article)
