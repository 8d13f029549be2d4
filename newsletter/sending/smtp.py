"""Letters handed to a mail server, byte for byte."""

import re
from collections.abc import Iterator
from contextlib import suppress
from smtplib import SMTPResponseException

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.smtp import EmailBackend

from newsletter.sending import replies
from newsletter.sending.answers import Answer, Interrupted, Outcome, Unreachable
from newsletter.sending.wire import TlsWire, Wire
from newsroom.lib import dkim

DOTS = re.compile(rb"\n\.")
GOODBYE = 2  # seconds that the answer to QUIT is waited for
GO_ON, CLOSING = 354, 421
Answers = Iterator[tuple[int, bytes]]


class NotBegun(OSError):
    """The server would not even hear of a letter from us."""


class SmtpGateway:
    """One connection to the mail server that Django's settings name.

    The last line of a letter, a dot, is sent by itself: a connection that breaks before it has not
    taken the letter, so that only one that breaks between the dot and its answer leaves a doubt.
    """

    def __init__(self) -> None:
        self._server = EmailBackend()
        self._wire: Wire | None = None

    def send(self, *, envelope_from: str, to: str, letter: bytes) -> Answer:
        if not replies.MAILABLE.fullmatch(to):
            return replies.NOT_MAILABLE
        if not replies.MAILABLE.fullmatch(envelope_from):
            raise Unreachable("Our own address is none that mail can come from.")
        try:
            signer = dkim.signer()
            return self._send(envelope_from, to, signer.signed(letter) if signer else letter)
        except (OSError, ValueError, ImproperlyConfigured) as error:
            self._drop()
            raise Unreachable(replies.told(error)) from error

    def close(self) -> None:
        wire, self._wire = self._wire, None
        if wire is None:
            return
        with suppress(OSError):  # it may be gone already
            wire.putcmd("QUIT")
            wire.getreply(within=GOODBYE)
        wire.close()

    def _send(self, envelope_from: str, to: str, letter: bytes) -> Answer:
        """Servers end connections after some letters or some silence: that costs a new one."""
        if self._wire:
            with suppress(NotBegun):
                return self._over(self._wire, envelope_from, to, letter)
            self._drop()
        kind = TlsWire if self._server.use_ssl else Wire
        self._wire = kind.to(self._server)
        return self._over(self._wire, envelope_from, to, letter)

    def _over(self, wire: Wire, envelope_from: str, to: str, letter: bytes) -> Answer:
        answers = wire.ask(f"MAIL FROM:<{envelope_from}>", f"RCPT TO:<{to}>", "DATA")
        begin(answers)
        try:
            return self._handed_over(wire, answers, letter)
        except OSError as error:
            self._drop()
            raise Interrupted(replies.told(error)) from error

    def _handed_over(self, wire: Wire, answers: Answers, letter: bytes) -> Answer:
        code, words = next(answers)
        if code // 100 == 2:
            code, words = next(answers)
            if code == GO_ON:
                wire.send(dotted(letter))
                wire.must_be_quiet()
                return self._end(wire)
        if code == CLOSING or code // 100 not in {4, 5}:
            raise SMTPResponseException(code, words)
        self._reset(wire)
        return replies.answer(code, words)

    def _end(self, wire: Wire) -> Answer:
        """The last line, and what the server makes of the letter."""
        try:
            wire.send(".\r\n")
            code, words = wire.getreply(within=settings.EMAIL_DATA_TIMEOUT)
        except OSError as error:
            self._drop()
            return Answer(Outcome.LOST, replies.told(error))
        answer = replies.answer(code, words)
        if answer.outcome == Outcome.LOST:
            self._drop()
        return answer

    def _reset(self, wire: Wire) -> None:
        """Make the server forget the refused letter; if it does not, the connection ends."""
        with suppress(OSError):
            waits = any(code == GO_ON for code, _ in wire.owed())  # for a letter to nobody
            if not waits and wire.rset()[0] == 250:
                return
        self._drop()

    def _drop(self) -> None:
        if self._wire:
            self._wire.close()
        self._wire = None


def begin(answers: Answers) -> None:
    """Raises NotBegun if the first of `answers` is not that the server takes our own address."""
    try:
        code, words = next(answers)
    except OSError as error:
        raise NotBegun(replies.told(error)) from error
    if code // 100 != 2:
        raise NotBegun(replies.text(code, words))


def dotted(letter: bytes) -> bytes:
    """`letter` as DATA wants it, but for its end: RFC 5321, 4.5.2."""
    if letter.startswith(b".") or DOTS.search(letter):
        letter = DOTS.sub(b"\n..", b"\n" + letter)[1:]
    return letter if letter.endswith(b"\r\n") else letter + b"\r\n"
