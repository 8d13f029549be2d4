"""Letters handed to a mail backend of Django that is not a mail server: a provider's interface,
the outbox, the terminal.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from smtplib import SMTPDataError

from django.conf import settings
from django.core.mail import get_connection

from newsletter.mail import Letter
from newsletter.sending import replies
from newsletter.sending.answers import Answer, Outcome, Unreachable

TOKEN = re.compile(r"<roundup\.([^@>]+)@")
# What the backend writes by itself.
ITS_OWN = {"from", "to", "subject", "mime-version", "content-type"}
# Statuses of a provider's interface that are about the letter; others are about us, or pass.
WRONG_LETTER = {400, 413, 422}
NO_ANSWER = {504}
# Kinds of errors by name, as django-anymail and what it uses are an extra.
REFUSED = {"AnymailRecipientsRefused", "AnymailInvalidAddress"}
NOT_CONNECTED = {"NewConnectionError", "ConnectTimeout", "SSLError", "ConnectionRefusedError"}
BROKEN = {"ConnectionError", "Timeout", "TimeoutError", "ReadTimeoutError", "ConnectionClosedError"}
BROKEN |= {"ChunkedEncodingError", "SMTPServerDisconnected"}


class BackendGateway:
    """A connection as the backend has it, which builds each letter anew from its parts."""

    def __init__(self) -> None:
        self._connection = get_connection()

    def send(self, *, envelope_from: str, to: str, letter: bytes) -> Answer:
        if not replies.MAILABLE.fullmatch(to):
            return replies.NOT_MAILABLE
        message = rebuilt(letter, envelope_from=envelope_from, to=to)
        try:
            self._connection.open()
        except Exception as error:
            raise Unreachable(replies.told(error)) from error
        try:
            n_sent = self._connection.send_messages([message])
        except Exception as error:
            answer = answer_of(error)
            if answer is None or answer.outcome == Outcome.LOST:
                self.close()
            if answer is None:
                raise Unreachable(replies.told(error)) from error
            return answer
        if n_sent == 0:
            return Answer(Outcome.FAILED, "The mail backend has left it out.")
        return Answer(Outcome.ACCEPTED, said_of(message))

    def close(self) -> None:
        with suppress(Exception):  # it is of no more use in any case
            self._connection.close()


def rebuilt(letter: bytes, *, envelope_from: str, to: str) -> Letter:
    """`letter` as Django's backends take letters."""
    parsed = message_from_bytes(letter, policy=policy.default)
    headers = {name: raw for name, raw in parsed.raw_items() if name.lower() not in ITS_OWN}
    message = Letter(
        subject=str(parsed["Subject"]), body=part(parsed, "plain"), to=[to], headers=headers
    )
    message.attach_alternative(part(parsed, "html"), "text/html")
    if settings.EMAIL_BACKEND.startswith("anymail."):
        message.from_email = str(parsed["From"])  # providers have envelopes of their own,
        if found := TOKEN.search(str(parsed["Message-ID"])):
            message.metadata = {"delivery": found[1]}  # type: ignore[attr-defined]
        headers.pop("Date")  # and some refuse a date that is not theirs
    else:
        message.from_email = envelope_from
        headers["From"] = str(parsed["From"])
    return message


def part(parsed: Parsed, kind: str) -> str:
    found = parsed.get_body((kind,))
    return str(found.get_content()).replace("\r\n", "\n") if found else ""


def said_of(message: Letter) -> str:
    """What a provider said of a letter that it took, for django-anymail tells."""
    status = getattr(message, "anymail_status", None)
    words = [*sorted(status.status or []), status.message_id or ""] if status else []
    return replies.plain(" ".join(map(str, words)))


def answer_of(error: Exception) -> Answer | None:
    """What `error` makes of the letter; None: the letter was not taken, and it is not its fault."""
    if isinstance(error, SMTPDataError):
        return replies.answer(error.smtp_code, error.smtp_error)
    if recipients := getattr(error, "recipients", None):  # smtplib's SMTPRecipientsRefused
        return replies.answer(*next(iter(recipients.values())))
    names = {kind.__name__ for one in causes(error) for kind in type(one).__mro__}
    status = getattr(error, "status_code", None)
    if names & REFUSED or status in WRONG_LETTER:
        return Answer(Outcome.FAILED, replies.told(error))
    if status in NO_ANSWER or (names & BROKEN and not names & NOT_CONNECTED):
        return Answer(Outcome.LOST, replies.told(error))
    return None


def causes(error: BaseException) -> Iterator[BaseException]:
    """`error`, and what it wraps in one of the ways that libraries do."""
    yield error
    wrapped = [error.__cause__, getattr(error, "reason", None), *error.args[:1]]
    for one in wrapped:
        if isinstance(one, BaseException):
            yield from causes(one)
