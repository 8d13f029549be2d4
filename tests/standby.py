"""A database and a streaming standby of it, as operators make them, on sockets of their own."""

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import psutil  # type: ignore[import-untyped]  # it has no types of its own
import psycopg
from django.db import connection, connections

from newsroom.lib.embedded import account
from newsroom.lib.embedded.server import _environment, _program
from newsroom.lib.reading import REPLICA
from newsroom.lib.replica.base import DatabaseWrapper
from tests.faults.cluster import Cluster

PORT = 5432


class Pair:
    """`primary` is a Newsroom's database that `connection` leads to; the standby follows it."""

    def __enter__(self) -> Self:
        self.primary = Cluster().__enter__()
        self.socket = str(connection.settings_dict["HOST"])
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))  # as Cluster's
        account.give(self.folder)
        self.copy()
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()
        self.primary.__exit__(None, None, None)
        shutil.rmtree(self.folder)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def url(self) -> str:
        return f"postgres://postgres:@/postgres?host={self.folder}&port={PORT}"

    def copy(self) -> None:
        where = ["-h", self.socket, "-p", str(PORT), "-U", "postgres"]
        self.run("pg_basebackup", *where, "-D", str(self.data), "-R", "-X", "stream", "-c", "fast")

    def run(self, name: str, *arguments: str) -> None:
        ours = {"cwd": self.folder, "env": _environment(), **account.of(self.folder)}
        subprocess.run([_program(name), *arguments], check=True, capture_output=True, **ours)

    def start(self) -> None:
        """Returns when it takes queries."""
        options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={self.folder}"]
        with (self.folder / "log").open("ab") as log:
            ours: dict[str, Any] = {"stdout": log, "stderr": log, "start_new_session": True}
            ours |= {"cwd": self.folder, "env": _environment(), **account.of(self.folder)}
            self.server = subprocess.Popen(
                [_program("postgres"), "-D", str(self.data), "-p", str(PORT), *options], **ours
            )
        until = time.monotonic() + 20
        while True:
            try:
                self.ask("SELECT 1")
            except psycopg.OperationalError:
                assert time.monotonic() < until, (self.folder / "log").read_text()
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        """At once, as if its machine went."""
        self.resume()
        self.server.send_signal(signal.SIGQUIT)
        self.server.wait(20)

    def processes(self) -> list[Any]:
        if self.server.poll() is not None:
            return []
        postmaster = psutil.Process(self.server.pid)
        return [postmaster, *postmaster.children(recursive=True)]

    def freeze(self) -> None:
        for process in self.processes():
            process.suspend()

    def resume(self) -> None:
        for process in self.processes():
            process.resume()

    def ask(self, sql: str) -> Any:
        """Of the standby."""
        with psycopg.connect(self.url) as connection:
            row = connection.execute(sql.encode()).fetchone()
            return row[0] if row else None

    def pause(self) -> None:
        self.ask("SELECT pg_wal_replay_pause()")
        while self.ask("SELECT pg_get_wal_replay_pause_state()") != "paused":
            time.sleep(0.02)

    def go_on(self) -> None:
        self.ask("SELECT pg_wal_replay_resume()")

    def is_asked(self) -> bool:
        """By a web server, now."""
        asking = "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'newsroom%'"
        return bool(self.ask(asking))


@contextmanager
def copied(**settings: Any) -> Iterator[DatabaseWrapper]:
    """A copy for this thread alone: `default` with other settings, unknown to Django's tests."""
    copy = DatabaseWrapper(connection.settings_dict | settings, REPLICA)
    connections[REPLICA] = copy
    try:
        yield copy
    finally:
        copy.close()
        del connections[REPLICA]
