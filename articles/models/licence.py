"""Licences under which others may republish a piece, instead of the publication's own terms."""

from django.db import models

CREATIVE_COMMONS = "https://creativecommons.org"


class Licence(models.TextChoices):
    """Stored by name, so that a revision from years ago can be read.

    Source: https://creativecommons.org/share-your-work/cclicenses/
    """

    BY = "CC BY 4.0"
    BY_SA = "CC BY-SA 4.0"
    BY_ND = "CC BY-ND 4.0"
    BY_NC = "CC BY-NC 4.0"
    BY_NC_SA = "CC BY-NC-SA 4.0"
    BY_NC_ND = "CC BY-NC-ND 4.0"
    ZERO = "CC0 1.0"

    @property
    def url(self) -> str:
        """Where its text stands, and by which programs know it."""
        if self == Licence.ZERO:
            return f"{CREATIVE_COMMONS}/publicdomain/zero/1.0/"
        _, parts, version = self.value.split()
        return f"{CREATIVE_COMMONS}/licenses/{parts.lower()}/{version}/"
