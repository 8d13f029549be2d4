"""Maps of the western Pacific."""

from __future__ import annotations

import numpy as np

from atlas import countries, land
from frame import Frame
from mapstyle import (
    away,
    engrave,
    fill,
    halftone,
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
    SKY,
    Sheet,
    Type,
    fade,
    mix,
)

REEFS = [
    (112.33, 16.83),
    (111.20, 15.78),
    (111.6, 16.45),
    (112.0, 16.6),
    (111.75, 16.2),
    (114.36, 10.38),
    (114.28, 11.05),
    (112.89, 9.55),
    (114.08, 10.92),
    (115.53, 9.90),
    (115.87, 9.75),
    (111.92, 8.64),
    (113.83, 7.37),
    (112.84, 8.86),
    (114.28, 9.72),
    (117.76, 15.15),
    (116.72, 20.70),
    (114.6, 9.2),
    (113.3, 8.2),
    (115.0, 10.7),
]


def taiwan() -> Sheet:
    sheet = Sheet(NIGHT, 1600, 2000)
    frame = Frame(sheet, (119.95, 24.35), 500)
    ground, inside = frame.mask(land()), frame.mask(countries()["Taiwan"])
    relief = frame.relief()
    waterlines(sheet, ground, SKY, 13, 13, 1.17, 1.2, 0.75)
    fill(frame, land(), "#33454e")
    shade(sheet, relief, ground, NIGHT, SKY, 0.45)
    fill(frame, countries()["Taiwan"], "#e8d3a0")
    shade(sheet, relief, inside, "#6d4f22", "#ffffff", 0.6)
    outline(frame, land(), fade(PAPER, 0.5), 1.6)
    sheet.line([frame.px(118.0, 23.0), frame.px(122.0, 27.0)], ACCENT, 7, (30, 20))
    big = Type(66, "sans", 600)
    water(
        frame,
        [(119.6, 24.1), (120.35, 24.95), (121.6, 26.3)],
        "TAIWAN STRAIT",
        Type(82, "serif", 400, tracking=0.26),
        mix(SKY, PAPER, 0.6),
        fade(NIGHT, 0.85),
    )
    label(frame, 120.9, 23.75, "TAIWAN", Type(64, "sans", 700, tracking=0.2), INK, turn=-68)
    label(frame, 118.35, 25.85, "CHINA", Type(84, "sans", 600, tracking=0.5), fade(PAPER, 0.8))
    town(frame, 121.56, 25.03, "", dot=ACCENT, radius=14)
    label(frame, 121.75, 25.48, "Taipei", Type(76, "sans", 650), PAPER, fade(NIGHT, 0.8))
    town(frame, 120.31, 22.62, "Kaohsiung", "left", big, PAPER, radius=11)
    town(frame, 118.09, 24.48, "Xiamen", "above", big, PAPER, radius=11)
    town(frame, 119.3, 26.07, "Fuzhou", "above", big, PAPER, radius=11)
    small = Type(50, "serif", 500, True)
    label(frame, 119.6, 23.25, "Penghu", small, "#e8d3a0", fade(NIGHT, 0.8))
    label(frame, 118.75, 24.2, "Kinmen", small, "#e8d3a0", fade(NIGHT, 0.8))
    return sheet


