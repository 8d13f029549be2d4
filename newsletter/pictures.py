"""Photos as mail programs show them: one JPEG at a full address, its size written down."""

from datetime import date
from typing import TypedDict
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import default_storage

from articles.content import photos_in
from articles.models import Photo
from newsletter.models import Issue, Item

LEAD = ("16:9", 1200, 600)  # crop, pixels of the file, pixels on the page; double for sharp screens
BESIDE = ("4:3", 480, 180)
IN_TEXT = ("full", 1200, 600)


class Picture(TypedDict):
    src: str
    width: int
    height: int
    alt: str
    credit: str


def shown_photos(issue: Issue, items: list[Item], on: date) -> dict[int, Photo]:
    """The photos in texts and beside pieces by id, without those expired by then; 1 query."""
    found = photos_in(issue.opening, *(item.body for item in items))
    pieces = [item.article for item in items if item.article and item.shows_photo]
    found |= {piece.photo.pk: piece.photo for piece in pieces if piece.photo}
    return {pk: photo for pk, photo in found.items() if not photo.is_expired(on)}


def picture(photo: Photo, place: tuple[str, int, int]) -> Picture:
    """`photo` for one of the places above; until renditions are cut, the safe copy."""
    crop, pixels, shown = place
    made = photo.renditions.get(crop, [])
    natural = made[-1] if made else (photo.width, photo.height)
    width, height = next((size for size in made if size[0] >= pixels), natural)
    path = photo.rendition(crop, width, "jpg") if made else photo.safe_copy
    shown = min(shown, width)
    return {
        "src": absolute(default_storage.url(path)),
        "width": shown,
        "height": round(shown * height / width),
        "alt": photo.alt_text,
        "credit": photo.credit,
    }


def absolute(address: str) -> str:
    """`address`, a path of this site included, as it can be followed from a letter."""
    return f"{settings.SITE_URL}{address}" if address.startswith("/") else address


def n_bytes(src: str) -> int:
    """Weight of the file of a `Picture`; 0 where it is gone."""
    path = urlsplit(src).path.removeprefix(settings.MEDIA_URL)
    try:
        return default_storage.size(path)
    except FileNotFoundError:
        return 0
