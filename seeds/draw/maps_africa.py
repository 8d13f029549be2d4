"""Maps of Africa."""

from __future__ import annotations

from shapely.ops import unary_union

from atlas import countries, lakes, land, named, river
from frame import Frame
from mapstyle import (
    fill,
    glow,
    halftone,
    label,
    outline,
    route,
    shade,
    town,
    waterlines,
)
from style import (
    ACCENT,
    CREAM,
    INK,
    SEA,
    SKY,
    Sheet,
    Type,
    fade,
)

NILE = [
    (32.6, 0.5),
    (31.5, 2.5),
    (31.7, 5.0),
    (30.8, 7.0),
    (30.5, 9.3),
    (32.0, 9.7),
    (32.6, 12.0),
    (32.5, 15.6),
    (33.7, 17.5),
    (33.3, 19.4),
    (31.8, 18.0),
    (30.6, 18.6),
    (30.4, 20.0),
    (31.3, 21.9),
    (32.9, 24.0),
    (32.6, 26.0),
    (31.0, 28.0),
    (31.2, 30.1),
    (31.0, 31.4),
]
BLUE_NILE = [(37.3, 11.6), (37.5, 10.3), (35.6, 10.5), (34.6, 11.6), (33.5, 13.6), (32.5, 15.6)]
NIGER = [
    (-10.5, 9.5),
    (-8.5, 12.2),
    (-5.0, 13.8),
    (-3.0, 16.7),
    (0.0, 16.8),
    (2.2, 13.4),
    (4.0, 11.0),
    (6.0, 8.5),
    (6.6, 5.8),
    (6.3, 4.5),
]


def sudan() -> Sheet:
    sheet = Sheet(SEA)
    frame = Frame(sheet, (29.6, 15.2), 3000)
    ground, inside = frame.mask(land()), frame.mask(countries()["Sudan"])
    relief = frame.relief()
    waterlines(sheet, ground, SKY, 6, 8, 1.25, 1.0, 0.7)
    fill(frame, land(), "#d7a556")
    shade(sheet, relief, ground, "#8a5a1d", "#f4dca6", 0.5)
    for shape in named("Egypt Libya Chad Central_African_Rep. S._Sudan Ethiopia Eritrea"):
        outline(frame, shape, fade(INK, 0.45), 2.2)
    outline(frame, river(NILE, 0.6), "#f7efdc", 4)
    fill(frame, lakes(), "#f7efdc")
    glow(sheet, inside, "#3c2408", 20, 0.4)
    fill(frame, countries()["Sudan"], "#2a211a")
    shade(sheet, relief, inside, "#000000", "#a98a5f", 0.55)
    ours = countries()["Sudan"].buffer(0.05)
    for course in (NILE, BLUE_NILE):
        outline(frame, river(course, 0.6).intersection(ours), "#f3d9a2", 7)
    label(frame, 27.35, 15.75, "SUDAN", Type(112, "serif", 500, tracking=0.32), "#f7efdc")
    outer = Type(50, "sans", 650, tracking=0.25)
    for lon, lat, name in (
        (28.4, 23.2, "EGYPT"),
        (19.0, 15.2, "CHAD"),
        (38.6, 9.6, "ETHIOPIA"),
        (21.0, 7.1, "CENTRAL\nAFRICAN REP."),
        (30.3, 7.6, "SOUTH SUDAN"),
        (19.6, 23.0, "LIBYA"),
    ):
        label(frame, lon, lat, name, outer, "#4a2f0c")
    city = Type(54, "sans", 650)
    town(
        frame, 32.53, 15.5, "Khartoum", "right", Type(60, "sans", 700), CREAM, "#2a211a", ACCENT, 14
    )
    town(frame, 25.35, 13.63, "El Fasher", "below", city, CREAM, "#2a211a", ACCENT, 12)
    town(frame, 37.22, 19.62, "Port Sudan", "right", city, CREAM, "", ACCENT, 12)
    return sheet


