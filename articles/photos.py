"""The life of a photo in the library: taken in, cut to size, served."""

from hashlib import sha256

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from articles import renditions, tasks, uses
from articles.models import Photo
from articles.models.photo import new_token
from newsroom.lib import pictures


class Stored(Exception):
    """The same upload is a photo already, `photo`."""

    def __init__(self, photo: Photo) -> None:
        super().__init__()
        self.photo = photo


@transaction.atomic
def store(photo: Photo, upload: File, *, ticket: str = "") -> None:
    """Keep `upload` as the original of `photo` and save the photo, ready to be shown.

    The upload has passed `pictures.accept`. Shows one safe copy until the worker has cut the
    renditions.
    ticket: the same for the same upload sent twice; it makes one photo. Raises Stored.
    """
    size = pictures.accept(upload, upload.name or "", upload.size)
    photo.width, photo.height = size.width, size.height
    suffix = (upload.name or "").rsplit(".", 1)[-1].lower()
    photo.original.save(f"{new_token()}.{suffix}", upload, save=False)
    token = sha256(ticket.encode()).hexdigest()[:24] if ticket else new_token()
    try:
        with transaction.atomic():
            recut(photo, token=token)
    except IntegrityError as error:
        photo.original.delete(save=False)
        raise Stored(Photo.objects.get(token=token)) from error
    except OSError:  # no room for what is shown
        photo.original.delete(save=False)
        raise


@transaction.atomic
def recut(photo: Photo, *, token: str = "") -> None:
    """Save `photo` and have its renditions made anew, at new addresses that no cache knows.

    The old ones stay for a week, for pages that are still in somebody's cache.
    """
    old, photo.token = photo.token if photo.pk else None, token or new_token()
    photo.renditions, photo.withdrawn_at = {}, None
    with photo.original.open() as file:
        renditions.write_safe_copy(photo, file)
    photo.save()
    tasks.cut_renditions.defer(photo_id=photo.pk, token=photo.token)
    if old:
        tasks.remove_renditions.configure(schedule_in={"days": 7}).defer(token=old)


@transaction.atomic
def describe(photo: Photo, changed: list[str]) -> None:
    """Save what was typed about `photo`; one that had expired is cut anew for another last day."""
    if "expires_on" in changed and photo.withdrawn_at:
        photo.withdrawn_at = None
        changed = [*changed, "withdrawn_at"]
        tasks.cut_renditions.defer(photo_id=photo.pk, token=photo.token)
    photo.save(update_fields=changed)


@transaction.atomic
def remove(photo: Photo) -> None:
    """Delete `photo` and, in a moment, its files. Raises uses.InUse."""
    Photo.objects.select_for_update().get(pk=photo.pk)
    if found := uses.of(photo):
        raise uses.InUse(found)
    token, original = photo.token, str(photo.original.name)
    photo.delete()
    tasks.remove_renditions.defer(token=token)
    tasks.remove_original.defer(name=original)


def thumbnail(photo: Photo) -> str:
    """Address of the smallest picture of `photo`, 4:3 once the worker has cut it."""
    made = photo.renditions.get("4:3")
    path = photo.rendition("4:3", made[0][0], "jpg") if made else photo.safe_copy
    return default_storage.url(path)


def whole(photo: Photo) -> str:
    """Address of all of `photo`, 800 pixels wide or a little less or more."""
    made = photo.renditions.get("full", [])
    width = next((width for width, _ in made if width >= 800), made[-1][0] if made else 0)
    return default_storage.url(photo.rendition("full", width, "jpg") if made else photo.safe_copy)
