"""Engraved drawings: the Capitol's dome, and a tanker at sea."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter

from ink import Array, Plate, circle, curve, hatch, lines, smooth
from style import ACCENT, CREAM, INK, PAPER, SAGE, SAND, SEA, Point, mix

# From the top down: y, radius, and what the band is.
DOME = [
    (96, 4, "plain"), (104, 12, "plain"), (150, 13, "plain"), (156, 22, "plain"),
    (176, 22, "plain"), (196, 46, "plain"), (204, 56, "lantern"), (276, 50, "cornice"),
    (288, 66, "cupola"), (560, 300, "cornice"), (578, 322, "attic"), (676, 312, "cornice"),
    (700, 372, "peristyle"), (900, 352, "cornice"), (926, 392, "plain"), (1010, 412, "cornice"),
    (1030, 452, "plain"), (1110, 462, "plain"),
]  # fmt: skip


def radius(y: Array) -> Array:
    ys, rs = [d[0] for d in DOME], [d[1] for d in DOME]
    r = np.interp(y, ys, rs, left=0, right=0)
    t = np.clip((y - 288) / (560 - 288), 0, 1)
    shell = 66 + (300 - 66) * (1 - (1 - t) ** 1.9) ** 0.62
    return np.where((y > 288) & (y < 560), shell, r)


def band(y: Array, kind: str) -> Array:
    spans = [(d[0], DOME[i + 1][0]) for i, d in enumerate(DOME[:-1]) if d[2] == kind]
    return np.any([(y >= a) & (y < b) for a, b in spans], axis=0)


def arches(turns: Array, y: Array, top: float, foot: float, width: float) -> Array:
    """Round-headed openings, one per turn of `turns`; widths in turns."""
    u = np.abs(turns - np.floor(turns) - 0.5) / width
    head = top + (foot - top) * 0.18 * (1 - np.sqrt(np.clip(1 - u * u, 0, 1)))
    return (u < 1) & (y > head) & (y < foot)


def capitol_dome() -> Plate:
    s = Plate(ACCENT)
    middle = 1000.0
    level = s.y.copy()
    for _ in range(4):
        r = np.maximum(radius(level), 1)
        u = np.clip((s.x - middle) / r, -1, 1)
        level = s.y + 0.055 * r * np.sqrt(1 - u * u)
    r = radius(level)
    inside = np.abs(s.x - middle) < r
    theta = np.arcsin(np.clip((s.x - middle) / np.maximum(r, 1), -1, 1))
    turns = theta * 36 / (2 * np.pi)
    light = np.cos(theta + 0.75)
    dark = 0.85 - 0.85 * np.clip(light, 0, 1)
    dark = _details(dark, level, turns, theta)
    cut = gaussian_filter(inside.astype(float), 0.8)
    s.tint(mix(ACCENT, INK, 0.25), hatch(np.clip((s.y - 200) / 1500, 0, 0.6), lines(s, 16)))
    s.tint(PAPER, cut)
    s.tint(SAND, gaussian_filter((inside & (dark > 0.55)).astype(float), 1))
    rings = level / 8.0
    upright = gaussian_filter((band(level, "peristyle") | band(level, "lantern")).astype(float), 1)
    soft = gaussian_filter(np.clip(dark, 0, 1), 0.7)
    s.tint(INK, hatch(soft, rings, least=0.12) * cut * (1 - upright))
    s.tint(INK, hatch(soft, lines(s, 8, 90), least=0.12) * cut * upright)
    rim = np.hypot(*np.gradient(gaussian_filter(cut, 1.2)))
    s.tint(INK, smooth(0.05, 0.2, rim))
    _statue(s, middle)
    _house(s)
    return s


def _details(dark: Array, y: Array, turns: Array, theta: Array) -> Array:
    """Ribs, windows and colonnades, as darker and lighter places on the round."""
    rib = np.abs(turns - np.floor(turns) - 0.5) * 2
    dark = np.where(band(y, "cupola"), dark + 0.28 * (rib > 0.72) - 0.14 * (rib < 0.35), dark)
    for row, size in ((420, 15), (476, 19)):
        oval = (((turns - np.floor(turns) - 0.5) * size * 3.2) ** 2 + (y - row) ** 2) < size**2
        dark = np.where(oval, 0.95, dark)
    dark = np.where(band(y, "attic") & arches(turns, y, 596, 668, 0.24), 1.0, dark)
    pillar = turns - np.floor(turns) - 0.5
    on = np.abs(pillar) < 0.23
    shaft = np.clip(0.2 + 2.2 * pillar + 0.5 * np.sin(theta + 0.4), 0.02, 0.85)
    deep = np.where(arches(turns + 0.5, y, 745, 860, 0.2), 1.05, 0.8 + 0.1 * np.sin(theta))
    colonnade = np.where(on & (y > 712) & (y < 886), shaft, deep)
    rail = (y > 862) & (y < 886) & ~on
    colonnade = np.where(rail, 0.45, colonnade)
    dark = np.where(band(y, "peristyle"), colonnade, dark)
    few = turns / 3
    open_ = np.abs(few - np.floor(few) - 0.5) > 0.25
    dark = np.where(band(y, "lantern") & open_, 1.0, dark)
    under = band(y, "cornice")
    return (
        np.where(under, dark * 0.6, dark)
        + 0.35 * gaussian_filter(under.astype(float), (6, 0)) * ~under
    )


def _statue(s: Plate, x: float) -> None:
    """The figure on top, small and far away."""
    figure = [
        (-4, 36),
        (0, 28),
        (5, 34),
        (6, 44),
        (12, 52),
        (10, 74),
        (13, 104),
        (-13, 104),
        (-9, 74),
        (-12, 54),
        (-6, 44),
    ]
    s.polygon([(x + a, b) for a, b in figure], INK)


def _house(s: Plate) -> None:
    """The building below the dome: a balustrade, a dark band of windows, and trees."""
    s.rect(120, 1100, 1760, 240, PAPER)
    top = np.clip((s.x - 300) / 1700, 0.08, 0.75)
    wall = ((s.y > 1100) & (s.x > 120) & (s.x < 1880)).astype(np.float32)
    s.tint(INK, hatch(top * wall, lines(s, 9), least=0.1))
    s.rect(100, 1092, 1800, 16, PAPER)
    s.rect(100, 1108, 1800, 6, INK)
    s.rect(100, 1086, 1800, 5, INK)
    for i in range(40):
        left = 150 + i * 43.6
        arch = circle(left, 1190, 11, 11)[30:]
        s.polygon([*arch, (left + 11, 1270), (left - 11, 1270)], INK)
    pediment = [(640, 1150), (1000, 1046), (1360, 1150)]
    s.polygon(pediment, PAPER)
    s.tint(INK, hatch(s.area(pediment) * 0.4, lines(s, 9), least=0.1))
    s.line([*pediment, pediment[0]], INK, 6)
    s.polygon([(690, 1138), (1000, 1064), (1310, 1138)], mix(PAPER, SAND, 0.7))
    s.line([(690, 1138), (1000, 1064), (1310, 1138), (690, 1138)], INK, 3)
    s.rect(640, 1150, 720, 18, PAPER)
    s.line([(640, 1169), (1360, 1169)], INK, 4)
    s.rect(660, 1171, 680, 170, INK)
    for i in range(10):
        x = 672 + i * 68
        s.rect(x, 1171, 34, 165, PAPER)
        s.rect(x + 24, 1171, 10, 165, SAND)
        s.line([(x, 1171), (x, 1333)], INK, 2)
    rng = np.random.default_rng(4)
    for x in range(-40, 2080, 46):
        away = abs(x - 1000) / 1000
        if away < 0.33:
            continue
        h = 60 + 120 * away + rng.uniform(-25, 25)
        s.disc(x, 1345 - h * 0.3, 20 + h * 0.62, mix(SEA, INK, 0.55))


def oil_tanker() -> Plate:
    s = Plate(SAND)
    sun = s.area(circle(1480, 560, 330))
    s.tint(ACCENT, sun * smooth(0, 1, (s.y - 200) / 5))
    s.tint(SAND, hatch(np.clip((s.y - 470) / 420, 0, 0.75) * sun, lines(s, 26)) * sun)
    s.tint(
        mix(SAND, INK, 0.35),
        hatch(np.clip(0.42 - s.y / 1500, 0, 0.5) * (1 - sun), lines(s, 18), least=0.03),
    )
    _ship(s)
    _sea(s, 905)
    return s


HULL: list[Point] = [
    (170, 672),
    (176, 742),
    (214, 940),
    (1724, 940),
    (1776, 900),
    (1862, 668),
    (1700, 690),
    (1560, 716),
    (460, 716),
    (440, 672),
]


def _ship(s: Plate) -> None:
    hull = s.area(HULL)
    s.tint(SEA, hull)
    s.tint(mix(ACCENT, INK, 0.15), hull * (s.y > 868))
    shade = np.clip(0.2 + (s.y - 720) / 300 + 0.25 * smooth(1500, 1860, s.x), 0, 0.85)
    s.tint(INK, hatch(shade, s.y / 11 + 0.02 * np.sin(s.x / 300)) * hull)
    s.line([*HULL, HULL[0]], INK, 5)
    s.line([(186, 868), (1790, 868)], PAPER, 4)
    _superstructure(s)
    _deck(s)


def _superstructure(s: Plate) -> None:
    blocks = [(212, 560, 240, 114), (236, 470, 200, 92), (250, 394, 172, 78), (228, 372, 236, 24)]
    for x, y, w, h in blocks:
        s.rect(x, y, w, h, CREAM)
        side = s.area([(x + w * 0.62, y), (x + w, y), (x + w, y + h), (x + w * 0.62, y + h)])
        s.tint(INK, hatch(side * 0.5, lines(s, 9, 90), least=0.1))
        s.line([(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)], INK, 4)
    for y in (500, 590, 628):
        for i in range(5):
            s.rect(256 + i * 36, y, 16, 18, INK)
    s.rect(246, 376, 208, 13, SEA)
    funnel = [(150 + 40, 672), (196, 452), (236, 452), (236, 672)]
    s.polygon(funnel, SEA)
    s.polygon([(194, 520), (195, 484), (236, 484), (236, 520)], ACCENT)
    s.line([*funnel, funnel[0]], INK, 4)
    s.line([(336, 372), (336, 268)], INK, 7)
    s.line([(306, 300), (366, 300)], INK, 5)
    s.line([(316, 324), (356, 324)], INK, 4)
    for k, (x, y) in enumerate(
        curve([(214, 448), (196, 380), (120, 330), (60, 250), (-60, 210)], 22)
    ):
        s.disc(x, y, 14 + k * 2.6, mix(SAND, INK, 0.42 - 0.012 * k))


def _deck(s: Plate) -> None:
    """Pipes, valves, a hose crane, a mast."""
    s.line([(470, 692), (1600, 692)], INK, 9)
    s.line([(470, 706), (1600, 706)], INK, 4)
    for x in range(520, 1580, 62):
        s.line([(x, 716), (x, 684)], INK, 5)
    for x in (700, 900, 1120, 1340):
        s.rect(x, 660, 44, 56, CREAM)
        s.line([(x, 660), (x + 44, 660), (x + 44, 716), (x, 716), (x, 660)], INK, 4)
        s.rect(x + 28, 662, 14, 54, INK)
    for x, way in ((1000, 1), (1040, -1)):
        s.line([(x, 716), (x, 560)], INK, 12)
        s.line([(x, 566), (x + way * 190, 616)], INK, 7)
        s.line([(x, 540), (x + way * 190, 616)], INK, 2.5)
        s.line([(x + way * 190, 616), (x + way * 190, 670)], INK, 2.5)
    s.line([(1690, 690), (1690, 520)], INK, 8)
    s.line([(1690, 530), (1830, 676)], INK, 2.5)
    s.line([(1690, 530), (1560, 712)], INK, 2.5)
    s.line([(1664, 556), (1716, 556)], INK, 4)
    s.line([(1700, 676), (1700, 656), (1850, 634), (1856, 664)], INK, 3)


def _sea(s: Plate, top: float) -> None:
    depth = np.clip((s.y - top) / (s.height - top), 0.0001, 1)
    swell = np.sin(s.x / (60 + 130 * depth) + 3 * np.sin(s.x / 700) + depth * 9)
    swell += 0.6 * np.sin(s.x / (31 + 60 * depth) - depth * 14 + 2)
    edge = top + 10 * np.sin(s.x / 74) + 5 * np.sin(s.x / 31)
    sea = smooth(0, 3, s.y - edge)
    s.tint(mix(SEA, SAGE, 0.25), sea)
    phase = 21 * depth**0.62 + swell * (0.12 + 0.3 * depth)
    crest = np.clip(0.5 + 0.3 * swell * np.sin(s.x / 260 + depth * 5), 0.12, 0.8)
    s.tint(mix(SEA, INK, 0.55), hatch(crest, phase) * sea)
    glint = np.exp(-(((s.x - 1480) / (150 + 160 * depth)) ** 2)) * 0.62
    s.tint(mix(ACCENT, SAND, 0.3), hatch(glint, phase + 0.5, least=0.12) * sea)
    foam = np.clip(1 - np.abs(s.y - edge - 4) / 5, 0, 1)
    s.tint(CREAM, foam)
