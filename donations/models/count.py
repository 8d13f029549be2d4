"""How often what happened, without anybody's name."""

from typing import Self

from django.db import models

from donations.models.appeal import Appeal, Slot


class CountQuerySet(models.QuerySet["Count"]):
    def of(self, appeal: Appeal) -> Self:
        return self.filter(appeal=appeal.pk)


class Count(models.Model):
    """A day's sum of one event for one appeal; days are the publication's.

    variant: 0 for the readers who are never asked, and where the reader has no bucket yet.
    why: the rule that hid it. article: of clicks only, else 0.
    n_first: how many of `n` were the first of their kind in that browser for that appeal.
    Plain numbers instead of foreign keys: sums outlive what they counted, and cost one statement.
    """

    class Event(models.TextChoices):
        SHOWN = "shown", "Shown"
        HIDDEN = "hidden", "Hidden"
        CLICKED = "clicked", "Clicked"
        CLOSED = "closed", "Closed"
        GAVE = "gave", "“I already gave”"
        NEVER = "never", "“Not on this device”"
        SIGNED_UP = "signed_up", "Signed up for the newsletter"
        RETURNED = "returned", "Came back on another day"

    pk = models.CompositePrimaryKey("day", "appeal", "variant", "slot", "event", "why", "article")
    day = models.DateField()
    appeal = models.BigIntegerField()
    variant = models.BigIntegerField(default=0)
    slot = models.CharField(max_length=10, choices=Slot.choices)
    event = models.CharField(max_length=10, choices=Event.choices)
    why = models.CharField(max_length=12, blank=True, default="")
    article = models.BigIntegerField(default=0)
    n = models.BigIntegerField(default=0)
    n_first = models.BigIntegerField(default=0)

    objects = CountQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="donations_count_appeal", fields=["appeal", "day"])]

    def __str__(self) -> str:
        return f"{self.day} {self.event}: {self.n}"
