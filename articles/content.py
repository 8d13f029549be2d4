"""The stored body as readers see it: photos from their records, embeds to click, a fold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from articles.models import Article, Photo
from newsroom.lib import html
from newsroom.lib.drawn import drawn
from newsroom.lib.generation import remembered_each
from newsroom.lib.statements import GivenIds, statement

# The cleaner stores figures in exactly these shapes.
FIGURE = re.compile(
    r'<figure data-(photo|embed)="([^"]*)">(?:<figcaption>(.*?)</figcaption>)?</figure>', re.DOTALL
)
TAG = re.compile(r'<(/?)(\w+)(?:[^>"]|"[^"]*")*>')


def photos_in(*bodies: str) -> dict[int, Photo]:
    """The photos that the bodies refer to, by id; 1 query, none where there are no photos."""
    wanted = {pk for body in bodies for pk in html.photo_ids(body)}
    return _fetched(list(wanted)) if wanted else {}


def photos_on_page(body: str, at: datetime) -> dict[int, Photo]:
    """The same for a page of now; 1 query, none where all of them are known."""
    return _on_pages(list(html.photo_ids(body)), at)


@remembered_each
def _on_pages(ids: list[int], at: datetime) -> dict[int, Photo]:
    return _fetched(ids)


def _fetched(ids: list[int]) -> dict[int, Photo]:
    return {photo.pk: photo for photo in _photos.run(ids=ids)}


@statement
def _photos() -> QuerySet[Photo]:
    return Photo.objects.filter(pk__in=GivenIds("ids"))


def render(body: str, photos: Mapping[int, Photo], *, demote: bool = False) -> SafeString:
    """`body` (clean HTML) with its figures filled in.

    demote: the piece stands under another piece's headline, so its sub-heads go down one level.
    A photo that is no longer in the library leaves no trace.
    """

    def figure(match: re.Match[str]) -> str:
        kind, value, caption = match.groups()
        if kind == "embed":
            return render_embed(value, caption)
        return render_photo(photos.get(int(value)), caption)

    if demote:
        body = re.sub(r"(</?h)([23])>", lambda m: f"{m[1]}{int(m[2]) + 1}>", body)
    return mark_safe(FIGURE.sub(figure, body))  # noqa: S308  the body went through the cleaner


def render_photo(photo: Photo | None, caption: str | None) -> str:
    if photo is None:
        return ""
    own = mark_safe(caption or "")  # noqa: S308  part of the cleaned body
    return drawn("components/body_photo.html", photo=photo, caption=own)


@dataclass(frozen=True)
class Embed:
    """A video that loads when a reader asks for it."""

    page: str
    player: str
    provider: str


def parse_embed(address: str) -> Embed | None:
    """The player for a page address of YouTube or Vimeo; None for any other."""
    url = urlsplit(address)
    host = (url.hostname or "").removeprefix("www.").removeprefix("m.")
    last = url.path.rstrip("/").rsplit("/", 1)[-1]
    if host == "youtube.com":
        last = parse_qs(url.query).get("v", [last])[0]
    if not re.fullmatch(r"[\w-]{5,20}", last):
        return None
    if host in {"youtube.com", "youtu.be"}:
        return Embed(address, f"https://www.youtube-nocookie.com/embed/{last}", "YouTube")
    if host == "vimeo.com":
        return Embed(address, f"https://player.vimeo.com/video/{last}", "Vimeo")
    return None


def render_embed(address: str, title: str | None) -> str:
    embed = parse_embed(address.replace("&amp;", "&"))
    if embed is None:
        return ""
    own = mark_safe(title or "")  # noqa: S308  part of the cleaned body
    return render_to_string("components/embed.html", {"embed": embed, "title": own})


def blocks(body: str) -> list[str]:
    """The top-level elements of `body`, in order."""
    found, depth, start = [], 0, 0
    for tag in TAG.finditer(body):
        if tag[2] == "br":
            continue
        if depth == 0:
            start = tag.start()
        depth += -1 if tag[1] else 1
        if depth == 0:
            found.append(body[start : tag.end()])
    return found


def fold(body: str, n: int) -> tuple[str, str]:
    """`body` cut after its first `n` paragraphs: what a teaser shows, and the rest.

    The cut comes earlier where something else stands between them. What stands before the first
    paragraph, a photo for instance, belongs to the rest.
    """
    every = blocks(body)
    first = next((place for place, block in enumerate(every) if is_paragraph(block)), 0)
    shown = list(takewhile(is_paragraph, every[first : first + n]))
    rest = every[:first] + every[first + len(shown) :]
    return "".join(shown), "".join(rest)


def is_paragraph(block: str) -> bool:
    return block.startswith("<p>")


@dataclass(frozen=True)
class Teaser:
    """A piece under “keep reading”: what stands before the fold, and whether more follows."""

    article: Article
    shown: SafeString
    has_rest: bool


def teasers(pieces: list[Article], at: datetime) -> list[Teaser]:
    """1 query, none if all of them are known."""
    found = _folded([piece.pk for piece in pieces], at)
    return [Teaser(piece, *found[piece.pk]) for piece in pieces if piece.pk in found]


@remembered_each
def _folded(ids: list[int], at: datetime) -> dict[int, tuple[SafeString, bool]]:
    found = {}
    for pk, body, n in _bodies.values(ids=ids):
        shown, rest = fold(body, n)
        found[pk] = mark_safe(shown), bool(rest)  # noqa: S308  cleaned paragraphs
    return found


@statement
def _bodies() -> QuerySet[Any, Any]:
    these = Article.objects.filter(pk__in=GivenIds("ids"))
    return these.values_list("pk", "body", "teaser_paragraphs")
