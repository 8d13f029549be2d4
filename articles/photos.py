"""The life of a photo in the library: taken in, cut to size, served."""

from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import Q

from articles import tasks
from articles.models import Article, Contributor, Page, Photo
from articles.models.photo import new_token
from newsroom.lib import pictures

SAFE_COPY_SIDE = 1280


@transaction.atomic
def store(photo: Photo, upload: UploadedFile) -> None:
    """Keep `upload` as the original of `photo` and save the photo, ready to be shown.

    The upload has passed `pictures.accept`. Shows one safe copy until the worker has cut the
    renditions.
    """
    size = pictures.accept(upload.open(), upload.name or "", upload.size or 0)
    photo.width, photo.height = size.width, size.height
    suffix = (upload.name or "").rsplit(".", 1)[-1].lower()
    photo.original.save(f"{new_token()}.{suffix}", upload, save=False)
    recut(photo)


@transaction.atomic
def recut(photo: Photo) -> None:
    """Save `photo` and have its renditions made anew, at new addresses that no cache knows.

    The old ones stay for a week, for pages that are still in somebody's cache.
    """
    old, photo.token = photo.token if photo.pk else None, new_token()
    photo.renditions = {}
    with photo.original.open() as file:
        write_safe_copy(photo, file)
    photo.save()
    tasks.cut_renditions.defer(photo_id=photo.pk, token=photo.token)
    if old:
        tasks.remove_renditions.configure(schedule_in={"days": 7}).defer(token=old)


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


def uses(photo: Photo) -> list[models.Model]:
    """The pieces, pages and people that show `photo`; 3 queries."""
    mark = f'<figure data-photo="{photo.pk}">'
    return [
        *Article.objects.filter(Q(photo=photo) | Q(body__contains=mark)).defer("body"),
        *Page.objects.filter(body__contains=mark),
        *Contributor.objects.filter(Q(portrait=photo) | Q(bio__contains=mark)),
    ]


def write_safe_copy(photo: Photo, file: IO[bytes]) -> None:
    image = pictures.decode(pictures.open_picture(file), at_most=2 * SAFE_COPY_SIDE)
    image.thumbnail((SAFE_COPY_SIDE, SAFE_COPY_SIDE))
    default_storage.save(photo.safe_copy, ContentFile(pictures.encode(image, "jpg")))
