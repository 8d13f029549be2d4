"""The empty negotiating table: boxes in a sunlit room, seen in one-point perspective."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter

from ink import Array, Plate, hatch, lines
from style import ACCENT, CREAM, INK, OCHRE, PAPER, SAND, SEA, SLATE, mix

EYE = np.array([0.0, 2.05, 0.0])
FOCAL, HORIZON, MIDDLE = 1250.0, 470.0, 1000.0
SUN = np.array([0.78, 0.42, 0.22])
ROOM = (-4.6, 4.6, 0.0, 4.7, 24.0)  # left, right, floor, ceiling, far end (metres)
WINDOWS = [(z, z + 1.5) for z in np.arange(4.0, 22.0, 2.9)]


@dataclass(frozen=True)
class Box:
    low: tuple[float, float, float]
    high: tuple[float, float, float]
    kind: int = 1  # 1 wood, 2 paper


def chair(side: float, z: float, out: float = 0.0) -> list[Box]:
    """One chair whose front is at the table; `out` moves it away from the table."""

    def part(x0: float, x1: float, y0: float, y1: float, z0: float, z1: float) -> Box:
        a, b = sorted((side * (x0 + out), side * (x1 + out)))
        return Box((a, y0, z + z0), (b, y1, z + z1))

    legs = [(x, w) for x in (1.42, 1.9) for w in (-0.29, 0.23)]
    return [
        part(1.38, 1.98, 0.44, 0.54, -0.3, 0.3),
        part(1.92, 2.0, 0.62, 1.3, -0.3, 0.3),
        *(part(x, x + 0.06, 0.0, 0.44, w, w + 0.06) for x, w in legs),
        *(part(1.93, 1.99, 0.5, 0.64, w, w + 0.06) for w in (-0.24, 0.18)),
    ]


def furniture() -> list[Box]:
    boxes = [Box((-1.15, 0.74, 3.1), (1.15, 0.82, 21.0)), Box((-0.7, 0.0, 3.9), (0.7, 0.74, 20.4))]
    for i, z in enumerate(np.arange(3.9, 21.0, 1.35)):
        for side in (-1, 1):
            boxes += chair(side, float(z), 0.5 if (side, i) == (1, 1) else 0.0)
            a, b = sorted((side * 0.72, side * 1.02))
            boxes.append(Box((a, 0.82, z - 0.2), (b, 0.825, z + 0.2), 2))
            c, d = sorted((side * 0.48, side * 0.54))
            boxes.append(Box((c, 0.82, z - 0.03), (d, 1.0, z + 0.03)))
    return boxes


@dataclass
class View:
    """Per pixel: distance along z, axis of the face met (0 x, 1 y, 2 z), its side, and kind."""

    z: Array
    axis: Array
    kind: Array
    box: Array


def look(sheet: Plate, boxes: list[Box]) -> View:
    dx, dy = (sheet.x - MIDDLE) / FOCAL, (HORIZON - sheet.y) / FOCAL
    left, right, floor, ceiling, end = ROOM
    far = np.full_like(dx, end)
    wall = np.where(dx < 0, left, right) / np.where(np.abs(dx) < 1e-6, 1e-6, dx)
    level = np.where(dy < 0, floor - EYE[1], ceiling - EYE[1]) / np.where(
        np.abs(dy) < 1e-6, 1e-6, dy
    )
    z = np.minimum(far, np.minimum(wall, level))
    axis = np.where(z == far, 2, np.where(z == wall, 0, 1)).astype(np.int8)
    view = View(z, axis, np.zeros_like(axis), np.zeros(z.shape, np.int16))
    for i, b in enumerate(boxes, 1):
        meet(view, b, i, dx, dy)
    return view


def meet(view: View, b: Box, number: int, dx: Array, dy: Array) -> None:
    """Put the box into the view where it is nearest, looking at its part of the picture only."""
    zs = (max(b.low[2], 0.3), b.high[2])
    xs = [FOCAL * x / z + MIDDLE for x in (b.low[0], b.high[0]) for z in zs]
    ys = [HORIZON - FOCAL * (y - EYE[1]) / z for y in (b.low[1], b.high[1]) for z in zs]
    h, w = view.z.shape
    i0, i1 = max(0, int(min(ys)) - 1), min(h, int(max(ys)) + 2)
    j0, j1 = max(0, int(min(xs)) - 1), min(w, int(max(xs)) + 2)
    if i0 >= i1 or j0 >= j1:
        return
    part = (slice(i0, i1), slice(j0, j1))
    way = (dx[part], dy[part], np.ones((i1 - i0, j1 - j0)))
    enter, leave, axis = slabs(b, EYE, way)
    hit = (enter < leave) & (enter > 0.3) & (enter < view.z[part])
    view.z[part][hit] = enter[hit]
    view.axis[part][hit] = axis[hit]
    view.kind[part][hit] = b.kind
    view.box[part][hit] = number


def slabs(
    b: Box, start: Sequence[Array] | Array, way: tuple[Array, ...]
) -> tuple[Array, Array, Array]:
    """Where rays enter and leave the box, and through which axis they enter."""
    enter = np.full(way[0].shape, -np.inf)
    leave = np.full(way[0].shape, np.inf)
    axis = np.zeros(way[0].shape, np.int8)
    for k in range(3):
        d = np.where(np.abs(way[k]) < 1e-7, 1e-7, way[k])
        t0, t1 = (b.low[k] - start[k]) / d, (b.high[k] - start[k]) / d
        near, away = np.minimum(t0, t1), np.maximum(t0, t1)
        axis = np.where(near > enter, k, axis)
        enter, leave = np.maximum(enter, near), np.minimum(leave, away)
    return enter, leave, axis


def sunlight(sheet: Plate, view: View, boxes: list[Box]) -> Array:
    """1 where the sun comes through a window of the right wall, 0 in shadow."""
    p = (
        (sheet.x - MIDDLE) / FOCAL * view.z,
        EYE[1] + (HORIZON - sheet.y) / FOCAL * view.z,
        view.z,
    )
    s = SUN / SUN[0]
    run = ROOM[1] - p[0]
    y, z = p[1] + s[1] * run, p[2] + s[2] * run
    through = np.zeros(y.shape, bool)
    for z0, z1 in WINDOWS:
        for low, high in ((0.9, 2.3), (2.4, 4.2)):
            through |= (
                (z > z0) & (z < z1) & (y > low) & (y < high) & (np.abs(z - (z0 + z1) / 2) > 0.05)
            )
    i = np.nonzero(through & (run > 0.02))
    at = tuple(c[i] + 0.012 * d for c, d in zip(p, s, strict=True))
    free = np.ones(len(i[0]), bool)
    way = tuple(np.full(len(i[0]), d) for d in s)
    for b in boxes:
        near = (
            np.abs(at[2] + s[2] * (b.low[0] - at[0]) - (b.low[2] + b.high[2]) / 2)
            < (b.high[2] - b.low[2]) + 1.2
        )
        k = np.nonzero(free & near)[0]
        enter, leave, _ = slabs(b, [c[k] for c in at], tuple(d[k] for d in way))
        free[k[(enter < leave) & (leave > 0)]] = False
    lit = np.zeros(y.shape, np.float32)
    lit[i] = free
    return lit


def on_window(view: View, height: Array) -> Array:
    """The panes of the right wall."""
    glass = np.zeros(view.z.shape, bool)
    for z0, z1 in WINDOWS:
        pane = (view.z > z0) & (view.z < z1) & (np.abs(view.z - (z0 + z1) / 2) > 0.05)
        glass |= pane & (((height > 0.9) & (height < 2.3)) | ((height > 2.4) & (height < 4.2)))
    return glass


def converging(across: Array, z: Array, dark: Array, gap: float = 28) -> Array:
    """Lines that run to the vanishing point, halved in number as they crowd together."""
    level = np.log2(FOCAL / (z * gap))
    whole = np.floor(level)
    more = level - whole
    slope = np.hypot(*np.gradient(across)) * 2**whole
    phase = across * 2**whole
    coarse = hatch(dark * (1 - more / 2), phase + 0.5, slope=slope, least=0.05)
    return np.maximum(coarse, hatch(dark * more, phase * 2 + 0.5, slope=slope * 2, least=0.05))


def panels(view: View, height: Array) -> Array:
    """The mouldings of the left wall: frames of a hand's breadth."""
    u = np.abs(view.z % 2.9 - 1.45)
    inside = (u < 1.2) & (height > 1.15) & (height < 4.0)
    core = (u < 1.12) & (height > 1.23) & (height < 3.92)
    rail = np.abs(height - 0.9) < 0.04
    return (inside & ~core) | rail


