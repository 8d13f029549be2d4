"""Reads markup with bleach's HTML5 tokenizer, within a bound on the work.

No tree is built: the tree builder and the walker that come with the tokenizer need quadratic time
for a long list of siblings, for text cut up by entities and for anything misplaced in a table.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from bleach import html5lib_shim

# Any: bleach's type stubs leave out the html5lib that it carries.
_html5lib: Any = html5lib_shim

MAX_CHARACTERS = 2_000_000
MAX_MARKUP = 80_000  # tags and entities; a long read pasted from Word has 5,000
MAX_STEPS = 500_000  # the tokenizer's: letters of tags, attributes, comments
MAX_TOKEN_STEPS = 30_000  # within one tag or comment, which is put together letter by letter
MAX_ATTRIBUTES = 40

_TYPES = _html5lib.constants.tokenTypes
_OPEN, _CLOSE, _ERROR = _TYPES["StartTag"], _TYPES["EndTag"], _TYPES["ParseError"]
_TEXT = {_TYPES["Characters"], _TYPES["SpaceCharacters"]}
_STATES = {
    **dict.fromkeys(["title", "textarea"], "rcdataState"),
    **dict.fromkeys(["style", "xmp", "iframe", "noembed", "noframes", "noscript"], "rawtextState"),
    "script": "scriptDataState",
    "plaintext": "plaintextState",
}
_MARKUP = re.compile(r"<[^>]*>|&\w+;")


class TooLong(ValueError):
    """The markup is more than the cleaner takes; str() is a sentence for editors."""

    @classmethod
    def for_length(cls, n: int) -> "TooLong":
        return cls(f"This text has {n:,} characters; at most {MAX_CHARACTERS:,} can be saved.")

    @classmethod
    def for_markup(cls) -> "TooLong":
        return cls("This text has too much formatting. Paste it as plain text or in several parts.")


class Open(NamedTuple):
    name: str
    attributes: dict[str, str]


class Close(NamedTuple):
    name: str


class _Tokenizer(_html5lib.HTMLTokenizer):
    def __init__(self, html: str) -> None:
        super().__init__(html)
        self.steps, self.floor = MAX_STEPS, MAX_STEPS - MAX_TOKEN_STEPS
        self._char = self.stream.char
        self.stream.char = self._count_char

    def _count_char(self) -> Any:
        self.steps -= 1
        if self.steps < self.floor:
            raise TooLong.for_markup()
        return self._char()

    def attributeNameState(self) -> bool:  # noqa: N802
        """Forget attributes past the limit: each new name is compared with all before it."""
        del self.currentToken["data"][MAX_ATTRIBUTES:-1]
        return bool(super().attributeNameState())


def tokens(html: str) -> Iterator[Open | Close | str]:
    """Tags and text in source order; comments and declarations are left out.

    Raises TooLong past any of the limits above.
    """
    check_size(html)
    tokenizer = _Tokenizer(html)
    for token in tokenizer:
        if token["type"] != _ERROR:
            tokenizer.floor = max(0, tokenizer.steps - MAX_TOKEN_STEPS)
        if token["type"] in _TEXT:
            yield token["data"]
        elif token["type"] == _OPEN:
            if state := _STATES.get(token["name"]):
                tokenizer.state = getattr(tokenizer, state)
            if not (token["selfClosing"] and token["name"] in {"svg", "math"}):
                yield Open(token["name"], token["data"])
        elif token["type"] == _CLOSE:
            yield Close(token["name"])


def check_size(html: str) -> None:
    """Raises TooLong for what is longer or has more tags and entities than tokens() takes."""
    if len(html) > MAX_CHARACTERS:
        raise TooLong.for_length(len(html))
    if html.count("<") + html.count("&") > MAX_MARKUP:
        raise TooLong.for_markup()


def repeatable(html: str) -> str:
    """`html`, tidied, if tokens() will take it when it is saved again; else raises TooLong."""
    check_size(html)
    if sum(map(len, _MARKUP.findall(html))) > MAX_STEPS:  # a step reads one character or more
        raise TooLong.for_markup()
    return html
