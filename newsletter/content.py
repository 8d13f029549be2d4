"""What a round-up says, as plain data: the letter, its text and its page are made from it.

It is frozen as JSON when a round-up is approved, and must be readable for years: add keys, but
never rename one.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from html import escape
from itertools import groupby
from typing import Any, Literal, NotRequired, TypedDict
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils import timezone

from articles.content import FIGURE
from articles.models import Byline, Notice, Photo
from articles.templatetags.articles import MONTHS, and_list
from donations import board, letters
from newsletter.models import Issue, Item, Newsletter
from newsletter.pictures import BESIDE, IN_TEXT, LEAD, Picture, absolute, picture, shown_photos
from newsroom.lib import html as rich
from newsroom.lib.html.guard import UNWRITABLE
from newsroom.models import Publication

HREF = re.compile(r'(?<=<a href=")[^"]*')  # the cleaner writes links in exactly this shape


class Frame(TypedDict):
    newsletter: str
    publication: str
    postal_address: str
    site_url: str


class Piece(TypedDict):
    item: int
    article: int
    version: int
    headline: str
    blurb: str
    deck: str
    url: str
    label: str
    byline: str
    picture: Picture | None


class Correction(TypedDict):
    headline: str
    url: str
    kind: str
    text: str  # one line of clean HTML
    at: str
    on: str  # the day as readers see it


class Lead(TypedDict):
    kind: Literal["lead"]
    item: Piece


class Group(TypedDict):
    kind: Literal["group"]
    label: str
    items: list[Piece]


class Text(TypedDict):
    kind: Literal["text"]
    body: str  # clean HTML, links in full


class Amount(TypedDict):
    label: str
    url: str


class Appeal(TypedDict):
    """Of `donations`. The first ones had no more than title, text, url and button."""

    kind: Literal["appeal"]
    title: str
    text: str  # without its markup, as all of it once was
    url: str
    button: str
    appeal: NotRequired[int]
    html: NotRequired[str]  # clean
    amounts: NotRequired[list[Amount]]
    tax: NotRequired[str]  # one line of clean HTML


class Corrections(TypedDict):
    kind: Literal["corrections"]
    items: list[Correction]


Block = Lead | Group | Text | Appeal | Corrections


class Content(Frame):
    subject: str
    preheader: str
    opening: str  # clean HTML, links in full
    text: str  # the middle of the plain text as somebody wrote it; "": made from the blocks
    since: str
    until: str
    covers: str  # the days between the two, as readers see them
    go: str  # address that link numbers are appended to where clicks are counted, else ""
    blocks: list[Block]
    photos: NotRequired[dict[str, str]]  # what it shows of the library: id and token


def frame(publication: Publication | None = None) -> Frame:
    """What every letter says of us; 2 queries, 1 with `publication`."""
    publication = publication or Publication.objects.first() or Publication()
    return {
        "newsletter": line(Newsletter.current().name),
        "publication": line(publication.name),
        "postal_address": publication.postal_address.strip(),
        "site_url": settings.SITE_URL,
    }


def compose(issue: Issue, at: datetime | None = None) -> Content:
    """What `issue` says at `at` (default now); at most 6 queries."""
    at = at or timezone.now()
    publication = Publication.objects.first() or Publication()
    items = shown_items(issue)
    photos = shown_photos(issue, items, at.astimezone(publication.zone).date())
    return {
        **frame(publication),
        "subject": line(issue.subject),
        "preheader": line(issue.preheader),
        "opening": body(issue.opening, photos),
        "text": issue.text.strip(),
        "since": issue.since.isoformat(),
        "until": issue.until.isoformat(),
        "covers": covers(issue.since, issue.until, publication.zone),
        "go": absolute(f"/newsletter/go/{issue.pk}/") if issue.counts_clicks else "",
        "blocks": [*blocks(issue, items, publication.zone, photos, at=at)],
        "photos": {str(pk): photo.token for pk, photo in photos.items()},
    }


def shown_items(issue: Issue) -> list[Item]:
    """In order, with all that a piece shows, its authors as `byline_names`; 1 query."""
    authors = Byline.objects.filter(article=OuterRef("article"), role="")
    related = ["article__section", "article__format", "article__photo"]
    items = issue.items.shown().select_related(*related).defer("article__body")
    return list(items.annotate(byline_names=ArraySubquery(authors.values("contributor__name"))))


def blocks(
    issue: Issue, items: list[Item], zone: ZoneInfo, photos: dict[int, Photo], *, at: datetime
) -> Iterable[Block]:
    lead = next((i for i in items if i.kind == Item.Kind.ARTICLE and not i.group), None)
    for (kind, label, is_lead), run in groupby(items, lambda i: (i.kind, i.group, i is lead)):
        if is_lead:
            yield {"kind": "lead", "item": piece(next(run), LEAD, photos)}
        elif kind == Item.Kind.ARTICLE:
            pieces = [piece(item, BESIDE, photos) for item in run]
            yield {"kind": "group", "label": line(label), "items": pieces}
        elif kind == Item.Kind.TEXT:
            yield from (text(item, photos) for item in run)
        elif kind == Item.Kind.APPEAL and (standing := letters.in_letters(at)):
            yield appeal(*standing)
        elif kind == Item.Kind.CORRECTIONS and (found := corrections(issue, zone)):
            yield {"kind": "corrections", "items": found}


def piece(item: Item, place: tuple[str, int, int], photos: dict[int, Photo]) -> Piece:
    article: Any = item.article
    photo = photos.get(article.photo_id) if item.shows_photo else None
    return {
        "item": item.pk,
        "article": article.pk,
        "version": article.version,
        "headline": line(item.headline or article.headline),
        "blurb": line(item.blurb or article.deck),
        "deck": line(article.deck),
        "url": absolute(article.get_absolute_url()),
        "label": line(article.section_label),
        "byline": line(and_list(item.byline_names)),  # type: ignore[attr-defined]
        "picture": picture(photo, place) if photo else None,
    }


def text(item: Item, photos: dict[int, Photo]) -> Text:
    return {"kind": "text", "body": body(item.body, photos)}


def appeal(one: board.Appeal, wording: board.Variant) -> Appeal:
    return {
        "kind": "appeal",
        "title": line(wording["heading"]),
        "text": line(rich.plain(wording["text"])),
        "url": wording["url"],
        "button": line(wording["button"]),
        "appeal": one["id"],
        "html": full_links(wording["text"]),
        "amounts": [{"label": a["label"], "url": a["url"]} for a in wording["amounts"]],
        "tax": full_links(one["tax"]),
    }


def corrections(issue: Issue, zone: ZoneInfo) -> list[Correction]:
    """The week's corrections of public pieces, oldest first; 1 query."""
    week = Notice.objects.corrections().filter(at__gte=issue.since, at__lt=issue.until)
    notices = week.select_related("article").defer("article__body").order_by("at", "pk")
    return [
        {
            "headline": line(notice.article.headline),
            "url": absolute(notice.article.get_absolute_url()),
            "kind": notice.get_kind_display(),
            "text": full_links(notice.text),
            "at": notice.at.isoformat(),
            "on": day(notice.at, zone),
        }
        for notice in notices
    ]


