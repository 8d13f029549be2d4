"""Atom and RSS with whole texts, every author and pictures, and with nothing XML cannot hold.

What an item may have besides Django's fields: `content` (HTML), `authors` and `pictures`.
"""

import re
from datetime import UTC, datetime
from typing import Any, TypedDict
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import (
    Atom1Feed,
    Rss201rev2Feed,
    SyndicationFeed,
    rfc3339_date,
)
from django.utils.xmlutils import SimplerXMLGenerator

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0, 2.2; pasted along
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
MEDIA = "http://search.yahoo.com/mrss/"  # https://www.rssboard.org/media-rss


class Author(TypedDict):
    name: str
    url: str
    is_author: bool  # or else took the photos, for instance


class Thumbnail(TypedDict):
    url: str
    width: int
    height: int


class Picture(Thumbnail):
    description: str
    credit: str
    thumbnail: Thumbnail


def printable(value: Any) -> Any:
    """`value` without the characters that XML cannot hold, inside of lists and dicts as well."""
    if isinstance(value, str):
        return NOT_XML.sub("", value)
    if isinstance(value, list):
        return [printable(one) for one in value]
    return {key: printable(one) for key, one in value.items()} if isinstance(value, dict) else value


def add_pictures(handler: SimplerXMLGenerator, pictures: list[Picture]) -> None:
    for picture in pictures:
        kind = {"medium": "image", "type": "image/jpeg"}
        handler.startElement("media:content", AttributesImpl(sized(picture) | kind))
        if picture["description"]:
            said = picture["description"]
            handler.addQuickElement("media:description", said, {"type": "plain"})
        if picture["credit"]:
            handler.addQuickElement("media:credit", picture["credit"])
        handler.addQuickElement("media:thumbnail", "", sized(picture["thumbnail"]))
        handler.endElement("media:content")


def sized(picture: Thumbnail) -> dict[str, str]:
    return {name: str(picture[name]) for name in ("url", "width", "height")}


class Printable(SyndicationFeed):
    """The same bytes for the same items, and nothing in them that is no XML."""

    content_type: str

    def __init__(self, **feed: Any) -> None:
        super().__init__(**printable(feed))

    def add_item(self, **item: Any) -> None:  # type: ignore[override]  # Django names them all
        said = item["description"] or None  # or else there is an element that says nothing
        super().add_item(**printable({**item, "description": said}))

    def latest_post_date(self) -> datetime:
        """When the last item changed; always the same where there is none."""
        return super().latest_post_date() if self.items else NEVER


class Atom(Printable, Atom1Feed):
    """RFC 4287."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:media": MEDIA}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for author in item.get("authors", []):
            person = "author" if author["is_author"] else "contributor"
            handler.startElement(person, AttributesImpl({}))
            handler.addQuickElement("name", author["name"])
            handler.addQuickElement("uri", author["url"])
            handler.endElement(person)
        if url := item.get("licence"):
            handler.addQuickElement("link", "", {"rel": "license", "href": url})  # RFC 4946
        handler.addQuickElement("content", item["content"], {"type": "html"})
        add_pictures(handler, item.get("pictures", []))


class Rss(Printable, Rss201rev2Feed):
    """RSS 2.0, https://www.rssboard.org/rss-profile; with the modules that readers know."""

    def rss_attributes(self) -> dict[str, str]:
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:dcterms": "http://purl.org/dc/terms/",
            "xmlns:media": MEDIA,
        }

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for author in item.get("authors", []):
            element = "dc:creator" if author["is_author"] else "dc:contributor"
            handler.addQuickElement(element, author["name"])
        if item["updateddate"]:
            handler.addQuickElement("dcterms:modified", rfc3339_date(item["updateddate"]))
        if url := item.get("licence"):
            handler.addQuickElement("dcterms:license", url)
        handler.addQuickElement("content:encoded", item["content"])
        add_pictures(handler, item.get("pictures", []))
