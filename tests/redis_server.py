"""A Redis of its own for a test: on loopback, with nothing on disk."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any, Self

import pytest
from redis import Redis, RedisError

from tests.site import free_port

HOW_TO_GET = "as root on Debian, tools/redis.sh installs it"


class Server:
    """Answers while it is entered; started again, it has forgotten everything."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.options = ["--maxmemory-policy", "noeviction", *options]
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.kill()
        self.client.close()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        where = ["--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder)]
        nothing_kept = ["--save", "", "--appendonly", "no", "--daemonize", "no"]
        self.process = subprocess.Popen(
            [program(), *where, *nothing_kept, *self.options], stdout=subprocess.DEVNULL
        )
        self.client: Any = Redis.from_url(self.url)  # its types are those of async clients, too
        until = time.monotonic() + 10
        while True:
            try:
                self.client.ping()
            except RedisError:
                assert time.monotonic() < until
                time.sleep(0.02)
            else:
                return

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(10)
            self.process = None

    def freeze(self) -> None:
        assert self.process
        os.kill(self.process.pid, signal.SIGSTOP)

    def all_of_it(self) -> bytes:
        """Every name and every value."""
        names = self.client.keys()
        return b"\n".join([*names, *self.client.mget(names)])


def program() -> str:
    """Skips the test where there is none."""
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    if found is None:
        pytest.skip(f"no redis-server here: {HOW_TO_GET}")
    return found
