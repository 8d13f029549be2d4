"""The charts: public figures, rounded, set as magazine graphics. Usage: charts.py [KEY ...]"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np

from charts_money import gas_imports, military_spending, us_defense_budget
from ink import Plate, hatch, lines
from style import ACCENT, CREAM, INK, MIST, NIGHT, OCHRE, PAPER, ROSE, SEA, SLATE, Point, Type, mix

# SIPRI Yearbook 2024: total inventories in January 2024, retired warheads included.
WARHEADS = [
    ("Russia", 5580), ("United States", 5044), ("China", 500), ("France", 290), ("Britain", 225),
    ("India", 172), ("Pakistan", 170), ("Israel", 90), ("North Korea", 50),
]  # fmt: skip


def nuclear_warheads() -> Plate:
    """One dot for each warhead, packed as in a sunflower's head."""
    s = Plate(NIGHT)
    s.text(110, 150, "One dot, one warhead", Type(92, weight=600), CREAM)
    s.text(
        110,
        212,
        "Nuclear warheads held in January 2024, those awaiting dismantlement included",
        Type(36, "sans", 400),
        MIST,
    )
    gap, hole = 4.8, 506
    places: list[Point] = [
        (470, 745), (1225, 745), (1790, 330), (1706, 620), (1880, 620), (1716, 845), (1876, 845),
        (1690, 1040), (1868, 1040),
    ]  # fmt: skip
    for (name, n), (x, y) in zip(WARHEADS, places, strict=True):
        big = n > 1000
        colour = {"Russia": mix(ACCENT, ROSE, 0.45), "United States": mix(OCHRE, CREAM, 0.25)}.get(
            name, CREAM
        )
        k = np.arange(n) + (hole if big else 0.5)
        r, a = gap * np.sqrt(k), k * np.pi * (3 - np.sqrt(5))
        for px, py in zip(x + r * np.cos(a), y + r * np.sin(a), strict=True):
            s.disc(px, py, 3.3 if big else 2.9, colour)
        if big:
            s.text(x, y + r[-1] + 60, name, Type(44, "sans", 600), CREAM, "center")
            s.text(x, y + 22, f"{n:,}", Type(66, weight=600), colour, "center")
        else:
            s.text(x, y + r[-1] + 40, f"{name} {n}", Type(27, "sans", 600), CREAM, "center")
    source(s, "Source: SIPRI Yearbook 2024; estimates", MIST)
    return s


# Ceilings on deployed strategic warheads of each side, as the treaties put them.
LIMITS = [(1991, 6000, "START I"), (2002, 2200, "Moscow Treaty"), (2010, 1550, "New START")]


def strategic_warheads() -> Plate:
    """A flight of steps, one for each treaty, that ends in the air in February 2026."""
    s = Plate(OCHRE)
    s.text(1890, 170, "The steps, and the edge", Type(96, weight=600), INK, "right")
    s.text(
        1890,
        232,
        "Strategic warheads that Washington and Moscow may each deploy:",
        Type(36, "sans", 450),
        INK,
        "right",
    )
    s.text(
        1890,
        280,
        "the ceilings of three treaties, by year of signature",
        Type(36, "sans", 450),
        INK,
        "right",
    )

    def x(year: float) -> float:
        return 110 + (year - 1991) * 45.5

    floor, scale, deep = 1150.0, 0.135, 74.0
    ends = [2002.0, 2010.0, 2026.1]
    for (year, limit, name), end in zip(LIMITS, ends, strict=True):
        top = floor - limit * scale
        front = [(x(year), top), (x(end), top), (x(end), floor), (x(year), floor)]
        tread = [
            (x(year), top),
            (x(end), top),
            (x(end) + deep, top - deep * 0.6),
            (x(year) + deep, top - deep * 0.6),
        ]
        riser = [
            (x(end), top),
            (x(end) + deep, top - deep * 0.6),
            (x(end) + deep, floor - deep * 0.6),
            (x(end), floor),
        ]
        s.polygon(riser, SEA)
        s.tint(INK, hatch(s.area(riser) * 0.62, lines(s, 11, 90), least=0.1))
        s.polygon(tread, CREAM)
        s.polygon(front, mix(OCHRE, PAPER, 0.35))
        s.tint(
            INK,
            hatch(
                s.area(front) * (0.1 + 0.32 * np.clip((s.y - top) / (floor - top), 0, 1)),
                lines(s, 13),
                least=0.06,
            ),
        )
        for shape in (riser, tread, front):
            s.line([*shape, shape[0]], INK, 4)
        s.text(
            x(year) + 24,
            top + 92,
            f"{limit:,}",
            Type(88, weight=600),
            INK,
            halo=mix(OCHRE, PAPER, 0.35),
            halo_width=16,
        )
        s.text(
            x(year) + 26,
            top + 138,
            name,
            Type(34, "sans", 650),
            INK,
            halo=mix(OCHRE, PAPER, 0.35),
            halo_width=14,
        )
        s.text(x(year), floor + 50, str(year), Type(38, "sans", 600), INK)
    s.line([(60, floor), (x(2026.1), floor)], INK, 5)
    s.text(1890, floor + 50, "expires Feb. 2026", Type(38, "sans", 600), INK, "right")
    for k in range(7):
        a = x(2026.1) + deep + 18 + k * 24
        s.line(
            [(a, floor - 210 + k * k * 3.2), (a + 10, floor - 206 + k * k * 3.2 + k * 3)], ACCENT, 8
        )
    source(
        s,
        "Treaty texts; upper limit for the Moscow Treaty (1,700–2,200). "
        "Each treaty counts warheads by its own rules.",
        INK,
    )
    return s


