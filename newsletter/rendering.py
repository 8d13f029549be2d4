"""A round-up as a letter: HTML for mail programs, and plain text."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from css_inline import CSSInliner
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from newsletter import links
from newsletter.content import Block, Content, credit_lines, short
from newsletter.plain import body as text_body
from newsletter.plain import text

__all__ = ["CLIPPED_FROM", "Scheme", "html", "inlined", "n_bytes", "personal", "text", "text_body"]

Scheme = Literal["light", "dark"]
CLIPPED_FROM = 102_000  # bytes; Gmail shows no more of a letter than about 102 KB
_KEPT = '<style data-css-inline="ignore"></style>'
# A whole attribute, or at the end of a line: within a link that somebody wrote, it would tell
# another site the reader's token.
_PERSONAL = re.compile(r'(?<=="|: )personal:(leave|preferences|archive)(?="|$)', re.MULTILINE)
_WHEN_DARK = "@media (prefers-color-scheme: dark)"
_SHOWN = {None: _WHEN_DARK, "dark": "@media all", "light": "@media not all"}


def html(content: Content, scheme: Scheme | None = None) -> str:
    """The letter with its personal parts open; `scheme` as in `inlined`."""
    letter = links.counted(content)
    context = {
        **letter,
        "opening": _clean(letter["opening"]),
        "blocks": [_shown(block) for block in letter["blocks"]],
        "credits": credit_lines(letter),
        "trap": links.trap(content),
    }
    return inlined(render_to_string("newsletter/mail/roundup.html", context), scheme)


def personal(body: str, *, leave: str, preferences: str, archive: str) -> str:
    """`body`, HTML or text, as one reader gets it."""
    urls = {"leave": leave, "preferences": preferences, "archive": archive}
    return _PERSONAL.sub(lambda found: urls[found[1]], body)


def n_bytes(body: str) -> int:
    return len(body.encode())


def inlined(html: str, scheme: Scheme | None = None) -> str:
    """A letter that extends newsletter/mail/base.html, with its styles where mail programs read.

    scheme: shown as in a mail program of that scheme, for previews; None: as the reader's says.
    """
    kept = _source("mail-kept.css").replace(_WHEN_DARK, _SHOWN[scheme])
    style = _KEPT.replace("><", f">{kept}<")
    return _inliner().inline(html.replace(_KEPT, style, 1))


def _shown(block: Block) -> Mapping[str, Any]:
    """`block` as its template wants it."""
    shown: dict[str, Any] = {**block, "template": f"newsletter/mail/{block['kind']}.html"}
    if block["kind"] == "group":
        under = block["label"]
        shown["items"] = [{**item, "label": short(item["label"], under)} for item in block["items"]]
        shown["level"] = 3 if under else 2
    if block["kind"] == "text":
        shown["body"] = _clean(block["body"])
    if block["kind"] == "appeal":
        shown |= {"html": _clean(block.get("html", "")), "tax": _clean(block.get("tax", ""))}
    if block["kind"] == "corrections":
        shown["items"] = [{**item, "text": _clean(item["text"])} for item in block["items"]]
    return shown


def _clean(stored: str) -> SafeString:
    return mark_safe(stored)  # noqa: S308  passed the cleaner when it was stored


def _source(name: str) -> str:
    found = finders.find(f"css/{name}")
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found).read_text()


@cache
def _inliner() -> CSSInliner:
    return CSSInliner(
        extra_css=_source("mail.css"),
        keep_style_tags=True,
        load_remote_stylesheets=False,
        minify_css=True,
        resolve_css_variables=True,
    )
