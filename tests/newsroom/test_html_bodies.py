"""Bodies as editors write them pass the cleaner as they are."""

import re
from pathlib import Path

import pytest

from newsroom.lib import html
from tests.newsroom.html_contract import faults, text

# Each body stands under a comment that names it, a block a line.
SOURCE = (Path(__file__).parent / "html_corpus/bodies.html").read_text()
_, *PARTS = re.split(r"^<!-- (.+) -->$", SOURCE, flags=re.MULTILINE)
BODIES = dict(zip(PARTS[::2], (part.strip() for part in PARTS[1::2]), strict=True))

bodies = pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)


def test_there_are_enough_bodies() -> None:
    assert len(BODIES) >= 30


@bodies
def test_body_is_kept_as_it_is(body: str) -> None:
    written = body.replace("\n", "")

    assert html.clean(written) == written
    assert not faults(written)


@bodies
def test_layout_of_the_source_does_not_matter(body: str) -> None:
    indented = re.sub(r"(<(?:li|p|ul|ol|figcaption)>|</(?:li|p|ul|ol)>)", r"\n\t\1\n  ", body)

    assert html.clean(f"\n{indented}\r\n") == body.replace("\n", "")


@bodies
def test_document_around_a_body_does_not_matter(body: str) -> None:
    page = f"<!doctype html><html><head><title>t</title></head><body><main>{body}</main></body>"

    assert html.clean(page) == body.replace("\n", "")


@bodies
def test_plain_text_holds_every_word(body: str) -> None:
    assert " ".join(html.plain(body).split()) == text(body)
