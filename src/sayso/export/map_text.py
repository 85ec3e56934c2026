"""Incidents on a map in a terminal: plain characters, with the list that the numbers lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from sayso.export import map_svg, outline
from sayso.export.layout import Lines
from sayso.export.spots import spots

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.events import Dossier
    from sayso.export.spots import Spot

_LAND, _SEA = ".", " "
# A character is about twice as high as it is wide.
_TALL = 2.0
_ASPECT = 1.7
_SIGNS = "123456789abcdefghijklmnopqrstuvwxyz"
_MANY = "#"
"""What stands where several incidents share one character, and for those that no sign is left for."""


def write(dossiers: Iterable[Dossier], out: TextIO, *, as_list: bool = False) -> None:
    """Write a map of incidents and the list that belongs to it.

    Args:
        dossiers: The incidents.
        out: Where to write.
        as_list: Whether to leave the drawing out and write the list alone, which a screen reader can read.
    """
    view = Lines(out)
    shown = spots(dossiers)
    if shown and not as_list:
        for row in drawing(shown, view.width):
            view.line(row)
        view.line(view.words((f"{_LAND} land   {_MANY} several   1 to z: the list below", "dim")))
        view.line()
    for sentence, spot in zip(map_svg.sentences(shown), shown, strict=True):
        sign = f"[{sign_of(spot)}] " if not as_list else ""
        view.block(view.words(sign + (sentence.partition(": ")[2] if sign else sentence)))
    if not shown:
        view.line("No incident has a place on the map.")


def drawing(shown: Sequence[Spot], width: int) -> list[str]:
    """Return a map as lines of characters."""
    height = round(width / _ASPECT / _TALL)
    seen = outline.window([(spot.lon, spot.lat) for spot in shown], _ASPECT)
    rings = list(outline.land(seen))
    rows = []
    for row in range(height):
        lat = seen.north - (row + 0.5) / height * (seen.north - seen.south)
        line = [_SEA] * width
        crossed = outline.crossings(rings, lat)
        for west, east in zip(crossed[::2], crossed[1::2], strict=False):
            first = round((west - seen.west) / (seen.east - seen.west) * width)
            last = round((east - seen.west) / (seen.east - seen.west) * width)
            line[max(first, 0) : min(last, width)] = _LAND * (min(last, width) - max(first, 0))
        rows.append(line)
    taken: set[tuple[int, int]] = set()
    for spot in shown:
        x, y = seen.place(spot.lon, spot.lat, width, height)
        at = min(int(y), height - 1), min(int(x), width - 1)
        rows[at[0]][at[1]] = _MANY if at in taken else sign_of(spot)
        taken.add(at)
    return ["".join(line).rstrip() for line in rows]


def sign_of(spot: Spot) -> str:
    """Return the character that marks an incident."""
    return _SIGNS[spot.number - 1] if spot.number <= len(_SIGNS) else _MANY
