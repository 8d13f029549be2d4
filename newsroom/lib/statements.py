"""Querysets that are put together once.

To build a queryset and to write its SQL takes Python several times as long as PostgreSQL takes to
answer. A `Statement` does it at its first run; after that a run sends values alone, as psycopg has
prepared it on the connection (`prepare_threshold`), so that PostgreSQL plans it no more either.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, models
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models.query import get_related_populators
from psycopg import sql

from newsroom.lib.parts import OBJECT, Part, parts, weight
from newsroom.lib.reading import source

M = TypeVar("M", bound=models.Model)

ALL = slice(None)


class Given(models.Expression):
    """Stands in a queryset for a value that each run brings along."""

    def __init__(self, name: str, output_field: models.Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]


class GivenIds(Given):
    """A list of ids, as in `filter(pk__in=GivenIds("ids"))`; it may be empty."""

    def __init__(self, name: str) -> None:
        super().__init__(name, ArrayField(models.BigIntegerField()))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "(SELECT unnest(%s::bigint[]))", [self]


def given_time(name: str) -> Any:
    return Given(name, models.DateTimeField())


def given_id(name: str) -> Any:
    return Given(name, models.BigIntegerField())


class PreparedCursor(ServerBindingCursor):
    """Tells Django what it ran, as psycopg's cursors do of statements that are not prepared."""

    def _send_query_prepared(self, name: bytes, pgq: Any, **kwargs: Any) -> None:
        self._query = pgq
        super()._send_query_prepared(name, pgq, **kwargs)  # type: ignore[misc]


class Statement(Generic[M]):
    """The queryset that `build` returns, with `Given` where values come later.

    Prefetches and known related objects are left out.
    """

    def __init__(self, build: Callable[[], models.QuerySet[M]]) -> None:
        self.build = build

    def run(self, place: slice = ALL, **given: Any) -> list[M]:
        """The rows, as the queryset would give them, or those at `place`; 1 query.

        A row that has come before, the same in all its values, is the same object again: to make
        one takes longer than to fetch it. So nobody may change one.
        """
        text, read = self._made
        return [self._known(row, read) for row in rows(text + limits(place), given)]

    def one(self, **given: Any) -> M | None:
        """The first row, as an object of its own; 1 query."""
        text, read = self._made
        return next(map(read, rows(text, given)), None)

    def _known(self, row: Sequence[Any], read: Callable[[Any], M]) -> M:
        key = self, *[tuple(value) if type(value) is list else value for value in row]
        part = parts.get(key)
        if part is None:
            part = Part(read(row), OBJECT + weight(row) * 3 // 2)  # key and object share most
            parts.put(key, part)
        return part.value  # type: ignore[no-any-return]

    def values(self, **given: Any) -> list[tuple[Any, ...]]:
        """Of a queryset by values_list(), whose columns must need no conversion; 1 query."""
        return rows(self._text, given)

    def ids(self, place: slice = ALL, **given: Any) -> list[int]:
        """The same of a queryset of ids, as by values_list("pk", flat=True); 1 query."""
        [[found]] = rows(f"SELECT ARRAY({self._text}{limits(place)})", given)
        return list(found)

    @cached_property
    def _made(self) -> tuple[str, Callable[[Any], M]]:
        compiler = self.build().query.get_compiler(connection=source())
        return written(*compiler.as_sql()), reader(compiler)

    @cached_property
    def _text(self) -> str:
        return written(*self.build().query.get_compiler(connection=source()).as_sql())


def rows(text: str, given: dict[str, Any]) -> list[Any]:
    """As with source().cursor(), but bound and prepared by the server.

    A connection that an earlier request left open is not asked first whether it still is, which
    costs as much as a statement: one that turns out to be gone is opened anew, and asked again.
    A copy is not asked again, as there is another database to ask.
    """
    database: Any = source()
    is_trusted = database.connection is not None and not database.health_check_done
    database.health_check_done = True
    try:
        return answered(database, text, given)
    except OperationalError:
        is_gone = is_trusted and database.connection.closed
        if not is_gone or database.alias != DEFAULT_DB_ALIAS:
            raise
    database.close()
    return answered(database, text, given)


def answered(database: Any, text: str, given: dict[str, Any]) -> list[Any]:
    database.ensure_connection()
    with database.wrap_database_errors:
        bare = PreparedCursor(database.connection)  # type: ignore[call-arg]
    with database._prepare_cursor(bare) as cursor:  # noqa: SLF001
        cursor.execute(text, given)
        found: list[Any] = cursor.fetchall()
    return found


def limits(place: slice) -> str:
    """Written out, as a plan depends on them."""
    if place.stop is None:
        return ""
    first = place.start or 0
    return f" LIMIT {int(place.stop - first)} OFFSET {int(first)}"


statement = Statement  # as the decorator of what puts the queryset together


def written(text: str, params: Iterable[Any]) -> str:
    """SQL for psycopg, with what is known already in place."""
    known = [
        f"%({one.name})s"
        if isinstance(one, Given)
        else sql.Literal(one).as_string(None).replace("%", "%%")
        for one in params
    ]
    return str(text.replace("%%", "%%%%") % tuple(known))


def reader(compiler: Any) -> Callable[[Any], Any]:
    """What makes an object of a row; as Django's ModelIterable does it, but prepared."""
    shape, select = compiler.klass_info, compiler.select
    model, fields = shape["model"], shape["select_fields"]
    start, end = fields[0], fields[-1] + 1
    names = [column[0].target.attname for column in select[start:end]]
    others = get_related_populators(shape, select, connection.alias)  # type: ignore[call-arg]
    annotations = list((compiler.annotation_col_map or {}).items())
    converters = list(compiler.get_converters([column[0] for column in select]).items())

    def read(row: Any) -> Any:
        values = list(row)
        for place, (functions, expression) in converters:
            for function in functions:
                values[place] = function(values[place], expression, connection)
        one = model.from_db(connection.alias, names, values[start:end])
        for other in others:
            other.populate(values, one)
        for name, place in annotations:
            setattr(one, name, values[place])
        return one

    return read
