"""What the rows are called to which entries refer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.contrib.auth.models import Permission

from newsroom.audit.tables import kinds, model_of, options, references, subject
from newsroom.lib.fields import HtmlField
from newsroom.models import AuditEntry, User

Row = tuple[str, int]  # table and id
Names = dict[Row, str]


def names_for(entries: Iterable[AuditEntry]) -> tuple[Names, Names]:
    """The names of what is there, and of what is there no more; 1 query for each table, 1 for all
    that is gone."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for table, pk in (row for entry in entries for row in rows_of(entry)):
        wanted[table].add(pk)
    there = {(table, pk): name for table in wanted for pk, name in stored(table, wanted[table])}
    gone = {(table, pk) for table, pks in wanted.items() for pk in pks} - there.keys()
    return there, last_names(gone)


def name_of(table: str, pk: int) -> str:
    """Its name, or the last that it had."""
    there = dict(stored(table, {pk}))
    return there.get(pk) or last_names({(table, pk)}).get((table, pk)) or f"number {pk}"


def rows_of(entry: AuditEntry) -> Iterator[Row]:
    yield entry.kind, entry.object_id
    if entry.actor_id and not entry.actor:
        yield options(User).db_table, entry.actor_id
    table = entry.part or entry.kind
    for column, model in references(table).items():
        values = [entry.before.get(column), entry.after.get(column)]
        values += [int(entry.name)] if column == subject_of(entry) else []
        yield from ((options(model).db_table, value) for value in values if value is not None)


def subject_of(entry: AuditEntry) -> str:
    """The column of which `entry.name` holds the value."""
    return subject(entry.part) if entry.part else ""


def stored(table: str, pks: set[int]) -> list[tuple[int, str]]:
    """Of what people look for, and of permissions; others' names may ask for more."""
    if table == options(Permission).db_table:
        return list(Permission.objects.filter(pk__in=pks).values_list("pk", "name"))
    if table not in kinds():
        return []
    model = model_of(table)
    rows = model._base_manager.filter(pk__in=pks)  # noqa: SLF001  # public, whatever it is called
    texts = [field.name for field in options(model).fields if isinstance(field, HtmlField)]
    return [(row.pk, str(row)) for row in rows.defer(*texts)]


def last_names(gone: set[Row]) -> Names:
    """As the audit itself has them."""
    if not gone:
        return {}
    found = AuditEntry.objects.filter(
        part="", kind__in={table for table, _ in gone}, object_id__in={pk for _, pk in gone}
    )
    last = found.order_by("kind", "object_id", "-pk").distinct("kind", "object_id")
    return {(kind, pk): name for kind, pk, name in last.values_list("kind", "object_id", "name")}
