"""What of schema.org our pages use: types, their properties, and what each may hold.

Source: schema.org 29, and Google's documents on articles, breadcrumbs and profile pages for what
must be there. The vocabulary itself is on no registry in a form that is kept up.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

TEXT, URL, MOMENT, NUMBER, BOOLEAN, REFERENCE = "text", "url", "moment", "number", "yes/no", "@id"
ARTICLE_TYPES = ["NewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "ReportageNewsArticle"]
ARTICLE = {
    "mainEntityOfPage": [URL],
    "url": [URL],
    "headline": [TEXT],
    "description": [TEXT],
    "image": ["ImageObject"],
    "datePublished": [MOMENT],
    "dateModified": [MOMENT],
    "author": ["Person", "NewsMediaOrganization"],
    "contributor": ["Person"],
    "articleSection": [TEXT],
    "keywords": [TEXT],
    "wordCount": [NUMBER],
    "inLanguage": [TEXT],
    "isAccessibleForFree": [BOOLEAN],
    "publisher": ["NewsMediaOrganization"],
    "correction": ["CorrectionComment"],
}
TYPES: dict[str, dict[str, list[str]]] = {
    **dict.fromkeys(ARTICLE_TYPES, ARTICLE),
    "ImageObject": {"url": [URL], "width": [NUMBER], "height": [NUMBER]},
    "Person": {
        "name": [TEXT],
        "url": [URL],
        "jobTitle": [TEXT],
        "description": [TEXT],
        "image": ["ImageObject"],
    },
    "NewsMediaOrganization": {
        "name": [TEXT],
        "url": [URL],
        "logo": ["ImageObject"],
        "description": [TEXT],
        "address": [TEXT],
        "sameAs": [URL],
        "correctionsPolicy": [URL],
    },
    "CorrectionComment": {"text": [TEXT], "datePublished": [MOMENT]},
    "BreadcrumbList": {"itemListElement": ["ListItem"]},
    "ListItem": {"position": [NUMBER], "name": [TEXT], "item": [URL]},
    "CollectionPage": {
        "url": [URL],
        "name": [TEXT],
        "description": [TEXT],
        "isPartOf": [REFERENCE],
    },
    "ProfilePage": {"url": [URL], "name": [TEXT], "mainEntity": ["Person"]},
    "WebSite": {
        "url": [URL],
        "name": [TEXT],
        "publisher": [REFERENCE],
        "potentialAction": ["SearchAction"],
    },
    "SearchAction": {"target": ["EntryPoint"], "query-input": [TEXT]},
    "EntryPoint": {"urlTemplate": [URL]},
}
OPTIONAL = {"contributor", "correction", "image", "jobTitle", "description", "address", "sameAs"}
OPTIONAL |= {"correctionsPolicy", "keywords"}


def problems(graph: Any) -> list[str]:
    """What a reader of the data could not understand, or would miss; [] for good data."""
    if graph.get("@context") != "https://schema.org":
        return ["no context"]
    return [problem for thing in graph["@graph"] for problem in of_thing(thing)]


def of_thing(thing: dict[str, Any]) -> Iterator[str]:
    kind = thing.get("@type", "")
    if kind not in TYPES:
        yield f"no such type: {kind}"
        return
    known = TYPES[kind]
    for name in known.keys() - thing.keys() - OPTIONAL:
        yield f"{kind} without {name}"
    for name, value in thing.items():
        if name not in ("@type", "@id"):
            for one in value if isinstance(value, list) else [value]:
                yield from of_value(f"{kind}.{name}", one, known.get(name, []))


def of_value(place: str, value: Any, allowed: list[str]) -> Iterator[str]:
    kinds = kinds_of(value)
    if not kinds & set(allowed):
        yield f"{place} may not be {value!r}"
    elif isinstance(value, dict) and "@type" in value:
        yield from of_thing(value)


def kinds_of(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {value["@type"]} if "@type" in value else {REFERENCE}
    if isinstance(value, bool):
        return {BOOLEAN}
    if isinstance(value, int):
        return {NUMBER} if value > 0 else set()
    if re.match(r"https?://\w", value):
        return {URL}
    return {TEXT, *([MOMENT] if is_moment(value) else [])} if value else set()


def is_moment(text: str) -> bool:
    """A time with its zone, as machines write it."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
