"""Incidents on a map as a picture: numbered marks over outlines of land, a ring where a point stands for an area."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sayso.export import outline, svg
from sayso.export.markup import anchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.export.outline import Window
    from sayso.export.spots import Spot

_ASPECT = 1.7
_CLEAR_ACROSS, _CLEAR_DOWN = 100, 26
"""Pixels around a mark that no country's name comes into."""

_MOST_NUMBERED = 60
"""From here on numbers would hide one another, and marks are dots."""


def write(
    spots: Sequence[Spot], width: int = 720, key: str = "map", *, styled: bool = True, linked: bool = False
) -> str:
    """Return a map of incidents.

    Args:
        spots: The incidents; without any, the map shows the world.
        width: In pixels.
        key: A name that no other picture on the page has.
        styled: Whether the picture stands alone and so brings its colours with it.
        linked: Whether each mark leads to the incident's place on the same page.
    """
    height = round(width / _ASPECT)
    view = outline.window([(spot.lon, spot.lat) for spot in spots], _ASPECT)
    title = "Where it is said to have happened" if spots else "No incident has a place on the map"
    drawn = [*_ground(view, width, height), *_names(spots, view, width, height)]
    drawn += _marks(spots, view, (width, height), linked=linked)
    return svg.picture(f"{anchor('map', key)}-{width}", width, height, title, sentences(spots), drawn, styled=styled)


def sentences(spots: Sequence[Spot]) -> Iterator[str]:
    """Yield a map in words, for those who do not see it."""
    for spot in spots:
        near = ", an area and not the very place" if spot.near else ""
        killed = f"; {spot.killed}" if spot.killed else ""
        yield f"{spot.number}: {spot.name} ({spot.place or 'place not named'}{near}){killed}."


@lru_cache(maxsize=64)
def _ground(view: Window, width: int, height: int) -> tuple[str, ...]:
    """Return sea, land and borders; incidents of one place, which often follow one another, share them."""

    def path(points: Sequence[outline.Point], end: str) -> str:
        at = (view.place(lon, lat, width, height) for lon, lat in points)
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in at) + end

    land = "".join(path(ring, "Z") for ring in outline.land(view))
    lines = "".join(path(line, "") for line in _within(outline.borders(view), view))
    return (
        f'<rect class="sea" width="{width}" height="{height}"/>',
        f'<path class="land" d="{land}"/>' if land else "",
        f'<path class="border" d="{lines}"/>' if lines else "",
    )


def _names(spots: Sequence[Spot], view: Window, width: int, height: int) -> Iterator[str]:
    """Yield the names of countries that are wide enough for them, away from marks."""
    written: list[tuple[float, float, int]] = []
    taken = [view.place(spot.lon, spot.lat, width, height) for spot in spots]
    for name, (lon, lat), across in outline.names(view):
        if across / (view.east - view.west) * width > 7.5 * len(name):
            x, y = view.place(lon, lat, width, height)
            if any(abs(x - at) < _CLEAR_ACROSS and abs(y - down) < _CLEAR_DOWN for at, down in taken):
                continue
            if any(abs(x - at) < 3.5 * (len(name) + letters) and abs(y - down) < 14 for at, down, letters in written):
                continue
            written.append((x, y, len(name)))
            yield svg.label(x, y, name, "soft small middle")


def _within(lines: Iterator[list[outline.Point]], view: Window) -> Iterator[list[outline.Point]]:
    """Yield the stretches of lines that lie in a window, each with the point before and after."""
    for line in lines:
        stretch: list[outline.Point] = []
        for lon, lat in line:
            inside = view.west <= lon <= view.east and view.south <= lat <= view.north
            if inside:
                stretch.append((lon, lat))
            elif len(stretch) > 1:
                yield stretch
                stretch = []
            else:
                stretch = []
        if len(stretch) > 1:
            yield stretch


def _marks(spots: Sequence[Spot], view: Window, size: tuple[int, int], *, linked: bool) -> Iterator[str]:
    numbered = 1 < len(spots) <= _MOST_NUMBERED
    for spot in spots:
        x, y = view.place(spot.lon, spot.lat, *size)
        drawn = svg.dot(x, y, 17, "halo") if spot.near else ""
        if numbered:
            shape = _diamond(x, y, 12) if spot.contested else svg.dot(x, y, 9)
            drawn += shape + svg.label(x, y + 4, str(spot.number), "on")
        else:
            drawn += _diamond(x, y, 8) if spot.contested else svg.dot(x, y, 6)
            if len(spots) == 1:
                right = x < size[0] * 0.6
                words = spot.place or "here"
                at = x + 16 if right else x - 16 - 7 * len(words)
                drawn += svg.label(at, y - 8, words, "strong over")
        target = anchor("incident", spot.incident)
        yield f'<a href="#{target}" aria-label="Incident {spot.number}">{drawn}</a>' if linked else drawn


def _diamond(x: float, y: float, radius: float) -> str:
    """Return the mark of an incident that is contested."""
    return (
        f'<path class="dot" d="M{x:.1f} {y - radius:.1f}L{x + radius:.1f} {y:.1f}'
        f'L{x:.1f} {y + radius:.1f}L{x - radius:.1f} {y:.1f}Z"/>'
    )
