"""The claims ladder as a picture: one block a source, one line a figure, open bounds drawn as arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.export import ladder, svg, wording
from sayso.export.markup import anchor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.events import Dossier
    from sayso.export.ladder import Ladder, Rung

_NARROW = 500
_ROW = 24
_HEAD = 26
_TOP = 34
_EDGE = 12
_ARROW = 26
_LABEL = 300


def write(dossier: Dossier, width: int = 720, *, styled: bool = True) -> tuple[str, ...]:
    """Return a picture for each harm that figures were given for.

    Args:
        dossier: The incident.
        width: In pixels. Below 500 the words stand above the figures in place of beside them, for a phone.
        styled: Whether each picture stands alone and so brings its colours with it.
    """
    name = dossier.incident.name if dossier.incident else "Claims that stand in no incident"
    key = anchor("ladder", dossier.incident.id if dossier.incident else "none")
    return tuple(
        _picture(one, name, f"{key}-{one.harm}-{width}", width, styled=styled) for one in ladder.ladders(dossier)
    )


def _picture(one: Ladder, name: str, key: str, width: int, *, styled: bool) -> str:
    drawing = _Drawing(one, width)
    drawn = list(drawing.elements())
    title = f"Who says how many were {wording.harm(one.harm)}: {name}"
    return svg.picture(key, width, drawing.bottom, title, ladder.sentences(one), drawn, styled=styled)


class _Drawing:
    """Lays out one ladder from top to bottom; `bottom` is how far it has come."""

    def __init__(self, one: Ladder, width: int) -> None:
        self.one = one
        self.width = width
        self.stacked = width < _NARROW
        self.left = _EDGE if self.stacked else _LABEL
        self.right = width - _EDGE - _ARROW
        self.bottom = float(_TOP)

    def elements(self) -> Iterator[str]:
        rows = list(self.rows())
        yield from self.axis()
        yield from rows

    def x(self, number: int) -> float:
        return self.left + 8 + self.one.scale.share(number) * (self.right - self.left - 8)

    def axis(self) -> Iterator[str]:
        """Draw round numbers and a line down from each; those that would touch are left out."""
        last = -100.0
        for mark in self.one.scale.marks():
            words, at = f"{mark:,}", self.x(mark)
            if at - last > 8 * len(words) + 6:
                yield svg.line(at, _TOP - 10, at, self.bottom, "rule")
                yield svg.label(at, _TOP - 16, words, "soft small middle")
                last = at
        if self.one.scale.log:
            yield svg.label(_EDGE, _TOP - 16 if not self.stacked else 10, "logarithmic", "soft small")

    def rows(self) -> Iterator[str]:
        for lane in self.one.lanes:
            self.bottom += _HEAD
            yield svg.label(_EDGE, self.bottom - 8, lane.source, "strong clear", room=self.width - 2 * _EDGE)
            for rung in lane.rungs:
                yield from self.rung(rung)
            self.bottom += 4
        if self.one.toll:
            yield from self.toll()
        self.bottom += 8

    def rung(self, rung: Rung) -> Iterator[str]:
        words = f"{wording.published(rung.day or None)} · {rung.label}"
        if self.stacked:
            yield svg.label(_EDGE + 8, self.bottom + 13, words, "soft clear", room=self.width - 2 * _EDGE - 8)
            self.bottom += 18
        else:
            yield svg.label(_EDGE + 8, self.bottom + 16, words, "soft clear", room=_LABEL - _EDGE - 16)
        yield from self.mark(rung, self.bottom + _ROW / 2)
        self.bottom += _ROW

    def mark(self, rung: Rung, y: float) -> Iterator[str]:
        low, high = rung.low, rung.high
        known = low if low is not None else high
        if known is None:
            return
        if rung.stance != "asserts":
            x = self.x(known)
            if rung.stance == "denies":
                yield svg.line(x - 5, y - 5, x + 5, y + 5, "bar") + svg.line(x - 5, y + 5, x + 5, y - 5, "bar")
            else:
                yield svg.label(x, y + 5, "?", "strong middle")
            return
        kind = "bar vague" if rung.vague else "bar"
        start, end = self.x(0 if low is None else low), self.x(known if high is None else high)
        point = "hollow" if rung.part or rung.about or rung.vague else "dot"
        if high is None:
            yield _arrow(start, y, self.right + _ARROW - 4, kind)
            yield svg.dot(start, y, 5, point)
        elif low is None:
            yield _arrow(end, y, self.left, kind)
            yield svg.dot(end, y, 5, point)
        elif start == end:
            yield svg.dot(start, y, 5, point)
        else:
            yield svg.line(start, y, end, y, kind)
            yield svg.line(start, y - 5, start, y + 5, "bar") + svg.line(end, y - 5, end, y + 5, "bar")

    def toll(self) -> Iterator[str]:
        """Draw the counting rule's range on a band of its own."""
        toll = self.one.toll
        if toll is None:
            return
        self.bottom += 6
        words = ladder.toll_words(toll)
        lines = list(words.partition(": ")[::2]) if self.stacked else [words]
        head = 4 + 18 * len(lines)
        yield f'<rect class="band" x="0" y="{self.bottom:.1f}" width="{self.width}" height="{head + _ROW}"/>'
        for line in lines:
            self.bottom += 18
            yield svg.label(_EDGE, self.bottom, line, "strong", room=self.width - 2 * _EDGE)
        y = self.bottom + 4 + _ROW / 2
        self.bottom += 4 + _ROW
        numbers = [number for number in (toll.low, toll.best, toll.high) if number is not None]
        if not numbers or max(numbers) > self.one.scale.top:
            return
        start = self.x(min(numbers))
        if toll.high is None:
            yield _arrow(start, y, self.right + _ARROW - 4, "bar")
        else:
            yield svg.line(start, y, self.x(toll.high), y, "bar")
        if toll.best is not None:
            yield svg.dot(self.x(toll.best), y, 6)


def _arrow(start: float, y: float, end: float, kind: str) -> str:
    """Return a line that goes on beyond what is known: an arrow from `start` to `end`."""
    back = -6 if end > start else 6
    head = f'<path class="bar" d="M{end + back:.1f} {y - 5:.1f}L{end:.1f} {y:.1f}L{end + back:.1f} {y + 5:.1f}"/>'
    return svg.line(start, y, end, y, kind) + head
