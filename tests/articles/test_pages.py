"""What every public page promises, whoever reads it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles import listing
from articles.models import Article, Notice, Page
from newsroom.models import Publication
from tests.factories import (
    make_article,
    make_contributor,
    make_photo,
    make_published,
    make_section,
    make_series,
    make_tag,
)

TO_ARCHIVE = '<a href="/archive/">The archive</a>\n</nav>'
pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    """A public piece with everything that can hang on one."""
    tag, author = make_tag("syria"), make_contributor("Omar Haddadin")
    piece = make_published(
        "Who holds Syria",
        section=make_section("Global Crises"),
        series=make_series(),
        kicker=tag,
        tags=[tag],
        contributors=[author],
        photo=make_photo(),
    )
    Notice.objects.create(article=piece, kind="correction", text="A date was wrong.")
    return piece


def addresses(article: Article) -> dict[str, str]:
    Page.objects.get_or_create(slug="about", defaults={"title": "About", "body": "<p>Us.</p>"})
    author, tag = article.contributors.get(), article.kicker
    assert article.section
    assert article.series
    assert article.published_on
    assert tag
    return {
        "front": "/",
        "article": article.get_absolute_url(),
        "rest": f"{article.get_absolute_url()}rest/",
        "republish": f"{article.get_absolute_url()}republish/",
        "section": article.section.get_absolute_url(),
        "topic": tag.get_absolute_url(),
        "series": article.series.get_absolute_url(),
        "contributor": author.get_absolute_url(),
        "latest": "/latest/",
        "archive": "/archive/",
        "month": f"/archive/{article.published_on:%Y/%m}/",
        "corrections": "/corrections/",
        "page": "/about/",
        "search": "/search/?q=syria",
    }


def test_anonymous_page_is_the_same_bytes_for_everybody(client: Client, article: Article) -> None:
    for kind, url in addresses(article).items():
        first, second = client.get(url), Client(HTTP_USER_AGENT="other").get(url)

        assert first.status_code == 200, kind
        assert first.content == second.content, kind
        assert not first.cookies, kind
        assert "Cookie" not in first.get("Vary", ""), kind
        assert b"csrf" not in first.content, kind


def test_page_carries_nothing_inline_and_asks_nobody_else(client: Client, article: Article) -> None:
    for kind, url in addresses(article).items():
        response = client.get(url)

        for unwanted in ("style=", "<style", "<script>", 'src="http'):
            assert unwanted not in response.text, kind
        for attributes in re.findall(r"<script([^>]*)>", response.text):
            is_data = "/ld+json" in attributes or "/json" in attributes  # which no browser runs
            assert is_data or " src=" in attributes, kind
        assert "default-src 'none'" in response["Content-Security-Policy"], kind


def test_page_shows_the_piece(client: Client, article: Article) -> None:
    without = {"archive", "page", "rest"}

    for kind, url in addresses(article).items():
        assert ("Who holds Syria" in client.get(url).text) == (kind not in without), kind


def test_reading_needs_no_more_than_get_and_head(client: Client, article: Article) -> None:
    for kind, url in addresses(article).items():
        assert client.head(url).status_code == 200, kind
        assert client.post(url).status_code == 405, kind


def test_drafts_and_scheduled_pieces_are_on_no_page(client: Client, article: Article) -> None:
    hidden = {"section": article.section, "series": article.series, "tags": [article.kicker]}
    draft = make_article("MARKER draft", **hidden, contributors=[article.contributors.get()])
    tomorrow = timezone.now() + timedelta(days=1)
    scheduled = make_published("MARKER scheduled", at=tomorrow, **hidden)
    article.related_links.create(to_article=draft)
    article.related_links.create(to_article=scheduled)

    for url in addresses(article).values():
        assert b"MARKER" not in client.get(url).content, url
    assert client.get(scheduled.get_absolute_url()).status_code == 404
    assert client.get(f"{scheduled.get_absolute_url()}rest/").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/2024/13/45/x/",
        "/2024/02/30/x/",
        "/0000/01/01/x/",
        "/9999/12/31/x/",
        "/archive/2024/13/",
        "/archive/9999/12/",
        "/section/nowhere/",
        "/no-such-page/",
        "/" + "a" * 10_000 + "/",
        "/%00/",
        "/section/%ff%fe/",
    ],
)
def test_address_that_leads_nowhere_is_not_found(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert b"</html>" in response.content


def test_address_with_another_day_is_not_found(client: Client, article: Article) -> None:
    assert client.get(f"/2001/01/01/{article.slug}/").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "99999999999999999999", "x", "", "1e9", "%00"])
def test_absurd_page_number_shows_a_page(client: Client, article: Article, page: str) -> None:
    response = client.get(f"/latest/?page={page}")

    assert response.status_code == 200
    assert b"Who holds Syria" in response.content


def test_lists_are_turned_over_so_far_and_the_archive_has_all(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST", 40)
    now = timezone.now()
    for n in range(50):
        make_published(f"Piece {n}", at=now - timedelta(minutes=n))

    last = client.get("/latest/?page=99").content.decode()

    assert "Page 2 of 2" in last
    assert "Piece 39<" in last
    assert "Piece 40<" not in last
    assert TO_ARCHIVE in last
    assert TO_ARCHIVE not in client.get("/latest/").content.decode()


def test_a_month_and_the_corrections_are_shown_whole(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST", 1)
    at = datetime(2024, 12, 9, 12, tzinfo=UTC)
    for n in range(25):
        piece = make_published(f"Piece {n}", at=at - timedelta(minutes=n))
        Notice.objects.create(article=piece, kind="correction", text=f"Text {n}", at=at)

    for address in ("/archive/2024/12/", "/corrections/"):
        last = client.get(f"{address}?page=2").content.decode()
        assert "Page 2 of 2" in last, address
        assert TO_ARCHIVE not in last, address


def test_month_counts_days_in_the_publications_zone(client: Client) -> None:
    Publication.objects.update(time_zone="America/New_York")
    late = datetime(2024, 12, 1, 3, tzinfo=UTC)
    make_published("Late in November", at=late)

    assert b"Late in November" in client.get("/archive/2024/11/").content
    assert b"Late in November" not in client.get("/archive/2024/12/").content


def test_empty_magazine_has_a_front_page(client: Client) -> None:
    assert client.get("/").status_code == 200
