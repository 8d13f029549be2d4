"""What a link to a page shows where somebody shares it, and which address of it counts."""

from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone

from articles import renditions
from articles.models import Article, Photo

WIDE = 1200  # pixels; what networks and search engines ask for at least


@dataclass(frozen=True)
class Picture:
    """One file, with its full address."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Card:
    """What a shared link shows; plain texts and full addresses."""

    kind: str
    url: str
    title: str
    description: str
    picture: Picture
    site: str


def absolute(address: str) -> str:
    """`address` with this site's host, unless it has one."""
    if address[:1] == "/" != address[1:2]:
        return f"{settings.SITE_URL}{address}"
    return urljoin(f"{settings.SITE_URL}/", address)


def canonical(article: Article) -> str:
    """The one address by which machines know `article`; another site's where it came out first."""
    return article.canonical_url or absolute(article.get_absolute_url())


def picture(photo: Photo | None, crop: str = "16:9") -> Picture | None:
    """`photo` in `crop`, about 1200 pixels wide if there is so much of it; None if none may show.

    There from the upload on: the whole of the safe copy stands in until the worker has cut it.
    """
    if photo is None or photo.is_expired(timezone.localdate()):
        return None
    if made := photo.renditions.get(crop):
        width, height = next((size for size in made if size[0] >= WIDE), made[-1])
        path = photo.rendition(crop, width, "jpg")
    else:
        width, height = renditions.safe_copy_size(photo)
        path = photo.safe_copy
    return Picture(absolute(renditions.address(path)), width, height, photo.alt_text)


def plain_picture() -> Picture:
    """What stands on cards of pages without a picture."""
    return Picture(absolute(static("img/card.png")), WIDE, 630, "")


def logo() -> Picture:
    return Picture(absolute(static("img/logo.png")), 512, 512, "")
