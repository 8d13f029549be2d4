"""A message taken apart, whatever is wrong with it: no error, and time in proportion to its length.

The standard library's parser is neither: it recurses with the nesting of parts, and believes what
charsets and encodings say of themselves.
"""

import re
from binascii import a2b_base64
from collections.abc import Iterator
from dataclasses import dataclass
from quopri import decodestring

MOST = 1_000_000  # bytes that are looked at; a report stands before the letter it is about
MOST_PARTS = 20
LONGEST_HEAD = 64_000  # bytes
LONGEST_FIELD = 4_000  # characters
FOLD = re.compile(rb"\n[ \t]+")
FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:(.*)")  # RFC 5322, 2.2
BOUNDARY = re.compile(r';\s*boundary\s*=\s*(?:"([^"]+)"|([^\s;"]+))', re.IGNORECASE)
NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
# A letter that is given back, whole or only its header.
LETTERS = {"message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers"}

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Part:
    """fields: with names in small letters. is_returned: the letter that the report is about."""

    fields: Fields
    body: bytes
    is_returned: bool = False

    def all(self, *names: str) -> list[str]:
        return [value for name, value in self.fields if name in names]

    def first(self, name: str) -> str:
        return next(iter(self.all(name)), "")

    @property
    def type(self) -> str:
        kind = self.first("content-type").partition(";")[0].strip().lower()
        return kind if "/" in kind else "text/plain"  # RFC 2045, 5.2

    @property
    def decoded(self) -> bytes:
        encoding = self.first("content-transfer-encoding").strip().lower()
        if encoding == "base64":
            letters = NO_BASE64.sub(b"", self.body)
            whole = letters[: len(letters) - (len(letters) % 4 == 1)]
            return a2b_base64(whole + b"=" * (-len(whole) % 4))
        return decodestring(self.body) if encoding == "quoted-printable" else self.body

    @property
    def text(self) -> str:
        """In UTF-8, of which everything that we look for is a part in every usual charset."""
        return self.decoded.decode("utf-8", "replace")


def split(raw: bytes) -> list[Part]:
    """The message and all its parts as they stand in it, at most MOST_PARTS; never empty."""
    text = raw[:MOST].replace(b"\r\n", b"\n")
    found: list[Part] = []
    _split(Part(*_opened(text)), found)
    return found


def fields_of(head: bytes) -> Iterator[tuple[str, str]]:
    for line in FOLD.sub(b" ", head[:LONGEST_HEAD]).split(b"\n"):
        if field := FIELD.fullmatch(line.rstrip(b"\r")):
            name, value = (piece.decode("utf-8", "replace") for piece in field.groups())
            yield name.lower(), value.strip()[:LONGEST_FIELD]


def _opened(text: bytes) -> tuple[Fields, bytes]:
    if text.startswith(b"\n"):
        return (), text[1:]
    head, _, body = text.partition(b"\n\n")
    return tuple(fields_of(head)), body


def _split(part: Part, found: list[Part]) -> None:
    if len(found) >= MOST_PARTS:
        return
    found.append(part)
    if part.type in LETTERS:
        fields, body = _opened(part.decoded)
        _split(Part(fields, body, is_returned=True), found)
    for piece in _pieces(part):
        _split(Part(*_opened(piece), is_returned=part.is_returned), found)


def _pieces(part: Part) -> list[bytes]:
    """What stands between the boundaries; nothing if there are none."""
    named = BOUNDARY.search(part.first("content-type"))
    if not part.type.startswith("multipart/") or not named:
        return []
    boundary = re.escape((named[1] or named[2]).encode())
    line = re.compile(rb"^--" + boundary + rb"(?:--)?[ \t]*$\n?", re.MULTILINE)
    return line.split(part.body, maxsplit=MOST_PARTS)[1:]
