"""The engraver's tools: coast lines in water, hatching, dots, relief, names on curves."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.ndimage import distance_transform_edt, gaussian_filter
from shapely.geometry.base import BaseGeometry

from frame import Frame, trace
from style import ACCENT, INK, Color, Point, Sheet, Type

TOWN = Type(40, "sans", 600)
STATE = Type(44, "sans", 650, tracking=0.16)
WATER = Type(70, "serif", 400, italic=True, tracking=0.1)


def fill(frame: Frame, shape: BaseGeometry, color: Color) -> None:
    ctx = frame.sheet.ctx
    ctx.new_path()
    trace(ctx, frame.flat(shape))
    frame.sheet.color(color)
    ctx.fill()


def outline(
    frame: Frame, shape: BaseGeometry, color: Color, width: float, dash: Sequence[float] = ()
) -> None:
    frame.sheet.ctx.new_path()
    trace(frame.sheet.ctx, frame.flat(shape))
    frame.sheet.stroke(color, width, dash)


def hatch(
    frame: Frame, shape: BaseGeometry, color: Color, gap: float, width: float, angle: float = 45
) -> None:
    sheet = frame.sheet
    sheet.ctx.save()
    sheet.ctx.new_path()
    trace(sheet.ctx, frame.flat(shape))
    sheet.ctx.clip()
    sheet.ctx.translate(sheet.width / 2, sheet.height / 2)
    sheet.ctx.rotate(math.radians(angle))
    reach = math.hypot(sheet.width, sheet.height) / 2
    for y in np.arange(-reach, reach, gap):
        sheet.line([(-reach, y), (reach, y)], color, width)
    sheet.ctx.restore()


def away(mask: np.ndarray) -> np.ndarray:
    """Distance in pixels from the masked land, 0 on it."""
    return gaussian_filter(distance_transform_edt(mask < 0.5), 1.5)


def waterlines(
    sheet: Sheet,
    mask: np.ndarray,
    color: Color,
    count: int = 7,
    gap: float = 7,
    growth: float = 1.3,
    width: float = 1.1,
    strength: float = 0.9,
) -> None:
    """Lines that follow the coast out to sea, ever wider apart and fainter."""
    far, at, ink = away(mask), 0.0, np.zeros_like(mask)
    for i in range(count):
        at += gap * growth**i
        line = np.clip(width - np.abs(far - at) + 0.5, 0, 1)
        ink = np.maximum(ink, line * strength * (1 - i / count) ** 0.8)
    sheet.tint(color, ink * (mask < 0.5))


def _turned(sheet: Sheet, angle: float) -> tuple[np.ndarray, np.ndarray]:
    y, x = np.mgrid[0 : sheet.height, 0 : sheet.width].astype(np.float32)
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return x * c + y * s, y * c - x * s


def engrave(
    sheet: Sheet,
    weight: np.ndarray,
    color: Color,
    gap: float = 9,
    angle: float = 0,
) -> None:
    """Parallel lines whose thickness is weight x gap."""
    _, v = _turned(sheet, angle)
    off = np.abs(v % gap - gap / 2)
    half = np.clip(weight, 0, 1) * gap / 2
    sheet.tint(color, np.clip(half - off + 0.5, 0, 1) * np.clip(half * 2.5, 0, 1))


def halftone(
    sheet: Sheet, weight: np.ndarray, color: Color, cell: float = 12, angle: float = 30
) -> None:
    """Dots whose area follows weight, read at the middle of each dot."""
    u, v = _turned(sheet, angle)
    mu, mv = (np.floor(w / cell) * cell + cell / 2 for w in (u, v))
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    col = np.clip(mu * c - mv * s, 0, sheet.width - 1).astype(int)
    row = np.clip(mu * s + mv * c, 0, sheet.height - 1).astype(int)
    radius = np.sqrt(np.clip(weight, 0, 1)[row, col] / math.pi) * cell
    sheet.tint(color, np.clip(radius - np.hypot(u - mu, v - mv) + 0.5, 0, 1) * (radius > 0.4))


def shade(
    sheet: Sheet,
    relief: np.ndarray,
    mask: np.ndarray,
    dark: Color,
    light: Color,
    strength: float = 0.6,
) -> None:
    """Light and shadow of mountains over whatever colours lie there."""
    sheet.tint(dark, np.clip(-relief, 0, 1) * strength * mask)
    sheet.tint(light, np.clip(relief, 0, 1) * strength * 0.8 * mask)


def glow(
    sheet: Sheet,
    mask: np.ndarray,
    color: Color,
    radius: float,
    strength: float,
) -> None:
    """A soft edge that colour leaves outside the mask."""
    soft = gaussian_filter(mask, radius)
    sheet.tint(color, soft * strength * 2 * (1 - mask))


def town(
    frame: Frame,
    lon: float,
    lat: float,
    name: str,
    side: str = "right",
    kind: Type = TOWN,
    color: Color = INK,
    halo: Color = "",
    dot: Color = "",
    radius: float = 8,
    capital: bool = False,
) -> None:
    """A place with its name on one side: right, left, above or below."""
    sheet, (x, y) = frame.sheet, frame.px(lon, lat)
    if halo:
        sheet.disc(x, y, radius + 4, halo)
    sheet.disc(x, y, radius, dot or color)
    if capital:
        sheet.disc(x, y, radius * 0.45, halo or "#ffffff")
    dx, dy, align = {
        "right": (radius + 12, kind.size * 0.34, "left"),
        "left": (-radius - 12, kind.size * 0.34, "right"),
        "above": (0, -radius - 12, "center"),
        "below": (0, radius + kind.size * 0.95, "center"),
    }[side]
    sheet.text(x + dx, y + dy, name, kind, color, align, halo)


def label(
    frame: Frame,
    lon: float,
    lat: float,
    words: str,
    kind: Type = STATE,
    color: Color = INK,
    halo: Color = "",
    turn: float = 0,
    leading: float = 1.15,
) -> None:
    """Words centred on a place; a line break stacks them."""
    x, y = frame.px(lon, lat)
    lines = words.split("\n")
    for i, line in enumerate(lines):
        down = (i - (len(lines) - 1) / 2) * kind.size * leading + kind.size * 0.35
        frame.sheet.text(x, y + down, line, kind, color, "center", halo, turn=math.radians(turn))


def water(
    frame: Frame,
    places: Sequence[Point],
    words: str,
    kind: Type = WATER,
    color: Color = INK,
    halo: Color = "",
) -> None:
    frame.sheet.text_along(frame.track(places), words, kind, color, halo)


def route(
    frame: Frame,
    places: Sequence[Point],
    width: float = 7,
    color: Color = ACCENT,
    halo: Color = "",
    dash: Sequence[float] = (),
    arrow: float = 0,
) -> None:
    """A curved way, with an arrow head of the given size at its end."""
    sheet, track = frame.sheet, frame.track(places)
    if halo:
        sheet.line(track, halo, width + 8)
    sheet.line(track, color, width, dash)
    if arrow:
        (x, y), (bx, by) = track[-1], track[max(0, len(track) - 6)]
        way = math.atan2(y - by, x - bx)
        tip = [
            (x + math.cos(way + a) * r, y + math.sin(way + a) * r)
            for a, r in ((0, arrow), (2.5, arrow), (math.pi, arrow * 0.45), (-2.5, arrow))
        ]
        sheet.polygon(tip, color)
