"""Of several who want the same page at once, one makes it, and the others wait for that."""

from collections.abc import Callable
from threading import Event, Lock

from newsroom.pages.page import Page
from newsroom.pages.request import Key


class Flight:
    """A page that is being made."""

    def __init__(self) -> None:
        self.landed = Event()
        self.page: Page | None = None  # None if nothing came of it that others could use


class Flights:
    def __init__(self) -> None:
        self.under_way: dict[Key, Flight] = {}
        self.lock = Lock()

    def join(self, key: Key, found: Callable[[], Page | None]) -> tuple[Flight, Page | None, bool]:
        """The flight for `key`, whether it is ours to make; or the page that has just landed."""
        with self.lock:
            if flight := self.under_way.get(key):
                return flight, None, False
            flight = Flight()
            if page := found():
                return flight, page, False
            self.under_way[key] = flight
            return flight, None, True

    def land(self, key: Key, flight: Flight) -> None:
        with self.lock:
            del self.under_way[key]
        flight.landed.set()
