"""DKIM signatures (RFC 6376): a letter is from our domain, and arrives as it has left.

Most mail servers and all providers sign what they pass on; this is for those that do not. Needs
the extra "dkim", and costs a third of a millisecond a letter.
"""

import re
import time
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from newsroom.lib import mail

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

# RFC 8058 wants both about leaving. Each is named once more than it occurs, so that none can be
# added on the way: RFC 6376, 8.15.
SIGNED = [
    *["from", "to", "subject", "date", "message-id", "reply-to", "mime-version", "content-type"],
    *["auto-submitted", "list-id", "list-unsubscribe", "list-unsubscribe-post"],
]
FOLD = re.compile(rb"\r\n(?=[ \t])")
SPACES = re.compile(rb"[ \t]+")
MIN_BITS = 2048  # RFC 8301, 3.2


@dataclass(frozen=True)
class Signer:
    """Signs for a domain whose DNS tells the key at SELECTOR._domainkey; threads may share it."""

    domain: str
    selector: str
    key: "RSAPrivateKey"

    def signed(self, letter: bytes) -> bytes:
        """`letter`, with lines ended by CRLF, behind its signature."""
        return b"DKIM-Signature: " + self.signature(letter).encode() + b"\r\n" + letter

    def signature(self, letter: bytes) -> str:
        """What the header DKIM-Signature says of `letter`: "relaxed/simple", in short lines."""
        head, _, body = letter.partition(b"\r\n\r\n")
        fields = {name: field for name, field in relaxed(head).items() if name in SIGNED}
        tags = {
            "v": "1",
            "a": "rsa-sha256",
            "c": "relaxed/simple",
            "d": self.domain,
            "s": self.selector,
            "t": str(int(time.time())),
            "h": f"{':'.join(fields)}:\r\n\t{':'.join(SIGNED)}",
            "bh": b64encode(sha256(body.rstrip(b"\r\n") + b"\r\n").digest()).decode(),
        }
        value = ";\r\n\t".join([*(f"{name}={tag}" for name, tag in tags.items()), "b="])
        own = relaxed(b"DKIM-Signature: " + value.encode())["dkim-signature"]
        signed = b64encode(self._sign(b"\r\n".join([*fields.values(), own]))).decode()
        return value + "\r\n\t".join(signed[i : i + 72] for i in range(0, len(signed), 72))

    def _sign(self, text: bytes) -> bytes:
        from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15  # noqa: PLC0415
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415

        return self.key.sign(text, PKCS1v15(), SHA256())


def relaxed(head: bytes) -> dict[str, bytes]:
    """The header's fields by name, as RFC 6376, 3.4.2 writes them."""
    found = {}
    for field in FOLD.sub(b"", head).split(b"\r\n"):
        name, _, value = field.partition(b":")
        key = name.strip().lower()
        found[key.decode("latin-1")] = key + b":" + SPACES.sub(b" ", value).strip()
    return found


def signer() -> Signer | None:
    """As the settings say; None: letters leave unsigned. Raises ImproperlyConfigured."""
    if not settings.DKIM_KEY and not settings.DKIM_SELECTOR:
        return None
    domain = mail.sender().rpartition("@")[2]
    return _signer(domain, settings.DKIM_SELECTOR, settings.DKIM_KEY)


@cache
def _signer(domain: str, selector: str, key: str) -> Signer:
    if not selector or not key:
        raise ImproperlyConfigured("DKIM_SELECTOR and DKIM_KEY go together: set both or none.")
    if find_spec("cryptography") is None:
        raise ImproperlyConfigured(
            "DKIM_KEY is set; to sign letters: .venv/bin/python -m pip install cryptography"
        )
    return Signer(domain, selector, _read(key))


def _read(key: str) -> "RSAPrivateKey":
    """The key in a file of that name, or written out, its line ends perhaps as \\n."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
        load_pem_private_key,
    )

    try:
        is_text = key.startswith("-----BEGIN")
        pem = key.replace("\\n", "\n").encode() if is_text else Path(key).read_bytes()
        found = load_pem_private_key(pem, password=None)
    except (OSError, ValueError, TypeError) as error:
        # What went wrong is not told: it may hold a part of the key.
        raise ImproperlyConfigured("DKIM_KEY is no private key that can be read.") from error
    if not isinstance(found, RSAPrivateKey) or found.key_size < MIN_BITS:
        raise ImproperlyConfigured(f"DKIM_KEY is no RSA key of at least {MIN_BITS} bits.")
    return found
