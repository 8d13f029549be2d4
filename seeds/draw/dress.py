"""Collars, lapels and ties as flat pieces over the torso."""

from __future__ import annotations

from typing import Protocol

from style import INK, mix

Points = list[tuple[float, float]]


class Wearer(Protocol):
    @property
    def who(self) -> Colours: ...

    def garment(self, xy: Points, colour: str, *, edge: float = 3) -> None: ...


class Colours(Protocol):
    @property
    def skin(self) -> str: ...
    @property
    def cloth(self) -> str: ...
    @property
    def second(self) -> str: ...
    @property
    def third(self) -> str: ...


def flip(xy: Points) -> Points:
    return [(-x, y) for x, y in xy]


def pair(w: Wearer, xy: Points, colour: str) -> None:
    w.garment(xy, colour)
    w.garment(flip(xy), colour)


def lapels(w: Wearer, *, open_: float = 0.0) -> None:
    o = open_
    pair(
        w,
        [
            (0.5, -1.5),
            (0.66, -1.62),
            (0.82 + o, -1.98),
            (0.58 + o, -2.0),
            (0.66 + o, -2.1),
            (0.1, -2.7),
            (0.0, -2.7),
            (0.3 + o, -2.0),
        ],
        mix(w.who.cloth, INK, 0.18),
    )


def blazer(w: Wearer) -> None:
    """A plain round-necked top under a jacket."""
    w.garment(
        [
            (-0.6, -1.3),
            (-0.42, -1.45),
            (-0.2, -1.56),
            (0, -1.6),
            (0.2, -1.56),
            (0.42, -1.45),
            (0.6, -1.3),
            (0.6, -2.6),
            (-0.6, -2.6),
        ],
        w.who.second,
    )
    lapels(w)


def v_neck(w: Wearer) -> None:
    """A blouse whose collar lies open over the jacket."""
    w.garment(
        [(-0.6, -1.25), (0.6, -1.25), (0.3, -1.8), (0, -2.1), (-0.3, -1.8)], w.who.skin, edge=0
    )
    lapels(w, open_=0.04)
    pair(w, [(0.46, -1.28), (0.68, -1.5), (0.58, -1.88), (0.0, -2.14), (0.3, -1.78)], w.who.second)


def shirt(w: Wearer, *, depth: float = -1.72) -> None:
    w.garment(
        [(-0.5, -1.4), (-0.1, depth), (0.1, depth), (0.5, -1.4), (0.45, -2.7), (-0.45, -2.7)],
        w.who.second,
        edge=0,
    )


def collar(w: Wearer, depth: float = -1.72) -> None:
    pair(
        w,
        [(0.45, -1.28), (0.54, -1.52), (0.36, -1.98), (0.02, depth), (0.3, depth + 0.24)],
        w.who.second,
    )


def tie(w: Wearer) -> None:
    shirt(w)
    w.garment([(-0.07, -1.86), (0.07, -1.86), (0.17, -2.6), (-0.17, -2.6)], w.who.third)
    w.garment([(-0.12, -1.68), (0.12, -1.68), (0.075, -1.88), (-0.075, -1.88)], w.who.third)
    lapels(w)
    collar(w)


def bow_tie(w: Wearer) -> None:
    shirt(w)
    w.garment(
        [(-0.012, -1.86), (0.012, -1.86), (0.012, -2.6), (-0.012, -2.6)], w.who.second, edge=2
    )
    lapels(w)
    collar(w)
    pair(w, [(0.0, -1.76), (0.3, -1.64), (0.34, -1.76), (0.3, -1.9)], w.who.third)
    w.garment([(-0.06, -1.7), (0.06, -1.7), (0.06, -1.83), (-0.06, -1.83)], w.who.third)


def open_collar(w: Wearer) -> None:
    """A shirt without a tie, one button undone, no jacket."""
    w.garment([(-0.6, -1.25), (0.6, -1.25), (0.06, -2.0), (-0.06, -2.0)], w.who.skin, edge=0)
    w.garment([(-0.012, -1.95), (0.012, -1.95), (0.012, -2.7), (-0.012, -2.7)], w.who.cloth, edge=2)
    pair(w, [(0.46, -1.3), (0.6, -1.55), (0.42, -2.06), (0.02, -1.98), (0.27, -1.62)], w.who.second)


def open_jacket(w: Wearer) -> None:
    shirt(w, depth=-1.95)
    w.garment([(-0.6, -1.25), (0.6, -1.25), (0.06, -2.0), (-0.06, -2.0)], w.who.skin, edge=0)
    w.garment(
        [(-0.012, -1.95), (0.012, -1.95), (0.012, -2.7), (-0.012, -2.7)], w.who.second, edge=2
    )
    lapels(w)
    pair(
        w, [(0.46, -1.3), (0.58, -1.55), (0.42, -2.04), (0.02, -1.98), (0.27, -1.62)], w.who.second
    )


def jersey(w: Wearer) -> None:
    """Nothing over the cloth: the neck of a jumper is a solid of its own."""


def jacket(w: Wearer) -> None:
    """A jacket over a polo neck or a scarf."""
    w.garment([(-0.5, -1.4), (0.5, -1.4), (0.4, -2.7), (-0.4, -2.7)], w.who.second, edge=0)
    lapels(w)
