"""What pages are made by, besides the rows: a page of another release is not ours to serve."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

SOURCES = ("*.py", "*.html", "*.xml", "*.txt")


def release() -> str:
    """Of the program, its templates and static files, where they are served, and the database."""
    found = sha256()
    for file in files():
        found.update(file.read_bytes())
    place = [connection.settings_dict[name] for name in ("HOST", "PORT", "NAME")]
    found.update(repr([settings.SITE_URL, settings.SECURE_CSP, *place]).encode())
    return found.hexdigest()[:16]


def files() -> Iterator[Path]:
    ours = [Path(app.path) for app in apps.get_app_configs()]
    folders = [folder for folder in ours if settings.BASE_DIR in folder.parents]
    for folder in sorted({*folders, settings.BASE_DIR / "templates"}):
        for pattern in SOURCES:
            yield from sorted(folder.rglob(pattern))
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if manifest.exists():
        yield manifest
