"""Which requests are for pages that may be kept, and what tells these pages apart."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve

from newsroom.lib.pages import KEYS, UNFINISHED, UNREAD

Environ = dict[str, Any]
LONGEST = 2_000  # characters of an address that is worth a place in memory
APART = ("/admin/", settings.STATIC_URL, settings.MEDIA_URL)
STAFF = f"{settings.SESSION_COOKIE_NAME}="
SCHEME = getattr(settings, "SECURE_PROXY_SSL_HEADER", None)
# All that a page may depend on, besides its key; nothing of who asks, or of what they send along.
ANYBODY_S = {"SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "SCRIPT_NAME", "PATH_INFO"}
ANYBODY_S |= {SCHEME[0]} if SCHEME else set()


class Key(NamedTuple):
    host: str
    path: str
    query: str


@dataclass(frozen=True)
class Known:
    """What an address says of its page, whatever it holds."""

    names: tuple[str, ...]  # of the query
    keys: tuple[str, ...]  # for caches elsewhere


def key_of(environ: Environ) -> Key | None:
    """What the page is kept by; None where it is not to be kept."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or STAFF in environ.get("HTTP_COOKIE", ""):
        return None
    path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
    host = named(environ.get("HTTP_HOST", ""))
    if not host or not is_secure_enough(environ) or environ["SCRIPT_NAME"] or len(path) > LONGEST:
        return None
    known = known_of(path)
    if known is None:
        return None
    return Key(host, path, asked(query, known.names) if 0 < len(query) <= LONGEST else "")


def is_secure_enough(environ: Environ) -> bool:
    """Others are led to https, which is Django's to do."""
    if not settings.SECURE_SSL_REDIRECT:
        return True
    if SCHEME:
        said: str = environ.get(SCHEME[0], "")
        return bool(said.split(",", maxsplit=1)[0].strip() == SCHEME[1])
    return str(environ["wsgi.url_scheme"]) == "https"


@lru_cache(maxsize=64)
def named(host: str) -> str:
    """Without its port, which changes nothing in a page; "" if it is none of ours."""
    domain, _ = split_domain_port(host)
    is_ours = domain and validate_host(domain, settings.ALLOWED_HOSTS)
    return str(domain) if is_ours else ""


@lru_cache(maxsize=8_192)
def known_of(path: str) -> Known | None:
    """Of what Django would answer at `path`: a view that is marked, or that nothing is there."""
    if path.startswith(APART):
        return None
    try:
        match = resolve(path.encode("latin-1").decode())  # as WSGI has it
    except (Resolver404, UnicodeDecodeError):
        return Known((), ("missing",)) if path.endswith("/") else None  # led on, query and all
    names = getattr(match.func, "query_names", None)
    if names is None:
        return None
    kind = (match.url_name or "").replace("_", "-")
    slug = match.kwargs.get("slug")
    about = [f"{kind.partition('-')[0]}-{slug}"] if slug else []
    return Known(names, (kind, *about))


@lru_cache(maxsize=2_048)
def asked(query: str, names: tuple[str, ...]) -> str:
    """What is in `query` under `names`, in one order; of several under a name all, as views may."""
    if not names:
        return ""
    text = query.encode("latin-1").decode(errors="replace")  # as WSGI has it
    pairs = [pair for pair in parse_qsl(text) if pair[0] in names]
    return urlencode(sorted(pairs, key=lambda pair: names.index(pair[0])))


def bare(environ: Environ, key: Key) -> Environ:
    """The request for the whole page, from nobody in particular."""
    asked = {
        name: value
        for name, value in environ.items()
        if name in ANYBODY_S or name.startswith("wsgi.")
    }
    said = {KEYS: (), UNFINISHED: False, UNREAD: False}
    own = {"REQUEST_METHOD": "GET", "HTTP_HOST": key.host, "QUERY_STRING": key.query}
    return asked | said | own | {"wsgi.input": BytesIO()}
