"""Who changed what, and why."""

from django.conf import settings
from django.db import models

from donations.models.appeal import Appeal


class Change(models.Model):
    """One field of one thing, before and after; rows are only ever added."""

    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    appeal = models.ForeignKey(
        Appeal, on_delete=models.CASCADE, null=True, blank=True, related_name="changes"
    )
    subject = models.CharField(max_length=120, help_text="What it was that changed.")
    field = models.CharField(max_length=60)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.CharField("why", max_length=200, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.subject}: {self.field}"
