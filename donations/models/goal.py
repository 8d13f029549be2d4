"""How much a season is to bring, and how much has come in."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

FRESH = timedelta(hours=24)  # an older total is not shown to anybody


class Goal(models.Model):
    """A target. `raised` and `as_of` are those of its newest total."""

    name = models.CharField(max_length=80, help_text="Readers see it: “Winter season”.")
    slug = models.SlugField(max_length=60, unique=True)
    currency = models.CharField(
        max_length=3,
        default="USD",
        validators=[RegexValidator(r"^[A-Z]{3}\Z", "Three capital letters, such as USD.")],
    )
    target = models.PositiveBigIntegerField(
        validators=[MinValueValidator(1)], help_text="In the currency's smallest unit."
    )
    raised = models.PositiveBigIntegerField(null=True, editable=False)
    as_of = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="donations_goal_target", condition=Q(target__gt=0)),
            models.CheckConstraint(
                name="donations_goal_total_is_whole",
                condition=Q(raised__isnull=True, as_of__isnull=True)
                | Q(raised__isnull=False, as_of__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_fresh(self, at: datetime) -> bool:
        return self.as_of is not None and self.as_of <= at < self.as_of + FRESH


class Total(models.Model):
    """What had come in at a moment, as somebody typed it or the donation page's webhook said."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="totals")
    event = models.CharField(
        max_length=100, blank=True, help_text="The webhook's own number of it."
    )
    raised = models.PositiveBigIntegerField()
    as_of = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Nobody: it came by the webhook.",
    )

    class Meta:
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event"], name="donations_total_event", condition=~Q(event="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.raised} at {self.as_of:%Y-%m-%d %H:%M}"
