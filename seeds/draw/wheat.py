"""Ears of wheat before a low sun."""

from __future__ import annotations

import numpy as np

from ink import Array, Plate, circle, curve, hatch, lines, smooth
from style import INK, OCHRE, PAPER, SAGE, SAND, SEA, mix


def wheat() -> Plate:
    s = Plate(SAGE)
    s.tint(mix(OCHRE, SAND, 0.25), s.area(circle(1000, 640, 560)))
    field = smooth(0, 3, s.y - 1120 - 26 * np.sin(s.x / 310))
    s.tint(mix(SAGE, SEA, 0.62), field)
    s.tint(
        mix(SAGE, SEA, 0.3),
        hatch(np.clip(0.55 - (s.y - 1120) / 500, 0, 0.5), lines(s, 15, -8)) * field,
    )
    rng = np.random.default_rng(8)
    ears = [
        (330, 185, 600, 1.0),
        (1680, 1825, 630, 1.05),
        (560, 430, 330, 1.2),
        (1450, 1590, 300, 1.2),
        (800, 720, 420, 1.3),
        (1230, 1290, 470, 1.25),
        (1010, 1000, 190, 1.5),
    ]
    for x0, x1, top, size in ears:
        bend = [(x0, 1560), ((x0 * 2 + x1) / 3, 1180), ((x0 + 5 * x1) / 6, top + 330), (x1, top)]
        _ear(s, curve(bend, 200), size, rng)
    return s


def _ear(s: Plate, stem: Array, size: float, rng: np.random.Generator) -> None:
    """A stalk, then pairs of grains with awns, each over the last, from the tip down."""
    s.line([tuple(p) for p in stem[:150]], INK, 13 * size)
    s.line([tuple(p) for p in stem[:150]], mix(OCHRE, PAPER, 0.35), 7 * size)
    steps = np.hypot(*np.diff(stem, axis=0).T)
    along = np.concatenate([[0], np.cumsum(steps)])
    pairs = 11
    for k in range(pairs):
        d = along[-1] - (k * 46 + 6) * size
        p = np.array([np.interp(d, along, stem[:, 0]), np.interp(d, along, stem[:, 1])])
        q = np.array([np.interp(d - 9, along, stem[:, 0]), np.interp(d - 9, along, stem[:, 1])])
        way = (p - q) / np.hypot(*(p - q))
        grow = size * min(1.0, 0.6 + 0.09 * k)
        for side in (-1, 1) if k else (0,):
            tilt = side * (0.34 + 0.05 * rng.uniform(-1, 1))
            _grain(s, p, way, tilt, grow, rng)


def _grain(
    s: Plate, foot: Array, way: Array, tilt: float, size: float, rng: np.random.Generator
) -> None:
    c, n = np.cos(tilt), np.sin(tilt)
    axis = np.array([way[0] * c - way[1] * n, way[0] * n + way[1] * c])
    side = np.array([-axis[1], axis[0]])
    root = foot + side * np.sign(tilt) * 10 * size
    long, wide = 118 * size, 30 * size
    tip = root + axis * long
    awn = curve(
        [
            tip - axis * 8,
            tip + axis * 120 * size,
            tip + axis * 300 * size + side * tilt * 90 * size + rng.uniform(-14, 14, 2),
        ],
        30,
    )
    s.line([tuple(p) for p in awn], INK, 2.6)
    t = np.linspace(0, 1, 40)
    bulge = np.sin(np.pi * t**0.8) ** 0.8
    left = root + axis * (t * long)[:, None] + side * (bulge * wide)[:, None]
    right = root + axis * (t * long)[:, None] - side * (bulge * wide)[:, None]
    body = [*map(tuple, left), *map(tuple, right[::-1])]
    s.polygon(body, mix(PAPER, SAND, 0.45))
    shadow = 1.0 if side[0] > 0 else -1.0
    for f in np.linspace(-0.3, 0.98, 9):
        reach = slice(int(4 + 10 * (1 - f)), int(36 - 8 * (1 - f)))
        ridge = root + axis * (t * long)[:, None] + side * (bulge * wide * f * shadow)[:, None]
        s.line([tuple(p) for p in ridge[reach]], INK, 1.2 + 2.6 * max(0, f) * size)
    s.line([*body, body[0]], INK, 4 * size)
