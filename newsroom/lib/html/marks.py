"""Which marks an inline element switches: a mark is written as its opening tag."""

import re
from collections.abc import Iterator
from html import escape

from newsroom.lib.html.guard import target
from newsroom.lib.html.tokens import Open

Change = tuple[str, bool]  # a mark, switched on or off

_OF_TAGS = {"b": "<strong>", "strong": "<strong>", "i": "<em>", "em": "<em>"}
_OF_STYLES = {"weight": "<strong>", "style": "<em>"}
_STYLE = re.compile(r"(?:^|;)\s{0,9}font-(weight|style)\s{0,9}:\s{0,9}(\w{1,9})")
_ON = frozenset("bold bolder 600 700 800 900 italic oblique".split())
_OFF = frozenset("normal lighter 100 200 300 400 500".split())


def changes(element: Open) -> Iterator[Change]:
    """What `element` switches; its style has the last word, as in Google Docs' plain <b>."""
    if mark := _OF_TAGS.get(element.name):
        yield mark, True
    if element.name == "a" and (href := target(element.attributes.get("href", ""))):
        yield f'<a href="{escape(href)}">', True
    style = element.attributes.get("style", "")[:1000].lower()
    for name, value in _STYLE.findall(style):
        if value in _ON or value in _OFF:
            yield _OF_STYLES[name], value in _ON


def apply(changes: tuple[Change, ...], marks: tuple[str, ...]) -> tuple[str, ...]:
    """`marks`, outermost first, after `changes`."""
    for mark, on in changes:
        if on and mark in marks:
            continue
        kind = mark[:3]  # a link ends the link around it
        marks = tuple(one for one in marks if one[:3] != kind)
        marks += (mark,) if on else ()
    return marks
