"""The sizes and shapes in which photos are served."""

from functools import cache
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from articles.models import Photo
from newsroom.lib import pictures
from newsroom.lib.storages import listed

# Widths in pixels; chosen so that each step saves a phone about half the bytes.
CROPS: dict[str, tuple[float | None, list[int]]] = {
    "full": (None, [480, 800, 1200, 1800]),
    "16:9": (16 / 9, [480, 800, 1200, 1800]),
    "4:3": (4 / 3, [240, 480, 800]),
    "1:1": (1.0, [160, 400]),
}
SAFE_COPY_SIDE = 1280


def write_safe_copy(photo: Photo, file: IO[bytes]) -> None:
    """What can be shown at once, until the others are cut."""
    default_storage.save(photo.safe_copy, ContentFile(safe_copy(file)))


def safe_copy(file: IO[bytes]) -> bytes:
    """All of the picture as a JPEG of at most 1280 pixels; much faster than a rendition."""
    image = pictures.decode(pictures.open_picture(file), at_most=2 * SAFE_COPY_SIDE)
    image.thumbnail((SAFE_COPY_SIDE, SAFE_COPY_SIDE))
    return pictures.encode(image, "jpg")


def address(path: str) -> str:
    """Of a file that was made of a photo; nothing in the names that we give needs an escape."""
    return media() + path


@cache
def media() -> str:
    return default_storage.url("photos").removesuffix("photos")


def safe_copy_size(photo: Photo) -> tuple[int, int]:
    """Width and height of the safe copy, to a pixel."""
    shrunk = min(1, SAFE_COPY_SIDE / max(photo.width, photo.height))
    return max(1, round(photo.width * shrunk)), max(1, round(photo.height * shrunk))


def cut(photo: Photo) -> dict[str, list[list[int]]]:
    """Write every rendition of `photo`; returns the sizes of each crop, small to large."""
    with photo.original.open() as file:
        image = pictures.decode(pictures.open_picture(file))
    size = pictures.Size(*image.size)
    made: dict[str, list[list[int]]] = {}
    for crop, (ratio, widths) in CROPS.items():
        box = pictures.crop_box(size, ratio, (photo.focal_x, photo.focal_y))
        piece = image.crop(box)
        made[crop] = [write(photo, crop, piece, width) for width in fitting(widths, piece.width)]
    return made


def fitting(widths: list[int], source: int) -> list[int]:
    """Those of `widths` that need no enlarging; the source's own where all would."""
    return [width for width in widths if width <= source] or [source]


def write(photo: Photo, crop: str, piece: Image.Image, width: int) -> list[int]:
    height = max(1, round(piece.height * width / piece.width))
    scaled = piece.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)
    for extension in pictures.ENCODINGS:
        path = photo.rendition(crop, width, extension)
        default_storage.save(path, ContentFile(pictures.encode(scaled, extension)))
    return [width, height]


def remove(token: str) -> None:
    """Delete all files of one set of renditions; those that are gone already do not matter."""
    folder = f"photos/{token}"
    for name in listed(default_storage, folder):
        default_storage.delete(f"{folder}/{name}")
