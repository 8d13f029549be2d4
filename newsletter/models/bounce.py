"""Letters that came back, and complaints."""

from typing import Self

from django.db import models

from newsletter.models.issue import Issue
from newsletter.models.subscriber import Subscriber


class BounceQuerySet(models.QuerySet["Bounce"]):
    def soft(self) -> Self:
        return self.filter(kind=Bounce.Kind.SOFT)


class Bounce(models.Model):
    """A sign that letters to somebody do not arrive, or are not wanted; one a day of each kind."""

    class Kind(models.TextChoices):
        HARD = "hard", "For good"
        SOFT = "soft", "For now"
        COMPLAINT = "complaint", "Complaint"

    class Source(models.TextChoices):
        SERVER = "server", "Refused by the mail server"
        REPORT = "report", "Came back by mail"
        PROVIDER = "provider", "Told by the provider"

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="bounces")
    issue = models.ForeignKey(Issue, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    source = models.CharField(max_length=10, choices=Source.choices)
    on = models.DateField(help_text="In UTC.")
    code = models.CharField(max_length=20, blank=True, help_text="As in 5.1.1, RFC 3463.")
    answer = models.CharField(max_length=200, blank=True, help_text="Without addresses.")

    objects = BounceQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "on", "kind"], name="newsletter_bounce_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on}"
