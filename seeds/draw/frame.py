"""A sheet's view of the world: projections, rasters and the paths that shapes become."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache

import cairo
import numpy as np
import shapely
from PIL import Image
from pyproj import CRS, Transformer
from scipy.ndimage import gaussian_filter, map_coordinates
from shapely.geometry.base import BaseGeometry

from atlas import BASEMAP
from style import Point, Sheet

Image.MAX_IMAGE_PIXELS = None
EARTH = 6371000.0


@cache
def _raster(name: str) -> np.ndarray:
    return np.asarray(Image.open(BASEMAP / f"{name}.jpg"), np.float32) / 255


def _window(name: str, west: float, south: float, east: float, north: float) -> np.ndarray:
    """Part of a world raster, grey or red, wrapped around the date line."""
    grid = _raster(name)
    per = grid.shape[1] / 360
    rows = np.arange(round((90 - north) * per), round((90 - south) * per))
    cols = np.arange(round((west + 180) * per), round((east + 180) * per))
    return grid[np.clip(rows, 0, grid.shape[0] - 1)][:, cols % grid.shape[1]]


def _shading(window: tuple[float, float, float, float]) -> np.ndarray:
    """Light and shade of the relief, -1 to 1, without the source's colours; 0 at sea."""
    tints = _window("shadedrelief", *window)
    grey = tints.mean(axis=2)
    dry = gaussian_filter((tints[:, :, 2] - tints[:, :, 0] < 0.105).astype(np.float32), 0.7)
    dry = np.clip(dry * 2 - 1, 0, 1)
    level = gaussian_filter(grey * dry, 9) / (gaussian_filter(dry, 9) + 1e-6)
    return np.tanh((grey - level) * 6) * dry


