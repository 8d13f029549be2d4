"""A piece, and what hangs on it."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, Func, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from taggit.managers import TaggableManager

from newsroom.lib.fields import HtmlField

WORDS_A_MINUTE = 230  # adult silent reading of non-fiction, rounded (Brysbaert 2019)


class WordCount(Func):
    """Words in an HTML column: what stands between spaces, tags and lone dashes left out.

    Splitting is twice as fast as counting matches; it is most of what writing a piece costs.
    """

    template = (
        r"cardinality(array_remove(array_remove(array_remove(array_remove(string_to_array("
        r"translate(regexp_replace(%(expressions)s, '<[^>]*>|&nbsp;', ' ', 'g'), "
        r"E'\n\t\u00a0', '   '), ' '), ''), '-'), '–'), '—'))"
    )
    output_field = models.PositiveIntegerField()


class ArticleQuerySet(models.QuerySet["Article"]):
    """The named slices of the archive; no view spells out a status filter itself."""

    def public(self, at: datetime | None = None) -> Self:
        """Articles a reader may see at `at` (aware; default now)."""
        at = at or timezone.now()
        return self.filter(status=Article.Status.PUBLISHED, published_at__lte=at)

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def for_list(self) -> Self:
        """With everything a card shows, the authors as `byline_names`; 1 query."""
        return self.for_teaser().defer("body")

    def for_line(self) -> Self:
        """With what a line of a list shows, headline, label and date, and no more; 1 query."""
        shown = ["headline", "slug", "published_at", "published_on", "section__name"]
        return self.select_related("section", "format").only(*shown, "format__name")

    def for_teaser(self) -> Self:
        """With everything a teaser shows, its first paragraphs included; 1 query."""
        authors = Byline.objects.filter(article=OuterRef("pk"), role="")
        joined = self.select_related("section", "format", "kicker", "photo")
        return joined.annotate(byline_names=ArraySubquery(authors.values("contributor__name")))

    def for_page(self) -> Self:
        """With everything a page says of the piece itself; 4 queries."""
        bylines = Byline.objects.select_related("contributor")
        joined = self.select_related("section", "format", "kicker", "series", "photo")
        return joined.prefetch_related(Prefetch("bylines", bylines), "tags", "notices")


class Article(models.Model):
    """A piece."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    headline = models.CharField(max_length=200)
    deck = models.CharField(max_length=400, blank=True, help_text="One sentence.")
    slug = models.SlugField(
        max_length=100,
        unique=True,
        blank=True,
        help_text="The last part of the address; made from the headline when empty.",
    )
    body = HtmlField(blank=True)
    teaser_paragraphs = models.PositiveSmallIntegerField(
        default=1,
        choices=[(1, "one"), (2, "two"), (3, "three")],
        help_text="How many paragraphs “Keep reading” shows before the fold.",
    )

    section = models.ForeignKey("articles.Section", on_delete=models.PROTECT, null=True, blank=True)
    format = models.ForeignKey("articles.Format", on_delete=models.PROTECT, null=True, blank=True)
    series = models.ForeignKey("articles.Series", on_delete=models.PROTECT, null=True, blank=True)
    tags = TaggableManager(through="articles.TaggedArticle", blank=True)
    kicker = models.ForeignKey(
        "articles.Tag",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The tag that is shown above the headline.",
    )
    photo = models.ForeignKey(
        "articles.Photo",
        verbose_name="lead photo",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    photo_caption = models.CharField(
        "caption here",
        max_length=500,
        blank=True,
        help_text="Replaces the photo's own caption on this piece.",
    )
    contributors = models.ManyToManyField("articles.Contributor", through="articles.Byline")
    related = models.ManyToManyField("self", through="articles.RelatedLink", symmetrical=False)

    status = models.CharField(
        max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_on = models.DateField(
        null=True,
        blank=True,
        editable=False,
        help_text="Day of first publication in the publication's zone; part of the address.",
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(
        default=1, editable=False, help_text="Counts saves, so that two editors cannot collide."
    )
    n_words = models.GeneratedField(
        verbose_name="words",
        expression=WordCount("body"),
        output_field=models.PositiveIntegerField(),
        db_persist=True,
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        permissions = [("publish_article", "Can publish articles")]
        indexes = [
            models.Index(fields=["status", "-published_at", "-id"], name="articles_article_newest"),
            models.Index(
                fields=["section", "-published_at", "-id"], name="articles_article_in_section"
            ),
            models.Index(
                fields=["series", "-published_at", "-id"], name="articles_article_in_series"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="articles_article_published_has_time",
                condition=~Q(status="published")
                | Q(published_at__isnull=False, published_on__isnull=False),
                violation_error_message="A published article needs a publication time.",
            ),
            models.CheckConstraint(
                name="articles_article_published_has_section",
                condition=~Q(status="published") | Q(section__isnull=False),
                violation_error_message="A published article needs a section.",
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        """The public address; "" for a piece that was never published."""
        if not self.published_on:
            return ""
        return reverse("articles:article_detail", args=[self.published_on, self.slug])

    @property
    def section_label(self) -> str:
        """Format and section, as readers see them: `Reporting | QiOSK`."""
        return " | ".join(str(part) for part in (self.format, self.section) if part)

    @property
    def reading_minutes(self) -> int:
        return max(1, round(int(self.n_words) / WORDS_A_MINUTE))

    def is_public(self, at: datetime | None = None) -> bool:
        at = at or timezone.now()
        return (
            self.status == self.Status.PUBLISHED
            and self.published_at is not None
            and self.published_at <= at
        )

    def is_scheduled(self, at: datetime | None = None) -> bool:
        return self.status == self.Status.PUBLISHED and not self.is_public(at)

    def missing(self) -> list[str]:
        """What still stops publication, in words an editor understands; [] when ready."""
        needs = [
            (self.headline.strip(), "a headline"),
            (self.deck.strip(), "a deck"),
            (self.body.strip(), "a body"),
            (self.section_id, "a section"),
        ]
        return [name for value, name in needs if not value]


class Byline(models.Model):
    """One name under a headline; a role such as “Photos by” where it is not an author's."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bylines")
    contributor = models.ForeignKey(
        "articles.Contributor", on_delete=models.PROTECT, related_name="bylines"
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

    def __str__(self) -> str:
        return f"{self.role} {self.contributor}".strip()


class RelatedLink(models.Model):
    """A related piece chosen by hand, in order."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="related_links")
    to_article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
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
