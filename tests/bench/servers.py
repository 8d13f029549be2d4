"""The web server as `manage.py run` starts it, for the magazine or for the bare view."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from itertools import cycle, islice

import psutil  # type: ignore[import-untyped]  # it has no types of its own
from django.conf import settings
from django.db import connection

from newsroom.management.commands.run import gunicorn
from newsroom.management.preparation import listen


class Server:
    """Programs that answer at an address."""

    def __init__(self, url: str, *roots: psutil.Process) -> None:
        self.url = url
        self.roots = roots

    def cost(self, paths: Sequence[str], headers: dict[str, str], n: int) -> float:
        """Milliseconds of processor time that a request takes, mean of `n` one after another."""
        before = self.processor_times()
        self.ask(paths, headers, n)
        after = self.processor_times()
        return sum(after[pid] - before.get(pid, 0) for pid in after) * 1000 / n

    def ask(self, paths: Sequence[str], headers: dict[str, str], n: int) -> None:
        with closing(HTTPConnection(self.url.removeprefix("http://"))) as connection:
            for path in islice(cycle(paths), n):
                connection.request("GET", path, headers=headers)
                connection.getresponse().read()

    def processor_times(self) -> dict[int, float]:
        """Seconds so far of each process that lives."""
        family = [one for root in self.roots for one in (root, *root.children(recursive=True))]
        return {one.pid: sum(one.cpu_times()[:2]) for one in family}


@contextmanager
def serve(application: str, **environment: str) -> Iterator[Server]:
    """Yields the server of a module's `application`; connections wait until it is ready."""
    with listen("127.0.0.1", 0) as listener:
        listener.set_inheritable(True)
        process = subprocess.Popen(
            [sys.executable, *gunicorn(listener.fileno(), application)],
            cwd=settings.BASE_DIR,
            env=os.environ | environment,
            pass_fds=[listener.fileno()],
        )
        try:
            url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            yield Server(url, psutil.Process(process.pid))
        finally:
            process.terminate()
            process.wait()


def with_database(site: Server) -> Server:
    """`site` with its PostgreSQL, where that runs on this machine for us alone."""
    if "FOLDER" not in settings.DATABASES["default"]:
        return site
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        postmaster = psutil.Process(cursor.fetchone()[0]).parent()
    return Server(site.url, *site.roots, postmaster) if postmaster else site
