"""A folder and a database that last as long as the measurement."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

from newsroom.lib.configuration import Env
from newsroom.lib.embedded import server

ROOT = Path(__file__).resolve().parent.parent.parent


@contextmanager
def place() -> Iterator[Path]:
    """A new folder, and the environment that makes the settings use it and a database of its own.

    Must come before the settings are read.
    """
    env = Env()
    env.read_env(ROOT / ".env")
    with (
        tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder,
        database(env.str("DATABASE_URL", default="")) as url,
    ):
        ours = {"VAR_DIR": folder, "DATABASE_URL": url, "SITE_URL": "http://127.0.0.1"}
        os.environ.update(ours, DEBUG="false", DJANGO_SETTINGS_MODULE="newsroom.settings")
        try:
            yield Path(folder)
        finally:
            server.leave_all()


@contextmanager
def database(url: str) -> Iterator[str]:
    """A new database on the server of `url`; "" is the embedded one, which lives in the folder."""
    if not url:
        yield ""
        return
    name = f"newsroom_bench_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
