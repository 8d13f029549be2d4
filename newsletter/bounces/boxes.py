"""Mailboxes of each kind; all differ only in how a message is got, removed and set aside."""

import imaplib
import mailbox
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import SplitResult, unquote

from newsletter.bounces.parts import MOST

TIMEOUT = 30  # seconds
OTHERS = "Others"  # the folder for what is no report; people may want to look at it


class Box(Protocol):
    def messages(self) -> Iterator[tuple[str, bytes]]:
        """Key and content of each, at most the part of it that is looked at."""

    def remove(self, key: str) -> None: ...

    def set_aside(self, key: str) -> None: ...

    def close(self) -> None:
        """Only now are removed messages gone for good, in some kinds; safe after an error."""


class Imap:
    """IMAP4rev1 (RFC 3501). A message that is marked as deleted is one we are done with."""

    def __init__(self, url: SplitResult) -> None:
        host, port = url.hostname or "", url.port or 0
        self.server: imaplib.IMAP4
        if url.scheme == "imaps":
            context = ssl.create_default_context()
            self.server = imaplib.IMAP4_SSL(host, port or 993, ssl_context=context, timeout=TIMEOUT)
        else:
            self.server = imaplib.IMAP4(host, port or 143, timeout=TIMEOUT)
        try:
            self.server.login(unquote(url.username or ""), unquote(url.password or ""))
            self._ask(self.server.select(_quoted(unquote(url.path[1:]) or "INBOX")))
        except BaseException:
            self.server.shutdown()
            raise

    def messages(self) -> Iterator[tuple[str, bytes]]:
        for uid in self._ask(self.server.uid("SEARCH", "UNDELETED"))[0].split():
            key = uid.decode()
            found = self._ask(self.server.uid("FETCH", key, f"(BODY.PEEK[]<0.{MOST}>)"))
            if isinstance(found[0], tuple):  # nobody else has removed it meanwhile
                yield key, found[0][1]

    def remove(self, key: str) -> None:
        self._ask(self.server.uid("STORE", key, "+FLAGS.SILENT", r"(\Deleted)"))

    def set_aside(self, key: str) -> None:
        if self.server.uid("COPY", key, OTHERS)[0] != "OK":
            self.server.create(OTHERS)
            self._ask(self.server.uid("COPY", key, OTHERS))
        self.remove(key)

    def close(self) -> None:
        try:
            self.server.expunge()
            self.server.logout()
        except (OSError, imaplib.IMAP4.error):
            self.server.shutdown()

    @staticmethod
    def _ask(answer: tuple[str, list[Any]]) -> list[Any]:
        status, found = answer
        if status != "OK":
            raise imaplib.IMAP4.error(str(found[:1]))
        return found


class Folder:
    """A folder or a file of this machine. others: opens where the others go."""

    def __init__(self, box: mailbox.Mailbox, others: Callable[[], mailbox.Mailbox]) -> None:
        self.box, self.others = box, others
        self.box.lock()

    def messages(self) -> Iterator[tuple[str, bytes]]:
        for key in self.box.keys():  # noqa: SIM118  what it iterates over are the messages
            try:
                with self.box.get_file(key) as file:
                    raw = file.read(MOST)
            except KeyError:  # somebody else has removed it meanwhile
                continue
            yield key, raw

    def remove(self, key: str) -> None:
        self.box.discard(key)

    def set_aside(self, key: str) -> None:
        others = self.others()
        others.add(self.box.get_bytes(key))
        others.close()
        self.remove(key)

    def close(self) -> None:
        self.box.flush()
        self.box.unlock()
        self.box.close()


def maildir(url: SplitResult) -> Folder:
    box = mailbox.Maildir(unquote(url.path), create=False)
    return Folder(box, lambda: box.add_folder(OTHERS))


def mbox(url: SplitResult) -> Folder:
    path = unquote(url.path)
    Path(path).open("rb").close()  # Python's own class would only tell later
    others = f"{path}.{OTHERS.lower()}"
    return Folder(mailbox.mbox(path, create=False), lambda: mailbox.mbox(others))


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
