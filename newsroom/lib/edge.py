"""Caches before the site that others run, and how they are told that something has changed.

The site names in each answer, under Surrogate-Key, what it is about; here a cache is told to forget
what bears a name. A soft purge lets it show the old page while it fetches the new one, and when
the site cannot be reached; after a hard one nothing of it is left.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Protocol
from urllib.parse import SplitResult, parse_qsl, quote, urlsplit

PATIENCE = 5  # seconds that a cache may take for an answer
FASTLY = "https://api.fastly.com"
CLOUDFLARE = "https://api.cloudflare.com/client/v4"


class Unpurged(Exception):
    """A cache did not do as it was told; str() says which and why, and holds no secret."""


class Unreadable(ValueError):
    """Nobody can tell which cache is meant; str() says what to write, and holds no secret."""


class Edge(Protocol):
    """A cache; `name` is what it is known by, in logs and in the database."""

    @property
    def name(self) -> str: ...

    def purge(self, keys: Sequence[str], *, hard: bool) -> None:
        """Have it forget all that bears one of `keys`; safe to repeat. Raises Unpurged."""


@dataclass(frozen=True)
class Varnish:
    """One with deploy/varnish/default.vcl, which listens to the addresses in site.vcl alone."""

    host: str
    port: int

    @property
    def name(self) -> str:
        return f"varnish://{self.host}:{self.port}"

    def purge(self, keys: Sequence[str], *, hard: bool) -> None:
        header = "xkey-purge" if hard else "xkey-softpurge"
        ask(self, "PURGE", f"http://{self.host}:{self.port}/", {header: " ".join(keys)})


@dataclass(frozen=True)
class Fastly:
    """https://www.fastly.com/documentation/reference/api/purging/ (multiple surrogate keys)"""

    service: str
    key: str = field(repr=False)
    api: str = FASTLY

    @property
    def name(self) -> str:
        return f"fastly://{self.service}"

    def purge(self, keys: Sequence[str], *, hard: bool) -> None:
        headers = {"Fastly-Key": self.key, "Surrogate-Key": " ".join(keys)}
        headers |= {"Accept": "application/json"} | ({} if hard else {"Fastly-Soft-Purge": "1"})
        ask(self, "POST", f"{self.api}/service/{quote(self.service)}/purge", headers)


@dataclass(frozen=True)
class Cloudflare:
    """https://developers.cloudflare.com/api/resources/cache/methods/purge/ (Purge by tags)

    Every purge is hard there: it knows no other.
    """

    zone: str
    token: str = field(repr=False)
    api: str = CLOUDFLARE

    @property
    def name(self) -> str:
        return f"cloudflare://{self.zone}"

    def purge(self, keys: Sequence[str], *, hard: bool) -> None:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        body = json.dumps({"tags": list(keys)})
        ask(self, "POST", f"{self.api}/zones/{quote(self.zone)}/purge_cache", headers, body)


def ask(  # noqa: PLR0917  what a request is made of
    edge: Edge, method: str, url: str, headers: Mapping[str, str], body: str = ""
) -> None:
    """One request, without redirects: who holds a secret must not be led elsewhere."""
    to = urlsplit(url)
    kind = HTTPSConnection if to.scheme == "https" else HTTPConnection
    connection = kind(to.hostname or "", to.port, timeout=PATIENCE)
    try:
        connection.request(method, to.path, body, dict(headers))
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        raise Unpurged(f"{edge.name} does not answer: {type(error).__name__}") from error
    finally:
        connection.close()
    if status != 200:
        raise Unpurged(f"{edge.name} does not purge: it answers {status}")


def edges_from(text: str) -> list[Edge]:
    """The caches that EDGE_URL names, in its order. Raises Unreadable."""
    return [edge_from(part.strip()) for part in text.split(",") if part.strip()]


def edge_from(text: str) -> Edge:
    try:
        url = urlsplit(text)
        host, port = url.hostname, url.port
    except ValueError:
        raise Unreadable(HELP) from None
    if url.scheme == "varnish" and host and port and not (url.path or url.query or url.username):
        return Varnish(host, port)
    if url.scheme == "fastly" and (key := options(url, "key")):
        return Fastly(url.netloc, **key)
    if url.scheme == "cloudflare" and (token := options(url, "token")):
        return Cloudflare(url.netloc, **token)
    raise Unreadable(HELP)


def options(url: SplitResult, secret: str) -> dict[str, str]:
    """What stands behind the "?"; {} unless it is the secret and perhaps another address."""
    found = dict(parse_qsl(url.query))
    known = {secret} <= found.keys() <= {secret, "api"}
    reached = found.get("api", "https://").startswith(("https://", "http://"))
    return found if url.netloc.isalnum() and not url.path and known and reached else {}


HELP = (
    "write varnish://HOST:PORT, fastly://SERVICE?key=KEY or cloudflare://ZONE?token=TOKEN, several "
    "of them by commas, or leave it unset."
)