def draw() -> Plate:
    sheet = Plate(SEA)
    boxes = furniture()
    view = look(sheet, boxes)
    lit = gaussian_filter(sunlight(sheet, view, boxes), 0.7)
    x = (sheet.x - MIDDLE) / FOCAL * view.z
    y = EYE[1] + (HORIZON - sheet.y) / FOCAL * view.z
    room, left = view.kind == 0, sheet.x < MIDDLE
    door = room & (view.axis == 2) & (np.abs(np.abs(x) - 0.6) < 0.55) & (y < 3.1)
    far = np.clip((view.z - 4) / 20, 0, 1)

    def surface(where: Array, shade: str, bright: str, dark: Array) -> None:
        sheet.tint(shade, gaussian_filter(where.astype(np.float32), 0.6))
        sheet.tint(bright, where * lit)
        np.copyto(ink, dark * (1 - 0.9 * lit), where=where)

    ink = np.zeros_like(x)
    floor = room & (view.axis == 1) & (sheet.y > HORIZON)
    surface(floor, mix(SAND, SEA, 0.36), CREAM, 0.38 - 0.25 * far)
    surface(room & (view.axis == 1) & ~floor, mix(SEA, SAND, 0.12), SEA, 0.45 - 0.35 * far)
    surface(room & (view.axis == 0) & left, mix(SAND, SEA, 0.16), CREAM, 0.26 - 0.2 * far)
    moulding = room & (view.axis == 0) & left & panels(view, y)
    surface(moulding, mix(SAND, SEA, 0.5), SAND, 0 * far)
    surface(room & (view.axis == 0) & ~left, mix(SEA, INK, 0.2), SEA, 0.5 - 0.2 * far)
    surface(room & (view.axis == 2), mix(SAND, SEA, 0.42), CREAM, 0.22 + 0 * far)
    surface(door, mix(SEA, INK, 0.6), SEA, 0 * far)
    sheet.tint(
        CREAM,
        gaussian_filter((room & (view.axis == 0) & ~left & on_window(view, y)).astype(float), 0.7),
    )
    ink[room & (view.axis == 0) & ~left & on_window(view, y)] = 0
    table = (view.box == 1) | (view.box == 2)
    surface(table, mix(ACCENT, INK, 0.22), mix(ACCENT, OCHRE, 0.25), 0.34 - 0.2 * far)
    surface(table & (view.axis != 1), mix(ACCENT, INK, 0.62), ACCENT, 0.3 + 0 * far)
    wood = (view.kind == 1) & ~table
    surface(wood, mix(INK, SEA, 0.25), SAND, 0 * far)
    surface(wood & (view.axis == 1), mix(SEA, SLATE, 0.5), SAND, 0.3 + 0 * far)
    surface(wood & (view.axis == 0) & left, mix(SEA, SLATE, 0.35), OCHRE, 0.45 + 0 * far)
    surface(view.kind == 2, mix(PAPER, SEA, 0.15), PAPER, 0 * far)
    ink = gaussian_filter(ink, 0.6)
    for axis, across in ((0, y), (1, x)):
        mine = gaussian_filter((view.axis == axis).astype(float), 0.6)
        sheet.tint(INK, converging(across, view.z, ink) * mine)
    flat = gaussian_filter((view.axis == 2).astype(float), 0.6)
    sheet.tint(INK, hatch(ink, lines(sheet, 11)) * flat)
    sheet.tint(INK, edges(view))
    return sheet


def edges(view: View) -> Array:
    """Outlines: where the box or the face changes."""
    label = view.box * 4.0 + view.axis
    turn = np.zeros(label.shape)
    turn[:, 1:] += label[:, 1:] != label[:, :-1]
    turn[1:] += label[1:] != label[:-1]
    near = np.clip(9 / view.z, 0.25, 1.6)
    return np.clip(gaussian_filter(np.minimum(turn, 1), 0.9) * 2.2 * near, 0, 1)
