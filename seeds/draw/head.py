"""A bust modelled from round solids and seen by parallel rays: tone, depth and outline to engrave.

Lengths are in head units (chin to crown is about 2); y is up, z comes towards the viewer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ink import Array

Solid = Callable[[Array], Any]


def at(*v: float) -> Array:
    return np.array(v, np.float32)


def ball(centre: Array, *radii: float) -> Solid:
    """An ellipsoid; one radius makes a sphere. The distance is the usual estimate."""
    r = np.array(radii if len(radii) == 3 else radii * 3, np.float32)

    def distance(p: Array) -> Array:
        q = (p - centre) / r
        k = np.sqrt((q * q).sum(-1))
        g = np.sqrt(((q / r) ** 2).sum(-1)) + 1e-6
        return np.where(k < 0.3, (k - 1) * r.min(), k * (k - 1) / g)

    return distance


def rod(a: Array, b: Array, ra: float, rb: float | None = None) -> Solid:
    """A capsule from a to b whose radius goes from ra to rb."""
    rb = ra if rb is None else rb
    d = b - a

    def distance(p: Array) -> Array:
        t = np.clip(((p - a) @ d) / (d @ d), 0, 1)
        return np.sqrt(((p - a - t[:, None] * d) ** 2).sum(-1)) - (ra + t * (rb - ra))

    return distance


def smin(a: Array, b: Array, k: float) -> Array:
    h = np.maximum(k - np.abs(a - b), 0) / k
    return np.minimum(a, b) - h * h * k * 0.25


def join(k: float, *solids: Solid) -> Solid:
    def distance(p: Array) -> Array:
        d = solids[0](p)
        for s in solids[1:]:
            d = smin(d, s(p), k)
        return d

    return distance


def carve(k: float, body: Solid, *tools: Solid) -> Solid:
    def distance(p: Array) -> Array:
        d = body(p)
        for t in tools:
            d = -smin(-d, t(p), k)
        return d

    return distance


NOSE, MOUTH = -0.34, -0.58


def both(x: float) -> tuple[float, float]:
    return (-x, x)


@dataclass(frozen=True)
class Shape:
    """The proportions of one face; 1 is average."""

    jaw: float = 1.0
    chin: float = 1.0
    long: float = 1.0
    cheek: float = 1.0
    nose: float = 1.0
    nose_width: float = 1.0
    lips: float = 1.0
    brow: float = 1.0
    neck: float = 1.0
    shoulders: float = 1.0
    ears: float = 1.0  # below 0.4 none: the hair covers them


def skull(s: Shape) -> Solid:
    """The bare head, features and all, looking along +z."""
    low = 0.87 * s.long
    base = join(
        0.3,
        ball(at(0, 0.34, -0.16), 0.75, 0.74, 0.9),
        ball(at(0, -0.05, 0.1), 0.66, 0.85, 0.68),
        ball(at(0, -0.58 * s.long, 0.14), 0.5 * s.jaw, 0.42, 0.5),
        ball(at(0, -low, 0.43), 0.24 * s.chin, 0.16, 0.2),
        *(ball(at(x, -0.2, 0.36), 0.28 * s.cheek, 0.26, 0.26) for x in both(0.38)),
        *(ball(at(x * s.jaw, -0.55 * s.long, -0.02), 0.16, 0.26, 0.26) for x in both(0.36)),
    )
    base = join(
        0.16,
        base,
        rod(at(-0.36, 0.2, 0.56), at(0.36, 0.2, 0.56), 0.12 * s.brow),
    )
    base = carve(0.2, base, *(ball(at(x, 0.02, 0.86), 0.2, 0.13, 0.2) for x in both(0.3)))
    nose_tip = at(0, NOSE * s.long, 0.76 + 0.16 * s.nose)
    nose = join(
        0.12,
        rod(at(0, 0.16, 0.65), nose_tip, 0.06, 0.095 * s.nose_width),
        *(ball(at(x * s.nose_width, (NOSE - 0.04) * s.long, 0.76), 0.08) for x in both(0.11)),
    )
    mound = ball(at(0, MOUTH * s.long, 0.5), 0.27, 0.2, 0.19)
    lower_lip = ball(at(0, (MOUTH - 0.05) * s.long, 0.655), 0.15, 0.045 * s.lips, 0.06)
    eyes = [ball(at(x, 0.01, 0.53), 0.165) for x in both(0.29)]
    ears = [ball(at(x, -0.08, -0.1), 0.07, 0.24 * s.ears, 0.15) for x in both(0.75)]
    face = join(0.07, join(0.2, join(0.14, base, nose), mound), lower_lip)
    face = join(0.05, face, *eyes)
    return join(0.07, face, *ears) if s.ears > 0.4 else face


def bust(s: Shape) -> tuple[Solid, Solid]:
    """Neck and torso."""
    w = s.shoulders
    neck = join(
        0.25,
        rod(at(0, -0.5, -0.22), at(0, -1.55, -0.35), 0.39 * s.neck, 0.45 * s.neck),
        rod(at(-0.5, -1.62, -0.4), at(0.5, -1.62, -0.4), 0.14),
    )
    torso = join(
        0.45,
        ball(at(0, -2.65, -0.4), 1.3 * w, 1.1, 0.62),
        rod(at(-1.3 * w, -2.05, -0.45), at(1.3 * w, -2.05, -0.45), 0.36),
        *(rod(at(0, -1.45, -0.5), at(1.15 * w * x, -1.9, -0.5), 0.2, 0.27) for x in both(1)),
    )
    return neck, torso


@dataclass
class Bust:
    """What the rays found. `part` is an index into the solids given, -1 for none."""

    tone: Array
    depth: Array
    part: Array
    local: Array
    project: Callable[[Array], Array]


def turn(yaw: float, pitch: float, roll: float) -> Array:
    """World to head: p_head = p @ turn."""
    cy, sy = np.cos(yaw), np.sin(yaw)
    cp, sp = np.cos(pitch), np.sin(pitch)
    cr, sr = np.cos(roll), np.sin(roll)
    y = np.array([[cy, 0, -sy], [0, 1, 0], [sy, 0, cy]])
    x = np.array([[1, 0, 0], [0, cp, sp], [0, -sp, cp]])
    z = np.array([[cr, sr, 0], [-sr, cr, 0], [0, 0, 1]])
    return (z @ x @ y).astype(np.float32).T


PIVOT = at(0, -0.75, -0.2)
LIGHT = at(-0.55, 0.5, 0.75)
FRAME = 3.6
MIDDLE = -0.29


def see(head: list[Solid], body: list[Solid], pose: tuple[float, float, float], size: int) -> Bust:
    """Cast `size` x `size` rays; parts are numbered head first, then body."""
    r = turn(*pose)

    def parts(p: Array) -> list[Array]:
        q = (p - PIVOT) @ r + PIVOT
        return [s(q) for s in head] + [s(p) for s in body]

    def scene(p: Array) -> Array:
        return np.minimum.reduce(parts(p))

    j, i = np.meshgrid(np.arange(size), np.arange(size))
    start = (
        np.stack(
            [
                (j + 0.5) / size * FRAME - FRAME / 2,
                MIDDLE + FRAME / 2 - (i + 0.5) / size * FRAME,
                0 * j,
            ],
            -1,
        )
        .reshape(-1, 3)
        .astype(np.float32)
    )
    z = march(scene, start, 2.2, 4.4)
    hit = z > -2.1
    p = start[hit].copy()
    p[:, 2] = z[hit]
    n = normals(scene, p)
    light = LIGHT / np.linalg.norm(LIGHT)
    lit = shade(scene, p, n, light)
    part = np.full(size * size, -1, np.int32)
    part[hit] = np.argmin(np.stack(parts(p)), 0)

    def project(xy: Array) -> Array:
        """Where points of the face in front of (x, y) fall in the picture, 0 to 1."""
        local = np.zeros((len(xy), 3), np.float32)
        local[:, :2] = xy
        local[:, 2] = march(head[0], local, 1.3, 1.6)
        q = (local - PIVOT) @ r.T + PIVOT
        return np.stack([q[:, 0] + FRAME / 2, MIDDLE + FRAME / 2 - q[:, 1]], -1) / FRAME

    def whole(values: Array, fill: float) -> Array:
        out = np.full((size * size, *values.shape[1:]), fill, np.float32)
        out[hit] = values
        return out.reshape(size, size, *values.shape[1:])

    local = (p - PIVOT) @ r + PIVOT
    return Bust(
        whole(lit, 0), whole(p[:, 2], -2.2), part.reshape(size, size), whole(local, 0), project
    )


def march(scene: Solid, start: Array, z0: float, reach: float) -> Array:
    """z where each ray along -z from z0 meets the scene; below z0 - reach when it does not."""
    z = np.full(len(start), z0, np.float32)
    live = np.arange(len(start))
    for _ in range(70):
        p = start[live].copy()
        p[:, 2] = z[live]
        d = scene(p)
        z[live] -= np.maximum(d * 0.8, 0.0008)
        live = live[(d > 0.0015) & (z[live] > z0 - reach)]
        if not len(live):
            break
    z[live] = np.where(z[live] > z0 - reach, z[live], z0 - reach - 1)
    return z


def normals(scene: Solid, p: Array) -> Array:
    e = 0.006
    n = np.stack([scene(p + e * a) - scene(p - e * a) for a in np.eye(3, dtype=np.float32)], -1)
    return n / (np.linalg.norm(n, axis=-1, keepdims=True) + 1e-6)


def shade(scene: Solid, p: Array, n: Array, light: Array) -> Array:
    """Light from the upper left with soft shadows, and darker folds."""
    facing = np.clip(n @ light, 0, 1)
    open_ = np.ones(len(p), np.float32)
    t = np.full(len(p), 0.05, np.float32)
    for _ in range(18):
        d = scene(p + n * 0.01 + t[:, None] * light)
        open_ = np.minimum(open_, np.clip(6 * d / t, 0.25, 1))
        t += np.clip(d, 0.03, 0.15)
    folds = (
        np.clip(scene(p + n * 0.12) / 0.12, 0, 1) * 0.6
        + np.clip(scene(p + n * 0.3) / 0.3, 0, 1) * 0.4
    )
    fill = 0.5 + 0.5 * n[:, 2]
    return (0.8 * facing * open_ + 0.34 * fill * folds).astype(np.float32)
