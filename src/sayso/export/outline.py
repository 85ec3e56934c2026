"""The outlines of land and countries, for small maps: Natural Earth at 1:110 million, as shipped in ``atlas/``.

Borders are drawn as Natural Earth has them, that is by who holds the ground; a map shows where something is said to
have happened, and says nothing of whose land it is.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Point = tuple[float, float]
"""Degrees east and degrees north."""

SHA256 = "2516c915867c7baf18ddec727aec46c315541a07cfb3d79a6559b05d5e94eee8"
"""Of ``atlas/countries-110m.json``, which is that file of the npm package world-atlas 2.0.2, unchanged."""

_LEAST_HEIGHT = 16.0
"""Degrees of latitude that a map shows at least; outlines this coarse say nothing below."""

_MARGIN = 0.25
_POLE = 90.0


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the world that a map shows, in degrees; `east` may lie beyond 180."""

    west: float
    south: float
    east: float
    north: float

    def place(self, lon: float, lat: float, width: float, height: float) -> Point:
        """Return where a point stands on a picture of this size, from its upper left corner."""
        while lon < self.west:
            lon += 360
        while lon > self.east and lon - 360 >= self.west:
            lon -= 360
        across, up = self.east - self.west, self.north - self.south
        return (lon - self.west) / across * width, (self.north - lat) / up * height


def window(points: Sequence[Point], aspect: float) -> Window:
    """Return a window around points.

    Args:
        points: Where things are; the whole world where there are none.
        aspect: The picture's width over its height.
    """
    if not points:
        return Window(-180, -60, 180, 85)
    lats = [lat for _, lat in points]
    west, east = _around(sorted(lon % 360 for lon, _ in points))
    middle = (min(lats) + max(lats)) / 2
    # A degree of longitude is shorter than one of latitude, by the cosine of the latitude.
    shrunk = max(math.cos(math.radians(min(abs(middle), 75.0))), 0.25)
    spread = max(max(lats) - min(lats), (east - west) * shrunk / aspect)
    height = min(max(spread * (1 + 2 * _MARGIN), _LEAST_HEIGHT), 180.0)
    across = min(height * aspect / shrunk, 360.0)
    centre = (west + east) / 2
    south = min(max(middle - height / 2, -_POLE), _POLE - height)
    left = (centre - across / 2 + 180) % 360 - 180
    return Window(left, south, left + across, south + height)


def land(view: Window) -> Iterator[list[Point]]:
    """Yield the rings of land in a window, cut off at its edges."""
    for ring in _atlas().land:
        yield from _cuts(ring, view)


def borders(view: Window) -> Iterator[list[Point]]:
    """Yield the lines between countries that may touch a window, whole."""
    for line in _atlas().borders:
        for shift in line.shifts(view):
            yield [(lon + shift, lat) for lon, lat in line.points]


def names(view: Window) -> Iterator[tuple[str, Point, float]]:
    """Yield countries in a window: the name, where to write it, and how many degrees wide the country is there."""
    for name, ring in _atlas().countries:
        for cut in _cuts(ring, view):
            lons, lats = [lon for lon, _ in cut], [lat for _, lat in cut]
            middle = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
            yield name, middle, max(lons) - min(lons)


def crossings(rings: Iterable[list[Point]], lat: float) -> list[float]:
    """Return where a parallel crosses the edges of rings, from west to east; land lies between each two."""
    found = []
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 <= lat) != (y2 <= lat):
                found.append(x1 + (lat - y1) * (x2 - x1) / (y2 - y1))
    return sorted(found)


def _around(lons: Sequence[float]) -> tuple[float, float]:
    """Return the shortest stretch of longitude that holds all of some, which lie between 0 and 360."""
    gaps = [(after - before, place) for place, (before, after) in enumerate(pairwise(lons))]
    widest, place = max(gaps, default=(0.0, 0))
    if widest > 360 - (lons[-1] - lons[0]):
        return lons[place + 1] - 360, lons[place]
    return lons[0], lons[-1]


