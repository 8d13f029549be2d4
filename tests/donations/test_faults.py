"""Whatever is wrong with appeals, readers get their page, and soon."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client, RequestFactory

from articles.models import Article
from articles.views import article_detail
from donations.asking import REST, fuse
from donations.models import Board
from tests.factories import make_published
from tests.factories_donations import make_live, make_rules

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def whole_fuse() -> Iterator[None]:
    mend()
    yield
    mend()


def mend() -> None:
    fuse.rests_until = fuse.is_quiet_until = 0


@pytest.fixture
def piece() -> Article:
    make_rules()
    return make_published("A treaty")


@pytest.fixture
def without(client: Client, piece: Article) -> bytes:
    """The page before anybody asked for anything; from then on, an appeal is live."""
    page = client.get(piece.get_absolute_url()).content
    make_live()
    return page


@contextmanager
def locked_board() -> Iterator[None]:
    """Somebody else holds the table, and does not let go."""
    with closing(psycopg.connect(**connection.get_connection_params())) as other:
        other.execute("LOCK TABLE donations_board IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()


@contextmanager
def lost_board() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE donations_board RENAME TO donations_lost")
        try:
            yield
        finally:
            cursor.execute("ALTER TABLE donations_lost RENAME TO donations_board")


def good() -> dict[str, Any]:
    content: dict[str, Any] = Board.objects.get().content
    return content


def test_page_has_an_appeal_while_nothing_is_wrong(
    client: Client, piece: Article, without: bytes
) -> None:
    assert client.get(piece.get_absolute_url()).content != without


@pytest.mark.parametrize("fault", [locked_board, lost_board])
def test_board_that_cannot_be_read_costs_the_page_its_appeals_alone(
    client: Client, piece: Article, without: bytes, fault: Any
) -> None:
    client.get(piece.get_absolute_url())
    with fault():
        started = time.monotonic()
        response = client.get(piece.get_absolute_url())
        took = time.monotonic() - started

    assert (response.status_code, response.content) == (200, without)
    assert took < 4  # the board has 0.15 s; this machine may have much else to do


def spoiled(content: dict[str, Any]) -> list[Any]:
    """What a board might hold if somebody wrote to it by hand."""
    [appeal] = content["appeals"]
    changes = [{"variants": []}, {"variants": [{}]}, {"until": "soon"}, {"goal": {"until": 1e99}}]
    return [
        {},
        [],
        "nonsense",
        content | {"appeals": None},
        content | {"rules": {}},
        content | {"appeals": [appeal, {"id": 2}]},
        *(content | {"appeals": [appeal | change]} for change in changes),
    ]


def test_bad_row_costs_the_page_its_appeals_alone(
    client: Client, piece: Article, without: bytes
) -> None:
    for content in spoiled(good()):
        Board.objects.update(content=content)
        mend()

        response = client.get(piece.get_absolute_url())

        assert (response.status_code, response.content) == (200, without), content


def test_fault_is_told_once_a_minute(
    client: Client, piece: Article, without: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    Board.objects.update(content="nonsense")
    for _ in range(3):
        fuse.rests_until = 0
        client.get(piece.get_absolute_url())

    told = [record for record in caplog.records if record.name == "donations.asking"]
    assert [record.getMessage() for record in told] == [
        f"Pages go without appeals for {REST} seconds"
    ]
    assert told[0].exc_info


def test_preview_that_fails_costs_readers_nothing(
    client: Client, piece: Article, without: bytes
) -> None:
    request = RequestFactory().get(piece.get_absolute_url())
    request.appeal_preview = SimpleNamespace(appeal={}, variant={})  # type: ignore[attr-defined]
    assert piece.published_on
    with pytest.raises(KeyError):
        article_detail(request, day=piece.published_on, slug=piece.slug)

    assert client.get(piece.get_absolute_url()).content != without


def test_after_a_fault_pages_do_not_wait_again_for_a_while(
    client: Client, piece: Article, without: bytes
) -> None:
    content = good()
    Board.objects.update(content="nonsense")
    client.get(piece.get_absolute_url())
    Board.objects.update(content=content)

    assert client.get(piece.get_absolute_url()).content == without
    fuse.rests_until = 0
    assert client.get(piece.get_absolute_url()).content != without
