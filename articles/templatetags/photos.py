"""{% picture %}: a photo in one of its crops, in the sizes that have been made.

An expired photo leaves a placeholder, here and so on every page, from the moment its last day is
over in the publication's time zone.
"""

from django import template
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from articles.models import Photo
from articles.renditions import CROPS, address

register = template.Library()
TYPES = [("avif", "image/avif"), ("webp", "image/webp")]
EXPIRED = (
    '<span class="picture" data-crop="{}" data-expired>'
    '<span class="picture__note">This photo can no longer be shown.</span></span>'
)
SHOWN = (
    '<picture class="picture" data-crop="{crop}">{sources}<img src="{src}" width="{width}" '
    'height="{height}" alt="{alt}" {when} decoding="async"></picture>'
)
SOURCE = '<source type="{}" srcset="{}" sizes="{}">'
EAGER, LAZY = 'fetchpriority="high"', 'loading="lazy"'


@register.filter
def is_shown(photo: Photo) -> bool:
    """Whether readers may see `photo` today, and what is said of it."""
    return not photo.is_expired(timezone.localdate())


@register.filter
def credited(photo: Photo, caption: str) -> str:
    return photo.credited(caption)


@register.simple_tag
def picture(
    photo: Photo, crop: str = "full", *, sizes: str = "100vw", eager: bool = False
) -> SafeString:
    """`photo` cut to `crop`: "full", "16:9", "4:3" or "1:1".

    sizes: as in HTML. eager: the largest picture above the fold, fetched first. A string and no
    template, as a page has a dozen of them; static/css/components/picture.css is its sheet.
    """
    if not is_shown(photo):
        return format_html(EXPIRED, crop)
    made = photo.renditions.get(crop, [])
    width, height = made[-1] if made else natural_size(photo, crop)
    fallback = next((size for size in made if size[0] >= 800), [width])
    shown = SHOWN.format(
        crop=crop,
        sources=sources(photo, crop, made, escape(sizes)) if made else "",
        src=address(photo.rendition(crop, fallback[0], "jpg") if made else photo.safe_copy),
        width=width,
        height=height,
        alt=escape(photo.alt_text),
        when=EAGER if eager else LAZY,
    )
    return mark_safe(shown)  # noqa: S308  the rest are names and numbers that we give


def natural_size(photo: Photo, crop: str) -> list[int]:
    ratio, _ = CROPS[crop]
    return [photo.width, photo.height if ratio is None else round(photo.width / ratio)]


def sources(photo: Photo, crop: str, made: list[list[int]], sizes: str) -> str:
    largest = address(photo.rendition(crop, made[-1][0], ""))
    stem = largest.removesuffix(f"{made[-1][0]}.")
    return "".join(
        SOURCE.format(mime, ", ".join([f"{stem}{w}.{ending} {w}w" for w, _ in made]), sizes)
        for ending, mime in TYPES
    )