VOTES = {"Trump": 312, "Harris": 226}


def electoral_college() -> Plate:
    """538 stars in a half-circle, with the line that 270 draws."""
    s = Plate(PAPER)
    rows, inner, outer = 11, 430.0, 905.0
    radii = np.linspace(inner, outer, rows)
    counts = np.round(538 * radii / radii.sum()).astype(int)
    counts[-1] += 538 - counts.sum()
    seats = [
        (np.pi * (k + 0.5) / n, r) for r, n in zip(radii, counts, strict=True) for k in range(n)
    ]
    seats.sort(key=lambda seat: -seat[0])
    cx, cy = 1000.0, 1130.0
    for k, (a, r) in enumerate(seats):
        colour = SEA if k < VOTES["Harris"] else ACCENT
        s.polygon(star(cx + r * np.cos(a), cy - r * np.sin(a), 19), colour)
    middle = (seats[268][0] + seats[269][0]) / 2
    for r0, r1 in ((400, 424), (925, 985)):
        s.line([(cx + r * np.cos(middle), cy - r * np.sin(middle)) for r in (r0, r1)], INK, 5)
    s.text(cx + 8, cy - 1000, "270 to win", Type(36, "sans", 650), INK, "left")
    for x, name, colour in ((cx - 190, "Harris", SEA), (cx + 190, "Trump", ACCENT)):
        s.text(x, cy - 40, str(VOTES[name]), Type(168, weight=650), colour, "center")
        s.text(x, cy + 24, name, Type(48, "sans", 650), INK, "center")
    s.line([(60, cy + 70), (1940, cy + 70)], INK, 3)
    s.text(70, cy + 128, "The Electoral College, 2024", Type(50, weight=600), INK)
    s.text(
        1930,
        cy + 124,
        "538 electors, one star each. Source: results by state, November 2024",
        Type(29, "sans", 450),
        SLATE,
        "right",
    )
    return s


def star(x: float, y: float, r: float) -> list[Point]:
    return [
        (
            x + (r if k % 2 == 0 else r * 0.42) * np.sin(k * np.pi / 5),
            y - (r if k % 2 == 0 else r * 0.42) * np.cos(k * np.pi / 5),
        )
        for k in range(10)
    ]


def source(s: Plate, words: str, colour: str) -> None:
    s.text(110, s.height - 48, words, Type(26, "sans", 450), colour)


CHARTS: dict[str, Callable[[], Plate]] = {
    "military-spending-2023": military_spending,
    "nuclear-warheads-2024": nuclear_warheads,
    "strategic-warheads-timeline": strategic_warheads,
    "us-defense-budget": us_defense_budget,
    "europe-gas-imports": gas_imports,
    "electoral-college-2024": electoral_college,
}


def main(keys: list[str]) -> None:
    for key in keys or CHARTS:
        sheet = CHARTS[key]()
        sheet.grain(0.006)
        print(sheet.save(key).name)


if __name__ == "__main__":
    main(sys.argv[1:])
