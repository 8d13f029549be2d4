"""`manage.py web`, the web server for whatever keeps services running."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests.edge.programs import Edge, wait_for
from tests.site import free_port

pytestmark = pytest.mark.processes


@contextmanager
def started(var: Path, port: int) -> "Iterator[subprocess.Popen[str]]":
    ours = {"VAR_DIR": str(var), "PORT": str(port), "SITE_URL": "http://127.0.0.1"}
    ours |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "WEB_PROCESSES": "1"}
    ours |= {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"}
    with subprocess.Popen(
        [sys.executable, "manage.py", "web"],
        cwd=settings.BASE_DIR,
        env=os.environ | ours,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_it_answers_and_ends_in_order_without_a_database(tmp_path: Path) -> None:
    port = free_port()
    with started(tmp_path, port) as process:
        wait_for(Edge(port, "127.0.0.1"))
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)

    assert process.returncode == 0


def test_a_busy_port_is_told_in_a_sentence(tmp_path: Path) -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)), started(tmp_path, port) as process:
        said = process.communicate(timeout=20)[1]

    assert process.returncode == 1
    assert said.startswith(f"CommandError: port {port} is busy")
