"""The wordings of an appeal."""

from html import escape

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from donations.models.appeal import Appeal
from donations.models.claim import Claim
from newsroom.lib.fields import HtmlField

MOST_AMOUNTS = 6


class Variant(models.Model):
    """One wording; the weights of an appeal's variants say how many readers get which."""

    class Interval(models.TextChoices):
        ONCE = "once", "Once"
        MONTH = "month", "Every month"
        YEAR = "year", "Every year"

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="variants")
    name = models.CharField(max_length=40, help_text="For the desk: what it tries out.")
    heading = models.CharField(max_length=120)
    text = HtmlField(help_text="Two or three sentences: what was achieved, and what it takes.")
    button = models.CharField(max_length=60, help_text="What the reader does: “Give to Parley”.")
    amounts = ArrayField(
        models.PositiveIntegerField(),
        default=list,
        blank=True,
        size=MOST_AMOUNTS,
        help_text="In cents or whatever the currency's smallest unit is.",
    )
    interval = models.CharField(max_length=10, choices=Interval.choices, default=Interval.ONCE)
    weight = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="donations_variant_weight", condition=Q(weight__gte=1, weight__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def claiming(self) -> str:
        """All that it tells readers, as HTML, one block after the other."""
        return f"{escape(self.heading)}\n{self.text}\n{escape(self.button)}"


class Tie(models.Model):
    """What a phrase of a wording rests on."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="ties")
    phrase = models.CharField(max_length=100)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="ties")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["variant", "phrase"], name="donations_tie_variant_phrase"
            ),
        ]

    def __str__(self) -> str:
        return self.phrase