class Frame:
    """A sheet's view of the world: a projection and how its plane lies on the pixels."""

    def __init__(
        self,
        sheet: Sheet,
        center: Point,
        km: float,
        proj: str = "",
        at: Point = (0.5, 0.5),
    ) -> None:
        """km is the width of the sheet at the centre, which lies at share `at` of it."""
        self.sheet = sheet
        lon, lat = center
        text = proj or f"+proj=laea +lat_0={lat} +lon_0={lon}"
        plane = CRS.from_proj4(f"{text} +R=6371000 +type=crs")
        globe = CRS.from_proj4("+proj=longlat +R=6371000 +type=crs")
        self.forth = Transformer.from_crs(globe, plane, always_xy=True)
        self.back = Transformer.from_crs(plane, globe, always_xy=True)
        self.scale = km * 1000 / sheet.width
        self.round = (
            Transformer.from_crs(
                globe,
                CRS.from_proj4(text.replace("ortho", "aeqd") + " +R=6371000 +type=crs"),
                always_xy=True,
            )
            if "ortho" in text
            else None
        )
        x, y = self.forth.transform(lon, lat)
        self.left = x - at[0] * sheet.width * self.scale
        self.top = y + at[1] * sheet.height * self.scale
        self.view = self._view()
        zero = float(text.partition("+lon_0=")[2].partition(" ")[0] or 0)
        edge = (zero + 360) % 360 - 180
        self.seam = shapely.box(edge - 0.02, -90, edge + 0.02, 90)

    def px(self, lon: float, lat: float) -> Point:
        x, y = self.forth.transform(lon, lat)
        return (x - self.left) / self.scale, (self.top - y) / self.scale

    def track(self, places: Sequence[Point], step: float = 0.25) -> list[Point]:
        """A smooth pixel curve through places of longitude and latitude."""
        return smooth([self.px(*p) for p in places], step)

    def _grid(self, step: int) -> tuple[np.ndarray, np.ndarray]:
        x = self.left + np.arange(-step, self.sheet.width + 2 * step, step) * self.scale
        y = self.top - np.arange(-step, self.sheet.height + 2 * step, step) * self.scale
        lon, lat = self.back.transform(*np.meshgrid(x, y))
        return np.asarray(lon), np.asarray(lat)

    def _view(self) -> BaseGeometry:
        """The rectangle of longitude and latitude that holds all of the sheet."""
        lon, lat = self._grid(20)
        fits = np.isfinite(lon) & np.isfinite(lat)
        if not fits.all():
            return shapely.box(-180, -90, 180, 90)
        west, east = lon.min() - 1, lon.max() + 1
        return shapely.box(west, max(-90, lat.min() - 1), east, min(90, lat.max() + 1))

    def flat(self, shape: BaseGeometry, step: float = 0.2) -> BaseGeometry:
        """The part of a shape in view, in pixels."""
        parts = shapely.get_parts(shape)
        seen = parts[shapely.intersects(shapely.envelope(parts), self.view)]
        inside = shapely.contains(self.view, shapely.envelope(seen))
        seen[~inside] = shapely.intersection(seen[~inside], self.view)
        torn = shapely.intersects(seen, self.seam)
        seen[torn] = shapely.difference(seen[torn], self.seam)
        kept = shapely.geometrycollections(seen[~shapely.is_empty(seen)])
        fine = shapely.segmentize(kept, step)
        if self.round:
            return self._hemisphere(fine, self.round)
        return shapely.transform(fine, self._pixels)

    def _hemisphere(self, shape: BaseGeometry, ahead: Transformer) -> BaseGeometry:
        """Cut at the horizon on the equidistant plane, where far things stay finite."""
        wide = shapely.get_parts(
            shapely.transform(shape, lambda c: np.column_stack(ahead.transform(*c.T)))
        )
        disc = shapely.Point(0, 0).buffer(EARTH * math.radians(89.6), 128)
        near = shapely.geometrycollections(shapely.intersection(shapely.make_valid(wide), disc))
        return shapely.transform(near, self._sphere)

    def _sphere(self, coords: np.ndarray) -> np.ndarray:
        far = np.hypot(*coords.T)[:, None]
        flat = coords * np.where(far > 1, np.sin(far / EARTH) * EARTH / np.maximum(far, 1), 1)
        return np.column_stack([flat[:, 0] - self.left, self.top - flat[:, 1]]) / self.scale

    def _pixels(self, coords: np.ndarray) -> np.ndarray:
        x, y = self.forth.transform(coords[:, 0], coords[:, 1])
        return np.column_stack([(x - self.left) / self.scale, (self.top - y) / self.scale])

    def mask(self, shape: BaseGeometry) -> np.ndarray:
        """Where the shape lies, as a height x width array of 0..1."""
        surface = cairo.ImageSurface(cairo.FORMAT_A8, self.sheet.width, self.sheet.height)
        ctx = cairo.Context(surface)
        trace(ctx, self.flat(shape))
        ctx.fill()
        surface.flush()
        rows = np.ndarray((self.sheet.height, surface.get_stride()), np.uint8, surface.get_data())
        return rows[:, : self.sheet.width].astype(np.float32) / 255

    def lonlat(self) -> tuple[np.ndarray, np.ndarray]:
        """Longitude and latitude of every pixel."""
        step = 10 if not self.round else 1
        grids = self._grid(step)
        if self.round:
            return tuple(np.nan_to_num(g[1:-2, 1:-2], posinf=0) for g in grids)
        lon, lat = np.unwrap(np.unwrap(grids[0], period=360), axis=0, period=360), grids[1]
        y, x = np.mgrid[0 : self.sheet.height, 0 : self.sheet.width] / step + 1
        return tuple(map_coordinates(g, [y, x], order=1) for g in (lon, lat))

    def _sample(self, grid: np.ndarray, west: float, north: float) -> np.ndarray:
        lon, lat = self.lonlat()
        per = grid.shape[1] / self._span()
        spot = [(north - lat) * per - 0.5, ((lon - west) % 360) * per - 0.5]
        return map_coordinates(grid, spot, order=3, mode="nearest", prefilter=False)

    def _window(self) -> tuple[float, float, float, float]:
        west, south, east, north = self.view.bounds
        return math.floor(west), math.floor(south), math.ceil(east), math.ceil(north)

    def _span(self) -> float:
        west, _, east, _ = self._window()
        return east - west

    def relief(self) -> np.ndarray:
        west, _, _, north = window = self._window()
        return self._sample(_shading(window), west, north)

    def depth(self, blur: float = 3) -> np.ndarray:
        """How deep the sea floor looks on ETOPO's tints: 0 on the shelf, 1 in the abyss."""
        west, _, _, north = window = self._window()
        pale = gaussian_filter(_window("etopo1", *window)[:, :, 0], blur)
        return np.clip(1.0 - self._sample(pale, west, north) / 0.72, 0, 1)


def trace(ctx: cairo.Context, shape: BaseGeometry) -> None:
    """Put the outline of any shape on the context's path."""
    for part in shapely.get_parts(shape):
        if isinstance(part, shapely.Polygon):
            for ring in (part.exterior, *part.interiors):
                _walk(ctx, ring.coords)
                ctx.close_path()
        elif isinstance(part, shapely.LineString):
            _walk(ctx, part.coords)
        elif hasattr(part, "geoms"):
            trace(ctx, part)


def _walk(ctx: cairo.Context, coords: Iterable[Point]) -> None:
    for i, (x, y) in enumerate(coords):
        (ctx.line_to if i else ctx.move_to)(x, y)


def smooth(points: Sequence[Point], step: float = 0.05) -> list[Point]:
    """Catmull-Rom: a curve through all of the points."""
    p = np.array([points[0], *points, points[-1]], float)
    p[0], p[-1] = 2 * p[1] - p[2], 2 * p[-2] - p[-3]
    t = np.arange(0, 1, min(step, 0.05))[:, None]
    curve = [
        0.5
        * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - a - 3 * c + d) * t**3
        )
        for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False)
    ]
    return [tuple(q) for q in np.concatenate([*curve, p[-2:-1]])]
