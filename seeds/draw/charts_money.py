"""Charts of money and gas: coins, a rising wall of paper and two burners."""

from __future__ import annotations

import numpy as np

from ink import Plate, circle, hatch, smooth
from style import ACCENT, CREAM, INK, MIST, MOSS, OCHRE, PAPER, SAGE, SAND, SEA, Type, mix

# SIPRI, April 2024: billions of current dollars; (e) marks SIPRI's own estimates.
SPENDING = [
    ("United States", 916.0), ("China (e)", 296.0), ("Russia (e)", 109.0), ("India", 83.6),
    ("Saudi Arabia (e)", 75.8), ("Britain", 74.9), ("Germany", 66.8), ("Ukraine", 64.8),
    ("France", 61.3), ("Japan", 50.2),
]  # fmt: skip


def military_spending() -> Plate:
    """Stacks of engraved coins."""
    s = Plate(SAND)
    s.text(430, 190, "The first, and the next nine", Type(96, weight=600), INK)
    s.text(
        432,
        256,
        "Military spending in 2023, billions of dollars: the ten largest budgets",
        Type(37, "sans", 450),
        INK,
    )
    foot, scale = 1118.0, 1.04
    for k, (name, value) in enumerate(SPENDING):
        x = 225 if k == 0 else 475 + (k - 1) * 172
        wide = 118 if k == 0 else 66
        colour = ACCENT if k == 0 else SEA
        _stack(s, x, foot, value * scale, wide, colour)
        size = 92 if k == 0 else 50
        label = f"{value:.0f}" if value > 100 else f"{value:.1f}"
        s.text(
            x,
            foot - value * scale - (wide * 0.3 + 24),
            label,
            Type(size, weight=600),
            INK,
            "center",
        )
        first, _, rest = name.partition(" ")
        s.text(x, foot + 66, first, Type(28, "sans", 650), INK, "center")
        if rest:
            s.text(x, foot + 100, rest, Type(28, "sans", 650), INK, "center")
    s.line([(70, foot + 22), (1930, foot + 22)], INK, 4)
    s.text(
        110,
        1285,
        "Source: SIPRI Military Expenditure Database, April 2024; (e) estimate",
        Type(26, "sans", 450),
        INK,
    )
    return s


def _stack(s: Plate, x: float, foot: float, high: float, wide: float, colour: str) -> None:
    """A pile of coins whose height is to scale; each coin has a milled edge."""
    flat = wide * 0.3
    body = [(x - wide, foot - high), (x + wide, foot - high), *circle(x, foot, wide, flat)[:31]]
    cover = s.area(body)
    u = np.clip((s.x - x) / wide, -1, 1)
    bow = s.y - flat * np.sqrt(1 - u * u)
    s.tint(mix(colour, PAPER, 0.12), cover)
    turn = np.arcsin(u) * wide / 9
    shade = np.clip(
        0.22 + 0.75 * smooth(-0.35, 1.0, u) - 0.1 * (np.abs(u + 0.5) < 0.12), 0.05, 0.85
    )
    s.tint(mix(colour, INK, 0.75), hatch(shade, turn) * cover)
    coin = 18.0
    away = np.abs(((foot - bow) / coin) % 1 - 0.5) * 2
    s.tint(mix(colour, INK, 0.85), smooth(0.74, 0.86, away) * cover)
    s.tint(mix(colour, PAPER, 0.45), smooth(0.3, 0.2, away) * smooth(-0.1, -0.55, u) * cover * 0.6)
    top = circle(x, foot - high, wide, flat)
    s.polygon([tuple(p) for p in top], mix(colour, PAPER, 0.35))
    s.line([tuple(p) for p in top], INK, 3)
    s.line(
        [tuple(p) for p in circle(x, foot - high, wide * 0.78, flat * 0.78)],
        mix(colour, INK, 0.5),
        3,
    )
    s.line(
        [
            (x - wide, foot - high),
            *(tuple(p) for p in circle(x, foot, wide, flat)[30::-1]),
            (x + wide, foot - high),
        ],
        INK,
        3,
    )


# Toplines of the annual defense authorization acts, billions of dollars, rounded.
BUDGET = {
    2015: 585, 2016: 607, 2017: 619, 2018: 700, 2019: 717, 2020: 738, 2021: 740, 2022: 768,
    2023: 858, 2024: 886, 2025: 895,
}  # fmt: skip


