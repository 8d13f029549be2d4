"""Letters that came back with a report for people only, as from qmail and old Exchange servers."""

import re
from collections.abc import Sequence

from newsletter.bounces.codes import CODE, Finding, Kind, meaning
from newsletter.bounces.parts import Part

TEXTS = {"text/plain", "text/html"}
LONGEST = 20_000  # characters that are looked at
DAEMON = re.compile(
    r"mailer-?daemon|postmaster|mail(?: |-)?delivery|system administrator|microsoft ?exchange"
    r"|mail administrator",
    re.IGNORECASE,
)
FAILURE = re.compile(
    r"(?:could not|cannot|can't|couldn['’]t|wasn['’]t able to|unable to) (?:be )?deliver|undeliver"
    r"|(?:was|were|is|been|wasn['’]t|not) (?:not )?delivered|did not reach"
    r"|permanent (?:fatal )?error"
    r"|delivery .{0,40}failed|fail(?:ed|ure) .{0,20}deliver|failure notice|returned mail"
    r"|I['’]ve given up|returned to sender|not be delivered|delivery (?:failure|error)",
    re.IGNORECASE,
)
DELAY = re.compile(
    r"will (?:be retried|retry|keep trying|continue)|still trying|(?:has )?not yet been delivered"
    r"|\bdelayed\b|warning message only|no action is required",
    re.IGNORECASE,
)
COPY = re.compile(
    r"^[^\w\n]*(?:below this line is a copy|this is a copy of|original message|"
    r"(?:the )?(?:returned|unsent) message|message headers? follow)",
    re.IGNORECASE | re.MULTILINE,
)
SAID = re.compile(r"^.*(?:\b5\d\d[ -]|\b5\.\d{1,3}\.\d{1,3}\b).*$", re.MULTILINE)
TAG = re.compile(r"<[^<>]{0,300}>")


def is_report(message: Sequence[Part]) -> bool:
    """Whether a mail server says so, and no person's automatic answer."""
    outer = message[0]
    senders = [*outer.all("from", "return-path", "sender"), *outer.all("x-failed-recipients")]
    is_server = "x-failed-recipients" in dict(outer.fields) or any(map(DAEMON.search, senders))
    said = f"{outer.first('subject')}\n{words(message)}"
    return is_server and bool(FAILURE.search(said)) and not DELAY.search(said)


def finding(message: Sequence[Part]) -> Finding:
    """Words without a code are believed for this time only."""
    text = words(message)
    if not (said := SAID.search(text)):
        return Finding(meaning("", text) and Kind.SOFT)
    found = CODE.search(said[0])
    code = found[1] if found else ""
    return Finding(meaning(code, said[0]), code, said[0].strip())


def words(message: Sequence[Part]) -> str:
    """What the report says itself, without the letter that comes after it."""
    texts = [part for part in message if part.type in TEXTS and not part.is_returned]
    text = "\n".join(_plain(part) for part in texts)[:LONGEST]
    return COPY.split(text, maxsplit=1)[0]


def _plain(part: Part) -> str:
    text = part.text[:LONGEST]
    return TAG.sub(" ", text) if part.type == "text/html" else text
