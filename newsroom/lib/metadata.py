"""What a picture's file says of itself: IPTC first, then XMP, then EXIF.

Read from the original alone; no copy that we serve has any of it.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Any
from xml.etree import ElementTree as ET

from PIL import Image, IptcImagePlugin

from newsroom.lib import pictures
from newsroom.lib.html.guard import UNWRITABLE

MAX_XMP = 1_000_000  # bytes; a long editing history is no words about the picture
LONGEST = 5000  # characters of one field, twice what IPTC allows


@dataclass(frozen=True)
class Said:
    """In the words of whoever made the file, on one line each; "" where it says nothing."""

    caption: str = ""
    headline: str = ""
    alt: str = ""
    byline: str = ""
    credit: str = ""
    source: str = ""
    copyright: str = ""
    usage: str = ""


# Datasets of record 2 (IPTC Information Interchange Model 4.2).
IPTC = {"caption": 120, "headline": 105, "byline": 80, "credit": 110, "source": 115}
IPTC |= {"copyright": 116}
EXIF = {"caption": 0x010E, "byline": 0x013B, "copyright": 0x8298}
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
XMP = {
    "caption": f"{DUBLIN_CORE}description",
    "headline": f"{PHOTOSHOP}Headline",
    "alt": "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}AltTextAccessibility",
    "byline": f"{DUBLIN_CORE}creator",
    "credit": f"{PHOTOSHOP}Credit",
    "source": f"{PHOTOSHOP}Source",
    "copyright": f"{DUBLIN_CORE}rights",
    "usage": "{http://ns.adobe.com/xap/1.0/rights/}UsageTerms",
}
# What cameras and programs write where nobody has written anything.
NOTHING = {"dcim", "default", "digital camera", "olympus digital camera", "picture"}
NOTHING |= {"samsung camera pictures", "sony dsc", "unknown", "untitled"}


def read(file: IO[bytes]) -> Said:
    """The words in a file that has been accepted; never fails, whatever is in it."""
    found: dict[str, str] = {}
    with suppress(Exception), pictures.open_picture(file) as image:
        for source in (from_iptc, from_xmp, from_exif):
            with suppress(Exception):  # hostile bytes raise anything
                found = source(image) | found
    return Said(**found)


def from_iptc(image: Image.Image) -> dict[str, str]:
    held: dict[Any, Any] = IptcImagePlugin.getiptcinfo(image) or {}  # type: ignore[arg-type]
    return written((name, joined(held.get((2, number)))) for name, number in IPTC.items())


def joined(value: bytes | list[bytes] | None) -> str:
    """A dataset; several bylines as one."""
    return ", ".join(map(text_of, value if isinstance(value, list) else [value or b""]))


def text_of(raw: bytes) -> str:
    """UTF-8, as most write whatever they say of it; else what Windows wrote."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def from_exif(image: Image.Image) -> dict[str, str]:
    tags = image.getexif()  # Pillow reads all its texts as Latin-1
    raw = ((name, str(tags.get(tag, "")).encode("latin-1")) for name, tag in EXIF.items())
    return written((name, text_of(value)) for name, value in raw)


def from_xmp(image: Image.Image) -> dict[str, str]:
    packet = image.info.get("xmp", b"").strip(b"\0")
    if not packet or len(packet) > MAX_XMP or b"<!" in packet or b"\0" in packet:
        return {}  # nothing, or something that could define entities
    nodes = list(ET.fromstring(packet).iter(f"{RDF}Description"))  # noqa: S314  as said above
    return written((name, in_xmp(nodes, tag)) for name, tag in XMP.items())


def in_xmp(nodes: Iterable[ET.Element], tag: str) -> str:
    """A property, which may be an attribute, plain text or a list."""
    for node in nodes:
        if tag in node.attrib:
            return node.attrib[tag]
        if (child := node.find(tag)) is not None:
            items = [item.text or "" for item in child.iter(f"{RDF}li")]
            is_choice = child.find(f"{RDF}Alt") is not None  # one text in several languages
            return ", ".join(items[:1] if is_choice else items) or child.text or ""
    return ""


def written(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    lines = {name: " ".join(UNWRITABLE.sub(" ", text).split()) for name, text in found}
    return {
        name: text[:LONGEST]
        for name, text in lines.items()
        if text and text.casefold().strip("- .") not in NOTHING | {""}
    }
