"""Room for what takes time, so that whoever wants a page that is there need not wait for it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

PATIENCE = 2.0  # seconds that a reader waits for a page that somebody else's request makes
STANDSTILL = 0.5  # seconds in which nothing comes to an end, after which the last thread gives up
TICK = 0.01  # seconds from one look to the next


class Busy(Exception):
    """Nobody can make this page now."""


class Places:
    """For the requests of a process of `n_threads`: all but one of them at a time may be at Django.

    The others wait, but never all of them: while nothing moves, the last thread takes what can be
    answered at once.
    """

    def __init__(self, n_threads: int) -> None:
        self.n_threads = n_threads
        self.at_django = BoundedSemaphore(max(1, n_threads - 1))
        self.lock = Lock()
        self.n_inside = 0
        self.moved_at = 0.0

    @contextmanager
    def inside(self) -> Iterator[None]:
        """To want what takes time."""
        with self.lock:
            self.n_inside += 1
            if self.n_inside == 1:
                self.moved_at = time.monotonic()
        try:
            yield
        finally:
            with self.lock:
                self.n_inside -= 1

    @contextmanager
    def taken(self) -> Iterator[None]:
        """To be at Django. Raises Busy if there is no place in time."""
        for _ in self.patience():
            if self.at_django.acquire(timeout=TICK):
                break
        self.moved_at = time.monotonic()
        try:
            yield
        finally:
            self.moved_at = time.monotonic()
            self.at_django.release()

    def patience(self) -> Iterator[None]:
        """As long as it is worth while to look again; then raises Busy."""
        end = time.monotonic() + PATIENCE
        while True:
            yield
            now = time.monotonic()
            is_last = self.n_inside >= self.n_threads
            if now > end or (is_last and now - self.moved_at > STANDSTILL):
                raise Busy
