"""Feeds by the letter: RFC 4287 for Atom, the profile of the RSS Advisory Board for RSS.

What feedvalidator.org asks as well, whose program is not on PyPI.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from articles.models import Article, Notice
from tests.factories import (
    make_contributor,
    make_photo,
    make_published,
    make_section,
    make_stored_photo,
    make_tag,
)

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
URI = re.compile(r"(https?://[^\s<>\"{}|\\^`]+|tag:[\w.-]+,\d{4}-\d\d-\d\d:[\w/-]+)", re.ASCII)
# How often an element may stand in another one: at least and at most.
FEED = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "author": (1, 9), "link": (2, 2)}
FEED |= {"subtitle": (0, 1), "entry": (0, 30)}
ENTRY = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "published": (1, 1), "author": (0, 9)}
ENTRY |= {"contributor": (0, 9), "link": (1, 2), "summary": (0, 1), "content": (1, 1)}
ENTRY |= {"category": (0, 99)}
CHANNEL = {"title": (1, 1), "link": (1, 1), "description": (1, 1), "language": (0, 1)}
CHANNEL |= {"lastBuildDate": (1, 1), "item": (0, 30), f"{ATOM}link": (1, 1)}
ITEM = {"title": (1, 1), "link": (1, 1), "description": (0, 1), "pubDate": (1, 1), "guid": (1, 1)}
ITEM |= {
    "enclosure": (0, 1),
    "category": (0, 99),
    "{http://purl.org/dc/elements/1.1/}creator": (0, 9),
}
ITEM |= {"{http://purl.org/rss/1.0/modules/content/}encoded": (1, 1)}
ITEM |= {"{http://purl.org/dc/terms/}modified": (1, 1), f"{MEDIA}content": (0, 99)}
ITEM |= {"{http://purl.org/dc/elements/1.1/}contributor": (0, 9)}


@pytest.fixture(autouse=True)
def pieces() -> list[Article]:
    full = make_published(
        "Full & <odd>",
        tags=[make_tag("grain")],
        photo=make_stored_photo(),
        contributors=[make_contributor("Ann Able"), make_contributor("Bo Baker")],
        body=f'<p>One.</p><figure data-photo="{make_photo().pk}"></figure>',
    )
    Notice.objects.create(article=full, kind="correction", text="Wrong.")
    return [full, make_published("Bare", deck="", section=make_section("Europe"))]


def parsed(url: str) -> ET.Element:
    response = Client().get(url)
    assert "charset=utf-8" in response["Content-Type"]
    return ET.fromstring(response.content)  # noqa: S314  our own


def check_counts(element: ET.Element, rules: dict[str, tuple[int, int]], space: str = "") -> None:
    found = Counter(child.tag.removeprefix(space) for child in element)
    known = {name for name in found if not name.startswith(MEDIA) or name in rules}
    assert known - rules.keys() == set()
    for name, (least, most) in rules.items():
        assert least <= found[name] <= most, (name, found[name])


def texts(element: ET.Element, *names: str) -> Iterator[str]:
    for name in names:
        for child in element.iter(name):
            yield child.text or ""


@pytest.mark.parametrize("place", ["", "section/europe/", "topic/grain/", "by/ann-able/"])
def test_atom_is_valid(place: str) -> None:
    feed = parsed(f"/feeds/{place}atom/")

    assert feed.tag == f"{ATOM}feed"
    check_counts(feed, FEED, ATOM)
    for entry in feed.findall(f"{ATOM}entry"):
        check_counts(entry, ENTRY, ATOM)
        content = entry.find(f"{ATOM}content")
        assert content is not None
        assert content.get("type") == "html"
        assert any(link.get("rel") == "alternate" for link in entry.findall(f"{ATOM}link"))
    for date in texts(feed, f"{ATOM}updated", f"{ATOM}published"):
        assert datetime.fromisoformat(date).tzinfo
    for uri in texts(feed, f"{ATOM}id", f"{ATOM}uri"):
        assert URI.fullmatch(uri), uri
    for link in feed.iter(f"{ATOM}link"):
        assert URI.fullmatch(link.get("href", ""))
    assert all(texts(feed, f"{ATOM}name"))
    ids = list(texts(feed, f"{ATOM}id"))
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("place", ["", "section/europe/", "topic/grain/", "by/ann-able/"])
def test_rss_is_valid(place: str) -> None:
    rss = parsed(f"/feeds/{place}rss/")

    assert (rss.tag, rss.get("version"), len(rss)) == ("rss", "2.0", 1)
    channel = rss[0]
    check_counts(channel, CHANNEL)
    for item in channel.findall("item"):
        check_counts(item, ITEM)
        guid = item.find("guid")
        assert guid is not None
        assert guid.get("isPermaLink") == "false"
        assert URI.fullmatch(guid.text or "")
        for enclosure in item.findall("enclosure"):
            assert int(enclosure.get("length", "")) > 0
            assert URI.fullmatch(enclosure.get("url", ""))
    for date in texts(rss, "pubDate", "lastBuildDate"):
        assert parsedate_to_datetime(date).tzinfo
    for link in texts(rss, "link"):
        assert URI.fullmatch(link)
    assert all(texts(channel, "description"))


@pytest.mark.parametrize("style", ["atom", "rss"])
def test_media_is_valid(style: str) -> None:
    shown = list(parsed(f"/feeds/{style}/").iter(f"{MEDIA}content"))

    assert len(shown) == 2
    for picture in shown:
        thumbnail = picture.find(f"{MEDIA}thumbnail")
        assert thumbnail is not None
        for one in (picture, thumbnail):
            assert URI.fullmatch(one.get("url", ""))
            assert int(one.get("width", "")) > 0
            assert int(one.get("height", "")) > 0
        assert picture.findtext(f"{MEDIA}credit")
        description = picture.find(f"{MEDIA}description")
        assert description is not None
        assert description.get("type") == "plain"


@pytest.mark.parametrize("style", ["atom", "rss"])
def test_feed_without_pieces_is_valid_and_the_same_each_time(style: str) -> None:
    make_section("Empty")

    feed = parsed(f"/feeds/section/empty/{style}/")

    assert ET.tostring(feed) == ET.tostring(parsed(f"/feeds/section/empty/{style}/"))
