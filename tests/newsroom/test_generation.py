"""Whatever changes a public page advances the site's generation, when it commits."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import services
from articles.models import Article, Photo, Tag
from donations.models import Board
from newsroom.models import Publication
from tests.factories import make_article, make_photo, make_published, make_tag
from tests.factories_donations import make_live
from tests.surfaces import make_everywhere, public_addresses

pytestmark = pytest.mark.django_db(transaction=True)

NOT_SHOWN = {
    "articles_monthcount",  # follows from pieces within their transaction
    "articles_previewlink",  # shared drafts, which nobody keeps
    "articles_revision",  # the same
    "articles_searchedtext",  # follows from a piece within its transaction
    "newsletter_click",  # counted
    "newsroom_auditentry",  # when something changed that is watched itself
    "newsroom_user",  # of shared drafts
}
TRIGGERS = """
    SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE tgname LIKE 'newsroom_shown_%' AND tgenabled = 'O'
"""


def state() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, hard FROM newsroom_generation")
        found: tuple[int, int] = cursor.fetchone()
    return found


@contextmanager
def advancing(*, hard: bool = False) -> Iterator[None]:
    (number, last_hard) = state()
    yield
    (now, hard_now) = state()
    assert now > number
    assert hard_now == (now if hard else last_hard)


@contextmanager
def standing() -> Iterator[None]:
    before = state()
    yield
    assert state() == before


def test_drafts_are_saved_without_advancing() -> None:
    with standing():
        draft = make_article("Draft", section=None, tags=[])
        Article.objects.filter(pk=draft.pk).update(headline="Other")


def test_nothing_is_advanced_by_changing_nothing() -> None:
    with standing():
        Article.objects.filter(pk=0).update(headline="Nobody's")


@pytest.mark.parametrize(
    "change",
    [
        lambda piece: Article.objects.filter(pk=piece.pk).update(headline="Changed"),
        lambda piece: piece.tags.add(make_tag("grain")),
        lambda piece: piece.notices.create(kind="correction", text="Wrong."),
        lambda piece: Tag.objects.create(name="Silos", slug="silos"),
        lambda piece: Publication.objects.update(tagline="Anew"),
        lambda piece: Photo.objects.update(caption="Anew"),
    ],
)
def test_changes_of_what_is_public_advance(change: Callable[[Article], object]) -> None:
    piece = make_published("Public", photo=make_photo())

    with advancing():
        change(piece)


@pytest.mark.parametrize(
    "change",
    [
        lambda piece: services.kill(piece, by=None, note="Wrong."),
        lambda piece: Article.objects.update(published_until=timezone.now()),
        lambda piece: Article.objects.update(published_at=timezone.now() + timedelta(days=1)),
        lambda piece: piece.delete(),
        lambda piece: Photo.objects.update(expires_on=timezone.localdate()),
        lambda piece: Board.objects.update(content={"rules": {}, "appeals": []}),
    ],
)
def test_what_must_go_is_a_hard_change(change: Callable[[Article], object]) -> None:
    make_live()
    piece = make_published("Public", photo=make_photo())

    with advancing(hard=True):
        change(piece)


def test_a_transaction_advances_once_and_when_it_commits() -> None:
    piece = make_published("Public")
    numbers = [state()]

    with transaction.atomic():
        Article.objects.filter(pk=piece.pk).update(headline="One")
        numbers.append(state())
        Article.objects.filter(pk=piece.pk).update(headline="Two")
        numbers.append(state())

    assert len(set(numbers)) == 1
    assert state() > numbers[0]


def test_what_is_rolled_back_advances_nothing() -> None:
    piece = make_published("Public")

    with standing(), transaction.atomic():
        Article.objects.filter(pk=piece.pk).update(headline="Never")
        transaction.set_rollback(True)


def test_a_savepoint_that_is_left_takes_its_part_back() -> None:
    piece = make_published("Public")

    with advancing(), transaction.atomic():
        Article.objects.filter(pk=piece.pk).update(headline="One")
        sid = transaction.savepoint()
        services.kill(piece, by=None, note="Wrong.")
        transaction.savepoint_rollback(sid)


def test_writers_at_once_neither_wait_nor_lose_a_change() -> None:
    pieces = [make_published() for _ in range(8)]
    before = state()

    def write(piece: Article) -> tuple[int, int]:
        try:
            for n in range(10):
                Article.objects.filter(pk=piece.pk).update(headline=f"Headline {n}")
            return state()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(pieces)) as pool:
        seen = list(pool.map(write, pieces))

    assert min(seen) > before
    assert max(seen) == state()


def test_nothing_is_left_of_what_was_counted() -> None:
    make_published("Public")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM newsroom_change")
        assert cursor.fetchone() == (0,)


def test_every_table_that_readers_see_something_of_advances(client: Client) -> None:
    piece = make_everywhere(timezone.now() - timedelta(hours=1))
    make_live()
    read: dict[str, str] = {}
    for name, url in public_addresses(piece).items():
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        for query in queries:
            tables = re.findall(r'(?:FROM|JOIN) "?([a-z]+_\w+)', query["sql"])
            read |= dict.fromkeys(tables, name)
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS)
        advancing = {name for (name,) in cursor.fetchall()}

    assert len(read) > 20
    assert {t: name for t, name in read.items() if t not in advancing | NOT_SHOWN} == {}


MANY = """
    INSERT INTO articles_article ({columns}, slug)
    SELECT {columns}, slug || n FROM articles_article, generate_series(1, 15000) n
"""
COPIED = """
    SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
    WHERE attrelid = 'articles_article'::regclass AND attnum > 0 AND NOT attisdropped
    AND attgenerated = '' AND attidentity = '' AND attname <> 'slug'
"""


def test_many_rows_at_once_take_no_longer_than_they_must() -> None:
    make_published("Many")

    with advancing(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # without any trigger
        cursor.execute(COPIED)
        cursor.execute(MANY.format(columns=cursor.fetchone()[0]))
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("SET LOCAL statement_timeout = '8s'")
        Article.objects.update(teaser_paragraphs=1)
