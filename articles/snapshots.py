"""What a piece says, as plain data: kept in revisions, compared, merged, drawn as a page.

References hold their id, which counts, and a name, which is for reading.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import prefetch_related_objects

from articles.models import Article, Contributor, Photo, Tag

Content = dict[str, Any]

# In the order in which people read about a piece. Columns are stored as they are.
COLUMNS = [
    "headline",
    "deck",
    "body",
    "slug",
    "photo_caption",
    "teaser_paragraphs",
    "is_without_appeals",
    "search_title",
    "search_description",
    "social_title",
    "canonical_url",
    "is_noindex",
    "may_republish",
    "licence",
]
# What earlier revisions, from before there was the column, would have said.
SINCE = {"may_republish": True, "licence": ""}
REFERENCES = ["section", "format", "series"]
LABELS = {
    "headline": "Headline",
    "deck": "Deck",
    "body": "Body",
    "section": "Section",
    "format": "Format",
    "series": "Series",
    "tags": "Tags",
    "kicker": "Kicker",
    "bylines": "Byline",
    "photo": "Lead photo",
    "photo_caption": "Caption of the lead photo",
    "related": "Related pieces",
    "slug": "Address",
    "teaser_paragraphs": "Paragraphs of the teaser",
    "is_without_appeals": "No appeals",
    "search_title": "Title in search results",
    "search_description": "Description in search results",
    "social_title": "Title when shared",
    "canonical_url": "First published at",
    "is_noindex": "Kept out of search engines",
    "may_republish": "Others may republish it",
    "licence": "Licence",
}
HANGING = ["section", "format", "series", "kicker", "photo", "tags"]
HANGING += ["bylines__contributor", "related_links__to_article"]


def content(
    article: Article,
    *,
    tags: Iterable[Tag],
    bylines: Iterable[tuple[Contributor, str]],
    related: Iterable[Article],
) -> Content:
    """What `article` says with these belongings; no query if its references are loaded."""
    return {
        **{name: getattr(article, name) for name in COLUMNS},
        **{name: named(getattr(article, name)) for name in REFERENCES},
        "tags": sorted((tag.name for tag in tags), key=str.casefold),
        "kicker": article.kicker.name if article.kicker else "",
        "bylines": [
            {"id": contributor.pk, "name": contributor.name, "role": role}
            for contributor, role in bylines
        ],
        "photo": photo_content(article.photo),
        "related": [named(other) for other in related],
    }


def nothing() -> Content:
    """What a piece says that nobody has written yet."""
    return content(Article(), tags=[], bylines=[], related=[])


def named(row: Any) -> dict[str, Any] | None:
    return {"id": row.pk, "name": str(row)} if row else None


def photo_content(photo: Photo | None) -> dict[str, Any] | None:
    """With what the library said of it at that time."""
    if photo is None:
        return None
    said = {name: getattr(photo, name) for name in ("alt", "caption", "credit")}
    return {"id": photo.pk, "name": str(photo), **said}


def stored(articles: list[Article]) -> dict[int, Content]:
    """What is stored of each piece, by its id; at most 10 queries however many they are."""
    prefetch_related_objects(articles, *HANGING)
    return {
        article.pk: content(
            article,
            tags=article.tags.all(),
            bylines=[(byline.contributor, byline.role) for byline in article.bylines.all()],
            related=[link.to_article for link in article.related_links.all()],
        )
        for article in articles
    }


def essence(name: str, value: Any) -> Any:
    """What counts when two values of the field `name` are compared: ids, not names."""
    if isinstance(value, dict):
        return value.get("id")
    if isinstance(value, list):
        return [
            (item["id"], item.get("role", "")) if isinstance(item, dict) else item for item in value
        ]
    return value


def changed(before: Content, after: Content) -> list[str]:
    """The fields in which two contents differ, as people read about a piece."""
    before, after = (SINCE | said if said else said for said in (before, after))
    return [
        name for name in LABELS if essence(name, before.get(name)) != essence(name, after.get(name))
    ]
