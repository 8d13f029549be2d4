"""Public pages are read from the copy of the database, and everything else from itself."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from newsroom.lib import generation
from newsroom.lib.reading import REPLICA, read_from, source
from newsroom.pages.request import known_of
from tests.factories import make_published
from tests.factories_donations import make_live
from tests.pages import Site
from tests.standby import copied
from tests.surfaces import make_everywhere, public_addresses

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]


@pytest.fixture
def copy() -> Iterator[Any]:
    """The tests' own database under its other name."""
    connection.ensure_connection()
    with copied() as copy:
        yield copy


@pytest.fixture
def site(copy: Any) -> Site:
    site = Site()
    site.watcher.alias = REPLICA
    return site


def test_no_kept_page_asks_the_database_itself(site: Site) -> None:
    at = timezone.now()
    addresses = public_addresses(make_everywhere(at - timedelta(hours=1)))
    make_live("Give now")
    site.watcher.look()
    generation.known = None  # nothing is remembered from one page to the next
    kept = {name: path for name, path in addresses.items() if known_of(path.partition("?")[0])}
    asked = dict[str, Any]()

    for name, path in kept.items():
        with CaptureQueriesContext(connection) as queries:
            answer = site.get(path)
        said = [query["sql"] for query in queries.captured_queries]
        asked[name] = [sql for sql in said if not sql.startswith("UPDATE")]  # a partner's last call
        assert answer.status in {200, 301, 404, 410}, name
    assert len(kept) > 30
    assert {name: queries for name, queries in asked.items() if queries} == {}


def test_what_is_for_one_person_asks_the_database_itself(site: Site, copy: Any) -> None:
    with CaptureQueriesContext(copy) as queries:
        assert site.get("/admin/login/").status == 200
        assert site.get("/newsletter/ticket/").status in {200, 404}
        assert site.get("/", "POST").status == 403

    assert queries.captured_queries == []


def test_nothing_is_written_to_the_copy(copy: Any) -> None:
    make_published("Before")
    with CaptureQueriesContext(copy) as queries, read_from(REPLICA):
        piece = Article.objects.select_related("section").get()
        piece.headline = "After"
        piece.save(update_fields=["headline"])
        Article.objects.update(deck="Changed")
        assert source().alias == REPLICA

    assert not [query for query in queries.captured_queries if "UPDATE" in query["sql"]]
    with CaptureQueriesContext(copy) as queries:
        piece.refresh_from_db()
        assert piece.tags.count() == 0
    assert queries.captured_queries == []
    assert (piece.headline, piece.deck) == ("After", "Changed")
