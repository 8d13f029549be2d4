from django.db import models

from articles.models.listed import Listed


class Byline(Listed):
    """One name under a headline; a role such as “Photos by” where it is not an author's."""

    PIECE = "article"

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="bylines"
    )
    contributor = models.ForeignKey(
        "articles.Contributor", on_delete=models.PROTECT, related_name="bylines", db_index=False
    )
    role = models.CharField(
        max_length=40, blank=True, help_text="For example “Photos by”; empty for an author."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "contributor", "role"],
                name="articles_byline_once",
                violation_error_message="This name stands in the byline twice.",
            ),
        ]
        indexes = [
            models.Index(fields=["contributor", "role"], name="articles_byline_of"),
            models.Index(
                fields=["contributor", "-public_from", "-article"],
                include=["public_until"],
                name="articles_byline_newest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.contributor}".strip()
