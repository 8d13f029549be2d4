"""Of several who want the same page at once, one makes it, and the others wait for that."""

from collections.abc import Callable
from threading import Event, Lock

from newsroom.pages.page import Page
from newsroom.pages.request import Key

Which = tuple[Key, int, float]  # a page, and the state from which it may be shown


class Flight:
    """A page that is being made."""

    def __init__(self) -> None:
        self.landed = Event()
        self.page: Page | None = None  # None if nothing came of it that others could use


class Flights:
    def __init__(self) -> None:
        self.under_way: dict[Which, Flight] = {}
        self.lock = Lock()

    def join(
        self, which: Which, found: Callable[[], Page | None]
    ) -> tuple[Flight, Page | None, bool]:
        """The flight for `which`, whether it is ours to make; or the page that has just landed."""
        with self.lock:
            if flight := self.under_way.get(which):
                return flight, None, False
            flight = Flight()
            if page := found():
                return flight, page, False
            self.under_way[which] = flight
            return flight, None, True

    def land(self, which: Which, flight: Flight) -> None:
        with self.lock:
            del self.under_way[which]
        flight.landed.set()
