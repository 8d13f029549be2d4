"""What search engines are told to look for."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import sitemaps
from articles.models import Article, Notice, Page
from newsroom.models import Publication
from tests.factories import (
    make_article,
    make_contributor,
    make_published,
    make_section,
    make_series,
    make_tag,
)
from tests.factories_newsletter import make_issue, make_item, make_sent

pytestmark = pytest.mark.django_db
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
MARCH = datetime(2026, 3, 2, 12, tzinfo=UTC)
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([.]\d+)?([+-]\d\d:\d\d|Z)")


def parsed(url: str, root: str = "urlset", entry: str = "url") -> list[ET.Element]:
    """The entries of a map that keeps the rules of sitemaps.org."""
    response = Client().get(url)
    assert response.status_code == 200, url
    assert response["Content-Type"] == "application/xml"
    assert len(response.content) <= 5_000_000
    found = ET.fromstring(response.content)  # noqa: S314  our own
    assert found.tag == SPACE + root
    assert {child.tag for child in found} <= {SPACE + entry}
    for child in found:
        [loc] = child.findall(f"{SPACE}loc")
        assert re.fullmatch(r"https?://[\x21-\x7e]{1,2000}", loc.text or "")
        assert len(child.findall(f"{SPACE}lastmod")) <= 1
        for lastmod in child.findall(f"{SPACE}lastmod"):
            assert DATE.fullmatch(lastmod.text or "")
    assert len(found) <= 50_000
    return list(found)


def locs(url: str, root: str = "urlset", entry: str = "url") -> list[str]:
    found = [one.findtext(f"{SPACE}loc") or "" for one in parsed(url, root, entry)]
    return [loc.removeprefix(settings.SITE_URL) for loc in found]


def maps() -> list[str]:
    return locs("/sitemap.xml", "sitemapindex", "sitemap")


def listed() -> list[str]:
    """All that all maps list."""
    return [loc for path in maps() for loc in locs(path)]


def test_index_leads_to_every_page_that_may_be_found() -> None:
    section, series, tag = make_section("Europe"), make_series(), make_tag("grain")
    author = make_contributor("Ann Able")
    around: dict[str, Any] = {"section": section, "series": series, "tags": [tag]}
    piece = make_published(at=MARCH, **around, contributors=[author])
    other = make_published(at=MARCH - timedelta(days=40), section=section)
    about = Page.objects.create(title="About", slug="about", body="<p>Us.</p>")
    letter = make_issue()
    make_item(letter, piece)
    make_sent(letter)

    rows: list[Any] = [piece, other, section, series, tag, author, about, letter]
    expected = {row.get_absolute_url() for row in rows} | {"/", "/newsletter/archive/"}
    assert set(listed()) == expected
    assert len(listed()) == len(expected)
    assert maps()[:2] == [
        f"/sitemap/2026/03/{piece.pk // sitemaps.SIZE}.xml",
        f"/sitemap/2026/01/{other.pk // sitemaps.SIZE}.xml",
    ]


def test_nothing_that_is_not_public_or_not_to_be_found_is_listed() -> None:
    now = timezone.now()
    hidden: list[dict[str, Any]] = [
        {"at": now + HOUR},
        {"at": now - HOUR, "published_until": now},
        {"status": "killed"},
        {"is_noindex": True},
        {"canonical_url": "https://example.org/first"},
    ]
    for fields in hidden:
        make_published(**fields, tags=[make_tag("grain")] if fields.get("at") else [])
    for status in ("draft", "review", "approved"):
        make_article(status=status, section=make_section("Asia"), tags=[make_tag("secret")])
    make_section("Empty")
    make_contributor("Nobody")

    # The section has two pieces that are public, whatever search engines make of them.
    assert listed() == ["/section/europe/", "/"]
    assert locs("/news-sitemap.xml") == []


def test_map_without_entries_is_not_there(client: Client) -> None:
    for path in ("2026/03/0", "topics/0", "sections/9", "newsletter", "nothing/0"):
        assert client.get(f"/sitemap/{path}.xml").status_code == 404


def test_date_is_the_one_of_the_last_change_in_substance() -> None:
    piece = make_published(at=MARCH)
    other = make_published(at=MARCH + HOUR)
    Notice.objects.create(article=piece, kind="correction", text="Wrong.", at=MARCH + 9 * HOUR)
    Article.objects.update(body="<p>Mended.</p>", saved_at=MARCH + 20 * HOUR)

    found = {
        one.findtext(f"{SPACE}loc"): one.findtext(f"{SPACE}lastmod")
        for path in maps()[:2]
        for one in parsed(path)
    }

    base = settings.SITE_URL
    assert found[base + piece.get_absolute_url()] == "2026-03-02T21:00:00+00:00"
    assert found[base + other.get_absolute_url()] == "2026-03-02T13:00:00+00:00"
    assert found[f"{base}/section/europe/"] == "2026-03-02T13:00:00+00:00"


def test_months_are_those_of_the_addresses() -> None:
    """A piece of the first hours of a month in UTC is one of the last day before it in New York."""
    Publication.objects.update(time_zone="America/New_York")
    piece = make_published(at=datetime(2026, 3, 1, 2, tzinfo=UTC))

    assert maps()[0].startswith("/sitemap/2026/02/")
    assert locs(maps()[0]) == [piece.get_absolute_url()]


def test_month_is_cut_into_maps_of_bounded_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "SIZE", 3)
    pieces = [make_published(at=MARCH + number * HOUR) for number in range(10)]
    make_published(at=MARCH + timedelta(days=40))

    march = [path for path in maps() if "/2026/03/" in path]

    assert len(march) in {4, 5}
    assert all(1 <= len(locs(path)) <= 3 for path in march)
    assert sorted(loc for path in march for loc in locs(path)) == sorted(
        piece.get_absolute_url() for piece in pieces
    )


def test_maps_take_this_many_queries_whatever_the_size_of_the_archive(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "SIZE", 7)

    def n_queries(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    def counts() -> dict[str, int]:
        kinds = {path.split("/")[2]: path for path in maps()}
        return {kind: n_queries(path) for kind, path in kinds.items()}

    counted = []
    for n in (1, 30):
        for number in range(n):
            author, tag = make_contributor(), make_tag()
            piece = make_published(
                at=MARCH + number * 99 * HOUR,
                section=make_section(),
                series=make_series(f"Series {n} {number}"),
                tags=[tag],
                contributors=[author],
            )
            Notice.objects.create(article=piece, kind="update")
        counted.append((n_queries("/sitemap.xml"), n_queries("/news-sitemap.xml"), counts()))

    kinds = {"2026": 1, "sections": 1, "topics": 1, "series": 1, "contributors": 1, "pages.xml": 1}
    assert counted == [(6, 2, kinds), (6, 2, kinds)]


def test_news_are_those_of_48_hours_to_the_second() -> None:
    piece = make_published(at=MARCH)

    with time_machine.travel(MARCH + 48 * HOUR - SECOND, tick=False):
        assert locs("/news-sitemap.xml") == [piece.get_absolute_url()]
    with time_machine.travel(MARCH + 48 * HOUR, tick=False):
        assert locs("/news-sitemap.xml") == []


def test_news_appear_at_their_second() -> None:
    make_published(at=MARCH)

    with time_machine.travel(MARCH - SECOND, tick=False):
        assert locs("/news-sitemap.xml") == []
    with time_machine.travel(MARCH, tick=False):
        assert len(locs("/news-sitemap.xml")) == 1


def test_news_say_what_google_asks() -> None:
    Publication.objects.update(name="Par\x02ley & Sons")
    at = timezone.now().replace(microsecond=0)
    make_published("Grain <leaves> & \x0bgoes", slug="grain", at=at)

    [entry] = parsed("/news-sitemap.xml")

    [news] = entry.findall(f"{NEWS}news")
    [publication] = news.findall(f"{NEWS}publication")
    assert publication.findtext(f"{NEWS}name") == "Parley & Sons"
    assert publication.findtext(f"{NEWS}language") == "en"
    assert news.findtext(f"{NEWS}title") == "Grain <leaves> & goes"
    assert news.findtext(f"{NEWS}publication_date") == at.isoformat()


def test_news_are_a_thousand_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sitemaps.MOST_NEWS == 1_000
    monkeypatch.setattr(sitemaps, "MOST_NEWS", 2)
    pieces = [make_published(at=timezone.now() - number * HOUR) for number in range(3)]

    assert locs("/news-sitemap.xml") == [piece.get_absolute_url() for piece in pieces[:2]]


def test_robots_are_led_to_the_maps(client: Client) -> None:
    answer = client.get("/robots.txt")

    assert answer["Content-Type"].startswith("text/plain")
    lines = answer.text.splitlines()
    assert lines[:2] == ["User-agent: *", "Disallow: /admin/"]
    for path in ("/sitemap.xml", "/news-sitemap.xml"):
        assert f"Sitemap: {settings.SITE_URL}{path}" in lines
        assert client.get(path).status_code == 200


def test_maps_themselves_are_no_pages_to_find(client: Client) -> None:
    make_published()
    for path in ["/sitemap.xml", "/news-sitemap.xml", *maps()]:
        assert client.get(path)["X-Robots-Tag"] == "noindex"