def us_defense_budget() -> Plate:
    """Eleven walls of paper, each as high as its year."""
    s = Plate(SAGE, 2000, 1125)
    s.text(100, 150, "Up, year after year", Type(96, weight=600), INK)
    s.text(102, 212, "National defense as authorized by Congress,", Type(35, "sans", 450), INK)
    s.text(102, 258, "fiscal years 2015 to 2025, billions of dollars", Type(35, "sans", 450), INK)
    foot, scale = 985.0, 0.86
    for k, (year, value) in enumerate(BUDGET.items()):
        x, w = 104 + k * 163.5, 128
        top = foot - value * scale
        last = year == 2025
        face = ACCENT if last else CREAM
        front = s.area([(x, top), (x + w, top), (x + w, foot), (x, foot)])
        side = s.area([(x + w, top), (x + w + 22, top - 15), (x + w + 22, foot), (x + w, foot)])
        lid = s.area([(x, top), (x + 22, top - 15), (x + w + 22, top - 15), (x + w, top)])
        s.tint(face, front)
        s.tint(MOSS if not last else mix(ACCENT, INK, 0.5), side)
        s.tint(mix(face, PAPER, 0.5), lid)
        wobble = (s.y + 1.6 * np.sin(s.x / 37 + s.y / 9 + k)) / 9
        s.tint(
            mix(face, INK, 0.75), hatch(np.clip(0.1 + 0.32 * (s.x - x) / w, 0, 0.5), wobble) * front
        )
        s.tint(INK, hatch(np.full_like(s.x, 0.5), wobble) * side)
        s.line([(x, top), (x + w, top), (x + w, foot), (x, foot), (x, top)], INK, 3)
        s.line([(x, top), (x + 22, top - 15), (x + w + 22, top - 15), (x + w + 22, foot)], INK, 3)
        s.line([(x + w, top), (x + w + 22, top - 15)], INK, 3)
        if year in (2015, 2018, 2023, 2025):
            s.text(x + w / 2 + 10, top - 36, str(value), Type(62, weight=600), INK, "center")
        s.text(
            x + w / 2,
            foot + 44,
            str(year) if k in (0, 10) else f"’{year % 100}",
            Type(34, "sans", 600),
            INK,
            "center",
        )
    s.line([(70, foot), (1930, foot)], INK, 5)
    s.text(
        104,
        1085,
        "Source: National Defense Authorization Acts; for 2025, the cap set by law in 2023",
        Type(26, "sans", 450),
        INK,
    )
    return s


# European Commission: Russia's share of EU gas imports, 2021 and 2023 (with LNG), rounded.
GAS = {2021: 45, 2023: 15}


def gas_imports() -> Plate:
    """Two burners of a hundred flames; the Russian share burns red."""
    s = Plate(INK)
    s.text(1000, 150, "The flame that went down", Type(96, weight=600), CREAM, "center")
    s.text(
        1000,
        214,
        "Russia’s share of the European Union’s gas imports, pipeline and LNG",
        Type(37, "sans", 400),
        MIST,
        "center",
    )
    for x, (year, share) in zip((530, 1470), GAS.items(), strict=True):
        _burner(s, x, 735, share)
        s.text(x + 8, 765, f"{share}%", Type(150, weight=600), CREAM, "center")
        s.text(x, 840, str(year), Type(54, "sans", 600), MIST, "center")
    s.text(
        110,
        1285,
        "Source: European Commission; rounded. One flame, one percent.",
        Type(26, "sans", 450),
        MIST,
    )
    return s


def _burner(s: Plate, x: float, y: float, share: int) -> None:
    iron = mix(INK, MIST, 0.2)
    s.polygon([tuple(p) for p in circle(x, y, 300, steps=200)], mix(INK, MIST, 0.1))
    disc = s.area(circle(x, y, 300, steps=200)) - s.area(circle(x, y, 196, steps=200))
    around = np.arctan2(s.y - y, s.x - x)
    gleam = np.clip(0.35 + 0.4 * np.cos(around * 2 + 1.6), 0.05, 0.75)
    s.tint(mix(INK, MIST, 0.45), hatch(gleam, np.hypot(s.x - x, s.y - y) / 9) * disc)
    for r in (196, 300):
        s.line([tuple(p) for p in circle(x, y, r, steps=200)], iron, 5)
    for k in range(100):
        lit = k < share
        a = -np.pi / 2 + 2 * np.pi * (k + 0.5) / 100
        _flame(
            s,
            x,
            y,
            a,
            1.0 + 0.12 * np.sin(k * 2.4),
            (ACCENT, OCHRE) if lit else (SEA, mix(SEA, SAGE, 0.55)),
        )


def _flame(s: Plate, x: float, y: float, a: float, size: float, colours: tuple[str, str]) -> None:
    """A tongue that leaves the ring outwards: a dark outer and a light inner drop."""
    for colour, long, wide in ((colours[0], 128 * size, 9.6), (colours[1], 72 * size, 5)):
        t = np.linspace(0, 1, 14)
        half = wide * np.sin(np.pi * t**0.62) ** 0.9
        r = 308 + t * long
        left = np.stack([r * np.cos(a) - half * np.sin(a), r * np.sin(a) + half * np.cos(a)], -1)
        right = np.stack([r * np.cos(a) + half * np.sin(a), r * np.sin(a) - half * np.cos(a)], -1)
        s.polygon([(x + px, y + py) for px, py in [*left, *right[::-1]]], colour)
