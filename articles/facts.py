"""What a page tells others of itself, in plain words and slugs: kind, and what it is about."""

from typing import TypedDict

from articles.models import Article


class Facts(TypedDict, total=False):
    kind: str
    article: int
    section: str
    format: str
    series: str
    tags: tuple[str, ...]
    is_without: bool  # nobody is to be asked for money there


def of_piece(article: Article) -> Facts:
    """No query, if `article` was fetched for its page."""
    return {
        "kind": "article",
        "article": article.pk,
        "section": article.section.slug if article.section else "",
        "format": article.format.slug if article.format else "",
        "series": article.series.slug if article.series else "",
        "tags": tuple(tag.slug for tag in article.tags.all()),
        "is_without": article.is_without_appeals,
    }
