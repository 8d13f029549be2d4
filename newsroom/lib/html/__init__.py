"""The one cleaner of rich text, and what can be read off a body.

A body is p, h2, h3, strong, em, br, a[href], ul, ol, li, blockquote, <aside class="pull-quote">,
<figure data-photo="ID"> and <figure data-embed="URL"> with at most a <figcaption>: nothing else.
"""

import re

from newsroom.lib.html.blocks import BREAK, one_line, text_of, write, write_runs
from newsroom.lib.html.guard import BODY_TAGS, guard_body, guard_inline
from newsroom.lib.html.tidy import tidy
from newsroom.lib.html.tokens import TooLong, repeatable

__all__ = [
    "BODY_TAGS",
    "TooLong",
    "clean",
    "clean_inline",
    "photo_ids",
    "plain",
]

_PHOTO = re.compile(r'<figure data-photo="([0-9]+)">')


def clean(html: str) -> str:
    """`html` as a body may hold it; safe to repeat. Raises TooLong."""
    return guard_body(repeatable(write(tidy(html))))


def clean_inline(html: str) -> str:
    """One line with strong, em and a; safe to repeat. Raises TooLong."""
    runs = [run for block in tidy(html) for run in [*block.runs, (" ", ())]]
    return guard_inline(repeatable(write_runs(one_line(runs))))


def plain(html: str) -> str:
    """The text alone, a blank line between blocks, `\\n` for a line break. Raises TooLong."""
    return (BREAK * 2).join(filter(None, (text_of(block.runs) for block in tidy(html))))


def photo_ids(html: str) -> list[int]:
    """The photos that a clean body shows, in order, without repeats."""
    return list(dict.fromkeys(map(int, _PHOTO.findall(html))))
