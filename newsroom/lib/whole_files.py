"""Files that are there as a whole or not at all, whenever somebody looks and whatever fails."""

import errno
from contextlib import suppress
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from django.core.files.storage import FileSystemStorage

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def is_full(error: BaseException | None) -> bool:
    """Whether `error` says that the disk has no room, or no more of it for us."""
    return isinstance(error, OSError) and error.errno in FULL


class WholeFiles(FileSystemStorage):
    """Written beside its place and moved there: nobody ever reads half of a file."""

    def _save(self, name: str, content: Any) -> str:
        beside = f"{name}.{token_urlsafe(6)}.part"
        try:
            saved: str = super()._save(beside, content)  # type: ignore[misc]  # not in the stubs
            Path(self.path(saved)).replace(self.path(name))
        except BaseException:
            with suppress(OSError):
                self.delete(beside)
            raise
        return name
