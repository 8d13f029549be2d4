"""The settings that tests run with: production's, but for what only costs time."""

import fcntl
import os
from itertools import count
from pathlib import Path
from zlib import crc32

from newsroom.settings import *  # noqa: F403  # settings are extended by importing them all
from newsroom.settings import DATABASES, STORAGES, VAR_DIR


def _own_folder() -> Path:
    """A folder that no other run of the tests has until this process ends."""
    for number in count(1):
        folder: Path = VAR_DIR / "tests" / str(number)
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
        else:
            return folder
    raise AssertionError


_folder = _own_folder()
LAST_SEEN = _folder / "last-seen.json"
MEDIA_ROOT = _folder / "media"
STATIC_ROOT = _folder / "static"
STATIC_ROOT.mkdir(exist_ok=True)
# Others may test on the same server, with another VAR_DIR.
DATABASES["default"]["TEST"] = {"NAME": f"test_newsroom_{crc32(bytes(_folder)):08x}"}
DATABASES["default"]["CONN_MAX_AGE"] = 0
# Tests make their database, and put it back, as its owner.
DATABASES["default"] |= DATABASES["default"].pop("OWNER", {})
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES |= {
    "originals": STORAGES["originals"] | {"OPTIONS": {"location": _folder / "originals"}},
    "private": STORAGES["private"]
    | {"OPTIONS": STORAGES["private"]["OPTIONS"] | {"location": _folder / "private"}},
    # Names without hashes: the tests need no collectstatic before they run.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
APPEAL_BOARD_AGE = APPEAL_COUNTS_EVERY = 0  # what a test has changed counts at once, and is seen
