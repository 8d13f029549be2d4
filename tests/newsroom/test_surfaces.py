"""A piece appears and goes at its second, everywhere at once, with no worker running."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles import services
from articles.feeds import STYLES
from articles.models import Article
from tests.surfaces import MARK, make_everywhere, public_addresses, shows

pytestmark = [pytest.mark.django_db, pytest.mark.processes]  # it takes some hundred requests
SECOND = timedelta(seconds=1)
FEEDS = ["pieces", "section", "topic", "series", "contributor", "partner"]
# All that lead to a piece which is public; a public page that is not here leads to none.
LEADING = {
    "articles:front_page",
    "articles:article_detail",
    "articles:article_rest",
    "articles:article_republish",
    "articles:section_detail",
    "articles:topic_detail",
    "articles:series_detail",
    "articles:contributor_detail",
    "articles:latest",
    "articles:archive_month",
    "articles:corrections",
    "articles:shared_preview",
    "articles:search",
    "not found",
    "newsletter:issue_detail",
    "newsletter:feed",
    "articles:news_sitemap",
    "articles:sitemap_month",
    *(f"articles:{name}_{style}" for name in FEEDS for style in STYLES),
    "beside",
}


@pytest.fixture
def noon() -> datetime:
    return timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=5)


@pytest.mark.parametrize("happens", ["appears", "goes"])
def test_piece_appears_and_goes_at_its_second(client: Client, noon: datetime, happens: str) -> None:
    times = (
        {"at": noon} if happens == "appears" else {"at": noon - timedelta(hours=1), "until": noon}
    )
    piece = make_everywhere(**times)
    addresses = public_addresses(piece)
    before, after = (set(), LEADING) if happens == "appears" else (LEADING, set())

    for moment, expected in [(noon - SECOND, before), (noon, after), (noon + SECOND, after)]:
        with time_machine.travel(moment, tick=False):
            assert shows(client, piece, addresses) == expected, moment


def test_killed_piece_is_gone_from_everything_in_the_same_transaction(
    client: Client, noon: datetime
) -> None:
    piece = make_everywhere(noon - timedelta(hours=1))
    addresses = public_addresses(piece)
    assert shows(client, piece, addresses) == LEADING

    services.kill(piece, by=None, note="Wrong")

    for name, url in addresses.items():
        page = client.get(url).content.decode()
        assert MARK not in page, name
        assert piece.get_absolute_url() not in page, name
    assert not Article.objects.public().filter(pk=piece.pk).exists()