def sahel() -> Sheet:
    sheet = Sheet("#22201c", 2000, 1125)
    frame = Frame(sheet, (3.2, 16.3), 4100)
    ground = frame.mask(land())
    three = unary_union(named("Mali Burkina_Faso Niger"))
    inside = frame.mask(three)
    relief = frame.relief()
    fill(frame, land(), "#e2cfa4")
    halftone(sheet, (0.22 - relief * 0.3) * ground * (1 - inside), "#a5803f", 11, 30)
    glow(sheet, inside, "#5a3a10", 18, 0.35)
    fill(frame, three, "#b5432a")
    shade(sheet, relief, inside, "#5d1408", "#f0a688", 0.5)
    outline(frame, river(NIGER, 0.7), "#f6e8c9", 6)
    for shape in named(
        "Mali Burkina_Faso Niger Algeria Libya Chad Nigeria Mauritania Senegal Guinea "
        "Ghana Togo Benin Côte_d'Ivoire Cameroon"
    ):
        outline(frame, shape, "#f6e8c9", 2.5)
    state = Type(74, "serif", 600, tracking=0.16)
    label(frame, -2.2, 18.6, "MALI", state, CREAM)
    label(frame, 9.4, 17.6, "NIGER", state, CREAM)
    label(frame, -1.6, 12.45, "BURKINA\nFASO", Type(46, "serif", 600, tracking=0.1), CREAM)
    outer = Type(42, "sans", 600, tracking=0.25)
    for lon, lat, name in (
        (2.5, 24.3, "ALGERIA"),
        (18.3, 15.5, "CHAD"),
        (8.0, 10.2, "NIGERIA"),
        (-10.6, 18.9, "MAURITANIA"),
        (17.2, 24.2, "LIBYA"),
    ):
        label(frame, lon, lat, name, outer, "#5a431b", "#e2cfa4")
    city = Type(44, "sans", 600)
    town(frame, -8.0, 12.64, "Bamako", "left", city, INK, "#f6e8c9", INK, 10)
    town(frame, 2.11, 13.51, "Niamey", "right", city, CREAM, "#b5432a", CREAM, 10)
    return sheet


SUEZ = [
    (103.9, 1.2),
    (100.5, 3.2),
    (95.4, 5.9),
    (80.5, 5.6),
    (66.0, 9.5),
    (52.0, 12.6),
    (45.0, 12.0),
    (43.3, 12.7),
    (41.0, 16.5),
    (37.5, 21.5),
    (34.2, 26.8),
    (32.6, 29.6),
    (32.4, 31.4),
    (24.0, 34.0),
    (12.0, 36.6),
    (3.0, 37.6),
    (-5.6, 35.95),
    (-9.6, 37.0),
    (-9.9, 43.4),
    (-5.6, 48.7),
    (0.5, 50.4),
    (4.0, 52.0),
]
CAPE = [
    (103.9, 1.2),
    (100.5, 3.2),
    (95.0, 5.6),
    (80.0, -4.0),
    (60.0, -20.0),
    (40.0, -31.5),
    (26.0, -36.0),
    (17.5, -35.2),
    (8.0, -24.0),
    (-8.0, -4.0),
    (-18.6, 11.0),
    (-18.3, 22.0),
    (-13.0, 35.0),
    (-10.6, 43.6),
    (-6.2, 48.9),
    (0.3, 50.35),
    (4.0, 52.0),
]


def red_sea_and_the_cape() -> Sheet:
    sheet = Sheet("#e9d8b4")
    frame = Frame(sheet, (44, 7.5), 18300, "+proj=eqearth +lon_0=46")
    ground = frame.mask(land())
    halftone(sheet, 0.5 * ground, "#8b6a42", 17, 45)
    ocean = Type(78, "serif", 400, True, 0.12)
    label(frame, -20, -30, "Atlantic", ocean, "#a98b5c")
    label(frame, 83, -26.5, "Indian Ocean", ocean, "#a98b5c")
    route(frame, SUEZ, 8, INK, "#e9d8b4", (20, 16))
    route(frame, CAPE, 12, ACCENT, "#e9d8b4")
    place = Type(60, "sans", 700)
    for lon, lat, name, side in (
        (4.2, 52.0, "Rotterdam", "above"),
        (103.9, 1.25, "Singapore", "below"),
        (18.4, -34.6, "Cape of Good Hope", "below"),
        (43.3, 12.6, "Bab el-Mandeb", "left"),
        (32.5, 30.2, "Suez", "right"),
    ):
        town(frame, lon, lat, name, side, place, INK, "#e9d8b4", ACCENT, 15)
    return sheet


PLATES = {
    "sudan-neighbours": sudan,
    "sahel-states": sahel,
    "red-sea-and-the-cape": red_sea_and_the_cape,
}
