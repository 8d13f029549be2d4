"""A signal never falls between starting a program and noting that it was started."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsroom.lib.interruption import uninterrupted
from newsroom.lib.supervisor import Supervisor


@pytest.fixture
def heard() -> Iterator[None]:
    """Ctrl-C means something, as it may not where the tests run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_interrupt_waits_for_the_end_of_the_block() -> None:
    done = []

    def start_and_note() -> None:
        with uninterrupted():
            signal.raise_signal(signal.SIGINT)
            done.append("all")

    with pytest.raises(KeyboardInterrupt):
        start_and_note()

    assert done == ["all"]


def test_program_ends_at_once_with_all_it_started() -> None:
    programs = Supervisor()
    reader, writer = os.pipe()  # its end is the end of the last who holds it
    programs.start("shell", ["sh", "-c", "sleep 60 & wait"], cwd=Path("/"), pass_fds=[writer])
    os.close(writer)
    began = time.monotonic()

    programs.stop()

    with os.fdopen(reader, "rb") as pipe:
        assert pipe.read() == b""
    assert time.monotonic() - began < 5
