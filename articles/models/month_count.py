from django.db import models


class MonthCount(models.Model):
    """How many published pieces a month of the publication's zone has, whether public or not yet.

    Triggers keep it, in a row or a few for each month: their sum is the number.
    """

    month = models.DateField(help_text="Its first day.")
    n = models.IntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.n} in {self.month:%B %Y}"
