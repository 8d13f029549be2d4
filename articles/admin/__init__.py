"""The desk's lists and forms for what we publish, by noun."""

from articles.admin import (
    articles,
    contributors,
    pages,
    partner_feeds,
    photos,
    placement,
    spellings,
    tags,
    taxonomy,
)

__all__ = [
    "articles",
    "contributors",
    "pages",
    "partner_feeds",
    "photos",
    "placement",
    "spellings",
    "tags",
    "taxonomy",
]
