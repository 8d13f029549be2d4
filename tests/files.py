"""Pictures whose files say something of themselves, written byte by byte."""

import struct
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.factories import picture_bytes

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{rdf}">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"{attributes}>{properties}
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def xmp(attributes: str = "", properties: str = "") -> bytes:
    return XMP.format(rdf=RDF, attributes=attributes, properties=properties).encode()


def dataset(number: int, text: bytes) -> bytes:
    """One field of record 2 of the IPTC Information Interchange Model."""
    return b"\x1c\x02" + struct.pack(">BH", number, len(text)) + text


def iptc(*fields: tuple[int, str | bytes], encoding: str = "utf-8") -> bytes:
    """The segment of a JPEG in which Photoshop keeps such fields."""
    data = b"".join(
        dataset(number, text if isinstance(text, bytes) else text.encode(encoding))
        for number, text in fields
    )
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(data)) + data + b"\0" * (len(data) % 2)
    segment = b"Photoshop 3.0\0" + block
    return b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment


def picture_with(segment: bytes = b"", **options: Any) -> bytes:
    """A JPEG with `segment` right behind its start; options are Pillow's."""
    content = picture_bytes(**options)
    return content[:2] + segment + content[2:]


def png_with_xmp(packet: bytes) -> bytes:
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", packet.decode())
    return picture_bytes("PNG", pnginfo=info)


def exif(**tags: str) -> Image.Exif:
    numbers = {"description": 0x010E, "artist": 0x013B, "copyright": 0x8298}
    found = Image.Exif()
    for name, text in tags.items():
        found[numbers[name]] = text.encode()
    return found


# As a wire sends it: 120 caption, 80 byline, 110 credit, 116 copyright.
WIRED = picture_with(
    iptc(
        (120, "A tanker waits off the coast of Example. EXAMPLEPRESS/Ann Example"),
        (80, "Ann Example"),
        (110, "Example Press"),
        (116, "© Example Press"),
    )
)
