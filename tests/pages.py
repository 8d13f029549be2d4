"""The site behind its kept pages, without a server: asked as a web server asks it."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from threading import Event
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection

from newsroom.lib import generation
from newsroom.lib.recent import Recent
from newsroom.pages.front import Front
from newsroom.pages.shared import Shared
from newsroom.pages.watching import Watcher

MB = 1 << 20
BARE = {name: name.upper() for name in ("content_length", "content_type")}  # in WSGI


class Stepped(Watcher):
    """Looks when it is told to, and at first."""

    @property
    def is_lost(self) -> bool:
        return self.has_failed

    def watch(self) -> None:
        self.first.set()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Site:
    """n_made counts what Django was asked for."""

    def __init__(
        self, n_bytes: int = MB, shared: Shared | None = None, watcher: Watcher | None = None
    ) -> None:
        self.django = get_wsgi_application()
        self.watcher = watcher or Stepped()
        self.n_made = 0
        self.front = Front(self.made, self.watcher, Recent(n_bytes), shared)
        generation.known = None
        self.watcher.start()
        self.watcher.look()

    def made(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.n_made += 1
        return self.django(environ, start_response)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        return asked(self.front, path, method, **headers)


def asked(application: Any, path: str, method: str = "GET", **headers: str) -> Answer:
    path, _, query = path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        **{BARE.get(name, f"HTTP_{name.upper()}"): value for name, value in headers.items()},
    }
    said: list[Any] = []
    chunks = application(environ, lambda status, found, *_: said.extend([status, found]))
    body = b"".join(chunks)
    if close := getattr(chunks, "close", None):
        close()
    status, found = said
    return Answer(int(status[:3]), dict(found), body)


class Slow:
    """Django that stands still in the middle of a page, until it is told to go on.

    is_drawn: once it has the page.
    """

    def __init__(self, site: Site, *, is_drawn: bool = False) -> None:
        self.made, self.is_drawn = site.front.application, is_drawn
        self.is_under_way, self.may_go_on = Event(), Event()
        site.front.application = self

    def __call__(self, environ: Any, start_response: Any) -> Any:
        try:
            drawn = self.made(environ, start_response) if self.is_drawn else None
            self.is_under_way.set()
            assert self.may_go_on.wait(5)
            return drawn or self.made(environ, start_response)
        finally:
            connection.close()
