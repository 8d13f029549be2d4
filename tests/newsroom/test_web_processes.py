"""Web processes share what there is to do."""

import time
from contextlib import ExitStack, closing
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it has no types of its own
import pytest

from tests.web import HOST, Web

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]

N_CONNECTIONS, N_TIMES = 16, 20


def shares(web: Web, processes: list[psutil.Process]) -> list[int]:
    """How many of connections that are opened at once, and answered, each process holds."""
    with ExitStack() as stack:
        opened = [stack.enter_context(closing(web.connect())) for _ in range(N_CONNECTIONS)]
        for connection in opened:
            connection.connect()
        for connection in opened:
            connection.request("GET", "/healthz", headers={"Host": HOST})
        for connection in opened:
            assert connection.getresponse().read()
        return [
            sum(
                one.status == psutil.CONN_ESTABLISHED and one.laddr.port == web.port
                for one in process.net_connections("tcp")
            )
            for process in processes
        ]


def begun(web: Web) -> list[psutil.Process]:
    """The processes, once all of them answer."""
    until = time.monotonic() + 60
    processes: list[psutil.Process] = []
    while len(processes) < 2 or 0 in shares(web, processes):
        assert time.monotonic() < until
        processes = psutil.Process(web.process.pid).children()
    return processes


def test_no_process_takes_all_connections_while_another_has_none(tmp_path: Path) -> None:
    with Web(tmp_path, WEB_PROCESSES="2") as web:
        processes = begun(web)
        found = [shares(web, processes) for _ in range(N_TIMES)]

    assert all(sum(one) == N_CONNECTIONS for one in found), found
    assert sum(0 in one for one in found) <= 4, found  # where nobody sees to it, eight
