"""Cut-paper pictures: flat shapes that throw a soft shadow on what lies below."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from ink import Array, Plate, circle, halftone, hatch, lines, smooth
from style import ACCENT, CREAM, INK, MIST, OCHRE, PAPER, SAGE, SAND, SEA, SLATE, Point, mix

Place = Callable[[Iterable[Point]], list[Point]]


class Collage(Plate):
    """A plate on which pieces are laid one over the other."""

    def piece(
        self, points: Iterable[Point], colour: str, *, lift: float = 8, depth: float = 0.45
    ) -> Array:
        """Lay a piece and return what it covers; `lift` is its height over the ground."""
        cover = self.area(points)
        self.shadow(cover, dx=lift * 0.7, dy=lift, blur=lift * 0.8, depth=depth)
        self.tint(colour, cover)
        return cover


def box(x: float, y: float, w: float, h: float) -> list[Point]:
    return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]


def turned(points: Iterable[Point], degrees: float, about: Point) -> list[Point]:
    a = np.radians(degrees)
    c, n, (ox, oy) = np.cos(a), np.sin(a), about
    return [(ox + (x - ox) * c - (y - oy) * n, oy + (x - ox) * n + (y - oy) * c) for x, y in points]


def container_stack() -> Plate:
    s = Collage(mix(SAND, PAPER, 0.45))
    s.piece(circle(1560, 330, 235), mix(OCHRE, SAND, 0.2), lift=4, depth=0.2)
    s.tint(mix(SAND, INK, 0.3), hatch(np.clip(0.4 - s.y / 1600, 0, 0.4), lines(s, 24), least=0.03))
    rng = np.random.default_rng(11)
    colours = [
        ACCENT,
        SEA,
        OCHRE,
        SAGE,
        SLATE,
        mix(ACCENT, INK, 0.35),
        mix(SEA, SAGE, 0.5),
        mix(SAND, PAPER, 0.5),
    ]
    heights = [5, 6, 4, 6, 3, 5]
    last: list[str] = []
    for row in range(6):
        previous, last = last, []
        for col, high in enumerate(heights):
            near = {last[-1] if last else "", previous[col] if col < len(previous) else ""}
            colour = str(rng.choice([c for c in colours if c not in near]))
            last.append(colour)
            if row < high:
                _container(s, -70 + col * 372 + (row % 2) * 14, 1200 - row * 178, 366, 172, colour)
    _container(s, 1150, 112, 366, 172, ACCENT, lift=26)
    for x in (1180, 1486):
        s.line([(x, 112), (x - (x - 1333) * 0.35, 40), (x - (x - 1333) * 0.35, -10)], INK, 5)
    s.piece(box(1170, 84, 326, 30), INK, lift=6)
    s.piece(box(0, 1292, 2000, 60), mix(INK, SEA, 0.35), lift=6)
    return s


def _container(
    s: Collage, x: float, y: float, w: float, h: float, colour: str, lift: float = 9
) -> None:
    """A long side: a frame, ribs in light and shade, and the lock posts."""
    s.piece(box(x, y, w, h), colour, lift=lift)
    ribs = s.area(box(x + 22, y + 16, w - 44, h - 34))
    wave = np.abs(((s.x - x - 22) / 23) % 1 - 0.5) * 2
    s.tint(mix(colour, INK, 0.38), ribs * smooth(0.55, 0.62, wave))
    s.tint(mix(colour, PAPER, 0.22), ribs * smooth(0.2, 0.12, wave) * (np.abs(s.y - y - h / 2) < h))
    for px in (x, x + w - 20):
        s.rect(px, y, 20, h, mix(colour, INK, 0.22))
    s.rect(x, y + h - 16, w, 16, mix(colour, INK, 0.3))
    s.rect(x, y, w, 13, mix(colour, PAPER, 0.14))
    for px in (x + 3, x + w - 17):
        for py in (y + 2, y + h - 14):
            s.rect(px, py, 14, 11, mix(colour, INK, 0.6))


def ballot_paper() -> Plate:
    s = Collage(ACCENT)
    rays = np.arctan2(s.y - 820, s.x - 1000) * 26 / np.pi
    s.tint(
        mix(ACCENT, INK, 0.16),
        smooth(0.45, 0.55, np.abs(rays % 2 - 1)) * smooth(40, 700, 1333 - s.y),
    )
    paper = turned(box(640, 70, 720, 960), -5, (1000, 700))
    s.piece(paper, PAPER, lift=22)

    def on(points: Iterable[Point]) -> list[Point]:
        return turned(points, -5, (1000, 700))

    s.polygon(on(box(700, 130, 600, 34)), INK)
    s.polygon(on(box(700, 184, 380, 14)), SLATE)
    s.line(on([(700, 226), (1300, 226)]), INK, 4)
    for i in range(5):
        y = 270 + i * 108
        ring = on(circle(744, y + 30, 40, 25))
        s.line(ring, INK, 5)
        s.polygon(on(box(820, y + 4, (330, 420, 290, 380, 350)[i], 20)), INK)
        s.polygon(on(box(820, y + 38, (210, 170, 240, 200, 150)[i], 11)), mix(SLATE, PAPER, 0.35))
        s.line(on([(700, y + 84), (1300, y + 84)]), mix(INK, PAPER, 0.7), 2)
    s.polygon(on(circle(744, 270 + 2 * 108 + 30, 38, 23)), SEA)
    _ballot_box(s)
    return s


def _ballot_box(s: Collage) -> None:
    lid = [(330, 800), (1670, 800), (1790, 900), (210, 900)]
    cover = s.area([*lid])
    s.tint(SEA, cover * np.maximum(0, smooth(846, 848, s.y)))
    upper = (
        cover
        * smooth(849, 847, s.y)
        * (1 - s.area(turned(box(640, 70, 720, 960), -5, (1000, 700))))
    )
    s.tint(SEA, upper)
    s.tint(
        mix(SEA, PAPER, 0.18),
        hatch(cover * 0.2, lines(s, 13), least=0.1) * np.maximum(upper, cover * (s.y > 848)),
    )
    s.polygon([(580, 848), (1420, 848), (1420, 858), (580, 858)], INK)
    s.piece(box(210, 896, 1580, 460), SEA, lift=12)
    front = s.area(box(210, 900, 1580, 460))
    shade = np.clip(0.15 + 0.6 * (s.x - 300) / 1500, 0, 0.75)
    s.tint(mix(SEA, INK, 0.7), hatch(shade * front, lines(s, 14, 90), least=0.1))
    s.rect(210, 896, 1580, 16, mix(SEA, PAPER, 0.25))
    s.piece(circle(1000, 1116, 104), OCHRE, lift=8)
    s.line(circle(1000, 1116, 88), mix(OCHRE, INK, 0.4), 5)
    for k in range(4):
        a = np.pi / 4 + k * np.pi / 2
        s.disc(1000 + 72 * np.cos(a), 1116 + 72 * np.sin(a), 7, mix(OCHRE, INK, 0.5))
    s.disc(1000, 1098, 25, INK)
    s.polygon([(991, 1104), (1009, 1104), (1020, 1168), (980, 1168)], INK)


def cable_paper() -> Plate:
    s = Collage(mix(SLATE, SEA, 0.35))
    s.tint(mix(SEA, INK, 0.3), halftone(np.clip(0.1 + 0.45 * s.x / 2000, 0, 0.6), 22, 30))
    s.piece(turned(box(520, 120, 1010, 1400), 7, (1000, 700)), mix(SAND, OCHRE, 0.25), lift=14)
    sheet = turned(box(440, 90, 1040, 1400), -4, (960, 700))
    cover = s.piece(sheet, mix(PAPER, SAND, 0.25), lift=20)

    def on(points: Iterable[Point]) -> list[Point]:
        return turned(points, -4, (960, 700))

    for y in (470, 900):
        fold = s.area(on(box(440, y, 1040, 130)))
        v = s.y - (s.x - 960) * np.tan(np.radians(-4)) - y
        s.tint(mix(SAND, INK, 0.4), fold * cover * np.clip(0.22 - v / 600, 0, 1))
    for x in (860, 1060):
        s.polygon(on(circle(x, 140, 19)), mix(SLATE, SEA, 0.5))
    s.polygon(on(box(520, 210, 300, 40)), INK)
    s.polygon(on(box(1180, 214, 220, 14)), SLATE)
    s.polygon(on(box(1180, 238, 160, 14)), SLATE)
    s.line(on([(520, 284), (1400, 284)]), INK, 5)
    s.line(on([(520, 294), (1400, 294)]), INK, 2)
    rng = np.random.default_rng(21)
    for y in (340, 392):
        _typed(s, on, rng, 520, y, 560, INK)
    strips = [
        (458, 872),
        (522, 820),
        (586, 905),
        (650, 850),
        (714, 560),
        (812, 880),
        (876, 900),
        (940, 700),
        (1038, 865),
        (1102, 890),
        (1166, 420),
    ]
    for y, long in strips:
        tape = on(box(514, y - 17, long + 14, 50))
        s.piece(tape, mix(PAPER, CREAM, 0.6), lift=3, depth=0.35)
        _typed(s, on, rng, 526, y, long - 16, INK)
    for y, x, w in ((586, 760, 330), (876, 526, 250), (1102, 900, 420)):
        s.polygon(on(box(x, y - 8, w, 32)), INK)
    _stamp(s, on(circle(1270, 1000, 165)), on([(1270, 1000)])[0])
    clip = on(paper_clip(600, 50))
    s.line([(x + 6, y + 8) for x, y in clip], mix(SAND, INK, 0.5), 9)
    s.line(clip, mix(SLATE, INK, 0.3), 9)
    s.line(clip, MIST, 3)
    return s


def paper_clip(x: float, y: float) -> list[Point]:
    """The wire of a paper clip: three nested bends."""
    wire: list[Point] = [(x + 66, y + 70)]
    for cx, cy, r, start in ((33, 210, 33, 0), (26, 40, 26, 180), (34, 170, 18, 0)):
        bend = np.radians(np.linspace(start, start + 180, 20))
        wire.extend((x + cx + r * np.cos(a), y + cy + r * np.sin(a)) for a in bend)
    return [*wire, (x + 16, y + 80)]


def _typed(
    s: Plate, on: Place, rng: np.random.Generator, x: float, y: float, long: float, colour: str
) -> None:
    """A typed line: bars for words, one even pitch, no letters."""
    at = x
    while at < x + long - 30:
        letters = int(rng.integers(2, 10))
        for k in range(letters):
            if at + k * 15 > x + long:
                break
            tall = 15 + 2 * int(rng.integers(0, 2))
            shade = mix(colour, SLATE, float(rng.uniform(0, 0.4)))
            s.polygon(on(box(at + k * 15, y, 11, tall)), shade)
        at += (letters + 1) * 15


def _stamp(s: Plate, ring: list[Point], middle: Point) -> None:
    """A rubber stamp: rings, bars and a worn surface."""
    worn = 0.55 + 0.35 * np.sin(s.x / 23 + 3 * np.sin(s.y / 41)) * np.sin(s.y / 19)
    worn = np.clip(worn + 0.25, 0.25, 0.95)
    x, y = middle
    mark = s.stroked(ring, 12) + s.stroked(circle(x, y, 138), 4) + s.stroked(circle(x, y, 84), 4)
    for dy, half in ((-36, 40), (-8, 62), (16, 62), (42, 34)):
        mark += s.area(turned(box(x - half, y + dy, half * 2, 13), -12, middle))
    for k in range(30):
        a = 2 * np.pi * k / 30
        mark += s.stroked(
            [(x + 96 * np.cos(a), y + 96 * np.sin(a)), (x + 124 * np.cos(a), y + 124 * np.sin(a))],
            9,
        )
    s.tint(ACCENT, np.clip(mark, 0, 1) * worn)
