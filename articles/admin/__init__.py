"""The desk's lists and forms for what we publish, by noun."""

from articles.admin import (
    articles,
    contributors,
    pages,
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
    "photos",
    "placement",
    "spellings",
    "tags",
    "taxonomy",
]
