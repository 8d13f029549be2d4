"""The letter as mail programs get it."""

import re
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter import rendering
from newsletter.content import Content, compose, frame
from newsletter.models import Newsletter
from newsroom.models import Publication
from tests.factories import make_photo, make_published
from tests.factories_newsletter import make_issue, make_item, make_letter

pytestmark = pytest.mark.django_db
N_NOTHING = {"script", "iframe", "object", "embed", "form", "input", "link", "video", "svg"}
NASTY = [
    "<script>alert(1)</script>",
    "<style>*{}</style>",
    '"><img src=x onerror=alert(1)>',
    "{{ settings.SECRET_KEY }}",
    "{% debug %}",
    "a\r\nBcc: x@example.org",
    "\u202egnp.exe",
    "🌾 Łódź 𝔉",
    "<!--[if mso]>",
    "</title></body>",
    "personal:leave",
]


def parsed(html: str) -> Element:
    tree: Element = html5lib.parse(html, namespaceHTMLElements=False)
    return tree


def letter(n: int = 3) -> str:
    return rendering.html(compose(make_letter(n)))


def test_tables_are_layout_to_screen_readers() -> None:
    tables = parsed(letter()).findall(".//table")

    assert tables
    assert {table.get("role") for table in tables} == {"presentation"}


def test_language_and_schemes_are_said() -> None:
    tree = parsed(letter())

    assert tree.get("lang") == "en"
    schemes = [m.get("content") for m in tree.iter("meta") if "scheme" in (m.get("name") or "")]
    assert schemes == ["light dark", "light dark"]


def test_every_picture_has_its_size_and_a_description() -> None:
    images = parsed(letter(n=7)).findall(".//img")

    assert len(images) == 4
    for image in images:
        assert image.get("alt") == "A harbour at dusk"
        assert int(image.get("width") or 0) > 0
        assert int(image.get("height") or 0) > 0


def test_link_of_a_decorative_picture_is_silent() -> None:
    issue = make_issue()
    make_item(issue, make_published(photo=make_photo(is_decorative=True)))

    [link] = parsed(rendering.html(compose(issue))).findall(".//a[img]")

    assert (link.get("aria-hidden"), link.get("tabindex")) == ("true", "-1")


def test_headings_go_down_step_by_step() -> None:
    tags = [str(element.tag) for element in parsed(letter(n=14)).iter()]
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_nothing_runs_and_nothing_is_fetched_but_our_pictures() -> None:
    html = letter(n=4)
    tree = parsed(html)

    assert not {element.tag for element in tree.iter()} & N_NOTHING
    assert "url(" not in html
    assert "@import" not in html
    assert all("/media/photos/" in (image.get("src") or "") for image in tree.iter("img"))


def test_essential_styles_are_inline() -> None:
    without = re.sub(r"<style.*?</style>", "", letter(), flags=re.DOTALL)
    tree = parsed(without)

    assert "background-color:#fdfcf8" in (tree.find("body").get("style") or "")  # type: ignore[union-attr]
    headlines = tree.findall(".//h3/a")
    assert headlines
    assert all("color:#16130f" in (link.get("style") or "") for link in headlines)
    assert "var(" not in without


def test_letters_are_never_too_small_to_read() -> None:
    sizes = [int(size) for size in re.findall(r"font(?:-size)?:[^;\"]*?(\d+)px", letter(n=7))]

    assert sizes
    assert min(size for size in sizes if size > 1) >= 14  # 1: what only inboxes see


def test_preheader_comes_first_and_is_filled_up() -> None:
    first = parsed(letter()).find("body/div")

    assert first is not None
    text = first.text or ""
    assert text.startswith("And more")
    assert len(text) > 150


def test_letter_says_why_who_and_how_to_leave() -> None:
    html = letter()

    for expected in ("because you asked for", "410 Ferryman’s Row", 'href="personal:leave"'):
        assert expected in html


def test_personal_parts_are_filled_in() -> None:
    both = [letter(), rendering.text(compose(make_letter()))]

    for body in both:
        mine = rendering.personal(
            body, leave="https://l/", preferences="https://p/", archive="https://a/"
        )
        assert "personal:" not in mine
        assert all(url in mine for url in ("https://l/", "https://p/", "https://a/"))


@pytest.mark.parametrize("name", ["leave", "preferences", "archive"])
def test_no_other_site_gets_a_token_by_a_link_in_the_letter(name: str) -> None:
    link = f"https://example.org/?personal:{name}"
    content = compose(make_letter(1, opening=f'<p><a href="{link}">Read</a> {link}</p>'))

    for body in (rendering.html(content), rendering.text(content)):
        mine = rendering.personal(body, leave="TOKEN", preferences="TOKEN", archive="TOKEN")
        assert mine.count(link) == 2
        assert "?TOKEN" not in mine


def names(html: str) -> set[tuple[str, str]]:
    """Every element and attribute in it."""
    return {(e.tag, name) for e in parsed(html).iter() for name in ["", *e.attrib]}


def test_words_stay_words() -> None:
    calm = names(letter())

    for nasty in NASTY:
        html = letter_all_of(nasty)
        assert names(html) <= calm, nasty
        assert "SECRET_KEY" not in html.replace("{{ settings.SECRET_KEY }}", "")


def letter_all_of(nasty: str) -> str:
    Newsletter.objects.update_or_create(pk=1, defaults={"name": nasty})
    Publication.objects.update(name=nasty, postal_address=nasty)
    issue = make_issue(subject=nasty, preheader=nasty)
    article = make_published(nasty, deck=nasty, photo=make_photo(alt=nasty, subjects=nasty))
    make_item(issue, article)
    make_item(issue, make_published(photo=article.photo), headline=nasty, blurb=nasty, group=nasty)
    return rendering.html(compose(issue))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_subject_survives(words: str) -> None:
    facts = frame_once()
    html = rendering.html({**facts, "subject": words.replace("\0", ""), "preheader": words})

    assert parsed(html).find("head/title") is not None
    assert len(parsed(html).findall(".//h1")) == 1


def frame_once() -> Content:
    return {
        "newsletter": "Round-up",
        "publication": "Parley",
        "postal_address": "Here",
        "site_url": "https://parley.example",
        "subject": "",
        "preheader": "",
        "opening": "",
        "text": "",
        "since": "",
        "until": "",
        "covers": "Dec. 13–20, 2024",
        "go": "",
        "blocks": [],
    }


def test_forty_pieces_stay_below_what_gmail_shows() -> None:
    issue = make_letter(40)
    words = {"headline": "A headline of some fifty characters, as they are", "blurb": "Words " * 20}
    issue.items.exclude(article=None).update(**words)

    assert rendering.n_bytes(rendering.html(compose(issue))) < 90_000


@pytest.mark.parametrize(
    ("scheme", "expected"), [("dark", "@media all"), ("light", "@media not all")]
)
def test_preview_can_choose_a_scheme(scheme: rendering.Scheme, expected: str) -> None:
    html = rendering.html(frame_once(), scheme)

    assert expected in html
    assert "prefers-color-scheme" not in html


def test_other_letters_use_the_same_frame() -> None:
    html = render_to_string("newsletter/mail/base.html", {**frame(), "subject": "Welcome"})

    assert 'style="' in rendering.inlined(html)
    assert "prefers-color-scheme: dark" in rendering.inlined(html)
