"""A part of the subscribers, by a few plain questions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from newsletter.models.subscriber import Source


class Segment(models.Model):
    name = models.CharField(max_length=80, unique=True)
    sections = models.ManyToManyField(
        "articles.Section",
        blank=True,
        verbose_name="interested in",
        help_text="Any of these topics. Subscribers who chose none are interested in all.",
    )
    sources = ArrayField(
        models.CharField(max_length=10, choices=Source.choices),
        verbose_name="came by",
        default=list,
        blank=True,
    )
    joined_from = models.DateTimeField("joined from", null=True, blank=True)
    joined_before = models.DateTimeField("joined before", null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="newsletter_segment_times_in_order",
                condition=Q(joined_from__isnull=True)
                | Q(joined_before__isnull=True)
                | Q(joined_from__lt=F("joined_before")),
                violation_error_message="“Joined from” must be earlier than “joined before”.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
