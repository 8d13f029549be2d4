"""Mail addresses: which we take, how they are compared, and how they are recognised when gone.

Policy. An address is compared, stored and mailed in one form: without spaces around it and what
else nobody sees when copying it from a page, in small letters, its domain in ASCII (IDNA 2008).
Small letters, because no provider of note tells apart `Ann@` and `ann@`, while people type both.
Dots and `+tags` before the @ are left alone: what they mean is the provider's affair. What stands
before the @ must be ASCII (no SMTPUTF8), without quotation marks, and of at most 64 characters:
few servers could deliver it. No domain in brackets, none without a dot, none that is reserved.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator

import idna
from django.conf import settings
from email_validator import EmailNotValidError, validate_email

MAX_LENGTH = 254  # RFC 5321, with its erratum 1690
SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))
UNSEEN = SPACES + "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


class Refused(ValueError):
    """No address that we take; str() says why, to the person who typed it."""


def compared(text: str) -> str:
    """The one form of the address `text`; asks no network. Raises Refused."""
    text = text.strip(UNSEEN)
    if len(text) > MAX_LENGTH:
        raise Refused(f"An address has at most {MAX_LENGTH} characters.")
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError as error:
        raise Refused(str(error)) from error
    return f"{found.ascii_local_part}@{found.ascii_domain}".lower()


def shown(address: str) -> str:
    """`address` with its domain in the letters that people know it by."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{shown_domain(domain)}"


def shown_domain(domain: str) -> str:
    try:
        return idna.decode(domain)
    except idna.IDNAError:
        return domain


def digest(address: str) -> bytes:
    """A keyed hash of `address` (compared form): 32 bytes that do not tell it."""
    return next(digests([address]))


def digests(addresses: Iterable[str]) -> Iterator[bytes]:
    """`digest` of each of many."""
    keyed = hmac.new(settings.SUPPRESSION_KEY.encode(), digestmod=hashlib.sha256)
    for address in addresses:
        one = keyed.copy()  # much quicker than a new one
        one.update(address.encode())
        yield one.digest()
