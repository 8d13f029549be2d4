"""What a round-up is made of."""

from typing import Self

from django.db import models
from django.db.models import Q

from articles.models import Article
from newsletter.models.issue import Issue
from newsroom.lib.fields import HtmlField


class ItemQuerySet(models.QuerySet["Item"]):
    def shown(self) -> Self:
        return self.filter(skip_reason="")

    def skipped(self) -> Self:
        return self.exclude(skip_reason="")


class Item(models.Model):
    """A piece with its own headline and blurb, or a block between the pieces; in order.

    Groups are items that follow one another under the same label. The first shown piece without a
    label is the lead. A skipped piece stays here with its reason: that is the skip list.
    """

    class Kind(models.TextChoices):
        ARTICLE = "article", "Piece"
        TEXT = "text", "Text"
        APPEAL = "appeal", "Appeal"
        CORRECTIONS = "corrections", "Corrections"

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.ARTICLE)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, related_name="+")
    group = models.CharField(max_length=60, blank=True)
    position = models.PositiveIntegerField(default=0)
    headline = models.CharField(max_length=200, blank=True, help_text="Empty: the piece's own.")
    blurb = models.CharField(max_length=600, blank=True, help_text="Empty: the piece's deck.")
    body = HtmlField("text", blank=True)
    shows_photo = models.BooleanField("with picture", default=True)
    skip_reason = models.CharField("why it is skipped", max_length=200, blank=True)
    repeat_reason = models.CharField("why it is mailed again", max_length=200, blank=True)
    seen = models.JSONField(
        default=dict,
        editable=False,
        help_text="The piece's headline and deck when somebody here last looked.",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="newsletter_item_is_one_kind",
                condition=Q(kind="article", article__isnull=False)
                | ~Q(kind="article") & Q(article__isnull=True, skip_reason=""),
            ),
            models.UniqueConstraint(
                name="newsletter_item_once_in_issue",
                fields=["issue", "article"],
                violation_error_message="This piece is in the round-up already.",
            ),
            models.UniqueConstraint(
                name="newsletter_item_article_mailed_or_skipped_once",
                fields=["article"],
                condition=Q(repeat_reason=""),
                violation_error_message="This piece was in a round-up before: say why again.",
            ),
            models.UniqueConstraint(
                name="newsletter_item_one_block_of_a_kind",
                fields=["issue", "kind"],
                condition=Q(kind__in=["appeal", "corrections"]),
                violation_error_message="The round-up has this block already.",
            ),
        ]

    def __str__(self) -> str:
        return self.headline or (str(self.article) if self.article else self.get_kind_display())
