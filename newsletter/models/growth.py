from django.db import models

from newsletter.models.subscriber import Source


class Growth(models.Model):
    """How many joined and left on one day by one way; a day is the publication's."""

    on = models.DateField()
    source = models.CharField(max_length=10, choices=Source.choices)
    n_joined = models.PositiveIntegerField(default=0)
    n_left = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["on", "source"]
        constraints = [
            models.UniqueConstraint(fields=["on", "source"], name="newsletter_growth_once"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.source}"
