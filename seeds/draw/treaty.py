"""A treaty's last page: two columns of signatures, a seal and the pens."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from cutouts import Collage, box, turned
from ink import Array, circle, curve, hatch, lines, smooth
from style import ACCENT, CREAM, INK, OCHRE, PAPER, SAGE, SAND, SEA, SLATE, Point, mix


def treaty_signatures() -> Collage:
    s = Collage(mix(SAGE, SEA, 0.72))
    grain = s.y + 16 * np.sin(s.x / 330) + 7 * np.sin(s.x / 97 + s.y / 210)
    s.tint(mix(SEA, INK, 0.5), hatch(0.3 + 0.16 * np.sin(s.y / 130 + s.x / 800), grain / 17))
    s.piece(turned(box(250, 70, 1400, 1500), 3, (1000, 800)), mix(SAND, OCHRE, 0.2), lift=14)
    s.piece(turned(box(230, 110, 1420, 1500), -1.5, (1000, 800)), CREAM, lift=16)
    s.line([(360, 190), (1520, 160)], INK, 2)
    for k, (y, long) in enumerate(((250, 1160), (292, 1160), (334, 760))):
        s.rect(360, y - k * 2, long, 13, mix(INK, PAPER, 0.35))
    rng = np.random.default_rng(14)
    for row in range(4):
        for col in range(2):
            x, y = 380 + col * 610, 560 + row * 205
            s.line([(x, y), (x + 500, y - 12)], mix(INK, PAPER, 0.35), 3)
            s.rect(x, y + 20, 150 + 40 * ((row + col) % 3), 10, mix(SLATE, PAPER, 0.35))
            if row < 3:
                _flourish(s, x + 20, y - 18, SEA if (row + col) % 3 else INK, rng)
    _seal(s, 660, 1130)
    _pen(s, (1080, 1150), -18.0, mix(ACCENT, INK, 0.25))
    _pen(s, (1760, 330), 84.0, INK)
    return s


def _flourish(s: Collage, x: float, y: float, colour: str, rng: np.random.Generator) -> None:
    """An invented hand: loops of shrinking size along a line, then a long stroke back."""
    n = 900
    t = np.linspace(0, 1, n)
    turns = rng.uniform(4, 10)
    lean = rng.uniform(0.3, 0.7)
    size = np.interp(
        t,
        [0, 0.06, 0.14, 0.5, 1],
        [20, rng.uniform(60, 90), rng.uniform(18, 50), rng.uniform(10, 36), 6],
    )
    size *= 1 + 0.6 * np.sin(t * rng.uniform(12, 30) + rng.uniform(0, 6))
    phase = 2 * np.pi * turns * t + 0.9 * np.sin(t * rng.uniform(8, 18))
    up = size * np.sin(phase)
    px = x + 40 + t * rng.uniform(300, 380) + size * 0.62 * np.cos(phase) + lean * up
    py = y - 14 * t - up
    back = curve(
        [
            (px[-1], py[-1]),
            (px[-1] + 70, py[-1] - 40),
            (px[-1] + 30, y + 14),
            (x + 140, y + rng.uniform(12, 30)),
            (x + 60, y + 4),
        ],
        120,
    )
    path = np.concatenate([np.stack([px, py], -1), back])
    speed = np.gradient(path[:, 1])
    width = 3.4 + 3.2 * np.clip(np.convolve(speed, np.ones(9) / 9, "same") / 2.4, -0.4, 1.2)
    for a, b, w in zip(path[:-1], path[1:], width, strict=False):
        s.line([tuple(a), tuple(b)], colour, float(w))


def _seal(s: Collage, x: float, y: float) -> None:
    """Wax on two ribbons."""
    s.piece(
        [(x - 50, y), (x + 20, y), (x - 40, y + 330), (x - 82, y + 296), (x - 120, y + 330)],
        SEA,
        lift=7,
    )
    s.piece(
        [(x - 10, y), (x + 60, y), (x + 130, y + 320), (x + 84, y + 294), (x + 48, y + 332)],
        mix(SEA, SAGE, 0.35),
        lift=7,
    )
    t = np.linspace(0, 2 * np.pi, 140)
    edge = 142 + 8 * np.sin(5 * t + 1) + 5 * np.sin(9 * t) + 3 * np.sin(17 * t)
    wax = s.piece(np.stack([x + edge * np.cos(t), y + edge * np.sin(t)], -1), ACCENT, lift=12)
    d = np.hypot(s.x - x, s.y - y)
    slope = (s.x - x) * 0.7 + (s.y - y) * 0.7
    dish = np.where(d < 100, -slope / 150, slope / 210) + 0.25
    s.tint(mix(ACCENT, INK, 0.62), hatch(np.clip(dish, 0, 0.75), d / 9) * wax)
    s.line(circle(x, y, 101), mix(ACCENT, INK, 0.5), 5)
    leaf = [
        (x, y - 74),
        (x + 30, y - 20),
        (x + 22, y + 46),
        (x, y + 76),
        (x - 22, y + 46),
        (x - 30, y - 20),
    ]
    s.polygon(curve([*leaf, leaf[0]], 60), mix(ACCENT, INK, 0.45))
    s.line([(x, y - 66), (x, y + 74)], ACCENT, 4)
    for k in range(4):
        s.line([(x, y + 54 - k * 30), (x + 20, y + 30 - k * 30)], ACCENT, 3)
        s.line([(x, y + 54 - k * 30), (x - 20, y + 30 - k * 30)], ACCENT, 3)


def _pen(s: Collage, tip: Point, degrees: float, colour: str) -> None:
    """A fountain pen whose nib is at `tip`, lying away from it at the angle."""

    def on(points: Iterable[Point]) -> list[Point]:
        return turned([(tip[0] + a, tip[1] + b) for a, b in points], degrees - 90, tip)

    barrel = [
        (-30, 190),
        (30, 190),
        (41, 330),
        (42, 760),
        (30, 1000),
        (-30, 1000),
        (-42, 760),
        (-41, 330),
    ]
    cover = s.piece(on(barrel), colour, lift=26, depth=0.5)
    _gloss(s, cover, tip, degrees)
    for y, h in ((190, 16), (330, 22), (368, 8)):
        s.polygon(on(box(-43 if y > 200 else -31, y, 86 if y > 200 else 62, h)), OCHRE)
    nib = [(0, 0), (16, 52), (32, 118), (27, 192), (-27, 192), (-32, 118), (-16, 52)]
    s.piece(on(nib), mix(OCHRE, SAND, 0.35), lift=10)
    s.polygon(on([(0, 0), (16, 52), (32, 118), (27, 192), (0, 192)]), mix(OCHRE, INK, 0.25))
    s.line(on([(0, 4), (0, 120)]), INK, 3)
    s.polygon(on(map(tuple, circle(0, 126, 9))), INK)
    s.line([*on(nib), on(nib)[0]], INK, 3)


def _gloss(s: Collage, cover: Array, tip: Point, degrees: float) -> None:
    a = np.radians(degrees - 90)
    across = (s.x - tip[0]) * np.cos(a) + (s.y - tip[1]) * np.sin(a)
    s.tint(
        mix(SLATE, PAPER, 0.5),
        hatch(np.clip(0.62 - np.abs(across + 14) / 22, 0, 0.6), lines(s, 7, degrees), least=0.06)
        * cover,
    )
    s.tint(PAPER, smooth(5, 2, np.abs(across + 20)) * cover * 0.8)
