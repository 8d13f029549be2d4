"""Palette, type and canvas shared by every drawn picture of the demo magazine.

Everything is measured in pixels of the finished picture (2000 wide as a rule).
"""

from __future__ import annotations

import io
import math
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cairo
import numpy as np
import uharfbuzz as hb
from fontTools.pens.cairoPen import CairoPen
from fontTools.ttLib import TTFont
from PIL import Image
from scipy.ndimage import gaussian_filter

Point = tuple[float, float]
Color = str  # "#rrggbb" or "#rrggbbaa"

INK, PAPER, CREAM, WHITE = "#16130f", "#f6f1e7", "#fbf8f1", "#ffffff"
ACCENT, ROSE, OCHRE, SAND = "#b5321f", "#d98b74", "#c8912f", "#d9c7a3"
SEA, NIGHT, MIST, SKY = "#1d3440", "#0e1b24", "#b9c8c9", "#7d9ba3"
SAGE, MOSS, SLATE, STONE = "#8a9a7b", "#53624c", "#5c6670", "#a79f91"

HERE = Path(__file__).resolve().parent
ASSETS = Path(os.environ.get("DRAW_ASSETS", HERE / "node_modules"))
IMAGES = HERE.parent / "images"
MAX_BYTES = 400_000


def rgba(color: Color) -> tuple[float, float, float, float]:
    parts = [int(color[i : i + 2], 16) / 255 for i in range(1, len(color), 2)]
    return parts[0], parts[1], parts[2], parts[3] if len(parts) > 3 else 1.0


def mix(one: Color, other: Color, share: float) -> Color:
    """The colour that lies `share` of the way from one to the other."""
    blend = (a + (b - a) * share for a, b in zip(rgba(one)[:3], rgba(other)[:3], strict=True))
    return "#" + "".join(f"{round(v * 255):02x}" for v in blend)


def fade(color: Color, alpha: float) -> Color:
    return color[:7] + f"{round(alpha * 255):02x}"


@dataclass(frozen=True)
class Type:
    """A way to set words: face is "serif" (Newsreader) or "sans" (Libre Franklin)."""

    size: float
    face: str = "serif"
    weight: int = 500
    italic: bool = False
    tracking: float = 0.0  # extra space after each letter, in em


@cache
def _file(face: str, subset: str, italic: bool) -> tuple[hb.Face, frozenset[int]]:
    name, axes = {"serif": ("newsreader", "standard"), "sans": ("libre-franklin", "wght")}[face]
    slope = "italic" if italic else "normal"
    path = ASSETS / f"@fontsource-variable/{name}/files/{name}-{subset}-{axes}-{slope}.woff2"
    font = TTFont(path)
    font.flavor = None
    plain = io.BytesIO()
    font.save(plain)
    return hb.Face(plain.getvalue()), frozenset(font.getBestCmap())


def _runs(text: str, kind: Type) -> Iterator[tuple[hb.Face, str]]:
    """Letters that the Latin subset lacks come from the extended one."""
    faces = [_file(kind.face, subset, kind.italic) for subset in ("latin", "latin-ext")]
    run, current = "", faces[0][0]
    for letter in text:
        face = next((f for f, known in faces if ord(letter) in known), faces[0][0])
        if face is not current and run:
            yield current, run
            run = ""
        current, run = face, run + letter
    if run:
        yield current, run


@dataclass(frozen=True)
class Glyph:
    font: hb.Font
    number: int
    advance: float
    scale: float


def _glyphs(text: str, kind: Type) -> Iterator[Glyph]:
    for face, run in _runs(text, kind):
        font = hb.Font(face)
        font.set_variations({"wght": kind.weight, "opsz": min(72, max(6, kind.size * 0.6))})
        scale = kind.size / face.upem
        buffer = hb.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        hb.shape(font, buffer, {"liga": kind.tracking < 0.03, "lnum": True})
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            advance = place.x_advance * scale + kind.tracking * kind.size
            yield Glyph(font, info.codepoint, advance, scale)


def width_of(text: str, kind: Type) -> float:
    return sum(g.advance for g in _glyphs(text, kind)) - kind.tracking * kind.size


