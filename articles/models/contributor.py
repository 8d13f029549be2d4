from django.contrib.postgres.indexes import GinIndex
from django.db import models

from articles.models.searched_text import NameWords
from newsroom.lib.fields import HtmlField


class Contributor(models.Model):
    """Who writes for the magazine; needs no login."""

    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=120, blank=True, help_text="For example “Staff writer”.")
    is_staff_writer = models.BooleanField(default=False)
    bio = HtmlField(blank=True)
    portrait = models.ForeignKey(
        "articles.Photo", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["name"]
        indexes = [GinIndex(NameWords("name"), name="articles_contributor_words")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/by/{self.slug}/"
