"""The proof that somebody asked for our mail."""

from django.db import models

from newsletter.models.subscriber import Source, Subscriber


class Consent(models.Model):
    """One step of a person towards us or away: when, by which form, in which words, from where.

    Rows are added, never changed; they go with the subscriber when a person wants to be erased.
    Who came by an import has the import's statement as proof instead.
    """

    class Kind(models.TextChoices):
        ASKED = "asked", "Asked"
        CONFIRMED = "confirmed", "Confirmed"
        CHANGED = "changed", "Changed preferences"
        LEFT = "left", "Left"
        RETURNED = "returned", "Took leaving back"

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField()
    form = models.CharField(max_length=10, choices=Source.choices, blank=True)
    wording = models.CharField(
        max_length=400, blank=True, help_text="What the form said they would get."
    )
    network = models.CharField(
        max_length=43, blank=True, help_text="The first part of the internet address, no more."
    )

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_kind_display()
