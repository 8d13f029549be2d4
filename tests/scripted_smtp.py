"""A mail server that says just what a test has written down, right or wrong."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from django.conf import settings

CLOSE = b"(closes the connection)"
SLOWLY = b"(byte by byte)"
Answers = dict[str, bytes]
FINE = b"250 fine\r\n"
USUAL: Answers = {
    "banner": b"220 here\r\n",
    "EHLO": b"250 here\r\n",
    "DATA": b"354 go on\r\n",
    ".": FINE,
    "QUIT": b"221 bye\r\n" + CLOSE,
}


@dataclass
class ScriptedServer:
    """answers: by command, "banner" or "." (the end of a letter); a mapping for each connection,
    of which the last one holds for those that follow. What is missing is answered as usual.
    """

    answers: list[Answers]
    tls: ssl.SSLContext | None = None
    starts_tls: bool = False  # when asked for; else from the first byte
    connections: list[list[str]] = field(default_factory=list)  # the commands of each
    letters: list[bytes] = field(default_factory=list)  # as they came, with their dots
    unfinished: list[bytes] = field(default_factory=list)

    def serve(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with suppress(OSError), connection:
                number = len(self.connections)
                self.connections.append([])
                answers = self.answers[min(number, len(self.answers) - 1)]
                self.talk(connection, USUAL | answers)

    def talk(self, connection: socket.socket, answers: Answers) -> None:
        if self.tls and not self.starts_tls:
            connection = self.tls.wrap_socket(connection, server_side=True)
        if say(connection, answers["banner"]):
            self.converse(connection, answers)

    def converse(self, connection: socket.socket, answers: Answers) -> None:
        with connection, connection.makefile("rb") as lines:
            while command := self.command(lines):
                goes_on = say(connection, answers.get(command, FINE))
                if command == "DATA" and answers["DATA"].startswith(b"354"):
                    goes_on = goes_on and self.body(lines) and say(connection, answers["."])
                if not goes_on:
                    return
                if command == "STAR" and self.tls:
                    secured = self.tls.wrap_socket(connection, server_side=True)
                    self.converse(secured, answers)

    def command(self, lines: Iterator[bytes]) -> str:
        line = next(lines, b"").decode()
        self.connections[-1] += [line.strip()] if line else []
        return line[:4].upper().strip()

    def body(self, lines: Iterator[bytes]) -> bool:
        """Whether a whole letter has come."""
        letter: list[bytes] = []
        for line in lines:
            if line == b".\r\n":
                self.letters.append(b"".join(letter))
                return True
            letter.append(line)
        self.unfinished.append(b"".join(letter))
        return False


def say(connection: socket.socket, words: bytes) -> bool:
    """Whether the conversation goes on; its end comes together with the last words."""
    said = words.removesuffix(CLOSE)
    if words.endswith(CLOSE) and hasattr(socket, "TCP_CORK"):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
    if said.startswith(SLOWLY):
        for byte in said.removeprefix(SLOWLY):
            time.sleep(0.2)
            connection.send(bytes([byte]))
    else:
        connection.sendall(said)
    if words.endswith(CLOSE):
        connection.shutdown(socket.SHUT_WR)
        return False
    return True


@contextmanager
def scripted(
    *answers: Answers, tls: ssl.SSLContext | None = None, starts_tls: bool = False
) -> Iterator[ScriptedServer]:
    """A running one, which Django's settings name."""
    server = ScriptedServer(list(answers) or [{}], tls, starts_tls)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings.EMAIL_HOST, settings.EMAIL_PORT = listening.getsockname()
        thread = threading.Thread(target=server.serve, args=[listening], daemon=True)
        thread.start()
        yield server
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(10)
