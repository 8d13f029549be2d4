"""What is said about taxes under every appeal."""

from django.conf import settings
from django.db import models

from newsroom.lib.fields import InlineHtmlField


class TaxWording(models.Model):
    """One version; never changed, only followed by another. An appeal keeps the one it has."""

    text = InlineHtmlField(
        help_text="For example who receives the money, and whether gifts are deductible, and where."
    )
    reason = models.CharField("why", max_length=200, help_text="Who asked for this wording.")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        ordering = ["-pk"]
        get_latest_by = "pk"

    def __str__(self) -> str:
        return f"Version {self.pk}"
