"""A piece."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from taggit.managers import TaggableManager

from articles.models.article_queryset import (
    LINKS_IN_BODY,
    MONTH,
    PHOTOS_IN_BODY,
    SEARCHED,
    ArticleQuerySet,
)
from articles.models.licence import Licence
from articles.models.status import UNPUBLISHED, Status
from articles.models.word_count import WordCount as WordCount  # where a migration looks for it
from newsroom.lib.fields import HtmlField, InlineHtmlField
from newsroom.lib.words import Words
from newsroom.models import https_only

WORDS_A_MINUTE = 230  # adult silent reading of non-fiction, rounded (Brysbaert 2019)


def address(day: date, slug: str) -> str:
    """As articles/urls.py has it; written out, as every line of a list needs one."""
    return f"/{day:%Y/%m/%d}/{slug}/"


class Article(models.Model):
    """A piece."""

    Status = Status
    UNPUBLISHED = UNPUBLISHED

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
    is_without_appeals = models.BooleanField(
        "no appeals on this piece",
        default=False,
        help_text="Nobody is asked for money beside it.",
    )
    search_title = models.CharField(
        "title in search results", max_length=120, blank=True, help_text="Empty: the headline."
    )
    search_description = models.CharField(
        "description in search results", max_length=300, blank=True, help_text="Empty: the deck."
    )
    social_title = models.CharField(
        "title when shared", max_length=120, blank=True, help_text="Empty: the headline."
    )
    canonical_url = models.URLField(
        "first published at",
        blank=True,
        validators=[https_only],
        help_text="Full address, where another site published it first; search engines lead there.",
    )
    is_noindex = models.BooleanField(
        "keep out of search engines", default=False, help_text="Readers with the address see it."
    )
    may_republish = models.BooleanField(
        "others may republish it",
        default=True,
        db_default=True,
        help_text="In the feeds of partners; with those of its pictures that the library gives "
        "away. Untick it where the text is not ours to give.",
    )
    licence = models.CharField(
        max_length=20,
        choices=[("", "The publication's terms"), *((one.value, one.value) for one in Licence)],
        blank=True,
        db_default="",
        help_text="Under which others may republish it.",
    )
    contributors = models.ManyToManyField("articles.Contributor", through="articles.Byline")
    related = models.ManyToManyField("self", through="articles.RelatedLink", symmetrical=False)

    status = models.CharField(
        max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_until = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When readers see it no more."
    )
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
    kill_notice = InlineHtmlField(
        blank=True, editable=False, help_text="What stands at the address of a killed piece."
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

    updated_at: datetime  # of what with_updated_at() has fetched
    series_list: list[list[int]]  # of what with_series_list() has fetched
    older_ids: list[int]  # of what with_older() has fetched
    chosen_ids: list[int]  # of what with_chosen() has fetched
    previous_part: dict[str, Any] | None  # of what with_neighbours() has fetched
    next_part: dict[str, Any] | None

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        permissions = [
            ("submit_article", "Can send pieces to review and take them back"),
            ("return_article", "Can return pieces to their writers"),
            ("approve_article", "Can approve pieces"),
            ("publish_article", "Can publish pieces, now or at a time"),
            ("unpublish_article", "Can take published pieces back"),
            ("kill_article", "Can kill pieces and take that back"),
            ("override_checks", "Can publish pieces that blocking checks hold back"),
        ]
        indexes = [
            # What is public is asked of these alone, without a look at the rows.
            models.Index(
                fields=["status", "-published_at", "-id"],
                include=["published_until"],
                name="articles_article_latest",
            ),
            models.Index(
                fields=["section", "-published_at", "-id"],
                include=["status", "published_until"],
                name="articles_article_of_section",
            ),
            models.Index(
                fields=["series", "-published_at", "-id"],
                include=["status", "published_until"],
                name="articles_article_of_series",
            ),
            models.Index(
                fields=["published_until"],
                name="articles_article_ends",
                condition=Q(published_until__isnull=False),
            ),
            GinIndex(Words(*SEARCHED), name="articles_article_words"),
            GinIndex(PHOTOS_IN_BODY, name="articles_article_body_photos"),
            GinIndex(LINKS_IN_BODY, name="articles_article_body_links"),
            models.Index(
                MONTH,
                "id",
                name="articles_article_findable",
                condition=Q(status="published", is_noindex=False, canonical_url=""),
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
                name="articles_article_ends_after_start",
                condition=Q(published_until=None)
                | Q(published_at=None)
                | Q(published_until__gt=F("published_at")),
                violation_error_message="The end must be later than the publication.",
            ),
            models.CheckConstraint(
                name="articles_article_killed_was_published",
                condition=~Q(status="killed") | Q(published_on__isnull=False),
                violation_error_message="Only what was published is killed.",
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
        return address(self.published_on, self.slug)

    @property
    def is_republishable(self) -> bool:
        """As ArticleQuerySet.republishable()."""
        return self.may_republish and not self.canonical_url

    @property
    def licence_url(self) -> str:
        """Of its own licence; "" where the publication's terms hold, or others may not have it."""
        return Licence(self.licence).url if self.licence and self.is_republishable else ""

    @property
    def section_label(self) -> str:
        """Format and section, as readers see them: `Reporting | QiOSK`."""
        return " | ".join(str(part) for part in (self.format, self.section) if part)

    @property
    def reading_minutes(self) -> int:
        return max(1, round(int(self.n_words) / WORDS_A_MINUTE))

    @property
    def title_for_search(self) -> str:
        return self.search_title or self.headline

    @property
    def title_for_sharing(self) -> str:
        return self.social_title or self.headline

    @property
    def description(self) -> str:
        """What search engines and shared links say below the title."""
        return self.search_description or self.deck

    def is_public(self, at: datetime | None = None) -> bool:
        at = at or timezone.now()
        return (
            self.status == self.Status.PUBLISHED
            and self.published_at is not None
            and self.published_at <= at
            and not self.is_over(at)
        )

    def is_scheduled(self, at: datetime | None = None) -> bool:
        at = at or timezone.now()
        is_ahead = self.published_at is not None and self.published_at > at
        return self.status == self.Status.PUBLISHED and is_ahead

    def is_over(self, at: datetime | None = None) -> bool:
        """Published until a time that has come."""
        at = at or timezone.now()
        return (
            self.status == self.Status.PUBLISHED
            and self.published_until is not None
            and self.published_until <= at
        )
