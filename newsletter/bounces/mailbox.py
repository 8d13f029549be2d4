"""The mailbox that letters come back to: read, understood, emptied."""

import logging
import mailbox
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from imaplib import IMAP4
from itertools import islice
from urllib.parse import SplitResult, unquote, urlsplit

from django.utils import timezone

from newsletter.bounces.boxes import Box, Imap, maildir, mbox
from newsletter.bounces.taking import take

logger = logging.getLogger(__name__)
KINDS: dict[str, Callable[[SplitResult], Box]] = {
    "imaps": Imap,
    "imap": Imap,
    "maildir": maildir,
    "mbox": mbox,
}
HERE = {"localhost", "127.0.0.1", "::1"}
MOST_AT_ONCE = 2_000  # messages, so that other work gets its turn


class Unreadable(Exception):
    """The mailbox cannot be read; str() says why, without its password."""


@dataclass(frozen=True)
class Tally:
    """n_reports: about letters of ours, now removed. n_others: set aside for people."""

    n_reports: int = 0
    n_others: int = 0


def read_all(url: str) -> Tally:
    """Read the mailbox at `url`, up to MOST_AT_ONCE messages of it.

    Each message is removed after what it says is in the database; a process that dies in between
    reads it again, which changes nothing. Raises Unreadable.
    """
    where = _parsed(url)
    try:
        with closing(KINDS[where.scheme](where)) as box:
            tally = _read(box)
    except (OSError, IMAP4.error, mailbox.Error, UnicodeError) as error:
        raise Unreadable(_private(_said(error), where)) from None
    if tally != Tally():
        logger.info("Letters that came back: %d; others: %d", tally.n_reports, tally.n_others)
    return tally


def _said(error: Exception) -> str:
    if isinstance(error, mailbox.NoSuchMailboxError):
        return f"There is no mailbox at {error}."
    said = "The mail server" if isinstance(error, IMAP4.error) else type(error).__name__
    return f"{said}: {error}"


def _read(box: Box) -> Tally:
    n_reports = n_others = 0
    for key, raw in islice(box.messages(), MOST_AT_ONCE):
        if take(raw, at=timezone.now()):
            box.remove(key)
            n_reports += 1
        else:
            box.set_aside(key)
            n_others += 1
    return Tally(n_reports, n_others)


def _parsed(url: str) -> SplitResult:
    """Raises Unreadable, too, if a password would travel unencrypted."""
    try:
        where = urlsplit(url)
        is_far = bool(where.port or where.hostname) and where.hostname not in HERE
    except ValueError:
        where, is_far = SplitResult("", "", "", "", ""), False
    if where.scheme not in KINDS:
        kinds = "imaps://USER:PASSWORD@HOST/INBOX, maildir:///PATH or mbox:///PATH"
        raise Unreadable(f"The address of the mailbox must look like {kinds}.")
    if where.scheme == "imap" and is_far:
        raise Unreadable("imap:// would show the password to everybody on the way: use imaps://.")
    return where


def _private(text: str, where: SplitResult) -> str:
    for password in filter(None, [where.password, unquote(where.password or "")]):
        text = text.replace(password, "…")
    return text
