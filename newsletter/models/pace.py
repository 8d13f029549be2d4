"""How fast we send."""

from django.db import models
from django.db.models import Q

from newsletter.models.newsletter import Newsletter


class DomainLimit(models.Model):
    """How many letters a domain gets from us; its id is the lane of its letters in the ledger."""

    newsletter = models.ForeignKey(
        Newsletter, on_delete=models.CASCADE, related_name="domain_limits"
    )
    domain = models.CharField(max_length=253, unique=True, help_text="As in gmail.com.")
    per_minute = models.PositiveIntegerField("letters a minute", null=True, blank=True)
    per_hour = models.PositiveIntegerField("letters an hour", null=True, blank=True)

    class Meta:
        ordering = ["domain"]
        constraints = [
            models.CheckConstraint(
                name="newsletter_domainlimit_limits",
                condition=Q(per_minute__gt=0) | Q(per_hour__gt=0),
                violation_error_message="Give a number of letters, a minute or an hour.",
            ),
        ]

    def __str__(self) -> str:
        return self.domain


class Pace(models.Model):
    """When the next letter of a lane may leave; lane 0 is for all letters together."""

    lane = models.IntegerField(primary_key=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"lane {self.lane}"


class Tally(models.Model):
    """How many letters of a lane were let go in a minute."""

    lane = models.IntegerField()
    minute = models.DateTimeField(help_text="Its beginning, in UTC.")
    n = models.PositiveIntegerField()

    class Meta:
        ordering = ["lane", "minute"]
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(fields=["lane", "minute"], name="newsletter_tally_once"),
        ]

    def __str__(self) -> str:
        return f"lane {self.lane}, {self.minute}: {self.n}"
