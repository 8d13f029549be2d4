"""Feeds for those who may republish us."""

import secrets
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.urls import reverse

from articles.models.article_queryset import ArticleQuerySet
from articles.models.taxonomy import TaggedArticle

CHOICES = ["sections", "formats", "series", "tags"]


def new_secret() -> str:
    return secrets.token_urlsafe(24)


class PartnerFeedQuerySet(models.QuerySet["PartnerFeed"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def with_choices(self) -> Self:
        """With the ids of what was chosen, as `chosen_sections` and so on; no query of its own."""
        found = self
        for name in CHOICES:
            through: Any = getattr(PartnerFeed, name).through
            target = getattr(PartnerFeed, name).field.m2m_reverse_name()
            ids = through.objects.filter(partnerfeed=OuterRef("pk")).values(target)
            found = found.annotate(**{f"chosen_{name}": ArraySubquery(ids)})
        return found


class PartnerFeed(models.Model):
    """Pieces for one partner, at an address that nobody else knows."""

    class Extent(models.TextChoices):
        FULL = "full", "Whole pieces"
        EXCERPT = "excerpt", "Their beginnings, with a link to us"

    name = models.CharField(
        max_length=80, unique=True, help_text="Of the partner; it stands in the feed's title."
    )
    extent = models.CharField("holds", max_length=8, choices=Extent.choices, default=Extent.FULL)
    sections = models.ManyToManyField("articles.Section", blank=True, related_name="+")
    formats = models.ManyToManyField("articles.Format", blank=True, related_name="+")
    series = models.ManyToManyField("articles.Series", blank=True, related_name="+")
    tags = models.ManyToManyField("articles.Tag", blank=True, related_name="+")
    is_active = models.BooleanField(
        "active", default=True, help_text="Untick it, and the address leads nowhere."
    )
    secret = models.CharField(max_length=32, unique=True, default=new_secret, editable=False)
    last_fetched_on = models.DateField("last fetched", null=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    chosen_sections: list[int]  # of what with_choices() has fetched
    chosen_formats: list[int]
    chosen_series: list[int]
    chosen_tags: list[int]

    objects = PartnerFeedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def address(self, style: str) -> str:
        return reverse(f"articles:partner_{style}", args=[self.secret])

    def pieces(self, public: ArticleQuerySet) -> ArticleQuerySet:
        """Those of `public` that it holds: ours to give, and of everything that was chosen.

        Of several sections, one is enough; so with formats, series and tags.
        """
        wanted = Q()
        if self.chosen_sections:
            wanted &= Q(section__in=self.chosen_sections)
        if self.chosen_formats:
            wanted &= Q(format__in=self.chosen_formats)
        if self.chosen_series:
            wanted &= Q(series__in=self.chosen_series)
        if self.chosen_tags:
            tagged = TaggedArticle.objects.filter(tag__in=self.chosen_tags)
            wanted &= Q(pk__in=tagged.values("content_object"))
        return public.republishable().filter(wanted)
