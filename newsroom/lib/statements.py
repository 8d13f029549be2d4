"""Querysets that are put together once.

To build a queryset and to write its SQL takes Python several times as long as PostgreSQL takes to
answer. A `Statement` does it at its first run.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import count
from typing import Any, Generic, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, models
from django.db.models.query import get_related_populators
from psycopg import sql
from psycopg.errors import FeatureNotSupported, InvalidSqlStatementName

from newsroom.lib.parts import OBJECT, Part, parts, weight
from newsroom.lib.planned import Planned
from newsroom.lib.reading import source

M = TypeVar("M", bound=models.Model)

ALL = slice(None)
NUMBERS = count(1)  # of statements that have been planned
# What a plan meets when a column has got another type since, and when a pooler has dropped it.
STALE = FeatureNotSupported, InvalidSqlStatementName


class Given(models.Expression):
    """Stands in a queryset for a value that each run brings along."""

    def __init__(self, name: str, output_field: models.Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name
        self.kind, _, _ = str(output_field.db_type(connection)).partition("(")  # of any length

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]


class GivenIds(Given):
    """A list of ids, as in `filter(pk__in=GivenIds("ids"))`; it may be empty."""

    def __init__(self, name: str) -> None:
        super().__init__(name, ArrayField(models.BigIntegerField()))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "(SELECT unnest(%s))", [self]


def given_time(name: str) -> Any:
    return Given(name, models.DateTimeField())


def given_id(name: str) -> Any:
    return Given(name, models.BigIntegerField())


class Statement(Generic[M]):
    """The queryset that `build` returns, with `Given` where values come later.

    Prefetches and known related objects are left out.
    """

    def __init__(self, build: Callable[[], models.QuerySet[M]]) -> None:
        self.build = build
        self._planned: dict[Any, Planned] = {}

    def run(self, place: slice = ALL, **given: Any) -> list[M]:
        """The rows, as the queryset would give them, or those at `place`; 1 query.

        A row that has come before, the same in all its values, is the same object again: to make
        one takes longer than to fetch it. So nobody may change one.
        """
        return [self._known(row) for row in self._rows(given, place)]

    def one(self, **given: Any) -> M | None:
        """The first row, as an object of its own; 1 query."""
        found = self._rows(given)
        return self._read(found[0]) if found else None

    def _known(self, row: Sequence[Any]) -> M:
        key = self, *[tuple(value) if type(value) is list else value for value in row]
        part = parts.get(key)
        if part is None:
            size = OBJECT + weight(row) * 3 // 2  # key and object share most
            part = Part(self._read(row), size)
            parts.put(key, part)
        return part.value  # type: ignore[no-any-return]

    def values(self, **given: Any) -> list[tuple[Any, ...]]:
        """Of a queryset by values_list(), whose columns must need no conversion; 1 query."""
        return self._rows(given)

    def ids(self, place: slice = ALL, **given: Any) -> list[int]:
        """The same of a queryset of ids, as by values_list("pk", flat=True); 1 query."""
        [[found]] = self._rows(given, place, "SELECT ARRAY({})")
        return list(found)

    def _rows(
        self, given: dict[str, Any], place: slice = ALL, frame: str = "{}"
    ) -> list[tuple[Any, ...]]:
        key = place.start, place.stop, frame
        if key not in self._planned:
            text, types, _ = self._made
            name = f"rows_{next(NUMBERS)}"
            self._planned[key] = Planned(name, frame.format(text + limits(place)), types)
        return rows(self._planned[key], given)

    def _read(self, row: Sequence[Any]) -> M:
        _, _, read = self._made
        return read(row)  # type: ignore[no-any-return]

    @cached_property
    def _made(self) -> tuple[str, dict[str, str], Any]:
        """The text, its blanks' types, and what makes an object of a row, if rows are objects."""
        compiler = self.build().query.get_compiler(connection=source())
        text, params = compiler.as_sql()
        read = reader(compiler) if compiler.klass_info else None
        return *written(text, params), read


def rows(planned: Planned, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    """From where public pages are read.

    A connection that an earlier request left open is not asked first whether it still is, which
    costs as much as a statement: one that turns out to be gone is opened anew, and asked again.
    A copy is not asked again, as there is another database to ask. One that has plans of no use is
    opened anew in either case, unless that would end a transaction.
    """
    database: Any = source()
    is_trusted = database.connection is not None and not database.health_check_done
    database.health_check_done = True
    try:
        return planned.run(given, database)
    except DatabaseError as error:
        is_gone = is_trusted and database.connection.closed and database.alias == DEFAULT_DB_ALIAS
        is_stale = isinstance(error.__cause__, STALE) and not database.in_atomic_block
        if not (is_gone or is_stale):
            raise
    database.close()
    return planned.run(given, database)


def limits(place: slice) -> str:
    """Written out, as a plan depends on them."""
    if place.stop is None:
        return ""
    first = place.start or 0
    return f" LIMIT {int(place.stop - first)} OFFSET {int(first)}"


statement = Statement  # as the decorator of what puts the queryset together


def written(text: str, params: Iterable[Any]) -> tuple[str, dict[str, str]]:
    """SQL with blanks, and their types; what is known already is in place."""
    params = list(params)
    types = {one.name: one.kind for one in params if isinstance(one, Given)}
    known = [
        f"%({one.name})s"
        if isinstance(one, Given)
        else sql.Literal(one).as_string(None).replace("%", "%%")
        for one in params
    ]
    return str(text.replace("%%", "%%%%") % tuple(known)), types


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