def _cut(ring: list[Point], view: Window) -> list[Point]:
    """Cut a ring off at the window's edges (Sutherland and Hodgman)."""
    for axis, edge, sign in ((0, view.west, 1), (0, view.east, -1), (1, view.south, 1), (1, view.north, -1)):
        kept: list[Point] = []
        for before, after in zip([ring[-1], *ring[:-1]], ring, strict=True):
            inside, was_inside = sign * (after[axis] - edge) >= 0, sign * (before[axis] - edge) >= 0
            if inside != was_inside:
                share = (edge - before[axis]) / (after[axis] - before[axis])
                kept.append((before[0] + share * (after[0] - before[0]), before[1] + share * (after[1] - before[1])))
            if inside:
                kept.append(after)
        ring = kept
        if not ring:
            return []
    return ring


@dataclass(frozen=True, slots=True)
class _Shape:
    """A ring or a line, with the box around it."""

    points: list[Point]
    west: float
    south: float
    east: float
    north: float

    def shifts(self, view: Window) -> tuple[float, ...]:
        """Return by how many degrees it is to be moved around the world to come into a window, if it can."""
        if self.north < view.south or self.south > view.north:
            return ()
        turns = (-360.0, 0.0, 360.0)
        return tuple(turn for turn in turns if self.west + turn <= view.east and self.east + turn >= view.west)


@dataclass(frozen=True, slots=True)
class _Atlas:
    land: tuple[_Shape, ...]
    borders: tuple[_Shape, ...]
    countries: tuple[tuple[str, _Shape], ...]


def _shape(points: list[Point]) -> _Shape:
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return _Shape(points, min(lons), min(lats), max(lons), max(lats))


def _cuts(ring: _Shape, view: Window) -> Iterator[list[Point]]:
    for shift in ring.shifts(view):
        cut = _cut([(lon + shift, lat) for lon, lat in ring.points], view)
        if len(cut) > 2:
            yield cut


@cache
def _atlas() -> _Atlas:
    """Read the shipped TopoJSON: lines shared by neighbours are stored once, as whole-number steps from a corner."""
    topology = json.loads(files("sayso.export").joinpath("atlas", "countries-110m.json").read_text(encoding="utf-8"))
    lines = [_line(steps, topology["transform"]) for steps in topology["arcs"]]
    countries: list[tuple[str, _Shape]] = []
    users: Counter[int] = Counter()
    for shape in topology["objects"]["countries"]["geometries"]:
        rings = [_shape(_ring(part, lines)) for part in _parts(shape)]
        users.update(line if line >= 0 else ~line for part in _parts(shape) for line in part)
        countries.append((shape["properties"]["name"], max(rings, key=_extent)))
    ground = tuple(_shape(_ring(part, lines)) for part in _parts(topology["objects"]["land"]))
    return _Atlas(
        ground,
        tuple(_shape(_unrolled(lines[line])) for line, sharing in users.items() if sharing > 1),
        tuple(countries),
    )


def _parts(shape: dict[str, Any]) -> Iterator[list[int]]:
    """Yield the rings of a shape, each as the numbers of its lines."""
    if shape["type"] == "GeometryCollection":
        for one in shape["geometries"]:
            yield from _parts(one)
        return
    for polygon in [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]:
        yield from polygon


def _ring(numbers: Sequence[int], lines: Sequence[list[Point]]) -> list[Point]:
    ring: list[Point] = []
    for number in numbers:
        ring.extend(lines[number][:-1] if number >= 0 else lines[~number][:0:-1])
    ring = _unrolled(ring)
    if abs(ring[-1][0] - ring[0][0]) > 180:  # around a pole, which only Antarctica is
        pole = math.copysign(90.0, ring[0][1])
        ring += [(ring[-1][0] + (ring[0][0] - ring[-1][0]) % 1, pole), (ring[0][0], pole)]
    return ring


def _unrolled(points: list[Point]) -> list[Point]:
    """Return points without the jump from 180 E to 180 W, so that some may lie beyond 180."""
    unrolled = points[:1]
    for lon, lat in points[1:]:
        turns = round((unrolled[-1][0] - lon) / 360)
        unrolled.append((lon + 360 * turns, lat))
    return unrolled


def _line(steps: Sequence[Sequence[int]], transform: dict[str, Sequence[float]]) -> list[Point]:
    (scale_x, scale_y), (west, south) = transform["scale"], transform["translate"]
    x = y = 0
    line: list[Point] = []
    for step_x, step_y in steps:
        x, y = x + step_x, y + step_y
        line.append((x * scale_x + west, y * scale_y + south))
    return line


def _extent(ring: _Shape) -> float:
    return (ring.east - ring.west) * (ring.north - ring.south)
