"""Where a piece belongs, what kind it is, and what it is about."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Lower
from taggit.models import ItemBase, TagBase

from articles.models.listed import Listed
from articles.models.searched_text import NameWords
from newsroom.lib.slugs import slug_from


class Section(models.Model):
    """Where a piece belongs; one per piece."""

    class FrontPageForm(models.TextChoices):
        ROW = "row", "A row with pictures"
        STRIP = "strip", "A strip of headlines"
        HIDDEN = "hidden", "Not on the front page"

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    description = models.TextField(blank=True, help_text="Shown on top of the section's page.")
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Order in the navigation and on the front page; smaller comes first."
    )
    front_page_form = models.CharField(
        "on the front page",
        max_length=10,
        choices=FrontPageForm.choices,
        default=FrontPageForm.ROW,
    )

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/section/{self.slug}/"


class Format(models.Model):
    """What kind of piece it is: Reporting, Analysis, Opinion; at most one per piece."""

    class SchemaType(models.TextChoices):
        """schema.org's words for it."""

        NEWS = "NewsArticle", "News"
        REPORTAGE = "ReportageNewsArticle", "Reporting at first hand"
        ANALYSIS = "AnalysisNewsArticle", "Analysis"
        OPINION = "OpinionNewsArticle", "Opinion"

    name = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=40, unique=True)
    schema_type = models.CharField(
        "kind for search engines",
        max_length=20,
        choices=SchemaType.choices,
        default=SchemaType.NEWS,
        help_text="What search engines are told that pieces of this format are.",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """A running feature with a page of its own."""

    class Order(models.TextChoices):
        NEWEST = "newest", "Newest first"
        PARTS = "parts", "From the first part on"

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    description = models.TextField(blank=True, help_text="Shown on top of the series' page.")
    order = models.CharField(
        "order on its page", max_length=10, choices=Order.choices, default=Order.NEWEST
    )

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/series/{self.slug}/"


class Tag(TagBase):
    """A free-form topic; one of a piece's tags is shown as its kicker."""

    description = models.TextField(blank=True, help_text="Shown on top of the topic's page.")

    class Meta:
        ordering = ["name"]
        permissions = [("merge_tag", "Can merge tags and take that back")]
        indexes = [GinIndex(NameWords("name"), name="articles_tag_words")]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="articles_tag_name_ci_unique",
                violation_error_message="This tag exists already, perhaps in other capitals.",
            ),
        ]

    def get_absolute_url(self) -> str:
        return f"/topic/{self.slug}/"

    def slugify(self, tag: str, i: int | None = None) -> str:
        slug = slug_from(tag) or "topic"
        return f"{slug}-{i}" if i else slug


class TaggedArticle(Listed, ItemBase):
    PIECE = "content_object"

    tag = models.ForeignKey(
        Tag, on_delete=models.PROTECT, related_name="tagged_articles", db_index=False
    )
    content_object = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"], name="articles_taggedarticle_once"
            ),
        ]
        indexes = [
            # How many pieces a tag has, and which are the newest, without a look at the rows.
            models.Index(
                fields=["tag", "-public_from", "-content_object"],
                include=["public_until"],
                name="articles_taggedarticle_newest",
            ),
        ]
