"""Maps around the Black Sea."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge, unary_union

from atlas import countries, lakes, land, named, river, rivers
from frame import Frame
from mapstyle import (
    fill,
    glow,
    hatch,
    label,
    outline,
    route,
    shade,
    town,
    water,
    waterlines,
)
from style import (
    ACCENT,
    CREAM,
    INK,
    MIST,
    NIGHT,
    PAPER,
    SAGE,
    SAND,
    SEA,
    SKY,
    SLATE,
    STONE,
    Sheet,
    Type,
    fade,
    mix,
)


def black_sea() -> Sheet:
    sheet = Sheet(SEA)
    frame = Frame(sheet, (33.3, 43.75), 1500)
    ground = frame.mask(land())
    sheet.tint(mix(SEA, NIGHT, 0.75), frame.depth() * (1 - ground))
    waterlines(sheet, ground, SKY, 9, 9, 1.22, 0.9, 0.75)
    fill(frame, land(), SAND)
    shade(sheet, frame.relief(), ground, "#7a5c33", CREAM, 0.5)
    outline(frame, rivers(), fade(SEA, 0.45), 1.6)
    for name in ("Ukraine", "Romania", "Bulgaria", "Turkey", "Moldova", "Russia", "Georgia"):
        outline(frame, countries()[name], fade(INK, 0.35), 2, (10, 7))
    outline(frame, land(), INK, 1.4)
    hatch(frame, countries()["Crimea"], fade(INK, 0.3), 12, 1.5)
    water(
        frame,
        [(30.9, 42.75), (34.4, 43.35), (38.4, 42.6)],
        "BLACK SEA",
        Type(112, "serif", 400, tracking=0.42),
        mix(SKY, PAPER, 0.45),
    )
    strait = [
        (29.16, 41.27),
        (29.06, 41.08),
        (28.9, 40.93),
        (28.2, 40.8),
        (27.3, 40.62),
        (26.7, 40.38),
        (26.3, 40.12),
        (26.12, 39.98),
        (25.4, 39.95),
        (24.2, 39.6),
    ]
    coast = [
        (30.35, 45.35),
        (29.95, 44.85),
        (29.25, 44.3),
        (28.85, 43.75),
        (28.72, 43.3),
        (28.25, 42.75),
        (28.3, 42.2),
        (28.75, 41.6),
        *strait,
    ]
    for start in ([(30.78, 46.45), (30.85, 45.95)], [(31.3, 46.57), (31.1, 46.1)]):
        route(frame, [*start, *coast], 8, ACCENT, fade(NIGHT, 0.6))
    for lon, lat, name, side in (
        (30.73, 46.48, "Odesa", "left"),
        (28.65, 44.17, "Constanța", "left"),
        (27.92, 43.21, "Varna", "left"),
    ):
        town(frame, lon, lat, name, side, Type(56, "sans", 650), INK, fade(SAND, 0.75), radius=10)
    town(frame, 28.96, 41.03, "", color=INK, halo=SAND, radius=10)
    label(frame, 27.5, 41.42, "Istanbul", Type(56, "sans", 650), INK, fade(SAND, 0.75))
    label(frame, 34.35, 45.3, "Crimea", Type(52, "serif", 500, True), INK, SAND)
    return sheet


def dniester() -> list[tuple[float, float]]:
    near = river([(28.1, 48.3), (28.9, 47.9), (29.1, 47.2), (29.6, 46.7), (30.2, 46.4)], 0.3)
    lines = shapely.get_parts(linemerge(near))
    course = list(max(lines, key=lambda line: line.length).coords)
    return course if course[0][1] > course[-1][1] else course[::-1]


def transnistria() -> BaseGeometry:
    """Moldova east of the Dniester, about what the separatists hold."""
    bank = [p for p in dniester() if p[0] > 28.42]
    east = shapely.Polygon([*bank, (31.5, 46.3), (31.5, 48.4), (28.45, 48.4)]).buffer(0)
    strip = countries()["Moldova"].buffer(0).intersection(east).buffer(-0.006).buffer(0.006)
    return unary_union([p for p in shapely.get_parts(strip) if p.area > 0.004])


def moldova() -> Sheet:
    sheet = Sheet(SEA, 1600, 2000)
    frame = Frame(sheet, (28.75, 46.98), 340)
    ground, inside = frame.mask(land()), frame.mask(countries()["Moldova"])
    fill(frame, land(), "#9fb0b3")
    fill(frame, countries()["Romania"], "#8a9fa6")
    relief = frame.relief()
    shade(sheet, relief, ground, SLATE, PAPER, 0.35)
    waterlines(sheet, ground, SKY, 7, 12, 1.3, 1.3, 0.8)
    glow(sheet, inside, INK, 22, 0.3)
    fill(frame, countries()["Moldova"], PAPER)
    shade(sheet, relief, inside, STONE, "#ffffff", 0.5)
    strip = transnistria()
    fill(frame, strip, "#e9c9ba")
    hatch(frame, strip, ACCENT, 13, 5)
    outline(frame, rivers(), "#3d5a68", 4)
    outline(frame, countries()["Ukraine"], fade(INK, 0.6), 2.5, (14, 9))
    outline(frame, countries()["Moldova"], INK, 4)
    label(frame, 28.35, 47.4, "MOLDOVA", Type(86, "serif", 550, tracking=0.08), INK)
    country = Type(60, "sans", 600, tracking=0.3)
    label(frame, 27.62, 46.75, "ROMANIA", country, "#2d3f48", turn=70)
    label(frame, 29.9, 48.5, "UKRAINE", country, "#2d3f48")
    water(
        frame,
        [(28.95, 48.1), (29.35, 47.85), (29.62, 47.4), (30.05, 46.95)],
        "TRANSNISTRIA",
        Type(58, "sans", 700, tracking=0.16),
        ACCENT,
        "#a7b6b8",
    )
    big = Type(64, "sans", 600)
    town(frame, 28.85, 47.01, "Chișinău", "below", Type(70, "sans", 650), INK, PAPER, radius=14)
    town(frame, 27.92, 47.76, "Bălți", "right", big, INK, PAPER, radius=11)
    town(frame, 29.63, 46.84, "Tiraspol", "right", big, INK, fade("#9fb0b3", 0.9), radius=11)
    town(frame, 28.66, 46.3, "Comrat", "above", big, INK, PAPER, radius=11)
    town(frame, 30.68, 46.5, "Odesa", "left", big, INK, fade("#9fb0b3", 0.9), radius=11)
    water(
        frame,
        [(30.1, 45.25), (30.55, 45.72), (30.95, 46.1)],
        "Black Sea",
        Type(76, "serif", 400, True, 0.05),
        MIST,
    )
    return sheet


def caucasus() -> Sheet:
    sheet = Sheet("#2b474c")
    frame = Frame(sheet, (44.6, 41.2), 1130)
    three = unary_union(named("Georgia Armenia Azerbaijan"))
    ground, inside = frame.mask(land()) * (1 - frame.mask(lakes())), frame.mask(three)
    relief = frame.relief()
    fill(frame, land(), SAGE)
    shade(sheet, relief, ground, "#38452f", "#dfe3cf", 0.6)
    glow(sheet, inside, "#1f2a1a", 20, 0.35)
    fill(frame, three, "#efe6cf")
    shade(sheet, relief, inside, "#7b6a45", "#ffffff", 0.55)
    fill(frame, lakes(), "#2b474c")
    waterlines(sheet, ground, MIST, 8, 10, 1.25, 1.1, 0.6)
    for name in ("Georgia", "Armenia", "Azerbaijan"):
        outline(frame, countries()[name], ACCENT, 5)
    for name in ("Russia", "Turkey", "Iran"):
        outline(frame, countries()[name], fade(INK, 0.4), 2, (10, 7))
    state = Type(58, "sans", 700, tracking=0.2)
    label(frame, 43.1, 42.12, "GEORGIA", state, INK, "#efe6cf", 10)
    label(frame, 47.5, 40.05, "AZERBAIJAN", Type(54, "sans", 700, tracking=0.14), INK, "#efe6cf")
    label(frame, 44.5, 40.66, "ARMENIA", Type(42, "sans", 700, tracking=0.06), INK, "#efe6cf")
    outer = Type(46, "sans", 550, tracking=0.4)
    label(frame, 44.6, 43.7, "RUSSIA", outer, "#2a3524")
    label(frame, 41.6, 40.0, "TURKEY", outer, "#2a3524")
    label(frame, 46.4, 38.35, "IRAN", outer, "#2a3524")
    city = Type(52, "serif", 600)
    town(frame, 44.79, 41.71, "Tbilisi", "right", city, INK, "#efe6cf", ACCENT, 12)
    town(frame, 44.51, 40.18, "Yerevan", "left", city, INK, "#efe6cf", ACCENT, 12)
    town(frame, 49.87, 40.4, "Baku", "left", city, INK, "#efe6cf", ACCENT, 12)
    water(
        frame,
        [(38.7, 43.3), (39.9, 42.6), (41.2, 41.9)],
        "Black Sea",
        Type(74, "serif", 400, True, 0.12),
        MIST,
    )
    water(
        frame,
        [(49.6, 43.3), (50.3, 42.2), (50.5, 41.0)],
        "Caspian Sea",
        Type(74, "serif", 400, True, 0.12),
        MIST,
    )
    return sheet


PLATES = {
    "black-sea-grain-routes": black_sea,
    "moldova-transnistria": moldova,
    "south-caucasus": caucasus,
}
