"""When a feed changes, and when somebody who has it is told that it has not."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import http_date

from articles import services
from articles.models import Article, Byline, Contributor, Notice, Photo, Section, Tag
from articles.services import addresses
from newsroom.models import AuditEntry, Publication
from tests.factories import (
    make_article,
    make_contributor,
    make_photo,
    make_published,
    make_section,
    make_series,
    make_tag,
)

pytestmark = pytest.mark.django_db
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
PLACES = ["", "section/europe/", "topic/grain/", "series/diplomacy-watch/", "by/ann-able/"]


@pytest.fixture
def article() -> Article:
    photo, inside = make_photo(), make_photo()
    return make_published(
        "The piece",
        at=timezone.now() - HOUR,
        series=make_series(),
        photo=photo,
        tags=[make_tag("grain")],
        contributors=[make_contributor("Ann Able")],
        body=f'<p>One.</p><figure data-photo="{inside.pk}"></figure>',
    )


@pytest.fixture
def later(article: Article) -> Any:
    """Two hours after everything was noted; times go on from there by hand."""
    with time_machine.travel(timezone.now() + 2 * HOUR, tick=False) as traveller:
        yield traveller


def ids(url: str = "/feeds/atom/") -> list[str]:
    return [entry.id for entry in feedparser.parse(Client().get(url).content).entries]


@pytest.mark.parametrize("place", PLACES)
def test_only_public_pieces_are_in_feeds(article: Article, place: str) -> None:
    around: dict[str, Any] = {"series": article.series, "section": article.section}
    around |= {"tags": article.tags.all(), "contributors": article.contributors.all()}
    now = timezone.now()
    for status in ("draft", "review", "approved"):
        make_article(status=status, **around)
    make_published(at=now + HOUR, **around)
    make_published(at=now - HOUR, published_until=now, **around)
    make_published(status="killed", **around)

    found = feedparser.parse(Client().get(f"/feeds/{place}atom/").content)

    assert [entry.title for entry in found.entries] == ["The piece"]


def test_piece_keeps_its_name_whatever_becomes_of_it(article: Article) -> None:
    [name] = ids()

    article.section = make_section("Asia")
    article.slug, article.headline = "moved", "Other words"
    article.save()
    services.unpublish(article, by=None)
    article.refresh_from_db()
    Article.objects.filter(pk=article.pk).update(
        status="published", published_at=timezone.now(), published_on="2026-01-01"
    )

    assert ids() == ids("/feeds/section/asia/rss/") == [name]
    assert str(article.pk) in name


def test_two_pieces_have_two_names(article: Article) -> None:
    make_published()

    assert len(set(ids())) == 2


@pytest.mark.parametrize("style", ["atom", "rss"])
@pytest.mark.parametrize("place", PLACES)
def test_who_has_the_feed_is_told_so_in_few_queries(later: Any, place: str, style: str) -> None:
    url = f"/feeds/{place}{style}/"
    first = Client().get(url)

    for asked in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        with CaptureQueriesContext(connection) as queries:
            again = Client().get(url, headers=asked)

        assert again.status_code == 304
        assert again.content == b""
        assert again["ETag"] == first["ETag"]
        # The publication's, as on every page; the section or whatever it is of; what is in it.
        assert len(queries) == (3 if place else 2)


def test_feeds_take_this_many_queries_whatever_the_number_of_pieces(article: Article) -> None:
    def n_queries(place: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(f"/feeds/{place}atom/").status_code == 200
        return len(queries)

    few = [n_queries(place) for place in PLACES]
    for _ in range(12):
        photo = make_photo()
        body = f'<figure data-photo="{make_photo().pk}"></figure>'
        around: dict[str, Any] = {"series": article.series, "tags": article.tags.all()}
        piece = make_published(photo=photo, body=body, contributors=[make_contributor()], **around)
        ann = Contributor.objects.get(slug="ann-able")
        Byline.objects.create(article=piece, contributor=ann, position=1)
        Notice.objects.create(article=piece, kind="update")

    assert [n_queries(place) for place in PLACES] == few == [7, 8, 8, 8, 8]


def correct(piece: Article) -> None:
    Notice.objects.create(article=piece, kind="correction", text="Wrong.")


def retag(piece: Article) -> None:
    piece.tags.add(make_tag("ships"))


def rename_tag(piece: Article) -> None:
    Tag.objects.filter(name="grain").update(name="wheat")


def recredit(piece: Article) -> None:
    assert piece.photo
    Photo.objects.filter(pk=piece.photo.pk).update(photographer="Bo Other")


def recredit_inside(piece: Article) -> None:
    assert piece.photo
    Photo.objects.exclude(pk=piece.photo.pk).update(caption="Other words")


def rewrite(piece: Article) -> None:
    Article.objects.update(body="<p>Two.</p>")


def kill(piece: Article) -> None:
    services.kill(piece, by=None, note="Wrong")


def unpublish(piece: Article) -> None:
    services.unpublish(piece, by=None)


def rename_author(piece: Article) -> None:
    Contributor.objects.update(name="Ann Other")


def leave_byline(piece: Article) -> None:
    piece.bylines.all().delete()


def rename_section(piece: Article) -> None:
    Section.objects.update(name="EU")


def rename_magazine(piece: Article) -> None:
    Publication.objects.update(name="Parley")


def move_zone(piece: Article) -> None:
    Publication.objects.update(time_zone="Asia/Tokyo")


def add_another(piece: Article) -> None:
    make_published("Another")


CHANGES = [correct, retag, rename_tag, recredit, recredit_inside, rewrite, kill, unpublish]
CHANGES += [rename_author, leave_byline, rename_section, rename_magazine, move_zone, add_another]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_in_the_feed_is_fetched(
    later: Any, article: Article, change: Callable[[Article], None]
) -> None:
    first = Client().get("/feeds/atom/")
    later.shift(HOUR)
    change(article)

    again = Client().get("/feeds/atom/", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


@pytest.mark.parametrize("happens", ["appears", "goes"])
def test_feed_changes_at_the_second_of_a_piece(later: Any, happens: str) -> None:
    """With nothing done and nothing running, for those who ask by either header."""
    noon = timezone.now() + 6 * HOUR
    times = {"at": noon} if happens == "appears" else {"at": noon - 5 * HOUR}
    make_published("Freshest", **times, published_until=None if happens == "appears" else noon)
    later.move_to(noon - SECOND)
    before = Client().get("/feeds/atom/")
    asked = [{"If-None-Match": before["ETag"]}, {"If-Modified-Since": before["Last-Modified"]}]
    assert [Client().get("/feeds/atom/", headers=one).status_code for one in asked] == [304, 304]

    later.move_to(noon)

    assert [Client().get("/feeds/atom/", headers=one).status_code for one in asked] == [200, 200]
    assert ("Freshest" in Client().get("/feeds/atom/").text) == (happens == "appears")


def test_photo_goes_with_its_day_for_who_asks_by_either_header(later: Any) -> None:
    today = timezone.localdate()
    Photo.objects.update(expires_on=today)
    midnight = datetime.combine(today + timedelta(days=1), datetime.min.time(), UTC)
    later.move_to(midnight - SECOND)
    before = Client().get("/feeds/atom/")
    asked = [{"If-None-Match": before["ETag"]}, {"If-Modified-Since": before["Last-Modified"]}]

    later.move_to(midnight + SECOND)

    assert [Client().get("/feeds/atom/", headers=one).status_code for one in asked] == [200, 200]


def test_time_is_the_one_of_the_last_thing_that_staff_changed(later: Any) -> None:
    Photo.objects.update(photographer="Bo Other")
    noted = AuditEntry.objects.latest("pk")

    assert (noted.kind, noted.action) == ("articles_photo", "changed")
    told = Client().get("/feeds/atom/")["Last-Modified"]
    with timezone.override(Publication.current_zone()):
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    assert told == http_date(max(noted.at, midnight).timestamp())  # photos go with a day


def test_time_is_told_only_when_nothing_can_share_it(article: Article) -> None:
    """Whole seconds cannot tell what happens within one of them."""
    assert "Last-Modified" not in Client().get("/feeds/atom/")


@pytest.mark.parametrize("make", [make_section, make_series, make_tag, make_contributor])
def test_feed_is_found_at_the_former_address(make: Any, client: Client) -> None:
    row = make("Old")
    place = row.get_absolute_url()
    row.slug = "new"
    addresses.save(row, by=None)

    answer = client.get(f"/feeds{place}rss/")

    assert answer.status_code == 301
    assert answer["Location"] == f"/feeds{row.get_absolute_url()}rss/"


@pytest.mark.parametrize("place", ["section", "topic", "series", "by"])
def test_feed_of_nothing_is_not_there(place: str, client: Client) -> None:
    assert client.get(f"/feeds/{place}/nothing/atom/").status_code == 404
