"""Pictures for test data: a few drawn ones, which any number of photos share."""

import io
from contextlib import suppress
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from articles import renditions
from articles.models import Photo
from newsroom.lib.storages import listed

WIDTH, HEIGHT = 1800, 1200  # enough for every rendition
SKIES = ["#c9d6df", "#e8c9a0", "#8fa9c4"]
HILLS = ["#7d8f86", "#56675f", "#2f3a36"]


def shared() -> list[Photo]:
    """The pictures that are shared, with all renditions; made where they are missing."""
    return [shared_picture(number) for number in range(len(SKIES))]


def shared_picture(number: int) -> Photo:
    name = f"filler-shared-{number}"
    found = Photo.objects.filter(token=name).first()
    if found and default_storage.exists(found.safe_copy):
        return found
    photo = Photo(
        pk=found.pk if found else None,
        token=name,
        width=WIDTH,
        height=HEIGHT,
        alt="A drawing of hills under a low sun.",
        agency="Test data",
    )
    photo.original.storage.delete(f"{name}.jpg")
    photo.original.save(f"{name}.jpg", ContentFile(draw(number)), save=False)
    with photo.original.open() as file:
        renditions.write_safe_copy(photo, file)
    photo.renditions = renditions.cut(photo)
    photo.save()
    return photo


def draw(number: int) -> bytes:
    """A landscape as JPEG: sky, sun, three ranges of hills."""
    image = Image.new("RGB", (WIDTH, HEIGHT), SKIES[number])
    pen = ImageDraw.Draw(image)
    left = 300 + 500 * number
    pen.ellipse((left, 250, left + 220, 470), fill="#fff3d6")
    for row, colour in enumerate(HILLS):
        base = 560 + 200 * row
        slope = [(x, base + (x * (7 + row + number)) % 260 - 130) for x in range(0, 2001, 200)]
        pen.polygon([*slope, (2000, HEIGHT), (0, HEIGHT)], fill=colour)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def link(photo: Photo, to: Photo) -> None:
    """Let `photo` show the files of `to`; in a storage elsewhere, those of its own."""
    try:
        folder = Path(default_storage.path("photos"))
    except NotImplementedError:
        copy(photo.token, to.token)
        return
    with suppress(FileExistsError):
        (folder / photo.token).symlink_to(to.token, target_is_directory=True)


def copy(token: str, of: str) -> None:
    for name in listed(default_storage, f"photos/{of}"):
        with default_storage.open(f"photos/{of}/{name}") as file:
            default_storage.save(f"photos/{token}/{name}", file)
