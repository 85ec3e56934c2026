"""The claims ladder in a terminal: plain characters that need no colour, or the same as a list to be read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from sayso.export import ladder, wording
from sayso.export.layout import INDENT, Lines

if TYPE_CHECKING:
    from sayso.events import Dossier
    from sayso.export.ladder import Ladder, Rung, Scale

_LEGEND = (
    "* a figure   [---] a range   [~~~] vague words   *--> or more   <--* at most   x denied   ? doubted   o a part"
)
_ROOM_FOR_WORDS = 38
_ROOM_FOR_ARROW = 4


def write(dossier: Dossier, out: TextIO, *, as_list: bool = False) -> None:
    """Write the ladders of an incident, one a harm.

    Args:
        dossier: The incident.
        out: Where to write.
        as_list: Whether to write sentences in place of drawings, which a screen reader can read.
    """
    view = _LadderView(out)
    drawn = ladder.ladders(dossier)
    for number, one in enumerate(drawn):
        if number:
            view.line()
        if as_list:
            view.told(one)
        else:
            view.drawn(one)
    if drawn and not as_list:
        view.line()
        view.block(view.words((_LEGEND, "dim")))


class _LadderView(Lines):
    def told(self, one: Ladder) -> None:
        self.heading(one)
        for sentence in ladder.sentences(one):
            self.block(self.words(sentence))

    def heading(self, one: Ladder) -> None:
        scale = "; the scale is logarithmic" if one.scale.log else ""
        self.block(self.words((wording.harm(one.harm).capitalize(), "bold"), f", by source and day of report{scale}"))

    def drawn(self, one: Ladder) -> None:
        self.heading(one)
        left = min(_ROOM_FOR_WORDS, self.width // 2)
        room = self.width - left - _ROOM_FOR_ARROW
        self.line(self.words((" " * left + _axis(one.scale, room), "dim")))
        for lane in one.lanes:
            for line in self.wrapped(self.words((lane.source, "bold")), self.width):
                self.line(line)
            for rung in lane.rungs:
                self.rung(rung, left, _bar(rung, one.scale, room))
        if one.toll:
            self.block(self.words(ladder.toll_words(one.toll)))

    def rung(self, rung: Rung, left: int, bar: str) -> None:
        label = f"{wording.published(rung.day or None)}  {rung.label}"
        lines = self.wrapped(self.words(label), left - INDENT // 2 - 2)
        for number, line in enumerate(lines):
            line.rstrip()
            row = self.words(" " * (INDENT // 2)).append_text(line)
            if number == 0:
                row.append(" " * (left - row.cell_len) + bar)
            self.line(row)


def _axis(scale: Scale, room: int) -> str:
    """Return round numbers along a line of characters, none of them touching."""
    line = ""
    for mark in scale.marks():
        at = min(round(scale.share(mark) * (room - 1)), room + _ROOM_FOR_ARROW - len(f"{mark:,}"))
        if at >= len(line) + (1 if line else 0):
            line = line.ljust(at) + f"{mark:,}"
    return line


def _bar(rung: Rung, scale: Scale, room: int) -> str:
    """Return one figure as characters.

    >>> from sayso.export.ladder import Rung, Scale
    >>> scale = Scale(100, log=False)
    >>> def bar(low, high, **more):
    ...     kind = {"vague": False, "about": False, "stance": "asserts", "part": False} | more
    ...     return _bar(Rung("", "", "", "", low, high, claims=(), **kind), scale, 21)
    >>> bar(50, 50), bar(100, None), bar(None, 20), bar(20, 60, vague=True), bar(20, 20, stance="denies")
    ('          *', '                    *-->', '<---*', '    [~~~~~~~]', '    x')
    """
    low, high = rung.low, rung.high
    if low is None and high is None:
        return ""
    start = 0 if low is None else round(scale.share(low) * (room - 1))
    end = start if high is None else round(scale.share(high) * (room - 1))
    point = {"denies": "x", "doubts": "?"}.get(rung.stance) or ("~" if rung.vague else "o" if rung.part else "*")
    if rung.stance != "asserts":
        return " " * (end if low is None else start) + point
    if high is None:
        return " " * start + point + "-->"
    if low is None:
        return "<" + "-" * (end - 1) + point if end else point
    if start == end:
        return " " * start + point
    return " " * start + "[" + ("~" if rung.vague else "-") * (end - start - 1) + "]"
