"""The tests' own database, for programs that a test starts."""

from urllib.parse import quote, urlencode

from django.db import connection


def database_url() -> str:
    """As DATABASE_URL wants it, over a socket or not."""
    connection.ensure_connection()
    used = connection.settings_dict
    account = ":".join(quote(used[part] or "", safe="") for part in ("USER", "PASSWORD"))
    where = urlencode({"host": used["HOST"] or "127.0.0.1", "port": used["PORT"] or 5432})
    return f"postgres://{account}@/{used['NAME']}?{where}"
