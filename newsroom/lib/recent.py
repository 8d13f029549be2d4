"""What has been asked for last, as much as fits."""

from collections import OrderedDict
from collections.abc import Hashable
from contextlib import suppress
from threading import Lock
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    @property
    def size(self) -> int:
        """Bytes in memory, about."""


K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Sized)


class Recent(Generic[K, V]):
    """At most `n_bytes` of values; what has not been asked for longest goes first."""

    def __init__(self, n_bytes: int) -> None:
        self.n_bytes = n_bytes
        self.size = 0
        self.values: OrderedDict[K, V] = OrderedDict()
        self.lock = Lock()

    def get(self, key: K) -> V | None:
        value = self.values.get(key)
        if value is not None:
            with suppress(KeyError):  # it has just gone
                self.values.move_to_end(key)
        return value

    def put(self, key: K, value: V) -> None:
        with self.lock:
            if former := self.values.pop(key, None):
                self.size -= former.size
            self.values[key] = value
            self.size += value.size
            while self.size > self.n_bytes and self.values:
                _, oldest = self.values.popitem(last=False)
                self.size -= oldest.size

    def clear(self) -> None:
        with self.lock:
            self.values.clear()
            self.size = 0
