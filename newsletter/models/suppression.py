"""Addresses that must never be mailed again."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from newsroom.lib import addresses


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def standing(self) -> Self:
        return self.filter(lifted_at__isnull=True)

    def of(self, address: str) -> Self:
        """Those that stand for `address` (compared form)."""
        return self.standing().filter(digest=addresses.digest(address))

    def among(self, digests: Iterable[bytes]) -> Self:
        return self.standing().filter(digest__in=list(digests))


class Suppression(models.Model):
    """A keyed hash of an address, and why; the address itself cannot be read from it.

    Only the person's own confirmation lifts it, or somebody with the permission and a reason; a
    lifted row stays as a record.
    """

    class Reason(models.TextChoices):
        LEFT = "left", "Unsubscribed"
        COMPLAINED = "complained", "Complained"
        BOUNCED = "bounced", "Bounced"
        ERASED = "erased", "Erased"

    digest = models.BinaryField(max_length=32, editable=False)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    lifted_why = models.CharField("why it was lifted", max_length=200, blank=True, editable=False)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        permissions = [("lift_suppression", "Can lift suppressions")]
        constraints = [
            models.UniqueConstraint(
                name="newsletter_suppression_once",
                fields=["digest"],
                condition=Q(lifted_at__isnull=True),
            ),
            models.CheckConstraint(
                name="newsletter_suppression_lifted_for_a_reason",
                condition=Q(lifted_at__isnull=True) | ~Q(lifted_why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}, {bytes(self.digest).hex()[:8]}"
