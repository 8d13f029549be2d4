"""Maps of the eastern Mediterranean."""

from __future__ import annotations

import numpy as np

from atlas import countries, land, river
from frame import Frame
from mapstyle import (
    away,
    engrave,
    fill,
    glow,
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
    PAPER,
    Sheet,
    Type,
    fade,
)

EUPHRATES = [
    (38.8, 39.5),
    (38.3, 37.6),
    (38.0, 36.7),
    (38.5, 35.8),
    (40.1, 35.3),
    (41.0, 34.4),
    (43.0, 33.7),
    (44.5, 32.3),
    (46.5, 31.0),
]


def syria() -> Sheet:
    sea = "#46211a"
    sheet = Sheet(sea)
    frame = Frame(sheet, (38.6, 34.7), 1120)
    ground, inside = frame.mask(land()), frame.mask(countries()["Syria"])
    relief = frame.relief()
    waterlines(sheet, ground, "#d98b74", 9, 10, 1.22, 1.1, 0.7)
    fill(frame, land(), "#c4755a")
    shade(sheet, relief, ground, "#6b2c1c", "#f0c3a8", 0.5)
    for name in ("Turkey", "Iraq", "Jordan", "Lebanon", "Israel", "Saudi Arabia", "Palestine"):
        outline(frame, countries()[name], fade(CREAM, 0.6), 2.5)
    glow(sheet, inside, "#3a150c", 22, 0.4)
    fill(frame, countries()["Syria"], "#f3e6cd")
    shade(sheet, relief, inside, "#8d6b3e", "#ffffff", 0.5)
    outline(frame, river(EUPHRATES, 0.5), sea, 5)
    hatch(frame, countries()["Golan"], fade(ACCENT, 0.8), 9, 2.5)
    outline(frame, countries()["Syria"], INK, 3.5)
    label(frame, 39.05, 34.5, "SYRIA", Type(108, "serif", 550, tracking=0.4), INK)
    outer = Type(50, "sans", 600, tracking=0.3)
    for lon, lat, name in ((38.6, 37.55, "TURKEY"), (42.6, 33.2, "IRAQ"), (37.0, 31.85, "JORDAN")):
        label(frame, lon, lat, name, outer, CREAM)
    label(frame, 34.3, 34.0, "LEBANON", Type(42, "sans", 600, tracking=0.15), CREAM)
    label(frame, 33.9, 32.5, "ISRAEL", Type(42, "sans", 600, tracking=0.15), CREAM)
    city = Type(54, "sans", 650)
    town(
        frame, 36.29, 33.51, "Damascus", "right", Type(60, "sans", 700), INK, "#f3e6cd", ACCENT, 13
    )
    town(frame, 37.16, 36.2, "Aleppo", "right", city, INK, "#f3e6cd", radius=10)
    town(frame, 36.72, 34.73, "Homs", "above", city, INK, "#f3e6cd", radius=10)
    town(frame, 35.78, 35.52, "Latakia", "left", city, CREAM, "", radius=10)
    town(frame, 40.14, 35.33, "Deir ez-Zor", "left", city, INK, "#f3e6cd", radius=10)
    return sheet


def eastern_mediterranean() -> Sheet:
    sheet = Sheet(PAPER)
    frame = Frame(sheet, (29.6, 34.7), 1830)
    ground = frame.mask(land())
    far = away(ground)
    engrave(sheet, (0.12 + 0.45 * np.exp(-far / 30)) * (1 - ground), INK, 16)
    fill(frame, land(), "#efe7d6")
    shade(sheet, frame.relief(), ground, INK, "#ffffff", 0.5)
    for name in ("Turkey", "Syria", "Lebanon", "Israel", "Egypt", "Greece", "Libya", "Jordan"):
        outline(frame, countries()[name], fade(INK, 0.7), 2.5, (12, 8))
    outline(frame, land(), INK, 3)
    water(
        frame,
        [(22.2, 34.0), (27.0, 33.35), (31.2, 33.15), (34.2, 33.8)],
        "MEDITERRANEAN SEA",
        Type(92, "serif", 600, tracking=0.2),
        ACCENT,
        PAPER,
    )
    state = Type(62, "sans", 700, tracking=0.3)
    for lon, lat, name in (
        (31.5, 38.6, "TURKEY"),
        (28.0, 29.9, "EGYPT"),
        (37.5, 35.4, "SYRIA"),
        (22.6, 31.2, "LIBYA"),
        (21.9, 39.2, "GREECE"),
    ):
        label(frame, lon, lat, name, state, INK, PAPER)
    place = Type(54, "serif", 600, True)
    label(frame, 33.1, 35.05, "Cyprus", place, INK, PAPER)
    label(frame, 24.9, 34.65, "Crete", place, INK, PAPER)
    for lon, lat, name, side in (
        (35.5, 33.89, "Beirut", "right"),
        (34.77, 32.08, "Tel Aviv", "right"),
        (29.92, 31.2, "Alexandria", "above"),
        (34.45, 31.5, "Gaza", "left"),
    ):
        town(frame, lon, lat, name, side, Type(48, "sans", 650), INK, PAPER, ACCENT, 11)
    return sheet


PLATES = {
    "syria-neighbours": syria,
    "eastern-mediterranean": eastern_mediterranean,
}
