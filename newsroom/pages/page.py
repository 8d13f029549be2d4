"""A finished page, and what each client is sent of it."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import brotli

from newsroom.lib.generation import Generation
from newsroom.pages.request import Environ

Headers = list[tuple[str, str]]
# Seconds for which caches elsewhere may give a page away, unasked and then while they ask.
AT_EDGE, WHILE_ASKING, IN_NEED = 30, 30, 86_400
SMALLEST = 200  # bytes that are worth compressing
COMPRESSED = ("text/", "application/json", "application/xml", "application/atom", "application/rss")
KEPT = {"200", "301", "404", "410"}
OF_FORMS = {"cache-control", "content-encoding", "content-length", "etag", "vary"}
NOT_MODIFIED = {"cache-control", "content-location", "date", "etag", "expires", "vary"}
# How far brotli looks back: 2 ** 18 bytes. Of its own accord it takes 8 MB each time that a feed is
# compressed, which leaves holes in the memory; and none of our pages gets smaller by it.
WINDOW = 18


@dataclass(frozen=True)
class Form:
    """A page in one coding, as it leaves; Cache-Control depends on the moment and comes later."""

    body: bytes
    headers: Headers
    etag: str


@dataclass
class Page:
    """`made` and `until` in seconds since 1970.

    is_shared: others may have it, too. life: what the view says of browsers' caches.
    generation: that for which it is right, 0 if it is not to be kept.
    """

    status: str
    headers: Headers  # without those of a form
    body: bytes
    tag: str
    life: str
    is_shared: bool
    generation: int = 0
    made: float = 0
    until: float = 0
    again_at: float = 0  # after a failure: no sooner is it made anew
    forms: dict[str, Form] = field(default_factory=dict)

    def is_fresh(self, now: Generation, at: float) -> bool:
        return self.generation == now.number and at < self.until

    def may_be_shown(self, now: Generation) -> bool:
        """While it is made anew: nothing in it had to go."""
        return self.generation >= now.hard and self.made >= now.ended

    @property
    def size(self) -> int:
        """Bytes in memory, about: compressed forms and headers are half as much again."""
        return 2_000 + len(self.body) * 3 // 2

    def form(self, coding: str) -> Form:
        """In `coding`, made when it is wanted first."""
        found = self.forms.get(coding)
        if found is None:
            found = self.forms[coding] = self.coded(coding)
        return found

    def coded(self, coding: str) -> Form:
        is_text = self.header("Content-Type").startswith(COMPRESSED)
        if not is_text or len(self.body) < SMALLEST:
            coding = ""
        body = COMPRESS[coding](self.body)
        etag = f'"{self.tag}-{coding}"' if coding else f'"{self.tag}"'
        headers = [*self.headers, ("ETag", etag), ("Content-Length", str(len(body)))]
        if coding:
            headers.append(("Content-Encoding", coding))
        return Form(body, headers, etag)

    def header(self, name: str) -> str:
        return header(self.headers, name)


def finished(status: str, headers: Headers, body: bytes, keys: Iterable[str]) -> Page:
    """What Django answered. keys: by which caches elsewhere may be asked to drop it."""
    life = header(headers, "Cache-Control")
    is_shared = is_public(status, headers)
    lasting = [pair for pair in headers if pair[0].lower() not in OF_FORMS]
    lasting.append(("Vary", "Accept-Encoding" if is_shared else header(headers, "Vary")))
    if is_shared:
        lasting.append(("Surrogate-Key", " ".join(dict.fromkeys(keys))))
        life = life.removeprefix("public").removeprefix(", ") or "max-age=0"
    tag = plain_tag(header(headers, "ETag")) or blake2b(body, digest_size=12).hexdigest()
    return Page(status, lasting, body, tag, life, is_shared)


def is_public(status: str, headers: Headers) -> bool:
    life = header(headers, "Cache-Control")
    is_personal = (
        "private" in life or "no-store" in life or "cookie" in header(headers, "Vary").lower()
    )
    return status[:3] in KEPT and not is_personal and not header(headers, "Set-Cookie")


COMPRESS: dict[str, Any] = {
    "": lambda body: body,
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=5, lgwin=WINDOW),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}


def header(headers: Headers, name: str) -> str:
    """The first of that name, "" without one."""
    return next((value for key, value in headers if key.lower() == name.lower()), "")


@lru_cache(maxsize=256)
def coding_for(accepted: str) -> str:
    """The smallest coding that Accept-Encoding allows: br, gzip or "" (RFC 9110, 12.5.3)."""
    weights = dict(map(weighed, accepted.lower().split(",")))
    anything = weights.get("*", 0.0)
    return next((one for one in ("br", "gzip") if weights.get(one, anything) > 0), "")


def weighed(part: str) -> tuple[str, float]:
    name, _, parameter = part.partition(";")
    try:
        weight = float(parameter.replace(" ", "").removeprefix("q=") or 1)
    except ValueError:
        weight = 0.0
    return name.strip(), weight


def has_already(environ: Environ, page: Page) -> bool:
    """Whether the client may keep what it has (RFC 9110, 13.2.2); its coding does not matter."""
    if asked := environ.get("HTTP_IF_NONE_MATCH"):
        return asked.strip() == "*" or page.tag in map(plain_tag, asked.split(","))
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    changed = page.header("Last-Modified")
    if not (since and changed):
        return False
    try:
        return parsedate_to_datetime(changed) <= parsedate_to_datetime(since)
    except (OverflowError, TypeError, ValueError):
        return False


def plain_tag(etag: str) -> str:
    """Without what tells codings apart, as weak comparison has it."""
    return etag.strip().removeprefix("W/").strip('"').removesuffix("-br").removesuffix("-gzip")


def cache_control(life: str, left: float) -> str:
    """For browsers `life`, for caches elsewhere no longer than the `left` seconds."""
    fresh = max(0, min(AT_EDGE, int(left)))
    asking = max(0, min(WHILE_ASKING, int(left) - fresh))
    return (
        f"public, {life}, s-maxage={fresh}, stale-while-revalidate={asking}, "
        f"stale-if-error={IN_NEED}"
    )


def only(headers: Headers, names: Iterable[str]) -> Headers:
    return [pair for pair in headers if pair[0].lower() in names]
