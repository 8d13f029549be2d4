from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from newsroom.lib.fields import HtmlField

# First path segments that belong to other pages of the site.
RESERVED_SLUGS = frozenset(
    "admin appeals archive by corrections donate-thanks feeds healthz latest media more newsletter "
    "preview readyz robots search section series sitemap static topic".split()
)


def validate_not_reserved(slug: str) -> None:
    if slug in RESERVED_SLUGS or slug.isdigit():
        raise ValidationError("“%(slug)s” is an address of the site itself.", params={"slug": slug})


class Page(models.Model):
    """A plain page: about, contact, donate."""

    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True, validators=[validate_not_reserved])
    body = HtmlField()
    footer_order = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Place in the footer; empty leaves it out."
    )

    class Meta:
        ordering = ["footer_order", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("articles:page_detail", args=[self.slug])
