"""Tone to ink: a plate that carries hatching, halftone and stipple besides flat colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import cairo
import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import splev, splprep
from scipy.ndimage import gaussian_filter, shift

from style import Color, Point, Sheet

Array = NDArray[Any]
Draw = Callable[[cairo.Context], None]


class Plate(Sheet):
    """A sheet with `x` and `y`, the position of each pixel, and masks (height x width, 0 to 1)."""

    def __init__(self, ground: Color, width: int = 2000, height: int = 1333) -> None:
        super().__init__(ground, width, height)
        self.y, self.x = np.mgrid[0:height, 0:width].astype(np.float32)

    def cover(self, draw: Draw) -> Array:
        """What `draw` paints, whatever its colour."""
        surface = cairo.ImageSurface(cairo.FORMAT_A8, self.width, self.height)
        ctx = cairo.Context(surface)
        ctx.set_line_join(cairo.LINE_JOIN_ROUND)
        ctx.set_line_cap(cairo.LINE_CAP_ROUND)
        draw(ctx)
        surface.flush()
        raw = np.ndarray((self.height, surface.get_stride()), np.uint8, surface.get_data())
        return raw[:, : self.width].astype(np.float32) / 255

    def area(self, points: Iterable[Point]) -> Array:
        """The inside of a polygon."""

        def fill(ctx: cairo.Context) -> None:
            trace(ctx, points)
            ctx.fill()

        return self.cover(fill)

    def stroked(self, points: Iterable[Point], width: float) -> Array:
        """A line through the points."""

        def stroke(ctx: cairo.Context) -> None:
            trace(ctx, points)
            ctx.set_line_width(width)
            ctx.stroke()

        return self.cover(stroke)

    def shadow(self, cover: Array, *, dx: float, dy: float, blur: float, depth: float) -> None:
        """The soft shadow of a cut-out on what lies below it; call before painting the cut-out."""
        soft = shift(gaussian_filter(cover, blur), (round(dy), round(dx)), order=0)
        self.paint(self.pixels() * (1 - depth * soft[..., None]))


def trace(ctx: cairo.Context, points: Iterable[Point]) -> None:
    ctx.new_path()
    for x, y in points:
        ctx.line_to(x, y)


def curve(points: Iterable[Point], steps: int = 40) -> Array:
    """A smooth line through a few points."""
    p = np.array(list(points), float)
    spline, _ = splprep(p.T, s=0, k=min(3, len(p) - 1))
    return np.stack(splev(np.linspace(0, 1, steps), spline), -1)


def circle(x: float, y: float, rx: float, ry: float = 0, steps: int = 60) -> Array:
    t = np.linspace(0, 2 * np.pi, steps)
    return np.stack([x + rx * np.cos(t), y + (ry or rx) * np.sin(t)], -1)


def hatch(dark: Array, phase: Array, *, least: float = 0.0, slope: Array | None = None) -> Array:
    """Lines along the level sets of `phase` (in periods), as wide as `dark` (0 to 1) asks.

    Where dark is below `least` nothing is printed: an engraver leaves the paper white.
    `slope` is the steepness of the phase per pixel, where the phase itself has jumps.
    """
    slope = np.hypot(*np.gradient(phase)) if slope is None else slope
    slope = slope + 1e-6
    away = np.abs(phase - np.floor(phase) - 0.5) * 2
    cover = np.clip((dark - away) / (2 * slope) + 0.5, 0, 1)
    cover *= np.clip(dark / (2 * slope), 0, 1)
    return np.where(dark > least, cover, 0).astype(np.float32)


def lines(sheet: Plate, period: float, degrees: float = 0) -> Array:
    """The phase of straight lines, `degrees` from the horizontal."""
    a = np.radians(degrees)
    return ((sheet.y * np.cos(a) - sheet.x * np.sin(a)) / period).astype(np.float32)


def halftone(dark: Array, period: float, degrees: float = 45) -> Array:
    """Round dots on a turned grid; their area follows `dark`."""
    h, w = dark.shape
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    a = np.radians(degrees)
    u = (x * np.cos(a) + y * np.sin(a)) / period
    v = (y * np.cos(a) - x * np.sin(a)) / period
    away = np.hypot(u - np.floor(u) - 0.5, v - np.floor(v) - 0.5)
    radius = np.sqrt(np.clip(dark, 0, 1) / np.pi) * 1.12
    return np.clip((radius - away) * period + 0.5, 0, 1) * (dark > 0.03)


def stipple(dark: Array, *, gap: float, seed: int = 1) -> Array:
    """Points (x, y) spread evenly, nearer where `dark` is higher; `gap` is the closest, in pixels.

    Dart throwing with a radius that follows the tone, on a grid of occupied pixels.
    """
    h, w = dark.shape
    rng = np.random.default_rng(seed)
    n = int(h * w / gap**2 * 3)
    taken = np.zeros((h, w), bool)
    kept: list[tuple[float, float]] = []
    for x, y in zip(rng.uniform(0, w, n), rng.uniform(0, h, n), strict=True):
        i, j = int(y), int(x)
        d = dark[i, j]
        if d < 0.03 or taken[i, j]:
            continue
        kept.append((x, y))
        r = int(gap / np.sqrt(d))
        taken[max(0, i - r) : i + r + 1, max(0, j - r) : j + r + 1] |= _disc(r)[
            max(0, r - i) : r + h - i, max(0, r - j) : r + w - j
        ]
    return np.array(kept)


def _disc(r: int) -> NDArray[np.bool_]:
    y, x = np.mgrid[-r : r + 1, -r : r + 1]
    return x * x + y * y <= r * r


def smooth(a: float, b: float, x: Array) -> Array:
    """0 below a, 1 above b, eased between."""
    t = np.clip((x - a) / (b - a), 0, 1)
    return t * t * (3 - 2 * t)
