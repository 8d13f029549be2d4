"""Where appeals may lead."""

from django.core.validators import RegexValidator
from django.db import models

# Letters, digits and hyphens between dots, as in RFC 1123; other alphabets in their ASCII form.
HOST = RegexValidator(
    r"^(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?\Z",
    "The host alone, such as donate.example.org.",
)


class DonationHost(models.Model):
    """A host whose pages take donations for us, and what its pages call an amount."""

    host = models.CharField(max_length=253, unique=True, validators=[HOST])
    amount_parameter = models.CharField(
        max_length=40,
        blank=True,
        default="amount",
        help_text="In the address, for whole units (25 or 2.50). Empty: amounts cannot be passed.",
    )
    interval_parameter = models.CharField(
        max_length=40, blank=True, default="interval", help_text="Its values: once, month, year."
    )

    class Meta:
        ordering = ["host"]

    def __str__(self) -> str:
        return self.host
