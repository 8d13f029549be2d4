"""Feeds for those who may republish us, at addresses that nobody else knows."""

from datetime import timedelta
from typing import Any

import feedparser
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from articles import services
from articles.models import Article, PartnerFeed
from newsroom.models import AuditEntry, Publication
from tests.desk import logged_in
from tests.factories import (
    make_article,
    make_format,
    make_photo,
    make_published,
    make_section,
    make_series,
    make_tag,
)

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/partnerfeed/add/"


def make_feed(**fields: Any) -> PartnerFeed:
    chosen = {name: fields.pop(name, []) for name in ("sections", "formats", "series", "tags")}
    feed = PartnerFeed.objects.create(**{"name": "Wire", **fields})
    for name, rows in chosen.items():
        getattr(feed, name).set(rows)
    return feed


def read(feed: PartnerFeed, style: str = "atom") -> Any:
    response = Client().get(feed.address(style))
    assert response.status_code == 200
    found = feedparser.parse(response.content, sanitize_html=False)
    assert not found.bozo
    return found


def titles(feed: PartnerFeed) -> list[str]:
    return sorted(entry.title for entry in read(feed).entries)


def change(feed: PartnerFeed) -> str:
    return f"/admin/articles/partnerfeed/{feed.pk}/change/"


def test_holds_what_is_public_and_ours_to_give() -> None:
    make_published("Ours")
    make_published("Kept", may_republish=False)
    make_published("Theirs", canonical_url="https://example.org/first")
    make_published("Ahead", at=timezone.now() + timedelta(hours=1))
    make_published("Gone", status="killed")
    make_article("Draft")

    assert titles(make_feed()) == ["Ours"]


def test_holds_what_fits_everything_that_was_chosen() -> None:
    europe, asia = make_section("Europe"), make_section("Asia")
    analysis, series = make_format("Analysis"), make_series()
    grain, ships = make_tag("grain"), make_tag("ships")
    everything: dict[str, Any] = {"section": europe, "format": analysis, "series": series}
    make_published("All", **everything, tags=[grain, ships])
    make_published("In Asia", **everything | {"section": asia}, tags=[grain])
    make_published("No series", **everything | {"series": None}, tags=[grain])
    make_published("No tag", **everything)
    make_published("No format", **everything | {"format": None}, tags=[ships])

    assert titles(make_feed(name="1", sections=[europe, asia], tags=[grain])) == [
        "All",
        "In Asia",
        "No series",
    ]
    chosen: dict[str, Any] = {"sections": [europe], "formats": [analysis], "series": [series]}
    assert titles(make_feed(name="2", **chosen, tags=[grain, ships])) == ["All"]
    assert len(titles(make_feed(name="3"))) == 5


@pytest.mark.parametrize("style", ["atom", "rss"])
def test_whole_piece_names_us_and_leaves_out_pictures_that_are_not_ours(style: str) -> None:
    Publication.objects.update(name="Parley")
    ours, theirs = make_photo(may_republish=True), make_photo(alt="Not ours", agency="Reuters")
    body = f'<p>One.</p><p>Two.</p><figure data-photo="{ours.pk}"></figure>'
    piece = make_published(body=body, photo=theirs)

    [entry] = read(make_feed(), style).entries

    content = entry.content[0].value
    assert "<p>One.</p><p>Two.</p><figure>" in content
    link = f'<a href="{settings.SITE_URL}{piece.get_absolute_url()}">Parley</a>'
    assert f"First published by {link}." in content
    assert (theirs.token in str(entry), "Reuters" in str(entry)) == (False, False)
    assert [ours.token in shown["url"] for shown in entry.media_content] == [True]


def test_excerpt_ends_where_the_teaser_does_and_leads_on() -> None:
    Publication.objects.update(name="Parley")
    make_published(body="<p>One.</p><p>Two.</p>", teaser_paragraphs=1)

    [entry] = read(make_feed(extent="excerpt")).entries

    content = entry.content[0].value
    assert "One." in content
    assert "Two." not in content
    assert "Read all of it at <a" in content


@pytest.mark.parametrize("style", ["atom", "rss"])
def test_wrong_address_answers_as_any_that_is_not_there(client: Client, style: str) -> None:
    feed = make_feed(is_active=False)
    missing = client.get(f"/feeds/partner/{'x' * 32}/{style}/")

    for url in (feed.address(style), f"/feeds/partner/x/{style}/", f"/feeds/{'x' * 32}/{style}/"):
        answer = client.get(url)
        assert (answer.status_code, answer.content) == (404, missing.content)
        assert answer.headers.items() == missing.headers.items()


def test_nobody_else_keeps_or_lists_it(client: Client) -> None:
    answer = client.get(make_feed().address("atom"))

    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Cache-Control"] == "private, no-cache"


def test_partner_who_has_it_is_told_so(client: Client) -> None:
    make_published()
    feed = make_feed()
    tag = client.get(feed.address("atom"))["ETag"]

    again = client.get(feed.address("atom"), headers={"If-None-Match": tag})
    Article.objects.update(may_republish=False)
    changed = client.get(feed.address("atom"), headers={"If-None-Match": tag})

    assert (again.status_code, again["X-Robots-Tag"]) == (304, "noindex")
    assert changed.status_code == 200


def test_day_of_the_last_fetch_is_kept_and_noted_nowhere(client: Client) -> None:
    feed = make_feed()
    n_entries = AuditEntry.objects.count()

    client.get(feed.address("rss"))

    feed.refresh_from_db()
    assert feed.last_fetched_on == timezone.localdate()
    assert AuditEntry.objects.count() == n_entries


def test_administrator_makes_a_feed() -> None:
    europe, grain = make_section("Europe"), make_tag("grain")
    sent = {"name": "Wire", "extent": "full", "sections": [europe.pk], "tag_list": "Grain"}
    client = logged_in(role="administrator")

    client.post(ADD, sent | {"is_active": "on"})

    feed = PartnerFeed.objects.get()
    assert (list(feed.sections.all()), list(feed.tags.all())) == ([europe], [grain])
    assert len(feed.secret) == 32
    page = client.get(change(feed)).text
    assert f"{settings.SITE_URL}{feed.address('rss')}" in page
    row = client.get("/admin/articles/partnerfeed/").text
    for words in ("Europe; grain", ">Active<", "never"):
        assert words in row


def test_tag_that_nobody_made_is_not_made_here() -> None:
    sent = {"name": "Wire", "extent": "full", "tag_list": "nothing"}

    answer = logged_in(role="administrator").post(ADD, sent)

    assert "No tag is called “nothing”." in answer.text
    assert not PartnerFeed.objects.exists()


def test_new_address_shuts_out_the_old_one_and_is_no_words_in_the_audit(client: Client) -> None:
    feed = make_feed()
    old = feed.address("atom")

    logged_in(role="administrator").post(f"/admin/articles/partnerfeed/{feed.pk}/renew/")

    was = feed.secret
    feed.refresh_from_db()
    assert client.get(old).status_code == 404
    assert client.get(feed.address("atom")).status_code == 200
    told = str(list(AuditEntry.objects.values_list("before", "after")))
    assert (was in told, feed.secret in told) == (False, False)


def test_feed_keeps_its_name_under_a_new_address() -> None:
    feed = make_feed()
    before = read(feed).feed.id
    services.renew(feed)

    assert read(feed).feed.id == before
