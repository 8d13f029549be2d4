"""What holds for every round-up."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
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

    connections = models.PositiveSmallIntegerField(
        "connections to the mail server",
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text="At once, of each machine that sends.",
    )
    per_minute = models.PositiveIntegerField(
        "letters a minute",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="To all readers together. Empty: as fast as the mail server takes them.",
    )
    per_hour = models.PositiveIntegerField(
        "letters an hour", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    per_day = models.PositiveIntegerField(
        "letters a day", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    warm_up_from = models.DateField(
        "warming up since",
        null=True,
        blank=True,
        help_text="For a sender that mail providers do not know yet. Empty: no warming up.",
    )
    warm_up_first = models.PositiveIntegerField(
        "letters on the first day",
        default=500,
        validators=[MinValueValidator(1)],
        help_text="Twice as many on each further day on which letters leave.",
    )
    late_hours = models.PositiveSmallIntegerField(
        "hours that a round-up may be late",
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(72)],
        help_text="One that could not start in time is sent within these hours; later it waits "
        "for somebody to decide.",
    )
    sends_uncertain = models.BooleanField(
        "send again when an answer is lost",
        default=True,
        help_text="When the connection breaks before the mail server has said whether it took a "
        "letter: on, the reader may get it twice; off, perhaps not at all, until somebody decides.",
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
