"""A real HTTP server in the place of a cache's interface; it keeps what it is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from newsroom.purging import Purger

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def look(purger: Purger, second: float) -> None:
    """After noon."""
    purger.look(at=NOON + timedelta(seconds=second))


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: str


@dataclass
class Cache:
    """status: what it answers. location: where it leads on to, if that is a redirect."""

    status: int = 200
    location: str = ""
    asked: list[Asked] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def hardness(self) -> list[bool]:
        """Of each purge, told as a Varnish."""
        return ["xkey-purge" in one.headers for one in self.asked]


@contextmanager
def cache(status: int = 200, location: str = "") -> Iterator[Cache]:
    kept = Cache(status, location)

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            kept.asked.append(Asked(self.command, self.path, headers, body))
            self.send_response(kept.status)
            if kept.location:
                self.send_header("Location", kept.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_PURGE = do_POST = do_GET = answer  # noqa: N815  # as http.server calls them

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        kept.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, args=[0.05])
        thread.start()
        yield kept
        server.shutdown()
        thread.join()
