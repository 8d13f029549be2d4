"""Programs that run side by side: they are started together, and when one ends, all end."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from newsroom.lib.interruption import interruptible, uninterrupted

GRACE = 10  # seconds to finish what was begun, before it is killed


class Supervisor:
    def __init__(self) -> None:
        self._programs: dict[str, subprocess.Popen[bytes]] = {}

    def start(
        self, name: str, command: Sequence[str], *, cwd: Path, pass_fds: Sequence[int] = ()
    ) -> None:
        """Start `command` in a session of its own, out of reach of the terminal's Ctrl-C."""
        with uninterrupted():
            self._programs[name] = subprocess.Popen(
                command,
                cwd=cwd,
                pass_fds=pass_fds,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=partial(_begin, os.getpid()),  # noqa: PLW1509  # no threads here
            )

    def ended(self) -> str | None:
        """The name of a program that has ended; None while all run."""
        return next((name for name, p in self._programs.items() if p.poll() is not None), None)

    def stop(self, grace: float = GRACE) -> None:
        """End every program and all that it started, killing what takes over `grace` seconds."""
        for program in self._programs.values():
            if program.poll() is None:
                program.terminate()
        until = time.monotonic() + grace
        for program in self._programs.values():
            with suppress(subprocess.TimeoutExpired):
                program.wait(max(until - time.monotonic(), 0.1))
            _kill_session(program.pid)
            program.wait()
        self._programs.clear()


def _begin(parent: int) -> None:
    die_with_parent()
    if os.getppid() != parent:  # killed already, before the kernel knew of our wish
        os._exit(1)
    interruptible()


def _kill_session(leader: int) -> None:
    with suppress(ProcessLookupError):  # as it should be: nobody is left
        os.killpg(leader, signal.SIGKILL)


if sys.platform == "linux":
    _prctl = ctypes.CDLL(None).prctl

    def die_with_parent() -> None:
        """Have the kernel send SIGTERM when the parent ends, even if it was killed."""
        _prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG, prctl(2)

else:

    def die_with_parent() -> None:
        pass
