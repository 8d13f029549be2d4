"""What programs that show a page's text alone, or keep it, make of an article.

Firefox's reader view is Mozilla's Readability; many programs of archives and feeds read by
trafilatura. Both guess, so the page must leave them no doubt.
"""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
import trafilatura
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from articles.models import Article, Notice, TopicBox
from newsroom.models import Publication
from tests.browser.magazine import VIDEO
from tests.factories import (
    make_contributor,
    make_format,
    make_photo,
    make_published,
    make_section,
    make_series,
    make_tag,
    picture_bytes,
)
from tests.factories_donations import make_live, make_rules
from tests.npm import found

SENTENCE = "The treaty of number {n} was signed in a hall without windows, and nobody clapped. "
FURNITURE = [
    "Ask of the season",  # the appeal
    "mail address",  # the newsletter's form
    "Sign up",
    "Keep reading",
    "keep reading",
    "Other piece",  # teasers, boxes, related pieces
    "Teaser text",
    "Box of ours",
    "Before this",
    "black sea",  # the topics
    "A harbour",  # what stands for a picture
    "Play the video",
    "learns of your visit",
    "copy link",
    "Facebook",
    "127.0.0.1",
]
CREDIT = "Example/Agency"  # to be read with the picture, and not without it


def paragraph(n: int) -> str:
    return f"<p>{SENTENCE.format(n=n) * 3}</p>"


def figures(n: int) -> str:
    photo = make_photo(caption=f"Caption {n}")
    return f'<figure data-photo="{photo.pk}"></figure>{VIDEO if n == 3 else ""}'


def bodies() -> dict[str, str]:
    items = "".join(f"<h3>Item {n}</h3>{paragraph(n)}" for n in range(6, 12))
    rich = "".join(paragraph(n) + figures(n) for n in range(12))
    listed = "".join(f"<li>Point {n} of the list.</li>" for n in range(4))
    quote = "<blockquote><p>We shall see what comes of it, said the envoy.</p></blockquote>"
    return {
        "short": paragraph(0) + paragraph(1),
        "long": "".join(paragraph(n) for n in range(40)) + quote,
        "photos": rich,
        "round-up": paragraph(0) + paragraph(1) + f"<h2>In brief</h2>{items}<ul>{listed}</ul>",
    }


def make_piece(body: str) -> Article:
    """A piece with everything around it that a page can have, an appeal included."""
    Publication.objects.update(name="Parley", tagline="In the open.", time_zone="America/New_York")
    make_rules()
    make_live("Ask of the season, which readers pay for.", slot="body")
    make_live("Ask of the season, on top.", slot="top")
    tag, section, series = make_tag("grain corridor"), make_section("Europe"), make_series()
    around: dict[str, Any] = {"section": section, "series": series, "kicker": tag}
    around["tags"] = [tag, make_tag("black sea")]
    around |= {"format": make_format(), "photo": make_photo(subjects="Envoys")}
    text = "<p>Teaser text of some length that stands below the piece. " + "More of it. " * 30
    for n in range(14):
        at = timezone.now() - timedelta(hours=n + 2)
        others = {"contributors": [make_contributor(f"Other Author {n}")], "body": f"{text}</p>"}
        make_published(f"Other piece {n}", at=at, **around, **others)
    TopicBox.objects.create(title="Box of ours", tag=tag, n_items=3)
    authors = [make_contributor("Elif Karadeniz"), make_contributor("João São Miguel")]
    piece = make_published(
        "What the envoys signed in Lisbon",
        at=datetime.fromisoformat("2024-12-09T10:45Z"),
        deck="Nine pages that nobody read to the end.",
        body=body,
        contributors=authors,
        **around,
    )
    Notice.objects.create(article=piece, kind="correction", text="It was Porto at first.")
    return piece


def sentences(body: str) -> list[str]:
    """What must be in the text, the correction below it included."""
    numbers = [n for n in range(40) if SENTENCE.format(n=n) in body]
    points = [f"Point {n} of the list." for n in range(4) if f"Point {n} " in body]
    heads = [head for head in ("In brief", "Item 6", "Item 11") if f">{head}<" in body]
    told = [SENTENCE.format(n=n).strip() for n in numbers]
    return [*told, *points, *heads, "It was Porto at first."]


def furniture(text: str) -> list[str]:
    return [words for words in FURNITURE if words in text]


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["short", "long", "photos", "round-up"])
def test_reader_view_shows_the_piece_and_nothing_else(page: Page, kind: str) -> None:
    body = bodies()[kind]
    piece = make_piece(body)
    library = found("@mozilla", "readability", "Readability.js").read_text()
    page.route("**/media/**", lambda route: route.fulfill(body=picture_bytes()))
    page.goto(piece.get_absolute_url())

    read = json.loads(
        page.evaluate(
            f"{library}; JSON.stringify(new Readability(document.cloneNode(true)).parse())"
        )
    )

    assert read["title"] == "What the envoys signed in Lisbon"
    assert read["byline"] == "Elif Karadeniz, João São Miguel"
    assert read["publishedTime"] == "2024-12-09T05:45:00-05:00"
    assert read["siteName"] == "Parley"
    assert read["lang"] == "en"
    assert [one for one in sentences(body) if one not in read["textContent"]] == []
    assert furniture(read["textContent"]) == []
    assert (CREDIT in read["textContent"]) == ("<img" in read["content"])


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["short", "long", "photos", "round-up"])
def test_trafilatura_keeps_the_piece_and_nothing_else(client: Client, kind: str) -> None:
    body = bodies()[kind]
    piece = make_piece(body)
    path = piece.get_absolute_url()

    text = client.get(path).text
    kept: Any = trafilatura.bare_extraction(
        text, url=f"{settings.SITE_URL}{path}", with_metadata=True
    )
    read = kept.as_dict()

    assert read["title"] == "What the envoys signed in Lisbon"
    assert read["author"] == "Elif Karadeniz; João São Miguel"
    assert read["date"] == "2024-12-09"
    assert read["sitename"] == "Parley"
    assert [one for one in sentences(body) if one not in read["text"]] == []
    assert [*furniture(read["text"]), *([CREDIT] if CREDIT in read["text"] else [])] == []
