"""A reader who goes everywhere finds all that is public, and not a word of anything else."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, FrontPage, Notice, Page, Series, TopicBox
from newsroom.models import Publication
from tests.crawler import crawl
from tests.factories import (
    make_article,
    make_contributor,
    make_format,
    make_photo,
    make_published,
    make_section,
    make_series,
    make_stored_photo,
    make_tag,
)
from tests.factories_newsletter import make_issue, make_item, make_sent

pytestmark = [pytest.mark.django_db, pytest.mark.processes]  # it takes some hundred requests
HIDDEN, PUBLIC = "zyxunprintedxyz", "zyxprintedxyz"
ASKED = "negotiations"  # a word of every piece, to search for
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
N_HIDDEN, N_PUBLIC = 50, 12


def full_of(mark: str, number: int, **around: Any) -> dict[str, Any]:
    """The fields of a piece with `mark` in all that people write."""
    name = f"{mark}-{number}"
    photo = make_photo(caption=f"{name} caption", alt=f"{name} alt", subjects=f"{name} subjects")
    inside = make_photo(caption=f"{name} inside", photographer=f"{name} by")
    figure = f'<figure data-photo="{inside.pk}"></figure>'
    tag = make_tag(f"{name} tag")
    return {
        "headline": f"{name} {ASKED}",
        "slug": f"{name}-slug",
        "deck": f"{name} deck {ASKED}",
        "body": f"<p>{name} body {ASKED}</p>{figure}<p>{name} more</p>",
        "photo": photo,
        "photo_caption": f"{name} words",
        "search_title": f"{name} search",
        "social_title": f"{name} social",
        "kicker": tag,
        "tags": [tag, make_tag("grain")],
        **around,
    }


def not_public(now: datetime) -> list[dict[str, Any]]:
    """Every way not to be public."""
    return [
        {"status": "draft"},
        {"status": "review"},
        {"status": "approved", "published_at": now - DAY},
        {"status": "published", "published_at": now + HOUR},
        {"status": "published", "published_at": now - DAY, "published_until": now - HOUR},
        {"status": "killed", "published_at": now - DAY},
    ]


@pytest.fixture
def hidden() -> list[Article]:
    """Pieces that are not public, and led to from wherever staff can lead to a piece."""
    now, ways = timezone.now(), not_public(timezone.now())
    around: dict[str, Any] = {"section": make_section("Europe"), "series": make_series()}
    around |= {"format": make_format(), "contributors": [make_contributor("Ann Able")]}
    around["may_republish"] = True
    made = []
    for number in range(N_HIDDEN):
        way = ways[number % len(ways)]
        if way["status"] in ("published", "killed"):
            way = way | {"published_on": way["published_at"].date()}
        piece = make_article(**full_of(HIDDEN, number, **around) | way)
        Notice.objects.create(article=piece, kind="correction", text=f"{HIDDEN} text", at=now - DAY)
        made.append(piece)
    return made


@pytest.fixture
def public(hidden: list[Article]) -> list[Article]:
    """Pieces that are, each related to one that is not, in a magazine that shows both alike."""
    now, ann = timezone.now(), hidden[0].contributors.get()
    around: dict[str, Any] = {"section": make_section("Europe"), "series": make_series()}
    around |= {"format": make_format(), "contributors": [ann]}
    photo, made = make_stored_photo(), []
    for number in range(N_PUBLIC):
        fields = full_of(PUBLIC, number, **around)
        fields |= {"photo": photo, "body": f"<p>{PUBLIC} {ASKED}</p>"}
        piece = make_published(fields.pop("headline"), at=now - number * HOUR, **fields)
        piece.related_links.create(to_article=hidden[number % N_HIDDEN])
        made.append(piece)
    Publication.objects.update(name="Parley", description="A magazine.")
    Page.objects.create(slug="about", title="About", body="<p>Us.</p>", footer_order=1)
    front = FrontPage.objects.get()
    FrontPage.objects.update(lead=hidden[3])
    box = TopicBox.objects.create(title="Grain", tag=make_tag("grain"))
    for piece in hidden[:6]:
        front.picks.create(article=piece)
        box.pins.create(article=piece)
    letter = make_issue()
    make_item(letter, made[0])
    make_item(letter, hidden[5])  # which was public then
    make_sent(letter)
    return made


def test_whoever_goes_everywhere_finds_what_is_public_and_nothing_else(
    hidden: list[Article], public: list[Article]
) -> None:
    secret = {HIDDEN, *(piece.photo.token for piece in hidden if piece.photo)}

    found = crawl(ASKED)

    leaks = [(url, word) for url, (_, text) in found.items() for word in secret if word in text]
    assert leaks == []
    assert {
        url: status for url, (status, _) in found.items() if status not in (200, 301, 302)
    } == {}
    for piece in public:
        assert PUBLIC in found[piece.get_absolute_url()][1]
        assert piece.get_absolute_url() in found["/feeds/atom/"][1]
    assert any(url.startswith("/media/photos/") for url in found)
    assert "/news-sitemap.xml" in found


def test_who_guesses_an_address_learns_nothing(hidden: list[Article]) -> None:
    for piece in hidden[:12]:
        day = piece.published_on or timezone.localdate()
        for part in ("", "rest/"):
            answer = Client().get(f"/{day:%Y/%m/%d}/{piece.slug}/{part}")

            assert answer.status_code in (404, 410)
            assert HIDDEN not in answer.text.replace(piece.slug, "")


def test_crawler_finds_a_leak_where_there_is_one() -> None:
    """Or the first test would say nothing."""
    make_published(series=make_series())
    Series.objects.update(description=f"Soon: {HIDDEN}")

    assert any(HIDDEN in text for _, text in crawl(ASKED).values())
