"""What holds for every appeal."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

EVERYWHERE = "all"


class Rules(models.Model):
    """How often a reader may be asked, and where nobody ever is; a single row.

    `off` holds the slots that are switched off, and EVERYWHERE where all are.
    """

    cap = models.PositiveSmallIntegerField(
        "at most this many asks",
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    period_days = models.PositiveSmallIntegerField(
        "within so many days",
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )
    gap_hours = models.PositiveSmallIntegerField(
        "hours between two asks", default=12, validators=[MaxValueValidator(720)]
    )
    skip_pages = models.PositiveSmallIntegerField(
        "first pages without an ask",
        default=2,
        validators=[MaxValueValidator(100)],
        help_text="Who comes for the first time reads this many pages before being asked.",
    )
    holdback = models.PositiveSmallIntegerField(
        "readers never asked (percent)",
        default=5,
        validators=[MaxValueValidator(50)],
        help_text="A fixed share that shows what the others do because they were asked.",
    )
    no_tags = ArrayField(
        models.CharField(max_length=100),
        verbose_name="tags without appeals",
        default=list,
        blank=True,
        help_text="No appeal on a piece with one of these: obituaries, casualties.",
    )
    off = ArrayField(models.CharField(max_length=10), default=list, blank=True, editable=False)
    needs_second = models.BooleanField(
        "a second person sets appeals live",
        default=False,
        help_text="Who edited an appeal last cannot set it live.",
    )

    class Meta:
        verbose_name_plural = "rules"
        constraints = [
            models.CheckConstraint(name="donations_rules_single", condition=Q(pk=1)),
        ]

    def __str__(self) -> str:
        return "Rules for all appeals"

    @classmethod
    def current(cls) -> Self:
        """The row, or the defaults where nobody has touched them; 1 query."""
        return cls.objects.first() or cls(pk=1)


class Pause(models.Model):
    """A time in which the whole site asks for nothing, such as days of mourning."""

    starts_at = models.DateTimeField("from")
    ends_at = models.DateTimeField("until")
    reason = models.CharField("why", max_length=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                name="donations_pause_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="The end must come after the start.",
            ),
        ]

    def __str__(self) -> str:
        return self.reason
