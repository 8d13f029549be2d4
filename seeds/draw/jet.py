"""A fighter in plan, paved with coins."""

from __future__ import annotations

import numpy as np

from ink import Array, Plate, circle, hatch, lines
from plates import mirrored
from style import CREAM, INK, MIST, NIGHT, OCHRE, PAPER, SEA, mix

JET = mirrored([
    (0, -560), (16, -520), (34, -440), (46, -352), (78, -300), (88, -250), (96, -190), (150, -60),
    (405, 120), (412, 150), (400, 196), (196, 170), (140, 186), (134, 230), (262, 330), (268, 356),
    (256, 392), (128, 368), (112, 430), (66, 452), (40, 400), (0, 410),
])  # fmt: skip


def price_of_a_jet() -> Plate:
    s = Plate(SEA)
    x0, y0 = 1000.0, 700.0
    grid = np.maximum(hatch(0.05 + 0 * s.x, lines(s, 50)), hatch(0.05 + 0 * s.x, lines(s, 50, 90)))
    s.tint(mix(SEA, MIST, 0.55), grid * 0.5)
    for r in (250, 430, 610):
        s.line([tuple(p) for p in circle(x0, y0, r, steps=200)], mix(SEA, MIST, 0.55), 2, (14, 10))
    s.line([(x0, 40), (x0, 1293)], MIST, 2, (40, 10, 6, 10))
    s.line([(300, y0), (1700, y0)], MIST, 2, (40, 10, 6, 10))
    shape = [(x0 + x * 1.05, y0 + 40 + y * 1.05) for x, y in JET]
    inside = s.area(shape)
    s.tint(NIGHT, inside)
    _coins(s, inside, x0)
    s.line([*shape, shape[0]], PAPER, 5)
    for y, a, b in ((1262, x0 - 433, x0 + 433),):
        s.line([(a, y), (b, y)], PAPER, 3)
        for e in (a, b):
            s.line([(e, y - 16), (e, y + 16)], PAPER, 3)
    s.line([(1560, 152), (1560, 1213)], PAPER, 3)
    for e in (152, 1213):
        s.line([(1544, e), (1576, e)], PAPER, 3)
    _stack(s, 210, 1213)
    return s


def _coins(s: Plate, inside: Array, x0: float) -> None:
    """Coins in a hexagonal pack over the silhouette, darker to the right of the spine."""
    step = 25.0
    for row in range(int(s.height / (step * 0.866)) + 1):
        y = row * step * 0.866
        for col in range(int(s.width / step) + 1):
            x = col * step + (row % 2) * step / 2
            i, j = int(y), int(x)
            if not (0 <= i < s.height and 0 <= j < s.width and inside[i, j] > 0.5):
                continue
            near = inside[max(0, i - 8) : i + 9, max(0, j - 8) : j + 9].mean()
            r = 10.8 if near > 0.9 else 8.2
            spine = abs(x - x0) < 34
            face = OCHRE if x < x0 else mix(OCHRE, INK, 0.28)
            face = mix(OCHRE, CREAM, 0.35) if spine else face
            s.disc(x, y, r, face)
            s.ring(x, y, r * 0.62, mix(face, INK, 0.45), 1.6)


def _stack(s: Plate, x: float, foot: float) -> None:
    """Coins piled at the margin."""
    for col, n in enumerate((5, 11, 19, 30)):
        for k in range(n):
            cx, cy = x + col * 92 - 60 + (k * 37 % 5 - 2) * 1.4, foot - 14 - k * 19
            s.polygon([tuple(p) for p in circle(cx, cy + 9, 40, 12)], mix(OCHRE, INK, 0.5))
            s.rect(cx - 40, cy, 80, 9, mix(OCHRE, INK, 0.5))
            s.polygon(
                [tuple(p) for p in circle(cx, cy, 40, 12)],
                OCHRE if k < n - 1 else mix(OCHRE, CREAM, 0.4),
            )
            s.line([tuple(p) for p in circle(cx, cy, 40, 12)], INK, 2)