def pieces(content: Content) -> Iterable[Piece]:
    """In the order of the letter."""
    for block in content["blocks"]:
        if block["kind"] == "lead":
            yield block["item"]
        elif block["kind"] == "group":
            yield from block["items"]


def credit_lines(content: Content) -> list[str]:
    """Of the small pictures, from the top, each once; the lead's stands under it."""
    groups = [block["items"] for block in content["blocks"] if block["kind"] == "group"]
    shown = [piece.get("picture") for group in groups for piece in group]  # or withdrawn since
    return list(dict.fromkeys(one["credit"] for one in shown if one and one["credit"]))


def short(label: str, group: str) -> str:
    """A piece's label without what the label of its group says: `Analysis` under `Europe`."""
    return " | ".join(part for part in label.split(" | ") if part != group)


def line(text: str) -> str:
    """`text` on one line, without characters that turn or hide what stands around them."""
    return " ".join(UNWRITABLE.sub("", text).split())


def body(html: str, photos: dict[int, Photo]) -> str:
    """Clean `html` for a letter: photos as plain pictures, videos as links, links in full."""

    def figure(match: re.Match[str]) -> str:
        kind, value, caption = match.groups()
        if kind == "embed":
            return f'<p><a href="{value}">{caption or "Watch the video"}</a></p>'
        photo = photos.get(int(value))
        return picture_html(picture(photo, IN_TEXT), caption or "") if photo else ""

    return FIGURE.sub(figure, full_links(html))


def picture_html(shown: Picture, caption: str) -> str:
    src, alt, credit = (escape(shown[key]) for key in ("src", "alt", "credit"))
    size = f'width="{shown["width"]}" height="{shown["height"]}"'
    note = " ".join(filter(None, (caption, credit)))
    image = f'<img src="{src}" {size} alt="{alt}">'
    return f"<figure>{image}<figcaption>{note}</figcaption></figure>"


def full_links(html: str) -> str:
    return HREF.sub(lambda found: absolute(found[0]), html)


def covers(since: datetime, until: datetime, zone: ZoneInfo) -> str:
    """`Nov. 13–20, 2026`, with as much of the first day as differs from the last."""
    first, last = since.astimezone(zone), until.astimezone(zone)
    if first.date() == last.date():
        return day(last, zone)
    if first.year != last.year:
        return f"{day(first, zone)}–{day(last, zone)}"
    month = "" if first.month == last.month else f"{MONTHS[last.month - 1]} "
    return f"{MONTHS[first.month - 1]} {first.day}–{month}{last.day}, {last.year}"


def day(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{MONTHS[local.month - 1]} {local.day}, {local.year}"
