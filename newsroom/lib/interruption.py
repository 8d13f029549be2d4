"""Ctrl-C and the signals that mean the same: when they may strike, and when not."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_interrupted: list[int] = []  # the signals that came


def interrupt_on_signals() -> None:
    """Make Ctrl-C, SIGTERM and a closed terminal all raise KeyboardInterrupt."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        _interrupted.append(number)
        raise KeyboardInterrupt

    for number in SIGNALS:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup's wish
            signal.signal(number, interrupt)


def raise_if_interrupted() -> None:
    """For loops: an interrupt that fell into a destructor or a hook of fork() was swallowed."""
    if _interrupted:
        raise KeyboardInterrupt


def ignore_signals() -> None:
    """From here on everything ends by itself, soon; a second Ctrl-C would leave half of it."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold signals back until the end of the block, as between starting a program and noting it.

    Programs started in the block hold them back as well, until they call `interruptible`.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def interruptible() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
