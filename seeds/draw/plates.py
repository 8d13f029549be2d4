"""A plate of drones in plan, as in an atlas of beetles."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.ndimage import gaussian_filter

from ink import Plate, circle, hatch, lines, smooth
from style import ACCENT, INK, PAPER, SAND, SEA, Point, mix


def mirrored(half: Iterable[Point]) -> list[Point]:
    """A closed outline from its right half, listed from nose to tail."""
    right = list(half)
    return [*right, *((-x, y) for x, y in reversed(right))]


def rotors(arms: int, reach: float, disc: float, body: float) -> list[list[Point]]:
    """A multicopter: a body, arms and the circles that its blades sweep."""
    parts: list[list[Point]] = [[(float(x), float(y)) for x, y in circle(0, 0, body, body * 1.35)]]
    for k in range(arms):
        a = 2 * np.pi * (k + 0.5) / arms
        c, n = np.cos(a), np.sin(a)
        parts.append(
            [
                (-6 * n, 6 * c),
                (reach * c - 6 * n, reach * n + 6 * c),
                (reach * c + 6 * n, reach * n - 6 * c),
                (6 * n, -6 * c),
            ]
        )
        parts.append([(float(x), float(y)) for x, y in circle(reach * c, reach * n, disc * 0.16)])
    return parts


LONG_WING = mirrored(
    [
        (0, -118),
        (13, -104),
        (15, -30),
        (205, -16),
        (206, 0),
        (15, 18),
        (9, 96),
        (62, 132),
        (58, 144),
        (4, 116),
    ]
)
TWIN_BOOM = mirrored(
    [
        (0, -112),
        (17, -92),
        (19, -32),
        (170, -24),
        (172, -6),
        (62, 4),
        (60, 118),
        (66, 122),
        (66, 136),
        (52, 136),
        (50, 122),
        (52, 4),
        (16, 8),
        (12, 42),
        (0, 46),
    ]
)
DELTA = mirrored(
    [
        (0, -128),
        (16, -104),
        (28, -56),
        (118, 78),
        (120, 108),
        (112, 110),
        (112, 92),
        (24, 92),
        (18, 112),
        (0, 116),
    ]
)
FLYING_WING = mirrored(
    [(0, -62), (30, -40), (196, 62), (190, 80), (104, 46), (62, 70), (30, 50), (0, 66)]
)
HELICOPTER = mirrored(
    [(0, -96), (26, -70), (30, -10), (22, 28), (7, 46), (6, 142), (26, 148), (26, 158), (0, 160)]
)
TANDEM = mirrored(
    [
        (0, -124),
        (11, -108),
        (12, -58),
        (104, -34),
        (104, -18),
        (12, -30),
        (12, 52),
        (104, 76),
        (104, 92),
        (12, 80),
        (10, 116),
        (0, 120),
    ]
)
SMALL = mirrored(
    [
        (0, -88),
        (10, -76),
        (12, -38),
        (128, -46),
        (150, -30),
        (146, -14),
        (12, -2),
        (7, 70),
        (52, 76),
        (52, 92),
        (0, 96),
    ]
)


def drone_shapes() -> Plate:
    s = Plate(mix(PAPER, SAND, 0.35))
    cells: list[tuple[list[list[Point]], float]] = [
        ([LONG_WING], 0), (rotors(4, 96, 64, 34), 64), ([DELTA], 0), ([TWIN_BOOM], 0),
        ([FLYING_WING], 0), ([TANDEM], 0), (rotors(6, 104, 48, 40), 48), ([SMALL], 0),
        (rotors(8, 112, 38, 46), 38), ([LONG_WING_TWO], 0), ([HELICOPTER], 1), ([DELTA_SMALL], 0),
    ]  # fmt: skip
    s.line([(60, 60), (1940, 60), (1940, 1273), (60, 1273), (60, 60)], INK, 5)
    s.line([(74, 74), (1926, 74), (1926, 1259), (74, 1259), (74, 74)], INK, 2)
    for k, (parts, disc) in enumerate(cells):
        x, y = 74 + 463 * (k % 4 + 0.5), 74 + 395 * (k // 4 + 0.5)
        _specimen(s, parts, disc, (x, y), ACCENT if k == 2 else SEA)
    for k in range(1, 4):
        s.line([(74 + 463 * k, 74), (74 + 463 * k, 1259)], INK, 2)
    for k in range(1, 3):
        s.line([(74, 74 + 395 * k), (1926, 74 + 395 * k)], INK, 2)
    return s


LONG_WING_TWO = mirrored(
    [
        (0, -104),
        (20, -84),
        (22, -44),
        (212, 4),
        (212, 16),
        (22, 8),
        (14, 82),
        (56, 96),
        (54, 110),
        (8, 104),
        (6, 120),
        (0, 122),
    ]
)
DELTA_SMALL = mirrored(
    [
        (0, -132),
        (10, -118),
        (11, 20),
        (74, 58),
        (74, 72),
        (11, 66),
        (10, 98),
        (40, 118),
        (40, 130),
        (0, 126),
    ]
)


def _specimen(s: Plate, parts: list[list[Point]], disc: float, at: Point, colour: str) -> None:
    """One silhouette: its left half solid, its right half in lines, with the ticks of a measure."""
    x, y = at
    shape = np.zeros_like(s.x)
    for p in parts:
        shape = np.maximum(shape, s.area([(x + a, y + b) for a, b in p]))
    right = smooth(-0.5, 0.5, s.x - x)
    s.tint(colour, shape * (1 - right))
    s.tint(colour, shape * right * hatch(0.45 + 0 * s.x, lines(s, 8, 45)))
    rim = np.hypot(*np.gradient(gaussian_filter(shape, 0.8)))
    s.tint(colour, smooth(0.06, 0.22, rim))
    if disc > 1:
        arms = (len(parts) - 1) // 2
        reach = float(np.hypot(*np.mean(parts[2][:-1], axis=0)))
        for k in range(arms):
            a = 2 * np.pi * (k + 0.5) / arms
            ring = circle(x + reach * np.cos(a), y + reach * np.sin(a), disc)
            s.line([tuple(p) for p in ring], colour, 3)
            blade = 0.7 * k + 0.4
            c, n = disc * np.cos(blade), disc * np.sin(blade)
            mx, my = x + reach * np.cos(a), y + reach * np.sin(a)
            s.line([(mx - c, my - n), (mx + c, my + n)], colour, 7)
    elif disc:
        for a in (0.5, 0.5 + np.pi / 2):
            c, n = 158 * np.cos(a), 158 * np.sin(a)
            s.line([(x - c, y - 28 - n), (x + c, y - 28 + n)], colour, 7)
        s.line([tuple(p) for p in circle(x, y - 28, 158)], colour, 2)
    points = np.concatenate([np.array(p) for p in parts])
    wide = max(abs(points[:, 0]).max(), 158 if disc == 1 else 0) + (disc if disc > 1 else 0)
    foot = y + 178
    s.line([(x - wide, foot), (x + wide, foot)], INK, 2)
    for e in (-wide, wide):
        s.line([(x + e, foot - 9), (x + e, foot + 9)], INK, 2)
    s.line([(x, y - 182), (x, y - 166)], INK, 2)
    s.line([(x, foot - 5), (x, foot + 5)], INK, 2)
