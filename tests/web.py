"""The web server alone, in processes of its own, on the tests' database."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Self

from django.conf import settings

from newsroom.management.commands.run import gunicorn
from newsroom.management.preparation import listen
from tests.database import database_url
from tests.site import SITE_URL

HOST = SITE_URL.removeprefix("http://")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


class Web:
    """Answers while it is entered."""

    def __init__(self, var: Path, **environment: str) -> None:
        ours = {"VAR_DIR": str(var), "SITE_URL": SITE_URL, "DATABASE_URL": database_url()}
        ours |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "SECRET_KEY": "k" * 50}
        self.environment = os.environ | ours | {"SUPPRESSION_KEY": "s" * 50} | environment

    def __enter__(self) -> Self:
        with listen("127.0.0.1", 0) as listener:
            listener.set_inheritable(True)
            self.port: int = listener.getsockname()[1]
            self.process = subprocess.Popen(
                [sys.executable, *gunicorn(listener.fileno())],
                cwd=settings.BASE_DIR,
                env=self.environment,
                pass_fds=[listener.fileno()],
                start_new_session=True,
            )
        with closing(self.connect()) as connection:  # which waits until it is ready
            connection.request("GET", "/healthz", headers={"Host": HOST})
            assert connection.getresponse().status == 200
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            self.kill()

    def connect(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=30)

    def stop(self) -> None:
        """As the operator does."""
        self.process.terminate()
        self.process.wait(30)

    def kill(self) -> float:
        """All of its processes, at once; returns when."""
        at = time.monotonic()
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)
        return at


def post(connection: HTTPConnection, path: str, sent: Any) -> int:
    """The status of the answer to a reader's browser."""
    headers = {"Host": HOST, "User-Agent": FIREFOX, "Content-Type": "text/plain"}
    connection.request("POST", path, json.dumps(sent), headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str
    took: float


def get(web: Web, path: str, **headers: str) -> Answer:
    began = time.monotonic()
    with closing(web.connect()) as server:
        server.request("GET", path, headers={"Host": HOST, **headers})
        answer = server.getresponse()
        text = answer.read().decode()
    return Answer(answer.status, dict(answer.getheaders()), text, time.monotonic() - began)


def until(is_so: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait for what `is_so` says. Raises AssertionError if it takes too long."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)
