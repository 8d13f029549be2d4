"""Who took a piece from one state to the next, when and why."""

from django.conf import settings
from django.db import models

from articles.models.article import Article


class Transition(models.Model):
    """One step of a piece; never changed once it is written."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="transitions")
    action = models.CharField(max_length=12)
    from_status = models.CharField(max_length=10, choices=Article.Status.choices)
    to_status = models.CharField(max_length=10, choices=Article.Status.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()
    appears_at = models.DateTimeField(null=True, help_text="As it was set with this step.")
    goes_at = models.DateTimeField(null=True, help_text="As it was set with this step.")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.action}: {self.article}"
