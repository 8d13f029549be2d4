from django.db import models
from django.db.models import F, Q


class RelatedLink(models.Model):
    """A related piece chosen by hand, in order."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="related_links"
    )
    to_article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "related piece"
        constraints = [
            models.UniqueConstraint(
                fields=["article", "to_article"],
                name="articles_relatedlink_once",
                violation_error_message="This piece is related already.",
            ),
            models.CheckConstraint(
                name="articles_relatedlink_not_itself",
                condition=~Q(article=F("to_article")),
                violation_error_message="A piece cannot be related to itself.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.to_article)
