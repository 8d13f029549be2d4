import io
import struct
import zlib

import pytest
from PIL import Image

from newsroom.lib import pictures
from newsroom.lib.pictures import Refused, Size
from tests.factories import picture_bytes


def accept(content: bytes, name: str = "a.jpg", n_bytes: int | None = None) -> Size:
    return pictures.accept(io.BytesIO(content), name, n_bytes or len(content))


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00" * 4096))
    return b"\x89PNG\r\n\x1a\n" + data + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("JPEG", "a.jpg"),
        ("JPEG", "A.JPEG"),
        ("PNG", "a.png"),
        ("WEBP", "a.webp"),
        ("AVIF", "a.avif"),
    ],
)
def test_pictures_of_each_kind_are_taken(kind: str, name: str) -> None:
    assert accept(picture_bytes(kind), name) == Size(900, 600)


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"Dear editor, this is a letter.", "a.jpg", "not a picture"),
        (b"", "a.jpg", "not a picture"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
            "a.png",
            "not a picture",
        ),
        (b"%PDF-1.7\n", "a.jpg", "not a picture"),
        (picture_bytes("GIF"), "a.jpg", "not a picture"),
        (picture_bytes("TIFF"), "a.jpg", "not a picture"),
        (picture_bytes("PNG"), "a.jpg", "wrong ending"),
        (picture_bytes(), "a.gif", "Choose a JPEG"),
        (picture_bytes(), "a.jpg.php", "Choose a JPEG"),
        (picture_bytes(), "", "Choose a JPEG"),
        (picture_bytes()[:3000], "a.jpg", "damaged"),
        (picture_bytes("PNG")[:1000], "a.png", "damaged|not a picture"),
        (png_header(30_000, 30_000), "a.png", "too many pixels"),
        (png_header(9_000, 9_000), "a.png", "too many pixels"),
        (png_header(2_000, 2_000), "a.png", "damaged"),
    ],
)
def test_what_is_no_fit_picture_is_refused_with_a_reason(
    content: bytes, name: str, reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        accept(content, name)


def test_too_large_a_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(Refused, match="25 MB; a picture may have 20 MB"):
        accept(b"", "a.jpg", 25 * 2**20)


def test_animation_is_refused() -> None:
    frames = [Image.new("RGB", (60, 60), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])

    with pytest.raises(Refused, match="animation"):
        accept(out.getvalue(), "a.webp")


def test_picture_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # held on its side
    content = picture_bytes(exif=exif)

    image = pictures.decode(pictures.open_picture(io.BytesIO(content)))

    assert accept(content) == Size(600, 900)
    assert image.getpixel((10, 10)) == pytest.approx((0, 0, 255), abs=12)  # was at the lower left


@pytest.mark.parametrize("extension", ["jpg", "webp", "avif"])
def test_copies_carry_no_metadata(extension: str) -> None:
    exif = Image.Exif()
    exif[0x0110] = "SECRET-CAMERA"
    exif.get_ifd(0x8825)[2] = (52.0, 30.0, 0.0)
    xmp = b"<x:xmpmeta>SECRET-XMP</x:xmpmeta>"
    content = picture_bytes(exif=exif, xmp=xmp, comment=b"SECRET-COMMENT", icc_profile=b"SECRET")
    assert content.count(b"SECRET") == 4

    copy = pictures.encode(pictures.decode(Image.open(io.BytesIO(content))), extension)
    image = Image.open(io.BytesIO(copy))

    assert b"SECRET" not in copy
    assert not dict(image.getexif())
    assert not {"exif", "xmp", "comment", "icc_profile"} & set(image.info)


def test_transparency_lies_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(out, "PNG")

    image = pictures.decode(pictures.open_picture(out))

    assert image.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
def test_every_colour_mode_becomes_rgb(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (20, 20)).save(out, "JPEG" if mode == "CMYK" else "PNG")

    assert pictures.decode(pictures.open_picture(out)).mode == "RGB"


@pytest.mark.parametrize(
    ("ratio", "focal", "box"),
    [
        (None, (0.5, 0.5), (0, 0, 900, 600)),
        (1.0, (0.5, 0.5), (150, 0, 750, 600)),
        (1.0, (0.0, 0.0), (0, 0, 600, 600)),
        (1.0, (1.0, 1.0), (300, 0, 900, 600)),
        (16 / 9, (0.5, 0.1), (0, 0, 900, 506)),
        (16 / 9, (0.5, 0.9), (0, 94, 900, 600)),
    ],
)
def test_crop_keeps_the_focal_point(
    ratio: float | None, focal: tuple[float, float], box: tuple[int, int, int, int]
) -> None:
    assert pictures.crop_box(Size(900, 600), ratio, focal) == box
