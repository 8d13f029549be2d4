"""The sink, as a test sees it."""

import json
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from tests.sink.events import Event, What
from tests.sink.script import Script, Stage

ROOT = Path(__file__).resolve().parent.parent.parent
TICK = 0.01  # seconds between two looks
PATIENCE = 300.0  # seconds, for a machine that has much else to do


class Sink:
    def __init__(self, folder: Path, script: Script | None = None) -> None:
        self.script = script or Script()
        self.books = folder / "books.jsonl"
        self.books.touch()
        self.n_read = 0  # bytes
        self.events: list[Event] = []

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.sink.server", str(self.books), self.script.text()]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        self.port = int(self.process.stdout.readline())
        return self

    def __exit__(self, *error: object) -> None:
        self.process.communicate("")  # it ends with its standard input

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def read(self) -> list[Event]:
        """Everything so far, in order."""
        with self.books.open("rb") as books:
            books.seek(self.n_read)
            whole, end, _ = books.read().rpartition(b"\n")
        self.n_read += len(whole) + len(end)
        self.events += map(Event.read, whole.splitlines())
        return self.events

    def of(self, what: What) -> list[Event]:
        return [event for event in self.read() if event.what == what]

    @property
    def taken(self) -> list[Event]:
        return self.of(What.TAKEN)

    def wait_for(self, n: int, *, seconds: float = PATIENCE) -> None:
        """Until `n` letters have been taken."""
        wait_until(lambda: len(self.taken) >= n, seconds=seconds, what=f"{n} letters")

    def strike(
        self, pid: int, stage: Stage, *, nth: int = 1, by: signal.Signals = signal.SIGKILL
    ) -> None:
        """Have the process `pid` killed when the `nth` letter from now has come to `stage`."""
        self.order(do="kill", pid=pid, signal=int(by), stage=stage, nth=nth)

    def await_strike(self) -> None:
        assert self.process.stdout
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        assert ready, f"nothing to strike at within {PATIENCE:.0f} s"
        self.process.stdout.readline()

    def hold(self, stage: Stage) -> None:
        """Leave letters without an answer at `stage`: RCPT or BODY."""
        self.order(do="hold", stage=stage)

    def go_on(self) -> None:
        self.order(do="go on")

    def order(self, **order: Any) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()


def wait_until(met: Callable[[], object], *, what: str, seconds: float = PATIENCE) -> None:
    """Raises AssertionError naming `what` if it has not come after so many seconds."""
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, f"no {what} within {seconds:.0f} s"
        time.sleep(TICK)
