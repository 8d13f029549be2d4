"""What every letter of ours shares: whom it is from, the domain of its names, safe headers."""

import re
from collections.abc import Iterable
from email.charset import QP, Charset
from urllib.parse import urlsplit

import idna
from django.conf import settings
from django.core.mail import EmailMessage, get_connection

UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
# Letters wrapped in 7-bit lines of at most 76 characters pass every server, signed, unchanged.
WRAPPED = Charset("utf-8")
WRAPPED.body_encoding = QP


def header_text(value: str) -> str:
    """`value` on one line, without control characters: nothing in it can end or turn a header."""
    return UNSEEN.sub(" ", value).strip()


def domain() -> str:
    """The site's own host in ASCII, for addresses and names such as Message-IDs."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    if settings.SITE_IS_LOCAL:
        return "localhost"
    return host if host.isascii() else idna.encode(host, uts46=True).decode()


def sender() -> str:
    """The one address that our mail is from."""
    return settings.MAIL_FROM or f"newsletter@{domain()}"


def return_path(token: str) -> str:
    """Where what cannot be delivered goes: BOUNCE_ADDRESS with `token` in it, or `sender()`.

    Source: VERP, by the subaddresses of RFC 5233.
    """
    local, _, host = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{local}+{token}@{host}" if local else sender()


def send(letters: Iterable[EmailMessage]) -> None:
    """Over one connection, in order. Raises OSError (SMTPException) at the first refused one."""
    with get_connection() as connection:
        for letter in letters:
            connection.send_messages([letter])
