"""One round-up to one subscriber."""

from django.db import models

from newsletter.models.issue import Issue
from newsletter.models.subscriber import Subscriber


class Delivery(models.Model):
    class Status(models.TextChoices):
        PREPARED = "prepared", "Waits"
        CLAIMED = "claimed", "Under way"
        SENT = "sent", "Sent"
        LEFT = "left", "Left before"
        FAILED = "failed", "Failed"

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PREPARED)
    at = models.DateTimeField(help_text="When the status became what it is.")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "issue"], name="newsletter_delivery_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["issue", "id"],
                condition=models.Q(status="prepared"),
                name="newsletter_delivery_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue} to subscriber {self.subscriber_id}"
