"""Uploads that are kept while the rest of their form is put right; nobody uploads one twice."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.core import signing
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from newsroom.lib.storages import listed

FOLDER = "uploads"
A_WEEK = timedelta(days=7)


def keep(upload: File, *, by: int) -> str:
    """Keep `upload`, which is used up, for a week; the ticket by which user `by` gets it back."""
    upload.seek(0)
    path = storages["private"].save(f"{FOLDER}/{token_urlsafe(16)}", upload)
    return signing.dumps([path, upload.name, by], salt=__name__)


def kept(ticket: str, *, by: int) -> ContentFile | None:
    """The upload under its own name, in memory; None if it is used by now, or somebody else's."""
    try:
        path, name, owner = signing.loads(ticket, salt=__name__, max_age=A_WEEK)
        with storages["private"].open(path) as file:
            return ContentFile(file.read(), name) if owner == by else None
    except (signing.BadSignature, FileNotFoundError):
        return None


def drop(ticket: str) -> None:
    """It is used, or not wanted; safe to repeat."""
    path, *_ = signing.loads(ticket, salt=__name__)
    storages["private"].delete(path)


def forget(at: datetime) -> None:
    """Delete what nobody has come back for."""
    store = storages["private"]
    for name in listed(store, FOLDER):
        path = f"{FOLDER}/{name}"
        if store.get_modified_time(path) < at - A_WEEK:
            store.delete(path)
