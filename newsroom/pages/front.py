"""What stands in front of Django: it answers with finished pages, and has Django make new ones."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS

from newsroom.lib.generation import Generation
from newsroom.lib.pages import KEYS, UNFINISHED, UNREAD
from newsroom.lib.reading import REPLICA, read_from
from newsroom.lib.recent import Recent
from newsroom.pages.flights import Flight, Flights
from newsroom.pages.page import (
    NOT_MODIFIED,
    Headers,
    Page,
    cache_control,
    coding_for,
    finished,
    has_already,
    header,
    only,
)
from newsroom.pages.places import TICK, Busy, Places
from newsroom.pages.release import release
from newsroom.pages.replica import CopyWatcher
from newsroom.pages.request import Environ, Key, bare, key_of, known_of
from newsroom.pages.shared import Folder, Nobody, Shared, remove_former
from newsroom.pages.unavailable import unavailable
from newsroom.pages.watching import Watcher

Respond = Callable[..., Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
REST = 5.0  # seconds in which a page that could not be made is not tried again
WITHOUT_DATABASE = ("/static/", "/media/", "/healthz")


def stand_before(application: Application) -> "Front":
    """`application`, with as much memory for pages as the settings give."""
    memory: Recent[Key, Page] = Recent(settings.PAGES_MEMORY)
    n_bytes = 4 * settings.PAGES_MEMORY
    watcher = CopyWatcher() if REPLICA in settings.DATABASES else Watcher()
    return Front(application, watcher, memory, shared_pages(n_bytes) if n_bytes else Nobody())


def shared_pages(n_bytes: int) -> Shared:
    """Among the processes of this machine, and with others if the settings name a place."""
    made_by, folders = release(), settings.VAR_DIR / "pages"
    remove_former(folders, made_by)
    folder = Folder(folders / made_by, n_bytes)
    if not settings.PAGES_URL:
        return folder
    from newsroom.pages.remote import Remote  # noqa: PLC0415  it needs the extra "redis"

    return Remote(settings.PAGES_URL, made_by, folder)


class Front:
    def __init__(
        self,
        application: Application,
        watcher: Watcher,
        memory: Recent[Key, Page],
        shared: Shared | None = None,
    ) -> None:
        self.application = application
        self.watcher = watcher
        self.memory = memory
        self.shared = shared or Nobody()
        self.flights = Flights()
        self.places = Places(settings.WEB_THREADS)

    def __call__(self, environ: Environ, start_response: Respond) -> Iterable[bytes]:
        key = key_of(environ)
        now = self.watcher.current()
        if key is None:
            return self.through(environ, start_response)
        page = self.memory.get(key)
        if page is None or now is None or not page.is_fresh(now, time.time()):
            try:
                with self.places.inside():
                    page = self.renewed(key, environ, page, now)
            except Busy:
                return unavailable(start_response)
            now = self.watcher.current()
        return self.answer(page, now, environ, start_response)

    def through(self, environ: Environ, start_response: Respond) -> Iterable[bytes]:
        """For Django, unless that could only wait for a database that is gone."""

        def respond(status: str, headers: Headers, *others: Any) -> Any:
            if not header(headers, "Cache-Control"):
                headers = [*headers, ("Cache-Control", "private, no-cache")]
            return start_response(status, headers, *others)

        if environ["PATH_INFO"].startswith(WITHOUT_DATABASE):
            return self.application(environ, respond)
        if self.watcher.is_lost:
            return unavailable(start_response)
        try:
            with self.places.inside(), self.places.taken():
                return self.application(environ, respond)
        except Busy:
            return unavailable(start_response)

    def renewed(self, key: Key, environ: Environ, old: Page | None, now: Generation | None) -> Page:
        """The page of now, or a former one as long as nobody can make that. Raises Busy."""
        is_lost = self.watcher.is_lost
        if now is None or not self.memory.n_bytes:
            if is_lost:
                raise Busy
            return self.made(key, environ, now)
        old = old or self.elsewhere(key)
        spare = old if old and old.may_be_shown(now) else None  # for times of need
        if spare and (is_lost or time.time() < spare.again_at):
            return spare
        if is_lost:
            raise Busy
        try:
            page = self.shared_out(key, environ, old, now)
            later = self.watcher.current() or now
            if (later.hard, later.ended) != (now.hard, now.ended):  # something had to go meanwhile
                page = self.shared_out(key, environ, None, later)
        except Busy:
            if spare is None:
                raise
            page = spare
        if page.status[0] == "5" and spare:
            spare.again_at = time.time() + REST
            return spare
        return page

    def elsewhere(self, key: Key) -> Page | None:
        """What another process has made, or this one before it was started anew."""
        page = self.shared.get(key)
        if page:
            self.memory.put(key, page)
        return page

    def shared_out(self, key: Key, environ: Environ, old: Page | None, now: Generation) -> Page:
        """Made by one for all who want it now; the others get `old` if they may. Raises Busy."""
        which = key, now.hard, now.ended  # nobody waits for what has had to go
        flight, page, is_ours = self.flights.join(which, lambda: self.found(key, now))
        if page:
            return page
        if not is_ours:
            return old if old and old.may_be_shown(now) else self.awaited(flight)
        try:
            page = self.fetched(key, environ, old, now)
            flight.page = page if page.is_shared else None
        finally:
            self.flights.land(which, flight)
        return page

    def found(self, key: Key, now: Generation) -> Page | None:
        page = self.memory.get(key)
        return page if page and page.is_fresh(now, time.time()) else None

    def awaited(self, flight: Flight) -> Page:
        for _ in self.places.patience():
            if flight.landed.wait(TICK):
                break
        if flight.page is None:
            raise Busy
        return flight.page

    def fetched(self, key: Key, environ: Environ, old: Page | None, now: Generation) -> Page:
        """From another process of ours, or made here. Raises Busy if that takes it too long."""
        for _ in self.places.patience():
            with self.shared.claim(key) as is_ours:
                page = self.elsewhere(key)
                if page and page.is_fresh(now, time.time()):
                    return page
                if is_ours:
                    return self.kept(key, self.made(key, environ, now))
            if old and old.may_be_shown(now):
                return old
            time.sleep(TICK)
        raise Busy

    def kept(self, key: Key, page: Page) -> Page:
        if page.generation:
            self.memory.put(key, page)
            self.shared.put(key, page)
        return page

    def made(self, key: Key, environ: Environ, now: Generation | None) -> Page:
        """By Django; of generation 0 if it is not to be kept. Raises Busy if that has no time."""
        at = time.time()
        with self.places.taken():
            asked, status, headers, body = self.answered(key, environ)
        known = known_of(key.path)
        keys = ["site", *(known.keys if known else ()), *asked[KEYS]]
        page = finished(status, headers, body, keys)
        page.made = at
        if now and page.is_shared and not asked[UNFINISHED]:
            page.generation, page.until = now.number, now.until
        return page

    def answered(self, key: Key, environ: Environ) -> tuple[Environ, str, Headers, bytes]:
        """By the database itself where its copy fails."""
        for alias in dict.fromkeys([self.watcher.source, DEFAULT_DB_ALIAS]):
            asked = bare(environ, key)
            with read_from(alias):
                answer = answer_of(self.application, asked)
            if not asked[UNREAD]:
                break
        return asked, *answer

    def answer(
        self, page: Page, now: Generation | None, environ: Environ, start_response: Respond
    ) -> Iterable[bytes]:
        form = page.form(coding_for(environ.get("HTTP_ACCEPT_ENCODING", "")))
        headers = [*form.headers, ("Cache-Control", self.life(page, now))]
        if page.status.startswith("200") and has_already(environ, page):
            start_response("304 Not Modified", only(headers, NOT_MODIFIED))
            return ()
        start_response(page.status, headers)
        return () if environ["REQUEST_METHOD"] == "HEAD" else (form.body,)

    def life(self, page: Page, now: Generation | None) -> str:
        if not page.generation:
            return page.life or "no-store"
        at = time.time()
        is_fresh = now is not None and page.is_fresh(now, at)
        return cache_control(page.life, page.until - at if is_fresh else 0)


def answer_of(application: Application, environ: Environ) -> tuple[str, Headers, bytes]:
    """All of it."""
    said: list[Any] = []
    chunks = application(environ, lambda status, headers, *_: said.extend((status, headers)))
    try:
        body = b"".join(chunks)
    finally:
        if close := getattr(chunks, "close", None):
            close()
    status, headers = said
    return status, headers, body
