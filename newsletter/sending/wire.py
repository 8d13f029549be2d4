"""An SMTP connection in which every wait ends, and each answer belongs to what it answers."""

import re
import select
from collections.abc import Iterator
from smtplib import SMTP, SMTP_SSL, SMTPResponseException, SMTPServerDisconnected
from socket import IPPROTO_TCP, TCP_NODELAY, socket
from ssl import SSLSocket, SSLWantReadError
from time import monotonic
from typing import Any, Self

from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.utils import DNS_NAME

LINE = re.compile(rb"([2-5]\d\d)(?:([ -])(.*))?\r?", re.DOTALL)  # RFC 5321, 4.2
LONGEST = 16_384  # bytes of one answer; the longest, to EHLO, takes about 1,000
NEAR = 0.1  # seconds
TOO_LATE = "The mail server takes too long."


class Wire(SMTP):
    """smtplib's client, mistrusting the server.

    `smtplib` waits anew for each byte and for any number of lines; here an answer has `timeout`
    seconds altogether. Whatever the server says when it was not asked ends the connection: taken
    for the answer to the next command, it could tell of a letter that it was accepted.
    """

    early = b""  # received, and no part of an answer that was read so far
    n_owed = 0  # answers

    @classmethod
    def to(cls, server: EmailBackend) -> Self:
        """A connection ready for letters, as `server`'s settings say.

        Raises OSError, or ValueError if what is set cannot be used.
        """
        options: dict[str, Any] = {"context": server.ssl_context} if server.use_ssl else {}
        if server.timeout is not None:
            options["timeout"] = server.timeout
        wire = cls(
            server.host,
            server.port,
            local_hostname=DNS_NAME.get_fqdn(),
            **options,
        )
        try:
            wire.prepare(server)
        except BaseException:
            wire.close()
            raise
        return wire

    def prepare(self, server: EmailBackend) -> None:
        if self.sock:
            # The end of a letter is a write of its own, and shall not wait for the next answer.
            self.sock.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        if server.use_tls and not server.use_ssl:
            self.starttls(context=server.ssl_context)
        if server.username and server.password:
            self.login(server.username, server.password)
        self.ehlo_or_helo_if_needed()

    def ask(self, *commands: str) -> Iterator[tuple[int, bytes]]:
        """The answers to `commands`: sent at once if the server allows that (RFC 2920), else each
        when its answer is asked for.
        """
        for lines in [commands] if self.has_extn("pipelining") else zip(commands, strict=True):
            self.must_be_quiet()
            self.send("".join(f"{line}\r\n" for line in lines))
            self.n_owed = len(lines)
            for _ in lines:
                self.n_owed -= 1
                yield self.getreply()

    def owed(self) -> list[tuple[int, bytes]]:
        """The answers to what was asked at once that nobody has looked at."""
        n, self.n_owed = self.n_owed, 0
        return [self.getreply() for _ in range(n)]

    def putcmd(self, cmd: str, args: str = "") -> None:
        self.must_be_quiet()
        super().putcmd(cmd, args)

    def must_be_quiet(self) -> None:
        """Raises OSError if the server has said something unasked, or closed the connection."""
        if not self.is_quiet():
            raise SMTPResponseException(*self.getreply())

    def is_quiet(self) -> bool:
        """Whether the server waits for us, as it does between its answer and our next command."""
        if self.early or self.sock is None:
            return False
        looking = select.poll()
        looking.register(self.sock, select.POLLIN)
        if not looking.poll(0) and not (isinstance(self.sock, SSLSocket) and self.sock.pending()):
            return True
        self.sock.settimeout(0)
        try:
            self.early = self.sock.recv(LONGEST)
        except (BlockingIOError, SSLWantReadError):  # it was TLS' own affair
            return True
        except OSError:
            return False
        finally:
            self.sock.settimeout(self.timeout)
        return False

    def getreply(self, within: float | None = None) -> tuple[int, bytes]:
        """Code and words of one answer, its lines joined by line feeds.

        within: seconds, default `timeout`. Raises SMTPServerDisconnected if none has come by then,
        or something that is none.
        """
        received, self.early = self.early, b""
        end = monotonic() + (self.timeout if within is None else within)
        try:
            while not (received and (found := whole(received))):
                received += self.more(end, len(received))
        except OSError as error:
            self.close()
            too_late = isinstance(error, TimeoutError)
            raise SMTPServerDisconnected(TOO_LATE if too_late else str(error)) from error
        code, words, self.early = found
        return code, words

    def more(self, end: float, so_far: int) -> bytes:
        if self.sock is None:
            raise OSError("The connection is closed.")
        if so_far > LONGEST:
            raise OSError("The mail server's answer does not end.")
        if (left := end - monotonic()) <= 0:
            raise TimeoutError
        received = self.received(self.sock, left)
        if not received:
            raise OSError("The mail server has closed the connection.")
        return received

    def received(self, sock: socket, within: float) -> bytes:
        """To change the socket's own patience each time would cost two calls of the system."""
        if abs(within - self.timeout) < NEAR:
            return sock.recv(LONGEST)
        sock.settimeout(within)
        received = sock.recv(LONGEST)
        sock.settimeout(self.timeout)
        return received


class TlsWire(Wire, SMTP_SSL):
    """The same with TLS from the first byte."""


def whole(received: bytes) -> tuple[int, bytes, bytes] | None:
    """The answer that `received` begins with, its words, and what follows it; None if it goes on.

    Raises OSError if it is none.
    """
    words, start = [], 0
    while (end := received.find(b"\n", start)) >= 0:
        if not (found := LINE.fullmatch(received, start, end)):
            raise OSError("The mail server does not speak SMTP.")
        words.append((found[3] or b"").strip())
        start = end + 1
        if found[2] != b"-":
            return int(found[1]), b"\n".join(words), received[start:]
    return None
