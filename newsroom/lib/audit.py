"""For migrations: what the database notes by itself of each change of a table's rows."""

import json
from collections.abc import Sequence

from django.db import migrations

CHANGES = {
    "insert": "NEW TABLE AS becomes",
    "update": "OLD TABLE AS was NEW TABLE AS becomes",
    "delete": "OLD TABLE AS was",
}


def watch(  # noqa: PLR0913  keyword-only
    table: str,
    *,
    names: Sequence[str],
    part_of: str | None = None,
    key: str = "id",
    unwatched: Sequence[str] = (),
    long: Sequence[str] = (),
    secret: Sequence[str] = (),
) -> migrations.RunSQL:
    """Have every change of `table` noted in the audit; to be repeated with what shall hold instead.

    names: the columns that tell what a row is, the first one that is not empty.
    part_of, key: the table of what the rows hang on, and the column that holds its id.
    unwatched: columns that change by themselves.
    long: columns of which length and hash are noted. secret: columns of which no value is.
    """
    how = {"part_of": part_of, "key": key, "names": names, "unwatched": ["id", *unwatched]}
    how |= {"long": long, "secret": secret}
    note = f"newsroom_note('{json.dumps(how)}')"
    triggers = [
        f"CREATE OR REPLACE TRIGGER newsroom_note_{change} AFTER {change.upper()} ON {table} "
        f"REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION {note}"
        for change, rows in CHANGES.items()
    ]
    triggers.append(
        f"CREATE OR REPLACE TRIGGER newsroom_note_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION newsroom_refuse()"
    )
    back = [f"DROP TRIGGER newsroom_note_{change} ON {table}" for change in [*CHANGES, "truncate"]]
    return migrations.RunSQL("; ".join(triggers), "; ".join(back))
