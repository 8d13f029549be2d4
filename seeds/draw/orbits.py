"""Satellites on their paths, at night, and the mast that talks to nobody in particular."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from scipy.ndimage import gaussian_filter

from cutouts import turned
from ink import Plate, circle, halftone, hatch, smooth, stipple
from style import ACCENT, CREAM, INK, MIST, NIGHT, OCHRE, PAPER, SAND, SEA, Point, mix


def satellite_orbits() -> Plate:
    s = Plate(NIGHT)
    x0, y0, r = 960.0, 690.0, 390.0
    for x, y in stipple(np.full((s.height, s.width), 0.5, np.float32), gap=34, seed=3)[::2]:
        s.disc(x, y, 1.2 + 1.8 * ((x * 7 + y * 3) % 1), mix(NIGHT, MIST, 0.75))
    orbits = [
        (560, 150, -18, OCHRE, (112,), (44,)),
        (700, 235, 26, MIST, (28,), (20,)),
        (840, 210, -34, ACCENT, (136,), (120, 24)),
        (930, 330, 8, MIST, (100,), (30, 140)),
        (480, 330, 62, OCHRE, (80,), (120,)),
    ]
    for back in (True, False):
        for a, b, tilt, colour, behind, before in orbits:
            _orbit(s, (x0, y0), (a, b, tilt), colour, behind if back else before, back=back)
        if back:
            _globe(s, x0, y0, r)
    return s


def _globe(s: Plate, x0: float, y0: float, r: float) -> None:
    u, v = (s.x - x0) / r, (s.y - y0) / r
    z = np.sqrt(np.clip(1 - u * u - v * v, 0, 1))
    inside = s.area(circle(x0, y0, r, steps=240))
    s.tint(mix(NIGHT, SEA, 0.2), s.area(circle(x0, y0, r + 14, steps=240)))
    s.tint(SEA, inside)
    light = np.clip(-0.62 * u - 0.5 * v + 0.6 * z, 0, 1)
    tilt = np.radians(20)
    north = -v * np.cos(tilt) + z * np.sin(tilt)
    depth = v * np.sin(tilt) + z * np.cos(tilt)
    lat = np.arcsin(np.clip(north, -1, 1))
    lon = np.arctan2(u, depth)
    rings = hatch(np.clip(light * 0.92, 0, 0.85), lat * 28, least=0.03)
    s.tint(PAPER, rings * inside)
    land = (
        np.sin(3.1 * lon + 1.4 * np.sin(2.2 * lat + 0.6))
        + np.sin(4.3 * lat - 1.6 * lon + 1.1)
        + 0.5 * np.sin(9 * lon + 5 * lat)
    )
    cover = smooth(0.55, 0.68, gaussian_filter(land, 1.5)) * inside
    s.tint(mix(SEA, INK, 0.45), cover)
    s.tint(SAND, hatch(np.clip(light * 1.05, 0, 0.92), lat * 28, least=0.03) * cover)
    s.line([tuple(p) for p in circle(x0, y0, r, steps=240)], PAPER, 4)


def _orbit(
    s: Plate,
    middle: Point,
    ellipse: tuple[float, float, float],
    colour: str,
    places: Iterable[int],
    *,
    back: bool,
) -> None:
    """Half of an ellipse, behind the globe or before it; satellites at some of 160 steps."""
    a, b, tilt = ellipse
    t = np.linspace(np.pi, 2 * np.pi, 160) if back else np.linspace(0, np.pi, 160)
    path = turned([(middle[0] + a * np.cos(k), middle[1] + b * np.sin(k)) for k in t], tilt, middle)
    s.line(
        path, mix(NIGHT, colour, 0.75 if back else 1), 3 if back else 4.5, (2, 11) if back else ()
    )
    for k in places:
        p, q = path[k], path[k + 2]
        _satellite(
            s,
            p,
            float(np.degrees(np.arctan2(q[1] - p[1], q[0] - p[0]))),
            colour,
            0.62 if back else 1.05,
        )


def _satellite(s: Plate, at: Point, degrees: float, colour: str, size: float) -> None:
    def on(points: list[Point]) -> list[Point]:
        return turned([(at[0] + x * size, at[1] + y * size) for x, y in points], degrees, at)

    s.polygon(on([(-17, -22), (17, -22), (17, 22), (-17, 22)]), PAPER)
    s.line(on([(0, -92), (0, 92)]), PAPER, 4 * size)
    for way in (-1, 1):
        s.polygon(on([(-19, way * 34), (19, way * 34), (19, way * 94), (-19, way * 94)]), colour)
        for k in range(1, 3):
            s.line(on([(-19, way * (34 + 20 * k)), (19, way * (34 + 20 * k))]), NIGHT, 3 * size)
        s.line(on([(0, way * 34), (0, way * 94)]), NIGHT, 3 * size)
    s.polygon(on([(17, -10), (34, -18), (34, 18), (17, 10)]), PAPER)


def radio_tower() -> Plate:
    s = Plate(OCHRE)
    x0, y0 = 1000.0, 330.0
    d = np.hypot(s.x - x0, s.y - y0)
    fade = np.clip(1.1 - d / 1250, 0, 1)
    wave = smooth(0.5, 0.62, 0.5 + 0.5 * np.cos(d / 23.5))
    s.tint(ACCENT, halftone(np.clip(fade * wave * 1.15, 0, 0.95), 11, 45))
    s.tint(CREAM, s.area(circle(x0, y0, 66)))
    ground = smooth(0, 3, s.y - 1205 - 22 * np.sin(s.x / 260) - 9 * np.sin(s.x / 91))
    s.tint(INK, ground)
    s.tint(
        mix(INK, OCHRE, 0.55),
        hatch(
            np.clip(0.5 - (s.y - 1200) / 260, 0, 0.4),
            (s.y - 22 * np.sin(s.x / 260)) / 13,
            least=0.05,
        )
        * ground,
    )
    _lattice(s, x0, 345, 1235)
    s.line([(x0, 350), (x0, 150)], INK, 9)
    s.disc(x0, y0, 24, ACCENT)
    for k, y in enumerate((205, 250, 292)):
        s.line([(x0 - 30 - 12 * k, y), (x0 + 30 + 12 * k, y)], INK, 6)
    for way in (-1, 1):
        s.line([(x0 + way * 16, 470), (x0 + way * 640, 1225)], INK, 3)
        s.line([(x0 + way * 20, 640), (x0 + way * 640, 1225)], INK, 3)
    for x, h in ((1290, 62), (1400, 44)):
        s.polygon(
            [(x, 1226), (x, 1226 - h), (x + 45, 1226 - h - 28), (x + 90, 1226 - h), (x + 90, 1226)],
            INK,
        )
    s.rect(1325, 1180, 16, 16, OCHRE)
    return s


def _lattice(s: Plate, x: float, top: float, foot: float) -> None:
    """A tapering mast: two legs, rungs at growing steps, and crossed braces."""

    def half(y: float) -> float:
        return 13 + 118 * ((y - top) / (foot - top)) ** 1.7

    ys = [top]
    while ys[-1] < foot:
        ys.append(ys[-1] + 30 + half(ys[-1]) * 0.85)
    ys[-1] = foot
    for a, b in pairwise(ys):
        wide = 5 + 6 * (a - top) / (foot - top)
        for way in (-1, 1):
            s.line([(x + way * half(a), a), (x + way * half(b), b)], INK, wide * 1.5)
            s.line([(x + way * half(a), a), (x - way * half(b), b)], INK, wide * 0.75)
            s.line([(x + way * half(a) * 0.34, a), (x + way * half(b) * 0.34, b)], INK, wide * 0.4)
        s.line([(x - half(b), b), (x + half(b), b)], INK, wide)
