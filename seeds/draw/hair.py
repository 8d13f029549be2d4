"""Hair, beards and scarves for the portraits: solids in head units, and the run of the strands."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from head import MOUTH, Shape, Solid, at, ball, both, carve, join, rod
from ink import Array

Solids = list[Solid]


def rough(solid: Solid, depth: float, pitch: float) -> Solid:
    """The same solid with a lumpy surface, for curls."""

    def distance(p: Array) -> Array:
        q = p * pitch
        lump = np.sin(q[:, 0] + 1.3 * np.sin(q[:, 1] * 0.7)) * np.sin(q[:, 1] + np.sin(q[:, 2]))
        lump += 0.6 * np.sin(q[:, 2] * 1.1 + q[:, 0] * 0.5) * np.sin(q[:, 1] * 1.2)
        return (solid(p) - depth * lump) * 0.75

    return distance


def above(y: float) -> Solid:
    """Everything below the plane; to carve with."""
    return lambda p: p[:, 1] - y


def cap(thick: float, *, line: float = 0.72, nape: float = -0.55, high: float = 0.0) -> Solid:
    """Hair that follows the skull, open before the face; `line` is the hairline's height."""
    shell = ball(at(0, 0.35 + high / 2, -0.18), 0.75 + thick, 0.74 + thick + high, 0.92 + thick)
    back = ball(at(0, -0.1, -0.5), 0.62 + thick, 0.62, 0.5 + thick)
    face = ball(at(0, line - 0.88, 0.95), 0.66, 0.88, 0.95)
    ears = [ball(at(x, -0.16, 0.0), 0.3, 0.32, 0.25) for x in both(0.86)]
    return carve(0.06, join(0.15, shell, back), face, *ears, above(nape))


def sides(low: float, wide: float, thick: float, z: float = -0.12) -> Solids:
    """Two falls of hair beside the face, down to `low`."""
    return [rod(at(x * 0.62, 0.55, z), at(x * wide, low, z), thick * 0.9, thick) for x in both(1)]


def crop(_: Shape) -> Solids:
    return [cap(0.035, line=0.72)]


def thinning(_: Shape) -> Solids:
    """A bald crown with hair round the back and sides."""
    front = rod(at(-1, 0.5, 0.75), at(1, 0.5, 0.75), 0.72)
    return [carve(0.08, cap(0.06), ball(at(0, 1.05, 0.2), 1.0, 0.62, 1.2), front)]


def bald(_: Shape) -> Solids:
    return []


def swept(_: Shape) -> Solids:
    """Combed back from a high forehead."""
    return [join(0.15, cap(0.07, line=0.82, high=0.12), ball(at(0, 0.9, 0.2), 0.55, 0.24, 0.45))]


def side_part(_: Shape) -> Solids:
    top = rod(at(-0.42, 0.86, 0.22), at(0.4, 0.88, 0.26), 0.24, 0.28)
    return [join(0.16, cap(0.07, line=0.8), top)]


def bob(_: Shape) -> Solids:
    falls = join(0.2, *sides(-0.72, 0.72, 0.2), ball(at(0, -0.25, -0.42), 0.82, 0.7, 0.55))
    face = ball(at(0, -0.2, 1.0), 0.6, 0.92, 0.95)
    body = join(0.2, cap(0.12, line=0.8, nape=-0.7), falls)
    return [carve(0.06, body, face, above(-0.92))]


def fringe(s: Shape) -> Solids:
    front = carve(
        0.04,
        ball(at(0, 0.42, 0.0), 0.78, 0.74, 0.86),
        above(0.3),
        ball(at(0, 0.4, -1.2), 2, 2, 1.2),
    )
    return [join(0.08, *bob(s), front)]


def long(_: Shape) -> Solids:
    falls = join(0.2, *sides(-1.75, 0.8, 0.24, -0.2), ball(at(0, -0.7, -0.5), 0.85, 1.1, 0.45))
    face = ball(at(0.05, -0.3, 1.0), 0.62, 1.05, 0.95)
    return [carve(0.06, join(0.22, cap(0.13, line=0.8, nape=-0.9), falls), face)]


