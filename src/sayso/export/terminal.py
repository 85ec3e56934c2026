"""The view for people: one block a report, readable at 80 columns and without colour."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, TextIO

from sayso.export import excerpt, sides, wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.text import Text

    from sayso.problems import Problem
    from sayso.records import Claim, Reading, Report

NARROWEST, WIDEST = 40, 120
"""The columns the view fits itself to; lines longer than the second tire the eye."""

_GAP = 2
_INDENT = 4
# Problems of reports that were kept without being read: "no claims were found" would be untrue of them.
_NOT_READ = frozenset({"language-not-read", "report-too-long"})
_HEADINGS = ("How many, harm, whom", "Who says", "Where", "When")
_LINES_OF_CONTEXT = 2
_ROOM_LOST_IN_WRAPPING = 14
_TITLE_LINES = 2
_FIRST_WORDS = 300
# For terminals and files whose encoding lacks our punctuation.
_ASCII = str.maketrans({"–": "-", "—": "-", "·": "|", "…": "...", "─": "-", "“": '"', "”": '"', "‘": "'", "’": "'"})


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


class _View:
    """Lays out words in lines. Nothing of a report is ever read as markup."""

    def __init__(self, out: TextIO) -> None:
        from rich.console import Console

        self.console = Console(file=out, highlight=False, markup=False, emoji=False)
        self.width = min(max(self.console.width, NARROWEST), WIDEST)
        self.plain = not _can_write(out)

    def line(self, line: Text | str = "", *, indent: int = 0) -> None:
        text = self.words(" " * indent)
        text.append(line) if isinstance(line, str) else text.append_text(line)
        text.rstrip()
        self.console.print(text, soft_wrap=True)

    def words(self, *pieces: str | tuple[str, str]) -> Text:
        """Join pieces, each words or words with a style."""
        from rich.text import Text

        text = Text()
        for piece in pieces:
            words, style = (piece, "") if isinstance(piece, str) else piece
            text.append(words.translate(_ASCII) if self.plain else words, style)
        return text

    def wrapped(self, text: Text, width: int) -> Sequence[Text]:
        return list(text.wrap(self.console, max(width, 1), overflow="fold"))

    def block(self, text: Text) -> None:
        """Write a text over as many lines as it takes, those after the first indented."""
        first, *rest = self.wrapped(text, self.width)
        self.line(first)
        for line in self.wrapped(self.words(" ").join(rest), self.width - _INDENT) if rest else ():
            self.line(line, indent=_INDENT)

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
        room = _LINES_OF_CONTEXT * (self.width - _INDENT) - _ROOM_LOST_IN_WRAPPING
        self.paragraph(excerpt.around(report.text, claim, room))

    def marked(self, pieces: excerpt.Pieces) -> Text:
        """Join pieces with each figure in square brackets, so that the mark shows without colour."""
        return self.words(*((f"[{words}]", "bold underline") if is_figure else words for words, is_figure in pieces))

    def paragraph(self, pieces: excerpt.Pieces) -> None:
        for line in self.wrapped(self.marked(pieces), self.width - _INDENT):
            self.line(line, indent=_INDENT)

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


def _can_write(out: TextIO) -> bool:
    try:
        "".join(map(chr, _ASCII)).encode(getattr(out, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
