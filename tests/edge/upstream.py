"""A site in small, whose answers a test chooses, and which can be stopped and started again."""

import socket
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

from tests.site import free_port

KEPT = "public, max-age=0, s-maxage=30, stale-while-revalidate=30, stale-if-error=86400"


@dataclass
class Answer:
    """What is answered at a path; the body tells the how manieth answer it is."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0  # seconds
    size: int = 0  # bytes that are added to the body


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: "Upstream"

    def answer(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/healthz":
            self.send(200, {}, b"ok\n")
            return
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        found = self.site.answers.get(path, Answer())
        with self.site.lock:
            self.site.n_asked[path] += 1
            n = self.site.n_asked[path]
            self.site.asked.append((self.command, self.path, dict(self.headers)))
        time.sleep(found.delay)
        headers = {
            "Cache-Control": KEPT,
            "Surrogate-Key": f"site {path}",
            "Vary": "Accept-Encoding",
        }
        self.send(found.status, headers | found.headers, f"answer {n}".encode() + b" " * found.size)

    def send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_POST = answer  # noqa: N815  # as http.server calls them

    def handle(self) -> None:
        with suppress(ConnectionError):  # a program that ends leaves its connections
            super().handle()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", port), handler)
        self.connections: list[socket.socket] = []

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self.connections.append(connection)
        return connection, address

    def kill(self) -> None:
        """As when its process is killed: connections that are kept open end, too."""
        self.shutdown()
        self.server_close()
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class Upstream:
    def __init__(self) -> None:
        self.port = free_port()
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.n_asked: Counter[str] = Counter()
        self.lock = Lock()
        self.server: Server | None = None

    def start(self) -> None:
        if self.server:
            return
        handler = type("Bound", (Handler,), {"site": self})
        self.server = Server(self.port, handler)
        Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()

    def stop(self) -> None:
        if self.server:
            self.server.kill()
            self.server = None

    def last(self, path: str) -> dict[str, str]:
        """The headers of the last request for `path`, names in lower case."""
        headers = next(found for _, at, found in reversed(self.asked) if at.startswith(path))
        return {name.lower(): value for name, value in headers.items()}
