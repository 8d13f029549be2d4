"""Maps of Europe and its edges."""

from __future__ import annotations

import numpy as np
import shapely

from atlas import countries, lakes, land, named, river
from frame import Frame
from mapstyle import (
    away,
    engrave,
    fill,
    glow,
    halftone,
    hatch,
    label,
    outline,
    shade,
    town,
    water,
    waterlines,
)
from style import (
    ACCENT,
    CREAM,
    INK,
    NIGHT,
    PAPER,
    SEA,
    SKY,
    SLATE,
    STONE,
    Sheet,
    Type,
    fade,
    mix,
)


def ukraine() -> Sheet:
    sheet = Sheet(mix(NIGHT, SEA, 0.35))
    frame = Frame(sheet, (31.3, 48.35), 1640)
    ground, inside = frame.mask(land()), frame.mask(countries()["Ukraine"])
    fill(frame, land(), "#3a464e")
    shade(sheet, frame.relief(), ground, NIGHT, STONE, 0.3)
    waterlines(sheet, ground, SKY, 6, 9, 1.3, 1.0, 0.5)
    for name in ("Poland", "Belarus", "Russia", "Romania", "Moldova", "Hungary", "Slovakia"):
        outline(frame, countries()[name], fade(STONE, 0.5), 2)
    glow(sheet, inside, "#000000", 16, 0.45)
    fill(frame, countries()["Ukraine"], "#e0b24f")
    shade(sheet, frame.relief(), inside, "#8a5a16", CREAM, 0.42)
    dnipro = [
        (30.5, 51.5),
        (30.55, 50.4),
        (31.5, 49.6),
        (33.0, 49.1),
        (34.5, 48.5),
        (35.15, 47.9),
        (34.2, 47.5),
        (33.3, 46.8),
        (32.4, 46.6),
    ]
    outline(frame, river(dnipro, 0.4), SEA, 5)
    fill(frame, lakes().intersection(shapely.box(30, 46.5, 36, 51.5)), SEA)
    hatch(frame, countries()["Crimea"], fade(INK, 0.55), 14, 2.4)
    outline(frame, countries()["Ukraine"], INK, 3)
    for lon, lat, name, side in (
        (24.03, 49.84, "Lviv", "right"),
        (36.23, 49.99, "Kharkiv", "left"),
        (35.04, 48.46, "Dnipro", "right"),
    ):
        town(frame, lon, lat, name, side, Type(56, "sans", 600), INK, radius=10)
    town(frame, 30.73, 46.48, "", dot="#f2d28c", halo=INK, radius=10)
    label(frame, 31.45, 45.9, "Odesa", Type(56, "sans", 600), "#f2d28c")
    label(frame, 34.35, 45.35, "Crimea", Type(50, "serif", 500, True), INK, "#e0b24f")
    town(frame, 30.52, 50.45, "Kyiv", "left", Type(84, "serif", 650), INK, dot=ACCENT, radius=15)
    quiet = Type(40, "sans", 550, tracking=0.2)
    for lon, lat, name in (
        (28.0, 52.55, "BELARUS"),
        (37.6, 52.2, "RUSSIA"),
        (22.0, 51.2, "POLAND"),
        (25.0, 46.4, "ROMANIA"),
        (38.6, 45.3, "RUSSIA"),
    ):
        label(frame, lon, lat, name, quiet, STONE)
    water(
        frame,
        [(29.5, 44.75), (31.5, 44.15), (34, 43.85), (37, 44.0)],
        "BLACK SEA",
        Type(64, "serif", 400, False, 0.35),
        SKY,
    )
    return sheet


WAVES = {
    "#1d3440": "Belgium Canada Denmark France Iceland Italy Luxembourg Netherlands Norway Portugal "
    "United_Kingdom United_States_of_America Greenland Faeroe_Is.",
    "#456574": "Greece Turkey Germany Spain",
    "#7f9da3": "Czechia Hungary Poland",
    "#b4c0b0": "Bulgaria Estonia Latvia Lithuania Romania Slovakia Slovenia",
    "#cdb98c": "Albania Croatia Montenegro Macedonia",
    ACCENT: "Finland Sweden Åland",
}


