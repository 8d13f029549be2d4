"""A receiver's look at DKIM signatures, after RFC 6376, 3.7 and 6.1: "relaxed/simple", RSA."""

import re
from base64 import b64decode
from collections.abc import Callable
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

HEADER = re.compile(rb"([^:\r\n]+):((?:[^\r\n]|\r\n[ \t])*)\r\n")
Tags = dict[str, str]


def verify(letter: bytes, ask: Callable[[str], str | None]) -> bool:
    """Whether the one signature of `letter` holds.

    ask: what the DNS says of a name, as TXT; None if there is no such name.
    """
    head, _, body = letter.partition(b"\r\n\r\n")
    headers = [(found[1].lower(), found[0]) for found in HEADER.finditer(head + b"\r\n")]
    (signature,) = (line for name, line in headers if name == b"dkim-signature")
    tags = tags_in(signature.partition(b":")[2].decode())
    record = ask(f"{tags['s']}._domainkey.{tags['d']}")
    if record is None or (tags["v"], tags["a"]) != ("1", "rsa-sha256"):
        return False
    assert tags["c"] == "relaxed/simple"
    if b64decode(tags["bh"]) != sha256(simple(body)).digest():
        return False
    said = b"".join(chosen(headers, tags["h"])) + relaxed(without_b(signature)).rstrip(b"\r\n")
    key = load_der_public_key(b64decode(tags_in(record)["p"]))
    assert isinstance(key, RSAPublicKey)
    try:
        key.verify(b64decode(tags["b"]), said, PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True


def tags_in(text: str) -> Tags:
    pairs = (tag.partition("=") for tag in text.split(";") if tag.strip())
    return {name.strip(): re.sub(r"\s", "", value) for name, _, value in pairs}


def chosen(headers: list[tuple[bytes, bytes]], names: str) -> list[bytes]:
    """Those that were signed, the last of a name first; one that is not there counts as empty."""
    left, found = list(headers), []
    for name in names.lower().encode().split(b":"):
        for one in reversed(left):
            if one[0] == name:
                left.remove(one)
                found.append(relaxed(one[1]))
                break
    return found


def relaxed(line: bytes) -> bytes:
    name, _, value = line.partition(b":")
    unfolded = re.sub(rb"[ \t]+", b" ", value.replace(b"\r\n", b"")).strip()
    return name.strip().lower() + b":" + unfolded + b"\r\n"


def simple(body: bytes) -> bytes:
    return re.sub(rb"(\r\n)*\Z", b"", body) + b"\r\n"


def without_b(signature: bytes) -> bytes:
    return re.sub(rb"([;:]\s*b\s*=)[^;]*", rb"\1", signature)
