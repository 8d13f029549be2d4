"""What pages are made by, besides the rows: a page of another release is not ours to serve."""

import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

SOURCES = ("*.py", "*.html", "*.xml", "*.txt")
# How the settings begin that pages and their headers depend on.
SAID = ("DEBUG", "MEDIA_URL", "PERMISSIONS_", "SECURE_", "SITE_URL", "STATIC_URL", "X_FRAME_")


def release() -> str:
    """Of the program, its templates, packages and static files, its settings, and the database."""
    found = sha256()
    for file in files():
        found.update(file.read_bytes())
    place = [connection.settings_dict[name] for name in ("HOST", "PORT", "NAME")]
    said = [(name, getattr(settings, name)) for name in dir(settings) if name.startswith(SAID)]
    found.update(repr([sys.version, packages(), said, place]).encode())
    return found.hexdigest()[:16]


def packages() -> list[str]:
    return sorted(f"{one.name} {one.version}" for one in distributions())


def files() -> Iterator[Path]:
    ours = [Path(app.path) for app in apps.get_app_configs()]
    folders = [folder for folder in ours if settings.BASE_DIR in folder.parents]
    for folder in sorted({*folders, settings.BASE_DIR / "templates"}):
        for pattern in SOURCES:
            yield from sorted(folder.rglob(pattern))
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if manifest.exists():
        yield manifest
