"""Pictures in and out: what an upload may be, and the clean copies made of it.

Every copy is encoded anew from the pixels alone, so no metadata of the upload survives in it.
"""

import io
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from PIL import Image, ImageCms, ImageOps

MAX_BYTES = 20 * 2**20
MAX_PIXELS = 60_000_000
EXTENSIONS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".avif": "AVIF"}
ENCODINGS = {  # extension: Pillow's format and options
    "avif": ("AVIF", {"quality": 58, "speed": 8, "max_threads": 1}),
    "webp": ("WEBP", {"quality": 78, "method": 4}),
    "jpg": ("JPEG", {"quality": 80, "optimize": True, "progressive": True}),
}
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


class Refused(Exception):
    """The file is not a picture that we take; str() says why, in an editor's words."""


@dataclass(frozen=True)
class Size:
    """Pixels, as seen after turning the picture upright."""

    width: int
    height: int


def accept(file: IO[bytes], name: str, n_bytes: int) -> Size:
    """The size of the picture in `file`, once every check has passed. Raises Refused."""
    if n_bytes > MAX_BYTES:
        raise Refused(f"This file has {n_bytes / 2**20:,.0f} MB; a picture may have 20 MB.")
    expected = EXTENSIONS.get(PurePath(name).suffix.lower())
    if expected is None:
        raise Refused("Choose a JPEG, PNG, WebP or AVIF file.")
    with open_picture(file) as image:
        if image.format != expected:
            raise Refused(f"This is a {image.format} file with the wrong ending; rename it.")
        upright = decode(image)
        return Size(*upright.size)


def open_picture(file: IO[bytes]) -> Image.Image:
    """The picture with only its header read. Raises Refused."""
    file.seek(0)
    try:
        image = Image.open(file, formats=sorted(set(EXTENSIONS.values())))
    except BOMBS:
        raise Refused("This picture has too many pixels; at most 60 megapixels.") from None
    except Exception:  # noqa: BLE001  decoders raise many kinds on hostile bytes
        raise Refused("This file is not a picture that we can read, whatever its name.") from None
    if image.width * image.height > MAX_PIXELS:
        raise Refused("This picture has too many pixels; at most 60 megapixels.")
    if getattr(image, "is_animated", False):
        raise Refused("This is an animation; choose a still picture.")
    return image


def decode(image: Image.Image, at_most: int | None = None) -> Image.Image:
    """The pixels, upright, in sRGB. Raises Refused for a damaged file.

    at_most: the longest side that is needed; lets a large JPEG be decoded in less memory.
    """
    try:
        if at_most and image.format == "JPEG":
            image.draft(None, (at_most, at_most))
        image.load()
        return to_srgb(ImageOps.exif_transpose(image))
    except Exception:  # noqa: BLE001  as above
        raise Refused("This picture is damaged or incomplete; export it again.") from None


def to_srgb(image: Image.Image) -> Image.Image:
    """RGB pixels in the web's colours; transparency on white."""
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "CMYK"}:
        image = from_profile(image, profile)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    return image.convert("RGB")


def from_profile(image: Image.Image, profile: bytes) -> Image.Image:
    srgb = ImageCms.createProfile("sRGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a broken profile is no reason to lose the picture
    return converted or image


def crop_box(
    size: Size, ratio: float | None, focal: tuple[float, float]
) -> tuple[int, int, int, int]:
    """The largest box of `ratio` (width / height; None: all) with `focal` nearest its middle.

    focal: x and y as parts of width and height, 0 to 1.
    """
    width, height = size.width, size.height
    if ratio is not None:
        width, height = min(width, round(height * ratio)), min(height, round(width / ratio))
    left = min(max(round(focal[0] * size.width - width / 2), 0), size.width - width)
    top = min(max(round(focal[1] * size.height - height / 2), 0), size.height - height)
    return left, top, left + width, top + height


def encode(image: Image.Image, extension: str) -> bytes:
    """The bytes of a clean copy: `avif`, `webp` or `jpg`."""
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    out = io.BytesIO()
    name, options = ENCODINGS[extension]
    clean.save(out, name, **options)
    return out.getvalue()
