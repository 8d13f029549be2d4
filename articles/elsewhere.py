"""A piece where our styles and scripts are not: in feed readers and at partners."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.conf import settings
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from articles import content
from articles.models import Article, Photo

LEAD, THUMBNAIL, INSIDE = ("full", 1200), ("4:3", 240), ("full", 800)  # crop, pixels at least
OURS = re.compile(r'(<(?:a href|img src)=")(?=/(?!/))')
Photos = Mapping[int, Photo]


class Picture(TypedDict):
    url: str
    width: int
    height: int


def absolute(address: str) -> str:
    """`address`, a path of this site included, as it leads from anywhere."""
    return f"{settings.SITE_URL}{address}" if address.startswith("/") else address


def shown(photos: Mapping[int, Photo], on: date) -> dict[int, Photo]:
    """Those that readers may see on that day."""
    return {pk: photo for pk, photo in photos.items() if not photo.is_expired(on)}


@dataclass(frozen=True)
class Source:
    """What is said at the end of a text, with a link: who has published it."""

    name: str
    is_all: bool  # the text, or its beginning alone


def text(article: Article, body: str, photos: Photos, source: Source | None = None) -> str:
    """`body` with the lead photo before it, and with notices; no query.

    photos: those that may be shown; others leave no trace.
    """
    lead = photos.get(article.photo_id or 0)
    context = {
        "article": article,
        "lead": picture(lead, LEAD) if lead else None,
        "photo": lead,
        "caption": caption(article),
        "body": filled(body, photos),
        "source": source,
    }
    rendered = render_to_string("articles/elsewhere.html", context)
    return OURS.sub(rf"\1{settings.SITE_URL}", rendered)


def caption(article: Article) -> str:
    return article.photo_caption or (article.photo.caption if article.photo else "")


def filled(body: str, photos: Photos) -> SafeString:
    """Clean `body` with photos as plain pictures and videos as links."""

    def figure(match: re.Match[str]) -> str:
        kind, value, said = match.groups()
        if kind == "embed":
            return video(value, said or "")
        photo = photos.get(int(value))
        return inside(photo, said or "") if photo else ""

    return mark_safe(content.FIGURE.sub(figure, body))  # noqa: S308  the body is clean


def video(address: str, title: str) -> str:
    embed = content.parse_embed(address.replace("&amp;", "&"))
    words = f"{title or 'Video'}, on {embed.provider}" if embed else ""
    return f'<p><a href="{address}">{words}</a></p>' if embed else ""


def inside(photo: Photo, said: str) -> str:
    context = {"picture": picture(photo, INSIDE), "photo": photo, "said": said}
    return render_to_string("articles/elsewhere_photo.html", context)


def picture(photo: Photo, place: tuple[str, int]) -> Picture:
    """The smallest file that is large enough for `place`; until it is cut, the safe copy."""
    crop, pixels = place
    made = photo.renditions.get(crop, [])
    if not made:
        return {"url": url(photo.safe_copy), "width": photo.width, "height": photo.height}
    width, height = next((size for size in made if size[0] >= pixels), made[-1])
    return {"url": url(photo.rendition(crop, width, "jpg")), "width": width, "height": height}


def url(path: str) -> str:
    return absolute(default_storage.url(path))
