"""The static files as they are served: hashed, compressed, and the site's styles as one file."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SITE = "css/site.css"
IMPORT = re.compile(r'@import url\("([^":]+)"\)( \w+)?;\n')


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed names, gzip and brotli; JavaScript modules import one another by hashed name too.

    A page loads one stylesheet, as each one more takes a round trip before anything is drawn;
    compressed together they are no larger than those of one page are alone.
    """

    support_js_module_import_aggregation = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._urls: dict[str | None, str] = {}

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002  Django's
        """Worked out once: a process serves the files that it found when it started."""
        if name not in self._urls or settings.DEBUG:
            self._urls[name] = super().url(name, force)
        return self._urls[name]

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        if SITE in paths:
            self.delete(SITE)
            self._save(SITE, ContentFile(joined(paths, SITE).encode()))
            paths[SITE] = (self, SITE)
        yield from super().post_process(paths, *args, **options)


def joined(paths: dict[str, Any], name: str) -> str:
    """The stylesheet `name` with those that it imports in place; addresses in them stay right.

    Raises KeyError if there is none of a name.
    """
    storage, path = paths[name]
    with storage.open(path) as file:
        text = file.read().decode()

    def imported(match: re.Match[str]) -> str:
        inner = joined(paths, str(PurePosixPath(name).parent / match[1]))
        return f"@media{match[2]} {{\n{inner}}}\n" if match[2] else inner

    return IMPORT.sub(imported, text)


def fingerprint() -> str:
    """Of every static file's path, size and time, and of what is made of them here.

    The same text means nothing to collect.
    """
    found = hashlib.sha256(Path(__file__).read_bytes())
    for finder in get_finders():
        for path, storage in finder.list(["CVS", ".*", "*~"]):
            file = Path(storage.path(path)).stat()
            found.update(f"{path} {file.st_size} {file.st_mtime_ns}\n".encode())
    return found.hexdigest()
