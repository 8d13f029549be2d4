"""Where several machines find the pages that any of them has made: a Redis or a Valkey."""

import logging
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hmac import compare_digest
from typing import Any

from django.utils.crypto import salted_hmac
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from newsroom.pages.page import Page
from newsroom.pages.request import Key
from newsroom.pages.shared import Shared, loaded, name_of, stored

logger = logging.getLogger(__name__)

TIMEOUT = 0.2  # seconds that an answer may take; a page is made in less
REST = 5.0  # seconds for which it is not asked, once it has failed
QUIET = 60.0  # seconds from one line in the log to the next
LIFE = 86_400  # seconds for which a page is kept there
# Milliseconds. Less than a reader waits (PATIENCE in front.py), should the machine be gone that
# has claimed a page; for a page that takes longer than this, two may be at it.
CLAIM = 1_500
RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end"
N_SIGNED = 32  # bytes in front of a page that prove it ours


class Unanswered(Exception):
    """It is gone, slow or full, or was so a moment ago."""


class Remote:
    """The server at `url`, under names that begin with `prefix`; without it, `meanwhile`.

    Raises ValueError if `url` is none.
    """

    def __init__(self, url: str, prefix: str, meanwhile: Shared) -> None:
        self.client: Any = Redis.from_url(
            url,
            socket_timeout=TIMEOUT,
            socket_connect_timeout=TIMEOUT,
            retry=Retry(NoBackoff(), 0),
            protocol=2,  # the older one asks nothing at the beginning that an older server refuses
        )
        self.prefix = prefix
        self.meanwhile = meanwhile
        self.rests_until = 0.0
        self.told_at = -QUIET

    def get(self, key: Key) -> Page | None:
        name = self.named(key)
        try:
            return opened(name, self.ask("GET", name))
        except Unanswered:
            return self.meanwhile.get(key)

    def put(self, key: Key, page: Page) -> None:
        name = self.named(key)
        try:
            self.ask("SET", name, sealed(name, stored(page)), "EX", LIFE)
        except Unanswered:
            self.meanwhile.put(key, page)

    @contextmanager
    def claim(self, key: Key) -> Iterator[bool]:
        name, token = f"{self.named(key)}:claim", secrets.token_hex(16)
        try:
            is_ours = bool(self.ask("SET", name, token, "NX", "PX", CLAIM))
        except Unanswered:
            with self.meanwhile.claim(key) as is_ours:
                yield is_ours
            return
        try:
            yield is_ours
        finally:
            if is_ours:
                with suppress(Unanswered):
                    self.ask("EVAL", RELEASE, 1, name, token)

    def named(self, key: Key) -> str:
        return f"newsroom:{self.prefix}:{name_of(key)}"

    def ask(self, *command: Any) -> Any:
        """Raises Unanswered, and does so at once for a while."""
        if time.monotonic() < self.rests_until:
            raise Unanswered
        try:
            return self.client.execute_command(*command)
        except (RedisError, OSError) as error:
            self.rest(error)
            raise Unanswered from error

    def rest(self, error: Exception) -> None:
        at = time.monotonic()
        self.rests_until = at + REST
        if at - self.told_at >= QUIET:
            self.told_at = at
            logger.warning("Pages are made without PAGES_URL for now: %s", error)


def sealed(name: str, content: bytes) -> bytes:
    """So that only who has SECRET_KEY can put a page before readers."""
    return seal(name, content) + content


def opened(name: str, found: bytes | None) -> Page | None:
    if not found or not compare_digest(found[:N_SIGNED], seal(name, found[N_SIGNED:])):
        return None
    return loaded(found[N_SIGNED:])


def seal(name: str, content: bytes) -> bytes:
    signed = name.encode() + b"\n" + content
    return salted_hmac(__name__, signed, algorithm="sha256").digest()
