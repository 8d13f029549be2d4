"""The pages that a process has at hand."""

from collections import OrderedDict
from contextlib import suppress
from threading import Lock

from newsroom.pages.page import Page
from newsroom.pages.request import Key


class Memory:
    """At most `n_bytes` of pages; who has not been asked for longest goes first."""

    def __init__(self, n_bytes: int) -> None:
        self.n_bytes = n_bytes
        self.size = 0
        self.pages: OrderedDict[Key, Page] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Key) -> Page | None:
        page = self.pages.get(key)
        if page is not None:
            with suppress(KeyError):  # it has just gone
                self.pages.move_to_end(key)
        return page

    def put(self, key: Key, page: Page) -> None:
        with self.lock:
            if former := self.pages.pop(key, None):
                self.size -= former.size
            self.pages[key] = page
            self.size += page.size
            while self.size > self.n_bytes and self.pages:
                _, oldest = self.pages.popitem(last=False)
                self.size -= oldest.size

    def clear(self) -> None:
        with self.lock:
            self.pages.clear()
            self.size = 0
