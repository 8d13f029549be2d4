"""What machines read in the head of a page."""

import json
import re
from html import unescape
from typing import Any

META = re.compile(r'<meta (?:property|name)="([^"]*)" content="([^"]*)">')
LINK = re.compile(r'<link rel="([^"]*)" href="([^"]*)">')
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def metas(page: str) -> dict[str, list[str]]:
    """The contents under each name, in their order."""
    found: dict[str, list[str]] = {}
    for name, content in META.findall(page):
        found.setdefault(name, []).append(unescape(content))
    return found


def links(page: str) -> dict[str, str]:
    return {rel: unescape(href) for rel, href in LINK.findall(page)}


def graph(page: str) -> Any:
    """The one block of structured data."""
    [block] = DATA.findall(page)
    return json.loads(block)


def thing(page: str, kind: str) -> Any:
    """The one of this type that the page itself is about."""
    [found] = [one for one in graph(page)["@graph"] if one["@type"] == kind]
    return found
