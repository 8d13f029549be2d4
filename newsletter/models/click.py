from django.db import models

from newsletter.models.issue import Issue


class Click(models.Model):
    """How often one link of one round-up was followed on one day; by nobody in particular."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="clicks")
    link = models.PositiveSmallIntegerField(help_text="Place among the letter's links, from 0.")
    on = models.DateField()
    n_people = models.PositiveIntegerField(default=0)
    n_robots = models.PositiveIntegerField("likely robots", default=0)

    class Meta:
        ordering = ["on", "link"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "link", "on"], name="newsletter_click_once"),
        ]

    def __str__(self) -> str:
        return f"Link {self.link} on {self.on}"
