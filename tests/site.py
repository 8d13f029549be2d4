"""A whole Newsroom, run in processes of its own as `make run` runs it."""

import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from django.conf import settings

# No site of one's own: nothing fills its empty database with the demo magazine, which takes long.
SITE_URL = "http://newsroom.example"


def free_port() -> int:
    """None of those that the system hands out by itself: a client might have it by then."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


class Site:
    def __init__(self, var: Path) -> None:
        self.var = var
        self.port = free_port()
        self.process: subprocess.Popen[str] | None = None

    def start(self, **environment: str) -> None:
        """Start it, without waiting; `environment` wins over what a test needs."""
        ours = {"VAR_DIR": str(self.var), "PORT": str(self.port), "SITE_URL": SITE_URL}
        ours |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings"}  # not those of the tests
        ours |= {"SECRET_KEY": "k" * 50, "SUPPRESSION_KEY": "s" * 50}
        ours |= {"DATABASE_URL": "", "WEB_PROCESSES": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "run"],
            cwd=settings.BASE_DIR,
            env=os.environ | ours | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait_until_it_answers(self) -> None:
        """Raises AssertionError if the process ends instead."""
        assert self.process
        while True:
            try:
                self.get("/healthz")
            except OSError:
                assert self.process.poll() is None, self.end()
                time.sleep(0.05)
            else:
                return

    def get(self, path: str) -> HTTPResponse:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request("GET", path, headers={"Host": "newsroom.example"})
            return connection.getresponse()

    def end(self, number: signal.Signals | None = None) -> tuple[int, str]:
        """Send a signal, or wait for an end by itself; returns exit code and all output."""
        assert self.process
        if number:
            self.process.send_signal(number)
        output, _ = self.process.communicate(timeout=30)
        return self.process.returncode, output

    def taken_port(self) -> socket.socket:
        """Somebody else on our port, until closed."""
        return socket.create_server(("127.0.0.1", self.port))

    def leftovers(self) -> list[str]:
        """What still runs: whoever uses the database, the database, the web server."""
        held = [name for name in ("users", "alive") if not _is_free(self.var, name)]
        with socket.socket() as client:
            listening = client.connect_ex(("127.0.0.1", self.port)) == 0
        return [*held, *(["port"] if listening else [])]


def _is_free(var: Path, name: str) -> bool:
    with (var / "database" / f"{name}.lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
