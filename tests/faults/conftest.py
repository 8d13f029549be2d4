"""What every test of faults needs: a sink of any kind, and processes that send to it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.faults.fleet import Fleet
from tests.sink import Script, Sink

OpenSink = Callable[..., Sink]
Launch = Callable[..., Fleet]
Sized = Callable[[int, int], int]


@pytest.fixture
def sized(pytestconfig: pytest.Config) -> Sized:
    """Chooses the first number with --full, else the second."""
    is_full = pytestconfig.getoption("--full")
    return lambda full, short: full if is_full else short


@pytest.fixture
def closing() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def open_sink(closing: ExitStack, tmp_path: Path) -> OpenSink:
    """A sink by its script, until the test ends."""

    def open_one(**script: Any) -> Sink:
        return closing.enter_context(Sink(tmp_path, Script(**script)))

    return open_one


@pytest.fixture
def launch(closing: ExitStack, tmp_path: Path) -> Launch:
    """What starts senders for a sink; none of them outlives the test."""

    def launch_one(sink: Sink, **environment: str) -> Fleet:
        return closing.enter_context(Fleet(sink, tmp_path, environment))

    return launch_one