def south_china_sea() -> Sheet:
    sheet = Sheet("#cddcd8")
    frame = Frame(sheet, (114.2, 13.2), 3550)
    ground = frame.mask(land())
    sheet.tint("#8fb0b3", frame.depth(5) * 0.75 * (1 - ground))
    waterlines(sheet, ground, "#2f5d62", 8, 8, 1.25, 1.0, 0.75)
    fill(frame, land(), "#2a4f55")
    shade(sheet, frame.relief(), ground, "#12292e", "#9fc0b4", 0.55)
    for name in ("China", "Vietnam", "Laos", "Cambodia", "Malaysia", "Indonesia", "Thailand"):
        outline(frame, countries()[name], fade("#cddcd8", 0.55), 2)
    for lon, lat in REEFS:
        x, y = frame.px(lon, lat)
        sheet.disc(x, y, 15, fade(ACCENT, 0.2))
        sheet.disc(x, y, 6.5, ACCENT)
    water(
        frame,
        [(108.9, 6.4), (112.3, 12.2), (115.2, 14.6), (118.6, 20.3)],
        "SOUTH CHINA SEA",
        Type(100, "serif", 400, tracking=0.3),
        "#16343a",
        "#b9cfcd",
    )
    island = Type(48, "serif", 600, True)
    label(frame, 112.5, 17.8, "Paracel Islands", island, ACCENT, "#c3d5d2")
    label(frame, 112.9, 6.75, "Spratly Islands", island, ACCENT, "#b9cfcd")
    state = Type(52, "sans", 650, tracking=0.2)
    label(frame, 109.4, 23.0, "CHINA", state, CREAM)
    label(frame, 124.4, 22.8, "TAIWAN", state, "#16343a", "#a9c4c5")
    narrow = Type(42, "sans", 650, tracking=0.22)
    water(
        frame,
        [(105.2, 18.9), (107.4, 16.3), (108.55, 13.6), (107.2, 11.4)],
        "VIETNAM",
        narrow,
        CREAM,
        "#2a4f55",
    )
    water(
        frame,
        [(123.3, 18.8), (124.3, 15.8), (127.0, 12.6)],
        "PHILIPPINES",
        Type(50, "sans", 650, tracking=0.24),
        "#16343a",
        "#a4c0c2",
    )
    label(
        frame, 116.3, 4.7, "MALAYSIA", Type(40, "sans", 650, tracking=0.12), CREAM, "#2a4f55", -48
    )
    return sheet


def korea() -> Sheet:
    red = "#b9361f"
    sheet = Sheet(red, 1600, 2000)
    frame = Frame(sheet, (127.5, 37.9), 850)
    ground = frame.mask(land())
    halftone(sheet, (0.06 + 0.4 * np.exp(-away(ground) / 55)) * (1 - ground), "#6e1a0d", 16, 30)
    fill(frame, land(), "#8a2716")
    fill(frame, countries()["North Korea"], INK)
    fill(frame, countries()["South Korea"], PAPER)
    north, south = (frame.mask(countries()[n]) for n in ("North Korea", "South Korea"))
    relief = frame.relief()
    engrave(sheet, np.clip(relief, 0, 1) * 0.55 * north, "#b8ab97", 9, 0)
    engrave(sheet, np.clip(-relief, 0, 1) * 0.8 * south, "#5b5348", 9, 0)
    for name in ("China", "Russia", "Japan"):
        outline(frame, countries()[name], fade(PAPER, 0.35), 2)
    dmz = countries()["North Korea"].buffer(0.01).intersection(countries()["South Korea"].boundary)
    outline(frame, dmz, red, 15)
    label(frame, 126.95, 40.4, "NORTH\nKOREA", Type(96, "serif", 600, tracking=0.06), PAPER, INK)
    label(frame, 127.95, 36.2, "SOUTH\nKOREA", Type(96, "serif", 600, tracking=0.06), INK, PAPER)
    city = Type(66, "sans", 650)
    town(frame, 125.75, 39.03, "Pyongyang", "right", city, PAPER, INK, red, 14)
    town(frame, 126.98, 37.56, "Seoul", "right", city, INK, PAPER, red, 14)
    label(frame, 124.45, 41.9, "CHINA", Type(60, "sans", 600, tracking=0.4), fade(PAPER, 0.7))
    label(frame, 130.95, 33.5, "JAPAN", Type(56, "sans", 600, tracking=0.2), fade(PAPER, 0.8))
    return sheet


PLATES = {"taiwan-strait": taiwan, "south-china-sea": south_china_sea, "korean-peninsula": korea}