def bun(_: Shape) -> Solids:
    return [cap(0.06, line=0.76, nape=-0.3), ball(at(0.1, 1.05, -0.66), 0.36, 0.32, 0.36)]


def curls(_: Shape) -> Solids:
    top = join(0.2, cap(0.13, line=0.76, high=0.04), ball(at(0, 0.9, 0.25), 0.6, 0.28, 0.45))
    return [rough(top, 0.04, 13)]


def big_curls(_: Shape) -> Solids:
    mass = join(
        0.3,
        cap(0.18, line=0.8, nape=-0.9),
        ball(at(0, 0.78, -0.05), 0.84, 0.4, 0.8),
        *(ball(at(x, -0.25, -0.25), 0.4, 0.75, 0.45) for x in both(0.82)),
    )
    return [rough(carve(0.08, mass, ball(at(0, -0.2, 1.0), 0.64, 0.98, 0.95)), 0.055, 8.5)]


def waves(_: Shape) -> Solids:
    """Short, full, white: lifted from the forehead."""
    mass = join(0.2, cap(0.14, line=0.8, high=0.04), ball(at(-0.12, 0.94, 0.3), 0.6, 0.26, 0.4))
    return [rough(mass, 0.03, 7)]


def jaw_beard(thick: float, *, low: float = 0.0) -> Callable[[Shape], Solids]:
    """A beard along the jaw, open at the mouth."""

    def solids(s: Shape) -> Solids:
        m = MOUTH * s.long
        shell = join(
            0.2,
            ball(at(0, -0.62 * s.long, 0.13), 0.52 * s.jaw + thick, 0.42 + thick, 0.52 + thick),
            ball(at(0, -0.87 * s.long - low, 0.4), 0.26, 0.22 + thick, 0.26 + thick),
            *(
                rod(at(x, 0.1, 0.0), at(x * 0.97, -0.6, 0.05), 0.06 + thick, 0.12 + thick)
                for x in both(0.64)
            ),
        )
        upper = ball(at(0, m + 0.42, 0.75), 0.5, 0.42, 0.8)
        gap = ball(at(0, m - 0.01, 0.85), 0.2, 0.075, 0.3)
        return [carve(0.05, shell, upper, gap)]

    return solids


def nothing(_: Shape) -> Solids:
    return []


def polo_neck(s: Shape) -> Solids:
    return [rod(at(0, -1.22, -0.29), at(0, -1.75, -0.34), 0.45 * s.neck, 0.5 * s.neck)]


def shawl(_: Shape) -> Solids:
    a = np.linspace(0, 2 * np.pi, 13)
    ring = [at(0.6 * np.sin(t), -1.55 - 0.18 * np.cos(t), -0.2 + 0.45 * np.cos(t)) for t in a]
    return [rough(join(0.1, *(rod(p, q, 0.2) for p, q in pairwise(ring))), 0.02, 9)]


def pearls(_: Shape) -> Solids:
    a = np.linspace(-1.9, 1.9, 25)
    return [
        join(
            0.01,
            *(
                ball(at(0.47 * np.sin(t), -1.5 - 0.14 * np.cos(t), -0.27 + 0.5 * np.cos(t)), 0.052)
                for t in a
            ),
        )
    ]


def fall(p: Array) -> Array:
    """Strands from the crown outwards."""
    return np.arctan2(p[..., 0], p[..., 2] + 0.25) * 13 + p[..., 1] * 1.2


def back(p: Array) -> Array:
    """Strands combed from the forehead to the nape."""
    return np.arctan2(p[..., 0], p[..., 1] - 0.1) * 15


def across(p: Array) -> Array:
    """Strands from a parting at the left."""
    return np.arctan2(p[..., 2] + 0.3, p[..., 0] + 0.55) * 9 + p[..., 1] * 5


def ringlets(p: Array) -> Array:
    return p[..., 1] * 10 + 1.2 * np.sin(p[..., 0] * 8) + 0.7 * np.sin(p[..., 2] * 7)


def woolly(p: Array) -> Array:
    """Close curls: short waves, too fine to follow."""
    return p[..., 1] * 17 + 0.32 * np.sin(p[..., 0] * 34) + 0.32 * np.sin(p[..., 2] * 31)
