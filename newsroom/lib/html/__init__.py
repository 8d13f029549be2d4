"""The one cleaner of rich text, and what can be read off a body.

A body is p, h2, h3, strong, em, br, a[href], ul, ol, li, blockquote, <aside class="pull-quote">,
<figure data-photo="ID"> and <figure data-embed="URL"> with at most a <figcaption>: nothing else.
"""

import re

from newsroom.lib.html.blocks import BREAK, Block, has_ink, one_line, text_of, write, write_runs
from newsroom.lib.html.guard import BODY_TAGS, guard_body, guard_inline
from newsroom.lib.html.tidy import tidy
from newsroom.lib.html.tokens import TooLong, repeatable

__all__ = [
    "BODY_TAGS",
    "PHOTO",
    "TooLong",
    "clean",
    "clean_inline",
    "clean_short",
    "photo_ids",
    "plain",
]

PHOTO = '<figure data-photo="([0-9]+)">'  # how a clean body refers to one: Python's and SQL's


def clean(html: str) -> str:
    """`html` as a body may hold it; safe to repeat. Raises TooLong."""
    return guard_body(repeatable(write(tidy(html))))


def clean_inline(html: str) -> str:
    """One line with strong, em and a; safe to repeat. Raises TooLong."""
    runs = [run for block in tidy(html) for run in [*block.runs, (" ", ())]]
    return guard_inline(repeatable(write_runs(one_line(runs))))


def clean_short(html: str) -> str:
    """Paragraphs with strong, em, br and a; whatever else has text is one; safe to repeat.

    Raises TooLong.
    """
    paragraphs = [Block("p", runs=block.runs) for block in tidy(html) if has_ink(block.runs)]
    return guard_body(repeatable(write(paragraphs)))


def plain(html: str) -> str:
    """The text alone, a blank line between blocks, `\\n` for a line break. Raises TooLong."""
    return (BREAK * 2).join(filter(None, (text_of(block.runs) for block in tidy(html))))


def photo_ids(html: str) -> list[int]:
    """The photos that a clean body shows, in order, without repeats."""
    return list(dict.fromkeys(map(int, re.findall(PHOTO, html))))