class Sheet:
    """One picture. `ctx` is the cairo context for anything not offered here."""

    def __init__(self, ground: Color = PAPER, width: int = 2000, height: int = 1333) -> None:
        self.width, self.height = width, height
        self.surface = cairo.ImageSurface(cairo.FORMAT_RGB24, width, height)
        self.ctx = cairo.Context(self.surface)
        self.ctx.set_antialias(cairo.ANTIALIAS_BEST)
        self.ctx.set_line_join(cairo.LINE_JOIN_ROUND)
        self.ctx.set_line_cap(cairo.LINE_CAP_ROUND)
        self.color(ground)
        self.ctx.paint()

    def color(self, color: Color) -> None:
        self.ctx.set_source_rgba(*rgba(color))

    def path(self, points: Iterable[Point], closed: bool = False) -> None:
        for i, (x, y) in enumerate(points):
            (self.ctx.line_to if i else self.ctx.move_to)(x, y)
        if closed:
            self.ctx.close_path()

    def line(
        self, points: Iterable[Point], color: Color, width: float = 2, dash: Sequence[float] = ()
    ) -> None:
        self.path(points)
        self.stroke(color, width, dash)

    def stroke(self, color: Color, width: float, dash: Sequence[float] = ()) -> None:
        self.color(color)
        self.ctx.set_line_width(width)
        self.ctx.set_dash(dash)
        self.ctx.stroke()
        self.ctx.set_dash([])

    def polygon(self, points: Iterable[Point], color: Color) -> None:
        self.path(points, closed=True)
        self.color(color)
        self.ctx.fill()

    def rect(self, x: float, y: float, w: float, h: float, color: Color) -> None:
        self.ctx.rectangle(x, y, w, h)
        self.color(color)
        self.ctx.fill()

    def disc(self, x: float, y: float, radius: float, color: Color) -> None:
        self.ctx.new_path()
        self.ctx.arc(x, y, radius, 0, math.tau)
        self.color(color)
        self.ctx.fill()

    def ring(self, x: float, y: float, radius: float, color: Color, width: float = 2) -> None:
        self.ctx.new_path()
        self.ctx.arc(x, y, radius, 0, math.tau)
        self.stroke(color, width)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        kind: Type,
        color: Color = INK,
        align: str = "left",
        halo: Color = "",
        halo_width: float = 8,
        turn: float = 0,
    ) -> None:
        """Set one line with its baseline at y; align is left, center or right of x."""
        shift = {"left": 0.0, "center": 0.5, "right": 1.0}[align] * width_of(words, kind)
        self.ctx.save()
        self.ctx.translate(x, y)
        self.ctx.rotate(turn)
        at, places = -shift, []
        for glyph in _glyphs(words, kind):
            places.append((glyph, at, 0.0, 0.0))
            at += glyph.advance
        self._set(places, color, halo, halo_width)
        self.ctx.restore()

    def text_along(
        self,
        curve: Sequence[Point],
        words: str,
        kind: Type,
        color: Color = INK,
        halo: Color = "",
        halo_width: float = 8,
    ) -> None:
        """Set words centred on a curve, which runs on straight where it is too short."""
        glyphs = list(_glyphs(words, kind))
        natural = sum(g.advance for g in glyphs) - kind.tracking * kind.size
        track = np.asarray(curve, float)
        first, last = track[0] - track[1], track[-1] - track[-2]
        track = np.vstack(
            [
                track[0] + first / np.hypot(*first) * natural,
                track,
                track[-1] + last / np.hypot(*last) * natural,
            ]
        )
        along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(track, axis=0).T))])
        at = (along[-1] - natural) / 2
        places = []
        for glyph in glyphs:
            body = glyph.advance - kind.tracking * kind.size
            mid = at + body / 2
            x, y = np.interp(mid, along, track[:, 0]), np.interp(mid, along, track[:, 1])
            near = [
                (np.interp(mid + d, along, track[:, 0]), np.interp(mid + d, along, track[:, 1]))
                for d in (-kind.size / 2, kind.size / 2)
            ]
            angle = math.atan2(near[1][1] - near[0][1], near[1][0] - near[0][0])
            places.append(
                (glyph, x - math.cos(angle) * body / 2, y - math.sin(angle) * body / 2, angle)
            )
            at += glyph.advance
        self._set(places, color, halo, halo_width)

    def _set(
        self,
        places: list[tuple[Glyph, float, float, float]],
        color: Color,
        halo: Color,
        halo_width: float,
    ) -> None:
        self.ctx.new_path()
        for glyph, x, y, angle in places:
            self.ctx.save()
            self.ctx.translate(x, y)
            self.ctx.rotate(angle)
            self.ctx.scale(glyph.scale, -glyph.scale)
            glyph.font.draw_glyph_with_pen(glyph.number, CairoPen(None, self.ctx))
            self.ctx.restore()
        if halo:
            outline = self.ctx.copy_path()
            self.stroke(halo, halo_width)
            self.ctx.append_path(outline)
        self.color(color)
        self.ctx.fill()

    def pixels(self) -> np.ndarray:
        """The picture as floats 0..1, height x width x 3 (red, green, blue)."""
        self.surface.flush()
        raw = np.ndarray((self.height, self.width, 4), np.uint8, self.surface.get_data())
        return raw[:, :, 2::-1].astype(float) / 255

    def paint(self, pixels: np.ndarray) -> None:
        self.surface.flush()
        raw = np.ndarray((self.height, self.width, 4), np.uint8, self.surface.get_data())
        raw[:, :, 2::-1] = (np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8)
        self.surface.mark_dirty()

    def tint(self, color: Color, share: np.ndarray) -> None:
        """Blend a colour over the picture, by a height x width array of 0..1."""
        target = np.array(rgba(color)[:3])
        part = np.clip(share, 0, 1)[:, :, None]
        self.paint(self.pixels() * (1 - part) + target * part)

    def grain(self, strength: float = 0.02, seed: int = 1) -> None:
        """The soft unevenness of paper; slow enough to cost few bytes."""
        noise = np.random.default_rng(seed).standard_normal((self.height, self.width))
        texture = np.sum([gaussian_filter(noise, s) * s for s in (2.0, 6.0, 30.0)], axis=0)
        self.paint(self.pixels() + (texture / texture.std() * strength)[:, :, None])

    def save(self, key: str, quality: int = 82, limit: int = MAX_BYTES) -> Path:
        """Write images/<key>.jpg without metadata, of at most `limit` bytes."""
        path = IMAGES / f"{key}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        image = Image.fromarray((self.pixels() * 255 + 0.5).astype(np.uint8))
        for step, subsampling in [(0, 0), (0, 2), *((d, 2) for d in range(4, 28, 4))]:
            image.save(
                path,
                quality=quality - step,
                subsampling=subsampling,
                optimize=True,
                progressive=True,
            )
            if path.stat().st_size <= limit:
                return path
        raise ValueError(f"{key} stays above {limit} bytes")
