"""The features of a face, drawn in ink over the modelled head of a portrait."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from head import MOUTH, NOSE, both
from ink import circle, curve
from style import ACCENT, INK, PAPER, mix

if TYPE_CHECKING:
    from portraits import Drawing


def lips(d: Drawing) -> None:
    w, s_, m = d.who, d.sheet, MOUTH * d.who.shape.long
    k = 0.5 + 0.5 * w.shape.lips
    middle = mouth(d)
    top = [
        (-0.2, m + w.smile),
        (-0.07, m + 0.062 * k),
        (0, m + 0.045 * k),
        (0.07, m + 0.062 * k),
        (0.2, m + w.smile),
    ]
    low = [(0.1, m - 0.075 * k), (0, m - 0.09 * k), (-0.1, m - 0.075 * k)]
    rosy = mix(w.skin, ACCENT, w.lip)
    edge = [*d.points(top), *d.points(low)]
    d.ink(edge, d.skin, colour=rosy)
    x, y = np.mean(edge, 0)
    calm = np.exp(-(((s_.x - x) / 60) ** 2 + ((s_.y - y + 12) / 36) ** 2))
    d.tone = d.tone + 0.42 * calm * (1 - d.tone)
    d.ink([*d.points(top), *d.points(middle)[::-1]], d.skin, colour=mix(rosy, INK, 0.35))


def eye(d: Drawing, side: float) -> None:
    w, t = d.who, np.linspace(0, np.pi, 13)
    cx, half = 0.295, 0.15
    tilt = 0.012
    top = [(cx - half * np.cos(a), 0.072 * np.sin(a) ** 0.8 - tilt * np.cos(a) - 0.006) for a in t]
    low = [(cx - half * np.cos(a), -0.004 - 0.046 * np.sin(a) - tilt * np.cos(a)) for a in t]
    upper, lower = d.points(top, side), d.points(low, side)
    opening = [*upper, *lower[::-1]]
    d.ink(opening, d.skin, colour=mix(w.skin, PAPER, 0.75))
    inside = d.sheet.area(opening) * d.skin
    gaze = -0.05 * np.sin(w.pose[0]) * side
    iris = d.points([(cx + gaze, 0.014)], side)[0]
    x, y = map(float, iris)
    r = 0.07 * d.unit
    d.ink(circle(x, y, r), inside, colour=mix(INK, w.tress, 0.15))
    d.ink(circle(x - r * 0.32, y - r * 0.35, r * 0.24), inside, colour=PAPER)
    d.ink(curve(upper), d.skin, stroke=3.6 * w.lash)
    d.ink(curve(lower[2:]), d.skin, stroke=1.3)
    crease = [(u + 0.01, v + 0.045 + 0.01 * np.sin(a)) for (u, v), a in zip(top, t, strict=True)]
    d.ink(curve(d.points(crease[2:], side)), d.skin, stroke=1.6)
    if w.lash > 1.2:
        out = d.points([top[-1], (top[-1][0] + 0.03, top[-1][1] + 0.02)], side)
        d.ink(curve(out), d.skin, stroke=3)


def brow(d: Drawing, side: float) -> None:
    b, y = 0.03 * d.who.brow, 0.19
    ridge = [
        (0.11, y - 0.005),
        (0.2, y + 0.035),
        (0.34, y + 0.055),
        (0.45, y + 0.015),
        (0.5, y - 0.03),
    ]
    thick = np.interp(np.linspace(0, 1, 40), [0, 0.25, 0.7, 1], [0.7, 1.1, 0.8, 0.05]) * b
    middle = curve(ridge)
    edges = np.concatenate(
        [middle + [[0, 1]] * thick[:, None], (middle - [[0, 1]] * thick[:, None])[::-1]]
    )
    colour = mix(INK, d.who.tress, 0.25)
    d.ink(d.points([tuple(q) for q in edges], side), d.skin, colour=colour)


def lines(d: Drawing) -> None:
    """Mouth, nostrils, and the furrows of age."""
    w, lg = d.who, d.who.shape.long
    bare = d.skin
    d.ink(curve(d.points(mouth(d))), bare, stroke=3.4)
    n = (NOSE - 0.085) * lg
    for side in both(1):
        wing = 0.13 * w.shape.nose_width
        d.ink(
            curve(d.points([(0.035, n - 0.002), (0.065, n + 0.012), (0.1, n + 0.002)], side)),
            bare,
            stroke=4,
        )
        d.ink(
            curve(
                d.points(
                    [
                        (wing + 0.05, n + 0.09),
                        (wing + 0.07, n + 0.04),
                        (wing + 0.03, n + 0.005),
                    ],
                    side,
                )
            ),
            bare,
            stroke=1.8,
        )
        if w.age > 0.35:
            fold = [(wing + 0.085, n + 0.03), (0.25, n - 0.06), (0.31, MOUTH * lg + 0.07)]
            d.ink(curve(d.points(fold, side)), bare, stroke=0.8 + 1.5 * w.age)
        if w.age > 0.5:
            for k in range(3):
                crow = [(0.46, -0.0 - 0.03 * k), (0.54, 0.03 - 0.05 * k)]
                d.ink(curve(d.points(crow, side)), bare, stroke=1.3)
            bag = [(0.19, -0.075), (0.29, -0.105), (0.4, -0.075)]
            d.ink(curve(d.points(bag, side)), bare, stroke=1.4)
    if w.age > 0.6:
        for k in range(2):
            y = 0.47 + 0.11 * k
            furrow = [(x, y + 0.02 * np.cos(x * 9)) for x in np.linspace(-0.34, 0.34, 9)]
            d.ink(curve(d.points(furrow)), bare, stroke=1.3)


def whiskers(d: Drawing) -> None:
    """A moustache: one flat shape with a few strokes that run outwards."""
    w, m = d.who, MOUTH * d.who.shape.long
    t = np.linspace(-1, 1, 41)
    wide, k = 0.31, w.moustache
    top = [
        (
            x * wide,
            m + 0.01 + (0.075 + 0.04 * k) * (1 - abs(x) ** 1.7) - 0.015 * (abs(x) < 0.08),
        )
        for x in t
    ]
    low = [(x * wide, m + 0.0 + 0.035 * (1 - abs(x)) - 0.09 * k * abs(x) * (1 - x * x)) for x in t]
    shape = [*d.points(top), *d.points(low)[::-1]]
    d.ink(shape, d.skin, colour=mix(w.tress, INK, 0.25 * (w.gloss[0] > 0.7)))
    d.ink([*shape, shape[0]], d.skin, stroke=2)
    for share in (0.35, 0.68):
        run = np.array(top) * share + np.array(low) * (1 - share)
        for half in (run[4:18], run[23:37]):
            d.ink(d.points([tuple(q) for q in half]), d.skin, stroke=1.8, alpha=0.75)


def mouth(d: Drawing) -> list[tuple[float, float]]:
    m, sm = MOUTH * d.who.shape.long, d.who.smile
    return [
        (-0.235, m + sm * 1.2),
        (-0.19, m + sm * 0.7),
        (-0.08, m + 0.004),
        (0, m - 0.004),
        (0.08, m + 0.004),
        (0.19, m + sm * 0.7),
        (0.235, m + sm * 1.2),
    ]


def spectacles(d: Drawing) -> None:
    kind = d.who.glasses
    t = np.linspace(0, 2 * np.pi, 40)
    power = {"round": 1.0, "square": 0.55, "half": 0.7}[kind]
    rx, ry = {"round": (0.2, 0.185), "square": (0.225, 0.15), "half": (0.21, 0.1)}[kind]
    drop = -0.06 if kind == "half" else -0.01
    everywhere = np.ones_like(d.tone)
    for side in both(1):
        x = 0.3 + rx * np.sign(np.cos(t)) * np.abs(np.cos(t)) ** power
        y = drop + ry * np.sign(np.sin(t)) * np.abs(np.sin(t)) ** power
        lens = d.level(np.stack([x * side, y], -1))
        d.ink(lens, everywhere, colour=PAPER, alpha=0.1)
        d.ink(lens, everywhere, stroke=5)
        if side * d.who.pose[0] > 0.1:
            continue  # the far arm is hidden
        arm = d.points([(side * (0.3 + rx), drop + 0.04), (side * 0.74, 0.05)])
        d.ink(arm, d.skin, stroke=4.5)
    bridge = d.level(np.array([(-0.1, drop + 0.04), (0, drop + 0.075), (0.1, drop + 0.04)]))
    d.ink(curve(bridge), everywhere, stroke=5)
