from django.db import models


class Spelling(models.Model):
    """Names that mean one thing, for who searches: Kyiv and Kiev."""

    forms = models.TextField(
        "spellings",
        help_text="One on each line. Whoever searches for one of them finds the others as well; "
        "accents and capitals make no difference.",
    )

    class Meta:
        ordering = ["forms"]

    def __str__(self) -> str:
        return ", ".join(self.lines)

    @property
    def lines(self) -> list[str]:
        return [line for line in self.forms.split("\n") if line]
