"""A round-up as a letter: HTML for mail programs, and plain text."""

from functools import cache
from pathlib import Path
from typing import Literal

from css_inline import CSSInliner
from django.contrib.staticfiles import finders

Scheme = Literal["light", "dark"]
_KEPT = '<style data-css-inline="ignore"></style>'
_WHEN_DARK = "@media (prefers-color-scheme: dark)"
_SHOWN = {None: _WHEN_DARK, "dark": "@media all", "light": "@media not all"}


def inlined(html: str, scheme: Scheme | None = None) -> str:
    """A letter that extends newsletter/mail/base.html, with its styles where mail programs read.

    scheme: shown as in a mail program of that scheme, for previews; None: as the reader's says.
    """
    kept = _source("mail-kept.css").replace(_WHEN_DARK, _SHOWN[scheme])
    style = _KEPT.replace("><", f">{kept}<")
    return _inliner().inline(html.replace(_KEPT, style, 1))


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
