"""What appeals say that can be true or false."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models


class ClaimQuerySet(models.QuerySet["Claim"]):
    def valid(self, on: date) -> Self:
        return self.filter(valid_until__gte=on)

    def of_appeals(self, numbers: Iterable[int]) -> Self:
        """What the wordings of these rest on, each once."""
        return self.filter(ties__variant__appeal__in=list(numbers)).distinct()


class Claim(models.Model):
    """A fact that appeals rest on, with somebody who answers for it.

    Good until the end of its last day, in the publication's time zone.
    """

    statement = models.CharField(
        max_length=200, help_text="The whole fact: “Page views rose by 133% from 2023 to 2024.”"
    )
    source = models.CharField(
        max_length=500, help_text="Where anybody can look it up: an address, a report and page."
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who answers for it, and hears when it lapses.",
    )
    valid_until = models.DateField("last valid day")

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["statement"]

    def __str__(self) -> str:
        return self.statement
