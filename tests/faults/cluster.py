"""A PostgreSQL of a test's own, to be hurt."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from django.core.management import call_command
from django.db import connection

from newsroom.lib.embedded import server


class Cluster:
    """An empty Newsroom's database, which `connection` leads to for as long as it is entered."""

    def __enter__(self) -> Self:
        # Not in pytest's folder: the path of a socket must be short.
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self.going = elsewhere(
            HOST=server.join(self.folder),
            PORT=5432,
            NAME="postgres",
            USER="postgres",
            PASSWORD="",
            FOLDER=str(self.folder),
        )
        self.going.__enter__()
        call_command("migrate", verbosity=0)
        return self

    def __exit__(self, *error: object) -> None:
        self.going.__exit__(None, None, None)
        server.leave(self.folder)
        shutil.rmtree(self.folder)

    def crash(self, *, seconds: float) -> None:
        """What `pg_ctl stop -m immediate` does; back, and recovered, after some time."""
        self.stop()
        time.sleep(seconds)
        self.start()

    def stop(self) -> None:
        connection.close()
        os.kill(self.postmaster, signal.SIGQUIT)
        while server.is_alive(self.folder):
            time.sleep(0.1)

    def start(self) -> None:
        server.leave(self.folder)
        server.join(self.folder)

    @property
    def postmaster(self) -> int:
        """Its number as a process."""
        file = self.folder / "data" / "postmaster.pid"
        return int(file.read_text().splitlines()[0])


@contextmanager
def elsewhere(**settings: Any) -> Iterator[None]:
    """Have `connection` lead to another database."""
    connection.close()
    before = connection.settings_dict.copy()
    connection.settings_dict.update(settings)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(before)
