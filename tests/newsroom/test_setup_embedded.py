"""The embedded PostgreSQL: started by the first, shared, stopped by the last."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from newsroom.lib.embedded import server

pytestmark = [pytest.mark.processes]
JOIN = """
import sys; from pathlib import Path; from newsroom.lib.embedded import server
server.join(Path(sys.argv[1])); print("joined", flush=True); sys.stdin.read()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database whose path is too long and too odd for a socket."""
    return tmp_path_factory.mktemp('it\'s a "folder" $HOME') / ("x" * 90) / "database"


def joined(folder: Path) -> "subprocess.Popen[bytes]":
    """Another process that uses the database in `folder`, until its standard input closes."""
    process = subprocess.Popen(
        [sys.executable, "-c", JOIN, str(folder)],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stdout.readline() == b"joined\n"
    return process


def test_last_to_leave_stops_the_server(folder: Path) -> None:
    socket = server.join(folder)
    other = joined(folder)
    server.leave(folder)
    alone = server.is_alive(folder)
    other.communicate()

    assert alone
    assert not server.is_alive(folder)
    assert not Path(socket).exists()


def test_killed_users_and_crashes_are_forgotten(folder: Path) -> None:
    killed = joined(folder)
    killed.kill()
    killed.communicate()
    server.join(folder)
    server.leave(folder)
    stopped = not server.is_alive(folder)
    # A crash leaves its files; the process number in them may be anybody's by now.
    (folder / "data" / "postmaster.pid").write_text(f"1\n{folder}/data\n0\n5432\n\n\n\nready\n")
    socket = server.join(folder)

    with psycopg.connect(host=socket, user="postgres", dbname="postgres") as connection:
        row = connection.execute("SELECT lower('ÉLYSÉE'), current_setting('TimeZone')").fetchone()
    server.leave(folder)

    assert stopped
    assert row == ("élysée", "UTC")


def test_unstartable_server_says_why(folder: Path) -> None:
    server.join(folder)
    server.leave(folder)
    version = folder / "data" / "PG_VERSION"
    ours = version.read_text()
    version.write_text("12\n")

    with pytest.raises(server.EmbeddedError, match=r"PostgreSQL does not start: .*incompatible"):
        server.join(folder)

    version.write_text(ours)
    assert not server.is_alive(folder)
