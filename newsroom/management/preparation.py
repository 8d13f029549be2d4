"""What `manage.py run` does before it serves, and how it says what went wrong."""

import errno
import shutil
import socket
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import NotSupportedError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from newsroom.lib.embedded import server
from newsroom.lib.static_storage import fingerprint

MB = 1_000_000
ROOM_NEEDED = 300 * MB  # an empty database with its log takes 100
POSTGRES_NEEDED = 150_000  # as PostgreSQL counts versions: 15.0


class Unready(Exception):
    """The site can't start; str() says why and what to do."""


def listen(host: str, port: int) -> socket.socket:
    """The socket that the web server will answer on, taken first of all."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except (OSError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise Unready(
                f"port {port} is busy: stop what uses it, or choose another, as in "
                f"PORT={port + 1} make run"
            ) from error
        raise Unready(f"can't listen on {host}:{port} ({error}): change LISTEN or PORT.") from error


def prepare(say: Callable[[str], None], *, demo: bool) -> None:
    """Database, tables, demo magazine, static files: each only where it is missing."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    require_room(shutil.disk_usage(settings.VAR_DIR).free)
    say("Starting the database …")
    require_version(database_version())
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Bringing its tables up to date …")
        call_command("migrate", interactive=False)
    if demo:
        call_command("seed", if_empty=True)
    collect_static(say)
    connection.close()


def require_room(free: int) -> None:
    if free < ROOM_NEEDED:
        raise Unready(
            f"the disk is full: {settings.VAR_DIR} has room for {free // MB} MB, and "
            f"{ROOM_NEEDED // MB} MB are needed; free some space, or set VAR_DIR to another disk."
        )


def database_version() -> int:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            return int(cursor.fetchone()[0])
    except NotSupportedError:  # too old for Django itself
        return 0


def require_version(version: int) -> None:
    if version < POSTGRES_NEEDED:
        raise Unready(
            "the PostgreSQL that DATABASE_URL names is older than version 15: update it, or unset "
            "DATABASE_URL for the embedded one."
        )


def collect_static(say: Callable[[str], None]) -> None:
    """Hash and compress the static files if one has changed since the last time."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    stamp = settings.VAR_DIR / "static.stamp"
    now = fingerprint()
    if settings.DEBUG or (stamp.exists() and stamp.read_text() == now):
        return
    say("Compressing the static files …")
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)


def accounts_among(names: Iterable[str]) -> list[str]:
    """Those of `names` that somebody can log in as, in their order; 1 query."""
    users = get_user_model().objects.filter(username__in=names, is_active=True)
    found = {user.get_username() for user in users}
    connection.close()
    return [name for name in names if name in found]


def database_runs() -> bool:
    """Whether the embedded server is alive; of another server we hear by the programs' errors."""
    folder = settings.DATABASES["default"].get("FOLDER")
    return not folder or server.is_alive(Path(folder))


def last_words() -> str:
    return server.last_words(Path(settings.DATABASES["default"]["FOLDER"]))


def sentence_for(error: Exception) -> str | None:
    """What the operator can do about `error`; None if it is a bug."""
    if isinstance(error, Unready | server.EmbeddedError):
        return str(error)
    if getattr(error, "errno", None) == errno.ENOSPC or "No space left on device" in str(error):
        return f"the disk is full: free some space where {settings.VAR_DIR} is, then start again."
    if isinstance(error, PermissionError):
        return f"{error.filename} may not be written: run Newsroom as the user who owns it."
    if isinstance(error, OperationalError) or "permission denied" in str(error):
        return (
            f"the database can't be used ({str(error).splitlines()[0]}): correct DATABASE_URL, or "
            "unset it for the embedded one."
        )
    return None
