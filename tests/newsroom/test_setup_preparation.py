"""What stops a start is told in one sentence."""

import errno

import psycopg
import pytest
from django.db import OperationalError

from newsroom.management import preparation


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
