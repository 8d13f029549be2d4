"""What a mail server says, as the ledger keeps it."""

import re
from smtplib import SMTPResponseException

from newsletter.sending.answers import Answer, Outcome
from newsroom.lib.logs import ADDRESS
from newsroom.lib.mail import header_text

OUTCOMES = {2: Outcome.ACCEPTED, 4: Outcome.DEFERRED, 5: Outcome.FAILED}  # RFC 5321, 4.2.1
LONGEST = 200  # as the ledger's column
# What goes between < and > unquoted, and in a header too: RFC 5321, 4.1.2. Addresses in compared
# form are like that.
MAILABLE = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+", re.ASCII)
NOT_MAILABLE = Answer(Outcome.FAILED, "501 No address that mail can be sent to")
TOO_LONG = 2_000  # more than that nobody reads, nor looks through for addresses


def answer(code: int, words: bytes | str) -> Answer:
    """What an answer to a letter makes of it; one that the protocol does not know tells nothing."""
    return Answer(OUTCOMES.get(code // 100, Outcome.LOST), text(code, words))


def told(error: Exception) -> str:
    """What went wrong with the connection, in the server's own words if there are any."""
    if isinstance(error, SMTPResponseException):
        return text(error.smtp_code, error.smtp_error)
    return plain(str(error)) or type(error).__name__


def text(code: int, words: bytes | str) -> str:
    said = words if isinstance(words, str) else words[:TOO_LONG].decode(errors="replace")
    return plain(f"{code} {said}")


def plain(text: str) -> str:
    """`text` on one line of at most LONGEST characters, without control characters or addresses."""
    one_line = " ".join(header_text(text[:TOO_LONG]).split())
    return ADDRESS.sub("[address]", one_line)[:LONGEST]
