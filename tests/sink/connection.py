"""SMTP as the sink speaks it (RFC 5321), lean, so that it is the sender that is measured."""

import asyncio
import re
import time
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from tests.sink.events import Event, What
from tests.sink.script import Fate, Stage

if TYPE_CHECKING:
    from tests.sink.server import Server

END = b"\r\n.\r\n"
MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)
BOUNDARY = re.compile(rb'boundary="?([^";\r]+)', re.IGNORECASE)
TOKEN = re.compile(rb"\d+~[\w-]{43}")  # of the links that are a reader's own
ADDRESS = re.compile(rb"<([^>]*)>")


class Connection(asyncio.Protocol):
    """A client, and the letter that it hands over."""

    transport: asyncio.Transport

    def __init__(self, server: "Server") -> None:
        self.server = server
        self.number = next(server.connections)
        self.buffer = bytearray()
        self.searched = 0  # so far the end of the letter is not in the buffer
        self.takes_body = self.shakes_hands = False
        self.to = ""
        self.fate = Fate.FINE
        self.mail_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        if self.server.strikes(Stage.CONNECTED):
            return
        every = self.server.script.bad_banner_every
        if every and self.number % every == 0:
            self.part(b"554 5.3.2 no service here\r\n" if self.number % 2 else b"what\r\n")
        else:
            self.say(b"220 sink ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        self.go_on()

    def go_on(self) -> None:
        while not (self.shakes_hands or self.transport.is_closing()) and self.step():
            pass

    def step(self) -> bool:
        """Whether there was something whole to be dealt with."""
        if self.takes_body:
            return self.take_body()
        end = self.buffer.find(b"\r\n")
        if end < 0:
            return False
        line = bytes(self.buffer[:end])
        verb = line[:4].upper()
        if verb == b"DATA" and self.holds(Stage.RCPT):
            return False
        del self.buffer[: end + 2]
        self.answer(verb, line)
        return True

    def answer(self, verb: bytes, line: bytes) -> None:
        match verb:
            case b"MAIL":
                self.announce()
            case b"RCPT":
                self.address(line)
            case b"DATA":
                self.takes_body, self.searched = bool(self.to), 0
                self.say(b"354 go ahead\r\n" if self.to else b"554 5.5.1 nobody\r\n")
            case b"EHLO" | b"HELO":
                offer = b"250-STARTTLS\r\n" if self.offers_tls else b""
                self.say(b"250-sink\r\n" + offer + b"250-PIPELINING\r\n250 8BITMIME\r\n")
            case b"STAR":
                self.secure()
            case b"QUIT":
                self.part(b"221 bye\r\n")
            case _:
                self.say(b"250 fine\r\n")

    def announce(self) -> None:
        self.mail_at, self.to = time.time(), ""
        if self.server.strikes(Stage.MAIL):
            return self.transport.abort()
        every = self.server.script.closing_every
        if every and next(self.server.letters) % every == 0:
            return self.part(b"421 4.3.2 closing\r\n")
        return self.say(b"250 fine\r\n")

    def address(self, line: bytes) -> None:
        found = ADDRESS.search(line)
        self.to = found[1].decode() if found else ""
        if self.server.strikes(Stage.RCPT):
            return self.transport.abort()
        self.fate = self.server.fate(self.to)
        if self.fate in {Fate.PUT_OFF, Fate.ALWAYS_PUT_OFF}:
            return self.refuse(What.PUT_OFF, b"450 4.2.0 come back later\r\n")
        if self.fate == Fate.REFUSED:
            return self.refuse(What.REFUSED, b"550 5.1.1 nobody of this name\r\n")
        return self.say(b"250 fine\r\n")

    def take_body(self) -> bool:
        end = self.buffer.find(END, max(self.searched - len(END), 0))
        if end < 0:
            self.searched = len(self.buffer)
            return False
        if self.holds(Stage.BODY):
            return False
        letter = bytes(self.buffer[: end + 2])
        del self.buffer[: end + len(END)]
        self.takes_body = False
        self.decide(letter)
        return True

    def decide(self, letter: bytes) -> None:
        if self.fate == Fate.REFUSED_LATE:
            return self.refuse(What.REFUSED, b"554 5.7.1 we do not like it\r\n")
        if self.server.strikes(Stage.BODY) or self.fate == Fate.DROPPED:
            self.note(What.DROPPED, letter)
            return self.transport.abort()
        self.note(What.TAKEN, letter)
        if self.server.strikes(Stage.TAKEN) or self.fate == Fate.TAKEN_AND_DROPPED:
            return self.transport.abort()
        if self.fate == Fate.STALLED:
            return None
        if pause := self.server.script.pause:
            asyncio.get_running_loop().call_later(pause, self.confirm)
        else:
            self.confirm()
        return None

    def confirm(self) -> None:
        self.say(b"250 2.0.0 taken\r\n")
        if self.server.strikes(Stage.ANSWERED):
            self.transport.close()

    def holds(self, stage: Stage) -> bool:
        """Whether this one shall wait here until the test says otherwise."""
        if self.server.held != stage:
            return False
        if self not in self.server.waiting:
            self.server.waiting.append(self)
            self.note(What.HELD)
        return True

    @property
    def offers_tls(self) -> bool:
        return bool(self.server.tls) and not self.is_secure

    @property
    def is_secure(self) -> bool:
        return self.transport.get_extra_info("sslcontext") is not None

    def secure(self) -> None:
        if self.server.n_tls_refusals:
            self.server.n_tls_refusals -= 1
            return self.say(b"454 4.7.0 no TLS now\r\n")
        self.say(b"220 go ahead\r\n")
        self.shakes_hands = True
        self.handshake = asyncio.ensure_future(self.shake_hands())
        return None

    async def shake_hands(self) -> None:
        loop, context = asyncio.get_running_loop(), self.server.tls
        assert context
        secured = await loop.start_tls(self.transport, self, context, server_side=True)
        assert secured
        self.transport, self.shakes_hands = secured, False
        self.go_on()  # the client may have spoken before we knew

    def say(self, words: bytes) -> None:
        self.transport.write(words)

    def part(self, words: bytes) -> None:
        self.say(words)
        self.transport.close()

    def refuse(self, what: What, words: bytes) -> None:
        self.note(what)
        self.to = ""
        self.say(words)

    def note(self, what: What, letter: bytes = b"") -> None:
        head, _, body = letter.partition(b"\r\n\r\n")
        found = MESSAGE_ID.search(head)
        self.server.record(
            Event(
                what,
                self.to,
                self.number,
                self.mail_at,
                time.time(),
                is_secure=self.is_secure,
                id=found[1].decode() if found else "",
                digest=digest(head, body) if letter and self.server.script.digests else "",
            )
        )


def digest(head: bytes, body: bytes) -> str:
    """The same for every reader of a round-up: how lines were wrapped does not count."""
    if found := BOUNDARY.search(head):
        body = body.replace(found[1], b"")
    return sha256(TOKEN.sub(b"", body.replace(b"=\r\n", b""))).hexdigest()
