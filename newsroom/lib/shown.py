"""For migrations: which tables public pages are made of (newsroom.lib.generation)."""

from django.db import migrations

CHANGES = {
    "insert": "NEW TABLE AS becomes",
    "update": "OLD TABLE AS was NEW TABLE AS becomes",
    "delete": "OLD TABLE AS was",
}


def shown(table: str, *, where: str = "true", hard: str = "false") -> migrations.RunSQL:
    """Have every change of `table` advance the site's generation; to be repeated to hold anew.

    where: SQL on a row `one`, before or after the change: whether readers see anything of it.
    hard: SQL on the rows `was` and `becomes` of an update, which says after which ones nothing
    older may be served; where it is given, a deleted row is such a change as well.
    """
    call = f"newsroom_shown({quoted(where)}, {quoted(hard)})"
    triggers = [
        f"CREATE OR REPLACE TRIGGER newsroom_shown_{change} AFTER {change.upper()} ON {table} "
        f"REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION {call}"
        for change, rows in CHANGES.items()
    ]
    back = [f"DROP TRIGGER newsroom_shown_{change} ON {table}" for change in CHANGES]
    return migrations.RunSQL("; ".join(triggers), "; ".join(back))


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
