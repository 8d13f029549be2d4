"""A lease that the database notes, and whose line never hears of it."""

import select
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from newsletter.models import Delivery, Issue
from newsletter.sending.line import Line
from newsletter.sending.sender import PATIENCE
from newsletter.sending.tending import tend
from newsletter.services import sending
from tests.factories import make_user
from tests.newsletter.sending import ROLE, make_line, make_scheduled, start
from tests.smtp import Sink

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
]
LEASE, COMMIT = b"SET status = 'leased'", b"COMMIT"


@pytest.fixture
def issue() -> Issue:
    issue = make_scheduled(3)
    start(issue)
    return issue


def test_its_letters_are_sent_all_the_same(issue: Issue, smtp: Sink) -> None:
    def go_on(line: Line) -> None:
        while line.work([issue.pk]):
            pass

    with ThreadPoolExecutor(1) as pool:
        pool.submit(lease_unheard, issue, go_on).result()

    assert len(smtp.recipients) == 3
    assert {row.status for row in issue.deliveries.all()} == {Delivery.Status.ACCEPTED}
    assert {row.fence for row in issue.deliveries.all()} == {2}  # the first lease has counted


def test_it_is_given_up_by_a_line_that_ends(issue: Issue, smtp: Sink) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lease_unheard, issue, lambda line: line.run(tuple)).result()

    assert not issue.deliveries.in_hand().exists()
    sending.stop(issue, by=make_user(ROLE))
    tend(PATIENCE)
    issue.refresh_from_db()
    assert issue.certificate


def lease_unheard(issue: Issue, go_on: Callable[[Line], None]) -> None:
    """go_on: what the line does when the database is back."""
    line = make_line()
    line.most = 3
    connection.close()
    usual = connection.get_connection_params()
    with cut_after_a_lease(usual) as port, pytest.MonkeyPatch.context() as patched:
        there = usual | {"host": "127.0.0.1", "port": port, "sslmode": "disable"}
        patched.setattr(connection, "get_connection_params", lambda: there)
        assert line.keep_trying(lambda: line.work([issue.pk])) is None
    try:
        go_on(line)
    finally:
        line.gateway.close()
        connection.close()


@contextmanager
def cut_after_a_lease(database: dict[str, Any]) -> Iterator[int]:
    """A way to `database` that breaks when it has committed a lease, and before it says so.

    database: as libpq names its parts.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening:
        passing = Thread(target=pass_on, args=[listening, database], daemon=True)
        port = listening.getsockname()[1]
        passing.start()
        yield port
        passing.join(10)


def pass_on(listening: socket.socket, database: dict[str, Any]) -> None:
    line, _ = listening.accept()
    listening.close()  # nobody comes this way again
    has_leased = is_over = False
    with line, way_to(database) as server:
        while not is_over:
            for one in select.select([line, server], [], [])[0]:
                data = one.recv(65536)
                has_leased = has_leased or LEASE in data
                is_over = not data or (has_leased and COMMIT in data)
                (server if one is line else line).sendall(data)
        server.recv(65536)  # that it is committed


def way_to(database: dict[str, Any]) -> socket.socket:
    host, port = database.get("host", "127.0.0.1"), int(database.get("port", 5432))
    if not host.startswith("/"):
        return socket.create_connection((host, port))
    server = socket.socket(socket.AF_UNIX)
    server.connect(f"{host}/.s.PGSQL.{port}")
    return server
