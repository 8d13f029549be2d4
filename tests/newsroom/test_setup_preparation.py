"""What stops a start is told in one sentence."""

import errno
import os
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError

from newsroom.management import preparation
from tests.database import database_url
from tests.faults.cluster import Cluster


def test_full_disk_is_told_before_anything_is_written() -> None:
    with pytest.raises(preparation.Unready, match="has room for 5 MB, and 300 MB are needed"):
        preparation.require_room(5_000_000)


def test_old_postgresql_is_refused() -> None:
    preparation.require_version(150_000)

    with pytest.raises(preparation.Unready, match="older than version 15"):
        preparation.require_version(140_012)


@pytest.mark.parametrize("host", ["203.0.113.1", "no-such-host.invalid"])
def test_address_of_another_machine_is_told(host: str) -> None:
    with pytest.raises(preparation.Unready, match="change LISTEN or PORT"):
        preparation.listen(host, 8000)


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        psycopg.errors.DiskFull('could not extend file "base/5/1": No space left on device'),
    ],
)
def test_disk_that_fills_up_is_told(error: Exception) -> None:
    assert "the disk is full" in str(preparation.sentence_for(error))


def test_bug_keeps_its_traceback() -> None:
    assert preparation.sentence_for(TypeError("a bug")) is None


def test_first_line_of_a_database_error_is_enough() -> None:
    sentence = preparation.sentence_for(OperationalError("refused\nIs it running?"))

    assert "(refused)" in str(sentence)
    assert "running" not in str(sentence)


def migrating(database: str) -> "subprocess.Popen[str]":
    """What systemd does with deploy/systemd/newsroom-migrate.service."""
    ours = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    return subprocess.Popen(
        [sys.executable, "manage.py", "migrate", "--no-input", "--wait"],
        cwd=settings.BASE_DIR,
        env=os.environ | ours,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_tables_wait_for_a_database_that_starts_later() -> None:
    with Cluster() as cluster:
        address = database_url()
        cluster.stop()
        with migrating(address) as process:
            assert process.stdout
            first = process.stdout.readline()
            cluster.start()
            process.communicate(timeout=30)

    assert first == "Waiting for the database …\n"
    assert process.returncode == 0


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_tables_do_not_wait_where_waiting_is_of_no_use() -> None:
    with Cluster(), migrating(database_url().replace("/postgres?", "/another?")) as process:
        said, _ = process.communicate(timeout=30)

    assert 'database "another" does not exist' in said
    assert process.returncode == 1
