"""{% picture %}: a photo in one of its crops, in the sizes that have been made.

An expired photo leaves a placeholder, here and so on every page, from the moment its last day is
over in the publication's time zone.
"""

from dataclasses import dataclass
from typing import Any

from django import template
from django.core.files.storage import default_storage
from django.utils import timezone

from articles.models import Photo
from articles.renditions import CROPS

register = template.Library()
TYPES = [("avif", "image/avif"), ("webp", "image/webp")]


@dataclass(frozen=True)
class Source:
    type: str
    srcset: str


@register.filter
def is_shown(photo: Photo) -> bool:
    """Whether readers may see `photo` today, and what is said of it."""
    return not photo.is_expired(timezone.localdate())


@register.filter
def credited(photo: Photo, caption: str) -> str:
    return photo.credited(caption)


@register.inclusion_tag("components/picture.html")
def picture(
    photo: Photo, crop: str = "full", *, sizes: str = "100vw", eager: bool = False
) -> dict[str, Any]:
    """`photo` cut to `crop`: "full", "16:9", "4:3" or "1:1".

    sizes: as in HTML. eager: the largest picture above the fold, fetched first.
    """
    if not is_shown(photo):
        return {"crop": crop, "is_expired": True}
    made = photo.renditions.get(crop, [])
    largest = made[-1] if made else natural_size(photo, crop)
    fallback = next((size for size in made if size[0] >= 800), largest)
    return {
        "alt": photo.alt_text,
        "crop": crop,
        "eager": eager,
        "height": largest[1],
        "sizes": sizes,
        "sources": [Source(mime, srcset(photo, crop, made, ext)) for ext, mime in TYPES if made],
        "src": url(photo.rendition(crop, fallback[0], "jpg") if made else photo.safe_copy),
        "width": largest[0],
    }


def natural_size(photo: Photo, crop: str) -> list[int]:
    ratio, _ = CROPS[crop]
    return [photo.width, photo.height if ratio is None else round(photo.width / ratio)]


def srcset(photo: Photo, crop: str, made: list[list[int]], extension: str) -> str:
    return ", ".join(f"{url(photo.rendition(crop, w, extension))} {w}w" for w, _ in made)


def url(path: str) -> str:
    return default_storage.url(path)
