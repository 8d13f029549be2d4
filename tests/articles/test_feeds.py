"""What feed readers read of a piece: all that stands on its page, and nothing that does not."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from articles.models import Article, Byline, Contributor, Notice
from newsroom.models import Publication
from tests.factories import (
    make_contributor,
    make_format,
    make_photo,
    make_published,
    make_section,
    make_series,
    make_stored_photo,
    make_tag,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
STYLES = ["atom", "rss"]
VIDEO = "https://www.youtube.com/watch?v=abcdefghijk"


def read(url: str) -> Any:
    """As a feed reader understands it; nothing in it may be strange to one."""
    response = Client().get(url)
    assert response.status_code == 200, url
    found = feedparser.parse(response.content, sanitize_html=False)
    assert not found.bozo, found.get("bozo_exception")
    return found


def entry(style: str) -> Any:
    [found] = read(f"/feeds/{style}/").entries
    return found


@pytest.fixture
def article() -> Article:
    """A public piece with everything that can hang on one."""
    lead = make_stored_photo()
    lead.subjects, lead.photographer, lead.agency = "Grain ships", "Ann Example", "Reuters"
    lead.save()
    inside = make_photo(caption="Hills", photographer="Bo Example", agency="")
    body = (
        '<p>It <a href="/latest/">begins</a> &amp; <a href="https://example.org/a">ends</a>.</p>'
        f'<figure data-photo="{inside.pk}"><figcaption>Own <em>words</em></figcaption></figure>'
        f'<figure data-embed="{VIDEO}"><figcaption>The speech</figcaption></figure>'
        '<aside class="pull-quote"><p>Said loudly</p></aside>'
    )
    piece = make_published(
        "AT&T <and> others",
        at=NOON,
        deck="What it says, & how < why.",
        body=body,
        section=make_section("Europe"),
        format=make_format("Analysis"),
        series=make_series(),
        tags=[make_tag("grain"), make_tag("Analysis")],
        contributors=[make_contributor("Ann Able"), make_contributor("Bo Baker")],
        photo=lead,
        photo_caption="Ships at dusk",
    )
    taken = make_contributor("Cy Camera")
    Byline.objects.create(article=piece, contributor=taken, role="Photos by", position=2)
    return piece


@pytest.mark.parametrize("style", STYLES)
def test_entry_says_what_the_page_says(article: Article, style: str) -> None:
    found = entry(style)

    assert found.title == "AT&T <and> others"
    assert found.link == settings.SITE_URL + article.get_absolute_url()
    assert found.summary == "What it says, &amp; how &lt; why."
    assert [author.name for author in found.authors] == ["Ann Able", "Bo Baker"]
    assert [tag.term for tag in found.tags] == ["Europe", "Analysis", "grain"]
    assert found.published_parsed[:5] == found.updated_parsed[:5] == (2026, 3, 2, 12, 0)
    contributors = [one.name for one in found.contributors]
    assert contributors == ["Cy Camera"]


@pytest.mark.parametrize("style", STYLES)
def test_entry_has_the_whole_text_for_any_place(article: Article, style: str) -> None:
    content = entry(style).content[0].value

    assert f'<a href="{settings.SITE_URL}/latest/">begins</a> &amp; ' in content
    assert '<a href="https://example.org/a">ends</a>' in content
    assert f'<p><a href="{VIDEO}">The speech, on YouTube</a></p>' in content
    assert "Ships at dusk Top photo credit: Grain ships. Ann Example/Reuters" in content
    assert "Own <em>words</em> Bo Example" in content
    assert "Said loudly" in content
    sources = re.findall(r'(?:src|href)="([^"]*)"', content)
    assert [url for url in sources if not url.startswith("http")] == []
    for unwanted in ("<button", "<script", "srcset", "data-", "appeal"):
        assert unwanted not in content


@pytest.mark.parametrize("style", STYLES)
def test_pictures_come_with_size_credit_and_description(article: Article, style: str) -> None:
    lead = article.photo
    assert lead
    found = entry(style)

    shown = found.media_content[0]
    url = settings.SITE_URL + default_storage.url(lead.safe_copy)
    assert (shown["url"], shown["type"], shown["medium"]) == (url, "image/jpeg", "image")
    assert (shown["width"], shown["height"]) == ("900", "600")
    assert len(found.media_content) == len(found.media_thumbnail) == 2
    assert found.media_thumbnail[0]["url"].startswith(settings.SITE_URL)
    page = Client().get(f"/feeds/{style}/").text
    assert "<media:credit>Grain ships. Ann Example/Reuters</media:credit>" in page
    assert '<media:description type="plain">Four quarters</media:description>' in page
    [attached] = found.enclosures
    size = str(default_storage.size(lead.safe_copy))
    assert (attached.href, attached.length, attached.type) == (url, size, "image/jpeg")


@pytest.mark.parametrize("style", STYLES)
def test_notice_stands_in_the_text_and_moves_the_update(article: Article, style: str) -> None:
    Publication.objects.update(time_zone="America/New_York")
    later = NOON + timedelta(days=2)
    text = 'It was <a href="/about/">1999</a>.'
    Notice.objects.create(article=article, kind="correction", at=later, text=text)
    Notice.objects.create(article=article, kind="update", place="top", at=NOON)

    found = entry(style)

    content = found.content[0].value
    heading = "<strong>Correction, Wednesday 3/4, 7 a.m.</strong>"
    assert f'{heading} It was <a href="{settings.SITE_URL}/about/">1999</a>.' in content
    assert content.index("Updated Monday 3/2, 7 a.m.") < content.index("begins")
    assert content.index("Correction,") > content.index("Said loudly")
    assert found.published_parsed[:5] == (2026, 3, 2, 12, 0)
    assert found.updated_parsed[:5] == (2026, 3, 4, 12, 0)


@pytest.mark.parametrize("style", STYLES)
def test_mended_typo_moves_no_update(article: Article, style: str) -> None:
    before = entry(style)
    article.body = "<p>Mended.</p>"
    article.version += 1
    article.save()

    after = entry(style)

    assert "Mended" in after.content[0].value
    assert (after.updated, after.published) == (before.updated, before.published)


def test_expired_photo_leaves_no_trace(article: Article) -> None:
    assert article.photo
    article.photo.expires_on = timezone.localdate() - timedelta(days=1)
    article.photo.save()

    found = entry("atom")

    assert article.photo.token not in str(found)
    assert "Ann Example" not in str(found)
    assert len(found.media_content) == 1


@pytest.mark.parametrize("style", STYLES)
def test_what_xml_cannot_hold_is_left_out(style: str) -> None:
    Publication.objects.update(name="Par\x02ley")
    author = Contributor.objects.create(name="Ann\x03 Able", slug="ann")
    make_published(
        "Grain\x0b",
        slug="grain",
        deck="De\x0eck",
        photo=make_photo(alt="Sh\x01ip", caption="\x02"),
        tags=[make_tag("tag\x05s")],
        contributors=[author],
        body="<p>Bo\x07dy\uffff</p>",
    )

    found = entry(style)

    assert (found.title, found.summary) == ("Grain", "Deck")
    assert [one.name for one in found.authors] == ["Ann Able"]
    assert "<p>Body</p>" in found.content[0].value


def test_piece_without_author_deck_and_photo_is_an_entry_too() -> None:
    make_published("Short", deck="")

    assert entry("rss").title == "Short"
    assert read("/feeds/atom/").feed.author == Publication.objects.get().name


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("place", "title"),
    [
        ("section/europe", "Europe, in Parley"),
        ("topic/grain", "grain, in Parley"),
        ("series/diplomacy-watch", "Diplomacy Watch, in Parley"),
        ("by/ann-able", "Ann Able, in Parley"),
    ],
)
def test_every_list_of_pieces_has_a_feed_of_its_own(
    article: Article, place: str, title: str, style: str
) -> None:
    Publication.objects.update(name="Parley")
    make_published("Elsewhere", section=make_section("Asia"))

    found = read(f"/feeds/{place}/{style}/")

    assert found.feed.title == title
    assert found.feed.link == f"{settings.SITE_URL}/{place}/"
    assert [one.title for one in found.entries] == ["AT&T <and> others"]
    here = [link.href for link in found.feed.links if link.rel == "self"]
    assert here == [f"{settings.SITE_URL}/feeds/{place}/{style}/"]


@pytest.mark.parametrize("page", ["", "section/europe/", "topic/grain/", "by/ann-able/"])
def test_page_tells_feed_readers_of_its_feed(article: Article, page: str, client: Client) -> None:
    text = client.get(f"/{page}").text

    for style in STYLES:
        kind = f'<link rel="alternate" type="application/{style}+xml"'
        assert re.search(rf'{re.escape(kind)} title="[^"]+" href="/feeds/{page}{style}/">', text)


def test_piece_itself_carries_no_more_than_the_link_below_it(
    article: Article, client: Client
) -> None:
    assert client.get(article.get_absolute_url()).text.count("/feeds/") == 1


def test_feed_ends_after_thirty_pieces() -> None:
    for number in range(32):
        make_published(at=NOON + timedelta(hours=number))

    found = read("/feeds/atom/").entries

    assert len(found) == 30
    assert found[0].published_parsed > found[-1].published_parsed
