"""The sink itself: `python -m tests.sink.server BOOKS SCRIPT`.

It says its port in its first line, takes orders from its standard input, a line of JSON each, and
ends with it: {"do": "kill", "pid": 7, "signal": 9, "stage": "mail", "nth": 3} strikes at the third
MAIL from now; {"do": "hold", "stage": "body"} leaves every letter unanswered there until
{"do": "go on"}.
"""

import asyncio
import json
import os
import ssl
import sys
from collections import Counter
from contextlib import suppress
from itertools import count
from typing import Any

from tests.sink.connection import Connection
from tests.sink.events import Event
from tests.sink.script import Fate, Script, Stage


class Server:
    def __init__(self, books: str, script: Script) -> None:
        self.script = script
        self.books = os.open(books, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.orders: list[dict[str, Any]] = []
        self.held: Stage | None = None
        self.waiting: list[Connection] = []
        self.n_attempts: Counter[str] = Counter()
        self.connections, self.letters = count(1), count(1)
        self.n_tls_refusals = script.tls_refusals
        self.tls: ssl.SSLContext | None = None
        if script.certificate:
            self.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            self.tls.load_cert_chain(script.certificate)

    def record(self, event: Event) -> None:
        os.write(self.books, event.line())
        if self.script.syncs:
            os.fsync(self.books)

    def fate(self, to: str) -> Fate:
        """What the next attempt to reach `to` meets with."""
        self.n_attempts[to] += 1
        fate = self.script.fate(to)
        is_first = self.n_attempts[to] == 1
        return fate if is_first or fate in LASTING else Fate.FINE

    def strikes(self, stage: Stage) -> bool:
        """Whether somebody was killed for having come so far."""
        for order in [order for order in self.orders if order["stage"] == stage]:
            order["nth"] -= 1
            if order["nth"] <= 0:
                self.orders.remove(order)
                with suppress(ProcessLookupError):
                    os.kill(order["pid"], order["signal"])
                print(json.dumps(order), flush=True)
                return True
        return False

    def obey(self) -> None:
        """Read what the test wants."""
        text = os.read(sys.stdin.fileno(), 1 << 16)
        if not text:
            asyncio.get_running_loop().stop()
        for line in text.splitlines():
            order = json.loads(line)
            if order["do"] == "kill":
                self.orders.append(order)
            else:
                self.held = Stage(order["stage"]) if order["do"] == "hold" else None
                self.wake()

    def wake(self) -> None:
        waiting, self.waiting = self.waiting, []
        for connection in waiting:
            connection.go_on()


LASTING = {Fate.ALWAYS_PUT_OFF, Fate.REFUSED, Fate.REFUSED_LATE}


async def listen(server: Server) -> None:
    loop = asyncio.get_running_loop()
    listener = await loop.create_server(lambda: Connection(server), "127.0.0.1", 0)
    print(listener.sockets[0].getsockname()[1], flush=True)
    loop.add_reader(sys.stdin.fileno(), server.obey)


def main(books: str, script: str) -> None:
    loop = asyncio.new_event_loop()
    loop.run_until_complete(listen(Server(books, Script.read(script))))
    loop.run_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
