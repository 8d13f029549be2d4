"""A statement answers as its queryset does, whatever it is given, without making it again."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import NotSupportedError, OperationalError, connection, connections, transaction
from django.db.models import QuerySet, SlugField
from django.test.utils import CaptureQueriesContext

from articles.models import Article, ArticleQuerySet
from newsroom.lib.parts import parts
from newsroom.lib.planned import Planned
from newsroom.lib.reading import REPLICA, read_from, source
from newsroom.lib.statements import Given, GivenIds, Statement, rows, statement
from tests.factories import make_contributor, make_photo, make_published, make_section
from tests.standby import copied

pytestmark = pytest.mark.django_db


@statement
def named() -> ArticleQuerySet:
    return Article.objects.filter(slug=Given("slug", SlugField())).for_list()


@statement
def among() -> ArticleQuerySet:
    return Article.objects.filter(pk__in=GivenIds("ids")).order_by("pk")


@statement
def among_listed() -> ArticleQuerySet:
    return Article.objects.filter(pk__in=GivenIds("ids")).for_list().order_by("pk")


@statement
def ids_among() -> QuerySet:
    return among.build().values_list("pk", flat=True)


def test_rows_are_whole_objects_with_what_was_joined_and_annotated() -> None:
    piece = make_published("Grain", section=make_section("Asia"), photo=make_photo())

    with CaptureQueriesContext(connection) as queries:
        found = named.one(slug=piece.slug)
        assert found is not None
        assert found.section is not None
        assert (found, found.section.name, found.photo) == (piece, "Asia", piece.photo)
        assert found.byline_names == []  # type: ignore[attr-defined]
        assert found.get_deferred_fields() == {"body"}
        assert vars(found.photo).keys() == vars(piece.photo).keys()
    assert len(queries) == 1


def test_each_run_has_its_own_values() -> None:
    pieces = [make_published() for _ in range(3)]

    assert [named.one(slug=piece.slug) for piece in pieces] == pieces
    assert named.one(slug="none") is None
    assert among.run(ids=[pieces[0].pk, pieces[2].pk]) == [pieces[0], pieces[2]]
    assert among.run(ids=[]) == []


def test_values_are_never_part_of_the_text() -> None:
    make_published()

    assert named.run(slug="' OR true; --%s%%") == []


def test_a_value_is_never_cut() -> None:
    longest = "a" * 100
    piece = make_published(slug=longest)

    assert named.one(slug=longest) == piece
    assert named.one(slug=longest + "a") is None


def test_what_is_known_is_part_of_it_and_comes_out_as_it_was() -> None:
    odd = make_published("100% “of” 'it' %s \\")
    same = Statement(lambda: Article.objects.filter(headline=odd.headline))
    like = Statement(lambda: Article.objects.filter(headline__icontains="0% “of” 'it' %s \\"))

    assert same.run() == like.run() == [odd]


def test_a_row_that_has_not_changed_is_the_same_object() -> None:
    pieces = [make_published(), make_published(contributors=[make_contributor()])]
    first = among_listed.run(ids=[piece.pk for piece in pieces])
    Article.objects.filter(pk=pieces[0].pk).update(headline="Another")

    second = among_listed.run(ids=[piece.pk for piece in pieces])

    assert second[1] is first[1]
    assert (first[0].headline, second[0].headline) == (pieces[0].headline, "Another")


def test_one_row_is_an_object_of_its_own() -> None:
    piece = make_published()

    assert named.one(slug=piece.slug) is not named.one(slug=piece.slug)


def test_no_more_rows_are_kept_than_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "n_bytes", 9_000)
    pieces = [make_published() for _ in range(5)]

    assert among.run(ids=[piece.pk for piece in pieces]) == pieces
    assert 0 < parts.size <= 9_000


def test_a_part_of_the_rows_and_of_their_ids() -> None:
    pieces = [make_published() for _ in range(5)]
    ids = [piece.pk for piece in pieces]

    assert among.run(slice(1, 3), ids=ids) == pieces[1:3]
    assert ids_among.ids(slice(1, 3), ids=ids) == ids[1:3]
    assert (ids_among.ids(ids=ids), ids_among.ids(ids=[])) == (ids, [])


def test_it_is_put_together_once() -> None:
    made = []

    @statement
    def counted() -> ArticleQuerySet:
        made.append(1)
        return Article.objects.all()

    counted.run(), counted.run()

    assert made == [1]


def test_each_run_can_be_seen() -> None:
    with CaptureQueriesContext(connection) as queries:
        for slug in "abc":
            named.one(slug=slug)

    assert ['FROM "articles_article"' in query["sql"] for query in queries] == [True] * 3


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_gone_is_opened_anew_once_a_request() -> None:
    piece = make_published()
    named.one(slug=piece.slug)
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid]
        )
        vars(connections["default"])["health_check_done"] = False  # as each request begins

        assert named.one(slug=piece.slug) == piece

        other.execute(
            "SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid]
        )
        with pytest.raises(OperationalError):
            named.one(slug=piece.slug)
    connection.close()


GRAIN = Planned("grain", "SELECT name FROM grain", {})
WIDER = "ALTER TABLE grain ALTER COLUMN name TYPE varchar(200)"


@pytest.fixture
def grain() -> Iterator[None]:
    """A table whose rows have been asked for."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE grain AS SELECT 'wheat'::varchar(80) AS name")
    rows(GRAIN, {})
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE grain")


@pytest.mark.usefixtures("grain")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", [WIDER, "DEALLOCATE ALL"])
def test_what_was_planned_before_a_change_is_planned_anew(change: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(change)

    assert rows(GRAIN, {}) == [("wheat",)]


@pytest.mark.usefixtures("grain")
@pytest.mark.django_db(transaction=True)
def test_so_is_what_the_copy_has_planned() -> None:
    with copied(), read_from(REPLICA):
        rows(GRAIN, {})
        with source().cursor() as cursor:
            cursor.execute(WIDER)

        assert rows(GRAIN, {}) == [("wheat",)]


@pytest.mark.usefixtures("grain")
@pytest.mark.django_db(transaction=True)
def test_a_transaction_is_not_left_for_a_new_plan() -> None:
    with connection.cursor() as cursor:
        cursor.execute(WIDER)

    with pytest.raises(NotSupportedError), transaction.atomic():
        rows(GRAIN, {})
