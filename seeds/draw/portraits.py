"""The twelve contributors: busts in flat tints, engraved in one ink."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from scipy.ndimage import gaussian_filter, zoom

import dress
import features
import hair
from head import FRAME, MIDDLE, Bust, Shape, both, bust, see, skull
from ink import Array, Plate, hatch, smooth
from style import ACCENT, INK, PAPER, Point, mix

SIZE = 900
GEOMETRY = int(os.environ.get("DRAW_GEOMETRY", "450"))


@dataclass(frozen=True)
class Person:
    ground: str
    skin: str
    tress: str
    cloth: str
    cut: Callable[[Shape], hair.Solids]
    strands: Callable[[Array], Array] = hair.fall
    beard: Callable[[Shape], hair.Solids] = hair.nothing
    body: Callable[[Shape], hair.Solids] = hair.nothing
    dress: Callable[[dress.Wearer], None] = dress.blazer
    pose: tuple[float, float, float] = (0.3, 0.02, 0)
    shape: Shape = field(default_factory=Shape)
    brow: float = 1.0
    lash: float = 1.0
    lip: float = 0.3
    age: float = 0.0
    glasses: str = ""
    second: str = PAPER
    third: str = ACCENT
    deep: float = 0.0
    gloss: tuple[float, float] = (0.95, 0.6)
    smile: float = 0.03
    moustache: float = 0.0


def up(a: Array) -> Array:
    return zoom(a, SIZE / GEOMETRY, order=1).astype(np.float32)


def soft(mask: Array) -> Array:
    """A crisp but smooth edge from a low-resolution mask."""
    return smooth(0.38, 0.62, gaussian_filter(up(mask.astype(np.float32)), 2.2))


class Drawing:
    """One person on one sheet."""

    unit = SIZE / FRAME  # pixels in one head unit

    def __init__(self, who: Person) -> None:
        self.who = who
        neck, torso = bust(who.shape)
        head = [skull(who.shape), *who.cut(who.shape), *who.beard(who.shape)]
        body = [neck, torso, *who.body(who.shape)]
        self.bust: Bust = see(head, body, who.pose, GEOMETRY)
        part, n = self.bust.part, len(head)
        self.sheet = Plate(who.ground, SIZE, SIZE)
        self.skin = soft((part == 0) | (part == n))
        self.tresses = soft((part > 0) & (part < n))
        self.cloth = soft(part > n)
        self.accessory = soft(part > n + 1)
        self.below = soft(part >= n) - self.accessory
        self.tone = gaussian_filter(up(self.bust.tone), 1.0)

    def points(self, xy: list[tuple[float, float]], mirror: float = 1) -> Array:
        a = np.array(xy, np.float32)
        a[:, 0] *= mirror
        return self.bust.project(a) * SIZE

    def ink(
        self,
        points: Iterable[Point],
        cover: Array,
        *,
        stroke: float = 0,
        colour: str = INK,
        alpha: float = 1,
    ) -> None:
        s = self.sheet
        m = s.stroked(points, stroke) if stroke else s.area(points)
        s.tint(colour, m * cover * alpha)

    def run(self) -> Plate:
        s, w = self.sheet, self.who
        s.tint(w.skin, self.skin)
        s.tint(w.cloth, self.cloth)
        w.dress(self)
        s.tint(w.third, self.accessory)
        s.tint(w.tress, self.tresses)
        features.lips(self)
        self.model()
        for side in both(1):
            features.eye(self, side)
            features.brow(self, side)
        features.lines(self)
        if w.moustache:
            features.whiskers(self)
        self.outline()
        if w.glasses:
            features.spectacles(self)
        return s

    def model(self) -> None:
        """The hatching: level rings on skin and cloth, strands in the hair."""
        s, w = self.sheet, self.who
        depth = gaussian_filter(up(np.maximum(self.bust.depth, -1.6)), 3)
        rings = (s.y - 60 * depth) / 8.4
        light = smooth(0.05, 0.95, self.tone)
        dark = np.clip(0.87 - light - 0.1 * w.deep, 0, 0.82 - 0.14 * w.deep)
        s.tint(mix(INK, w.skin, 0.08), hatch(dark, rings, least=0.05) * self.skin)
        if w.deep:
            shine = np.clip((light - 0.72) * 1.6, 0, 0.6) * w.deep
            s.tint(mix(w.skin, PAPER, 0.55), hatch(shine, rings + 0.5, least=0.04) * self.skin)
        slant = (s.y * 0.5 + s.x * 0.86 + 60 * depth) / 9.0
        folds = np.clip(0.72 - 0.8 * light, 0, 0.62)
        s.tint(INK, hatch(folds, slant, least=0.05) * self.cloth)
        base, span = w.gloss
        strands = w.strands(zoom(self.bust.local, (SIZE / GEOMETRY, SIZE / GEOMETRY, 1), order=1))
        gloss = base - span * light + 0.16 * np.sin(strands * 0.83) + 0.1 * np.sin(strands * 0.37)
        gloss = np.clip(gloss, 0.08, 0.93)
        s.tint(INK, hatch(gloss, gaussian_filter(strands, 0.7)) * self.tresses)

    def outline(self) -> None:
        """Ink where the form ends or one thing stands before another."""
        depth = gaussian_filter(up(np.maximum(self.bust.depth, -2.2)), 2.0)
        whole = soft(self.bust.part >= 0)
        inside = np.hypot(*np.gradient(depth)) * (gaussian_filter(whole, 4) > 0.97)
        self.sheet.tint(INK, smooth(0.045, 0.09, inside))
        for cover, weight in ((whole, 1.0), (self.tresses, 0.7), (self.cloth, 0.7)):
            rim = np.hypot(*np.gradient(gaussian_filter(cover, 1.8)))
            self.sheet.tint(INK, smooth(0.05, 0.14, rim) * weight)

    def level(self, xy: Array) -> Array:
        """Points of a plane before the eyes, in pixels."""
        left, right, nose = self.points([(-0.3, 0.01), (0.3, 0.01), (0, 0)])
        across = (right - left) / 0.6
        down = np.array([-across[1], -self.unit])
        middle = nose * 0.45 + (left + right) / 2 * 0.55
        return middle + xy[:, :1] * across + (xy[:, 1:] - 0.01) * down

    def garment(self, xy: list[Point], colour: str, *, edge: float = 3) -> None:
        """A flat piece over neck and torso, cloth unless it has the colour of the skin.

        (x, y) in head units of the torso.
        """
        piece = [to_picture(x, y) for x, y in [*xy, xy[0]]]
        m = self.sheet.area(piece) * self.below
        self.sheet.tint(colour, m)
        on, off = (self.skin, self.cloth) if colour == self.who.skin else (self.cloth, self.skin)
        np.maximum(on, m, out=on)
        off *= 1 - m
        if edge:
            self.ink(piece, self.below, stroke=edge)


def to_picture(x: float, y: float) -> Point:
    """Where a point of the unturned torso falls, in pixels."""
    return (x / FRAME + 0.5) * SIZE, ((MIDDLE - y) / FRAME + 0.5) * SIZE
