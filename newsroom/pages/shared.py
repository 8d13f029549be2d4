"""Where processes find the pages that others have made."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from shutil import rmtree
from typing import Protocol

from newsroom.pages.page import Page
from newsroom.pages.request import Key

FORMER_FOR = 86_400  # seconds for which the pages of another release are left where they are
SWEEP = 256  # a folder is looked through once in so many pages
KEPT = ("status", "headers", "tag", "life", "is_shared", "generation", "made", "until")


class Shared(Protocol):
    """Whatever is wrong with it, pages are made without it: nothing raises an error."""

    def get(self, key: Key) -> Page | None:
        """As it was put last; perhaps of an older generation."""

    def put(self, key: Key, page: Page) -> None: ...

    def claim(self, key: Key) -> AbstractContextManager[bool]:
        """Whether it is ours to make this page now; False if another process is at it."""


class Nobody:
    """A process by itself."""

    def get(self, key: Key) -> Page | None:
        return None

    def put(self, key: Key, page: Page) -> None:
        pass

    @contextmanager
    def claim(self, key: Key) -> Iterator[bool]:
        yield True


class Folder:
    """A folder for the processes of one machine.

    Claims are locks on bytes of one file, which the kernel gives up however a process ends.
    """

    def __init__(self, folder: Path, n_bytes: int) -> None:
        self.folder = folder
        self.n_bytes = n_bytes
        self.n_put = 0
        self.locks: int | None = None
        with suppress(OSError):
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
            self.locks = os.open(folder / "locks", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def get(self, key: Key) -> Page | None:
        try:
            return loaded((self.folder / name_of(key)).read_bytes())
        except (OSError, LookupError, TypeError, ValueError):
            return None

    def put(self, key: Key, page: Page) -> None:
        """A full disk is no reason to keep a page from its reader."""
        replace(self.folder / name_of(key), stored(page))
        self.n_put += 1
        if self.n_put % SWEEP == 0:
            self.sweep()

    @contextmanager
    def claim(self, key: Key) -> Iterator[bool]:
        place = int.from_bytes(digest(key)[:7])
        try:
            if self.locks is not None:
                fcntl.lockf(self.locks, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except OSError:
            yield False
            return
        try:
            yield True
        finally:
            if self.locks is not None:
                fcntl.lockf(self.locks, fcntl.LOCK_UN, 1, place)

    def sweep(self) -> None:
        """Remove the pages that were made first, as far as there are too many."""
        with suppress(OSError):
            found = [(f.stat(), f) for f in self.folder.iterdir() if f.name != "locks"]
            left = sum(stat.st_size for stat, _ in found)
            for stat, file in sorted(found, key=lambda one: one[0].st_mtime):
                if left <= self.n_bytes:
                    break
                file.unlink(missing_ok=True)
                left -= stat.st_size


def remove_former(folders: Path, present: str) -> None:
    """Those of releases that no process serves any more, and that nobody has gone back to."""
    with suppress(OSError):
        for folder in folders.iterdir():
            if folder.name != present and folder.stat().st_mtime < time.time() - FORMER_FOR:
                rmtree(folder, ignore_errors=True)


def replace(file: Path, content: bytes) -> None:
    """With all of `content` or not at all: on a full disk the file stays what it was."""
    new = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        new.write_bytes(content)
        new.rename(file)
    except OSError:
        with suppress(OSError):
            new.unlink()


def stored(page: Page) -> bytes:
    head = {name: value for name, value in asdict(page).items() if name in KEPT}
    head["length"] = len(page.body)  # a disk that lost its power may have kept a part
    return json.dumps(head).encode() + b"\n" + page.body


def loaded(content: bytes) -> Page:
    """Raises LookupError, TypeError or ValueError for what is none of ours, or not whole."""
    head, _, body = content.partition(b"\n")
    known = json.loads(head)
    if known.pop("length") != len(body):
        raise ValueError("not whole")
    headers = [(name, value) for name, value in known.pop("headers")]
    return Page(headers=headers, body=body, **known)


def digest(key: Key) -> bytes:
    return blake2b("\n".join(key).encode(), digest_size=20).digest()


def name_of(key: Key) -> str:
    return digest(key).hex()
