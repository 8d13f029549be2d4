"""What holds for every round-up."""

from typing import Self

from django.db import models
from django.db.models import Q

from newsroom.lib.fields import HtmlField


class Newsletter(models.Model):
    """The newsletter itself; a single row."""

    name = models.CharField(
        max_length=80,
        default="The Weekly Round-up",
        help_text="As readers know it: on the sign-up page and on top of each letter.",
    )
    welcome = HtmlField(
        "welcome letter",
        blank=True,
        help_text="What a new subscriber reads after confirming; a line of thanks when empty.",
    )
    second_person_above = models.PositiveIntegerField(
        "second person above",
        default=10_000,
        help_text="A round-up to more subscribers than this is approved by somebody who did not "
        "edit it.",
    )
    counts_from = models.DateTimeField(
        null=True,
        editable=False,
        help_text="Pieces published from here on are owed to subscribers; set by the first draft.",
    )
    counts_clicks = models.BooleanField(
        "count clicks on links",
        default=False,
        help_text="Per link and day, never per person. Links then lead through this site.",
    )

    class Meta:
        verbose_name_plural = "newsletter"
        constraints = [
            models.CheckConstraint(name="newsletter_newsletter_single", condition=Q(pk=1)),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Self:
        """The one row, or its defaults before anybody has saved it; 1 query."""
        return cls.objects.first() or cls(pk=1)
