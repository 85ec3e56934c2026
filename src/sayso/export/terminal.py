"""The view for people: one block a report, readable at 80 columns and without colour."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, TextIO

from sayso.export import excerpt, sides, wording
from sayso.export.layout import INDENT, Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.text import Text

    from sayso.problems import Problem
    from sayso.records import Claim, Reading, Report

_GAP = 2
# Problems of reports that were kept without being read: "no claims were found" would be untrue of them.
_NOT_READ = frozenset({"language-not-read", "report-too-long"})
_HEADINGS = ("How many, harm, whom", "Who says", "Where", "When")
_LINES_OF_CONTEXT = 2
_ROOM_LOST_IN_WRAPPING = 14
_TITLE_LINES = 2
_FIRST_WORDS = 300


def write(readings: Iterable[Reading], out: TextIO, *, with_text: bool = False) -> None:
    """Write each reading as a block of text, as soon as it is read.

    Colour is used where `out` is a terminal that shows it and ``NO_COLOR`` is not set.

    Args:
        readings: What was read, in the order in which it is to be written.
        out: Where to write.
        with_text: Whether to add each report's text, its figures marked.
    """
    view = _View(out)
    for number, reading in enumerate(readings):
        if number:
            view.line()
            view.line()
        view.report(reading.report)
        view.claims(reading)
        view.sides(reading.claims)
        view.problems(reading.problems)
        if with_text:
            view.text(reading)


class _View(Lines):
    """Lays out readings."""

    def report(self, report: Report) -> None:
        outlet = wording.shown(report.outlet) if report.outlet else "outlet not given"
        # A report without a title is told by its first words.
        title = (wording.shown(report.title), "bold") if report.title else wording.shown(report.text[:_FIRST_WORDS])
        head = self.words((outlet, "bold"), " · ", wording.published(report.published), " · ", title)
        lines = self.wrapped(head, self.width)
        for number, line in enumerate(lines[:_TITLE_LINES], start=1):
            if number == _TITLE_LINES and len(lines) > _TITLE_LINES:
                line.truncate(self.width - 4)
                line.rstrip()
                line.append_text(self.words(f" {excerpt.CUT}"))
            self.line(line)
        self.line(self.words(("─" * self.width, "dim")))

    def claims(self, reading: Reading) -> None:
        if not reading.claims:
            unread = any(problem.code in _NOT_READ for problem in reading.problems)
            self.line(
                "This report was not read for claims; the note says why."
                if unread
                else "No claims of people harmed were found in this report."
            )
            return
        self.row([self.words((heading, "dim")) for heading in _HEADINGS])
        for number, claim in enumerate(reading.claims):
            if number:
                self.line()
            self.claim(reading.report, claim)

    def claim(self, report: Report, claim: Claim) -> None:
        harm = f"{wording.stated(claim)} {wording.harm(claim.harm)}"
        whom = wording.whom(claim)
        via = "".join(f"\nthrough {wording.shown(name)}" for name in claim.via)
        when = wording.when(claim.date_from, claim.date_to)
        total = "\nrunning total" if claim.scope == "cumulative" else ""
        self.row(
            [
                self.words((harm, "bold"), f"\n{whom}" if whom else "", total),
                self.words((wording.source(claim), "" if claim.source else "italic"), via),
                self.words(wording.place(claim)),
                self.words(when if len(when) <= _widths(self.width)[-1] else when.replace(" – ", " –\n")),
            ]
        )
        room = _LINES_OF_CONTEXT * (self.width - INDENT) - _ROOM_LOST_IN_WRAPPING
        self.paragraph(excerpt.around(report.text, claim, room))

    def paragraph(self, pieces: excerpt.Pieces) -> None:
        for line in self.wrapped(self.marked(pieces), self.width - INDENT):
            self.line(line, indent=INDENT)

    def row(self, cells: Sequence[Text]) -> None:
        """Write the cells of one row beside each other, each wrapped to its column."""
        widths = _widths(self.width)
        columns = [self.wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
        for parts in zip_longest(*columns):
            line = self.words()
            for part, width in zip(parts, widths, strict=True):
                cell = part or self.words()
                cell.rstrip()
                line.append_text(cell)
                line.append(" " * (width - cell.cell_len + _GAP))
            self.line(line)

    def sides(self, claims: Sequence[Claim]) -> None:
        for number, line in enumerate(sides.lines(claims)):
            if not number:
                self.line()
            pieces: list[str | tuple[str, str]] = [f"{line.label}: "]
            for place, side in enumerate(line.sides):
                pieces.extend([" · " if place else "", (", ".join(side.figures), "bold"), f" {side.source}"])
            self.block(self.words(*pieces))

    def problems(self, problems: Sequence[Problem]) -> None:
        for number, problem in enumerate(problems):
            if not number:
                self.line()
            self.block(self.words(f"Note: {wording.shown(problem.what)} {wording.shown(problem.remedy)}"))

    def text(self, reading: Reading) -> None:
        for pieces in excerpt.whole(reading.report.text, reading.claims):
            self.line()
            self.paragraph(pieces)


def _widths(width: int) -> tuple[int, int, int, int]:
    """Share a line's width between the four columns: 24, 24, 13 and 13 of 80."""
    free = width - _GAP * (len(_HEADINGS) - 1)
    when = where = free * 18 // 100
    how_many = (free - when - where) // 2
    return how_many, free - when - where - how_many, where, when
