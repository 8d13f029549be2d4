"""What a picture's file says of itself."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.lib.metadata import Said, read
from tests.factories import picture_bytes
from tests.files import WIRED, exif, iptc, picture_with, png_with_xmp, xmp

LI = (
    '<rdf:{0}><rdf:li xml:lang="x-default">{1}</rdf:li><rdf:li xml:lang="de">{2}</rdf:li></rdf:{0}>'
)


def said(content: bytes) -> Said:
    return read(io.BytesIO(content))


def test_iptc_is_read() -> None:
    assert said(WIRED) == Said(
        caption="A tanker waits off the coast of Example. EXAMPLEPRESS/Ann Example",
        byline="Ann Example",
        credit="Example Press",
        copyright="© Example Press",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_letters_of_either_encoding_are_read(encoding: str) -> None:
    content = picture_with(iptc((80, "Zoë Façade"), encoding=encoding))

    assert said(content).byline == "Zoë Façade"


def test_several_bylines_are_one() -> None:
    assert said(picture_with(iptc((80, "Ann"), (80, "Bob")))).byline == "Ann, Bob"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_xmp_is_read_from_every_kind_of_file(kind: str) -> None:
    packet = xmp(
        ' photoshop:Credit="Example Press"',
        f"<dc:description>{LI.format('Alt', 'A quay', 'Ein Kai')}</dc:description>"
        f"<dc:creator>{LI.format('Seq', 'Ann', 'Bob')}</dc:creator>"
        "<xmpRights:UsageTerms>Once only</xmpRights:UsageTerms>"
        f"<Iptc4xmpCore:AltTextAccessibility>{LI.format('Alt', 'Ships', 'Schiffe')}"
        "</Iptc4xmpCore:AltTextAccessibility>",
    )

    content = picture_bytes(kind, xmp=packet) if kind != "PNG" else png_with_xmp(packet)

    assert said(content) == Said(
        caption="A quay", alt="Ships", byline="Ann, Bob", credit="Example Press", usage="Once only"
    )


def test_exif_is_read() -> None:
    tags = exif(description="A quay", artist="Zoë", copyright="© Zoë")

    found = said(picture_bytes(exif=tags))

    assert (found.caption, found.byline, found.copyright) == ("A quay", "Zoë", "© Zoë")


def test_iptc_says_more_than_xmp_and_that_more_than_exif() -> None:
    packet = xmp(' photoshop:Credit="XMP" photoshop:Headline="XMP"')
    segment = iptc((110, "IPTC"))
    content = picture_with(segment, xmp=packet, exif=exif(description="EXIF", artist="EXIF"))

    found = said(content)

    assert (found.credit, found.headline, found.byline) == ("IPTC", "XMP", "EXIF")


@pytest.mark.parametrize("nothing", ["OLYMPUS DIGITAL CAMERA     ", "SONY DSC", " ", "-"])
def test_what_a_camera_says_of_every_picture_is_nothing(nothing: str) -> None:
    assert said(picture_bytes(exif=exif(description=nothing))) == Said()


def test_signs_that_turn_or_hide_text_are_left_out() -> None:
    content = picture_with(iptc((120, "A\u202e quay\x00\n at  dusk\ufeff")))

    assert said(content).caption == "A quay at dusk"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture",
        picture_bytes()[:400],
        picture_with(iptc((120, "x"))[:-3] + b"\xff\xff\xff"),
        picture_with(b"\xff\xed\x00\x20Photoshop 3.0\0" + b"8BIM\x04\x04" + b"\xff" * 12),
        picture_bytes(xmp=b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
        picture_bytes(xmp=b"<rdf:RDF"),
        picture_bytes(xmp="<x>𝔘</x>".encode("utf-16")),
        picture_bytes(exif=b"Exif\0\0II*\0" + b"\xff" * 40),
    ],
)
def test_broken_metadata_is_no_metadata(content: bytes) -> None:
    assert said(content).byline == ""


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_may_stand_in_a_segment(data: bytes) -> None:
    said(picture_with(iptc((120, data), (80, data))))
    said(picture_bytes(size=(8, 8), xmp=data))