def nato() -> Sheet:
    sheet = Sheet(PAPER)
    frame = Frame(sheet, (13.0, 54.3), 5800)
    ground = frame.mask(land())
    engrave(sheet, (0.10 + 0.28 * np.exp(-away(ground) / 40)) * (1 - ground), SLATE, 14)
    fill(frame, land(), "#e4ddcf")
    for color, names in WAVES.items():
        for shape in named(names):
            fill(frame, shape, color)
    for name in countries():
        outline(frame, countries()[name], PAPER, 2.2)
    ground_of = {
        "1949": SEA,
        "1952": "#456574",
        "1955": "#456574",
        "1982": "#456574",
        "1999": "#7f9da3",
        "2004": "#b4c0b0",
        "2023": ACCENT,
        "2024": ACCENT,
    }
    year = Type(50, "sans", 700)
    for lon, lat, when, color in (
        (2.4, 46.9, "1949", PAPER),
        (-18.6, 64.85, "1949", PAPER),
        (-3.8, 39.9, "1982", PAPER),
        (10.2, 50.7, "1955", PAPER),
        (34.5, 39.0, "1952", PAPER),
        (19.3, 52.0, "1999", INK),
        (25.2, 46.0, "2004", INK),
        (25.2, 57.0, "2004", INK),
        (26.4, 62.7, "2023", PAPER),
        (15.1, 61.3, "2024", PAPER),
    ):
        label(frame, lon, lat, when, year, color, ground_of[when])
    for y, words in ((760, "1949, with the"), (830, "United States"), (900, "and Canada")):
        sheet.text(285, y, words, Type(56, "serif", 500, True), SEA, "center", PAPER, 12)
    return sheet


UNION = (
    "Austria Belgium Bulgaria Croatia Cyprus Czechia Denmark Estonia Finland Åland France "
    "Germany Greece Hungary Ireland Italy Latvia Lithuania Luxembourg Malta Netherlands "
    "Poland Portugal Romania Slovakia Slovenia Spain Sweden"
)
CANDIDATES = "Albania Bosnia_and_Herz. Georgia Moldova Montenegro Macedonia Serbia Turkey Ukraine"


def candidates() -> Sheet:
    sheet = Sheet("#dfe3dc")
    frame = Frame(sheet, (18.8, 48.6), 4650)
    ground = frame.mask(land())
    halftone(sheet, (0.1 + 0.4 * np.exp(-away(ground) / 45)) * (1 - ground), SKY, 13, 45)
    fill(frame, land(), "#f2eee4")
    for shape in named(UNION):
        fill(frame, shape, "#27476a")
    for shape in named(CANDIDATES):
        fill(frame, shape, "#e3a92f")
    for name in ("Kosovo", "N. Cyprus"):
        fill(frame, countries()[name], "#f2eee4")
    hatch(frame, countries()["Kosovo"], "#e3a92f", 9, 4.5)
    hatch(frame, countries()["N. Cyprus"], "#27476a", 9, 3)
    for name in countries():
        outline(frame, countries()[name], "#f2eee4", 2)
    hatch(frame, countries()["Crimea"], fade(INK, 0.3), 10, 1.6)
    bold = Type(50, "sans", 700, tracking=0.08)
    for lon, lat, name in ((31.5, 49.1, "UKRAINE"), (34.6, 39.0, "TURKEY")):
        label(frame, lon, lat, name, bold, INK)
    quiet = Type(46, "sans", 600)
    label(frame, 42.9, 43.85, "GEORGIA", quiet, INK)
    for x, y, number, words, color in (
        (170, 150, "27", "members", "#27476a"),
        (1680, 300, "9", "candidates", "#9a6a08"),
    ):
        sheet.text(
            x, y, number, Type(150, "serif", 550), color, "center", "#dfe6e1" * (x < 999), 18
        )
        sheet.text(
            x, y + 62, words, Type(52, "sans", 600), color, "center", "#dfe6e1" * (x < 999), 14
        )
    return sheet


PLATES = {
    "ukraine-locator": ukraine,
    "nato-by-accession-year": nato,
    "european-union-candidates": candidates,
}
