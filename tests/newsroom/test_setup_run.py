"""`manage.py run` on real processes; each start costs seconds, so a test asserts all it can."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.site import Site

pytestmark = [
    pytest.mark.processes,
    pytest.mark.xdist_group("setup_run"),  # they share the first start
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The var/ of a site that was started for the first time, and stopped by SIGTERM."""
    site = Site(tmp_path_factory.mktemp("a folder with spaces") / "var")
    site.start()
    site.wait_until_it_answers()
    code, output = site.end(signal.SIGTERM)
    assert (code, site.leftovers()) == (0, []), output
    return site.var


@pytest.fixture
def site(folder: Path) -> Iterator[Site]:
    site = Site(folder)
    yield site
    if site.process and site.process.poll() is None:
        site.end(signal.SIGTERM)


def test_first_start_hashes_and_compresses_static_files(folder: Path) -> None:
    assert (folder / "static" / "staticfiles.json").exists()
    assert list((folder / "static").rglob("*.css.br"))
    assert list((folder / "static").rglob("*.css.gz"))


def test_second_start_is_quick_and_ctrl_c_leaves_no_process(site: Site) -> None:
    others = os.getloadavg()[0] / (os.cpu_count() or 1)
    began = time.monotonic()
    site.start()
    site.wait_until_it_answers()
    seconds = time.monotonic() - began
    code, output = site.end(signal.SIGINT)

    assert seconds < 5 * max(1, others)
    assert (code, site.leftovers()) == (0, [])
    assert "Traceback" not in output


def test_its_programs_use_the_database_without_owning_it(site: Site) -> None:
    site.start()
    site.wait_until_it_answers()
    site.get("/latest/")
    socket = (site.var / "database/data/postmaster.pid").read_text().splitlines()[4]
    with psycopg.connect(host=socket, user="postgres", dbname="postgres") as owner:
        users = owner.execute(
            "SELECT DISTINCT usename FROM pg_stat_activity WHERE application_name ~ '^newsroom '"
        ).fetchall()

    assert users == [("newsroom",)]


def test_killed_site_starts_again_and_stops_when_its_database_dies(site: Site) -> None:
    site.start()
    site.wait_until_it_answers()
    site.end(signal.SIGKILL)
    site.start()
    site.wait_until_it_answers()
    time.sleep(0.5)  # until it watches
    os.kill(int((site.var / "database/data/postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    code, output = site.end()

    assert code == 1
    assert "Newsroom: the database has ended unexpectedly" in output
    assert site.leftovers() == []


def test_busy_port_is_told(site: Site) -> None:
    with site.taken_port():
        site.start()
        code, output = site.end()

    assert code == 1
    assert output == (
        f"Newsroom: port {site.port} is busy: stop what uses it, or choose another, as in "
        f"PORT={site.port + 1} make run\n"
    )


def test_unreachable_database_is_told(site: Site) -> None:
    site.start(DATABASE_URL="postgres://user:hidden@127.0.0.1:1/name")
    code, output = site.end()

    assert code == 1
    assert "Newsroom: the database can't be used" in output
    assert "Connection refused" in output
    assert "Traceback" not in output
    assert "hidden" not in output


def test_broken_database_url_is_told(site: Site) -> None:
    site.start(DATABASE_URL="nonsense")
    code, output = site.end()

    assert code == 1
    assert output.startswith("Newsroom: DATABASE_URL is not the address of a PostgreSQL database")
    assert output.count("\n") == 1
