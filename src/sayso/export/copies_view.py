"""Copies for people: one block a group, what was changed in each copy, figures first."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from sayso.export import excerpt, wording
from sayso.export.layout import INDENT, Lines
from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from sayso.records import Change, ChangeKind, Comparison, Copy, CopyGroup, Report

_LEADS = {
    "agency": "published by the agency itself",
    "earliest": "published first, as far as is known",
    "undated": "shown first; no day of publication is known",
}
_MOST_FIGURES = 12
"""Figures shown of one copy; a report cut to half can lose scores of them."""

_ROOM_FOR_MARKS = 8
_MOST_WORDS = 120
"""Characters of a passage that are shown."""


def write(comparison: Comparison, out: TextIO) -> None:
    """Write each group as a block of text, and what stands alone as a count.

    Args:
        comparison: What was found.
        out: Where to write.
    """
    view = _CopiesView(out)
    for group in comparison.groups:
        view.group(group)
    view.summary(comparison)


class _CopiesView(Lines):
    def group(self, group: CopyGroup) -> None:
        number = len(group.copies) + 1
        credited = f", credited to {wording.shown(group.origin)}" if group.origin else ""
        self.block(self.words((f"{number} reports print one text{credited}", "bold"), f" · {group.id}"))
        self.line(self.words(("─" * self.width, "dim")))
        self.head(group.first)
        self.line(_LEADS[group.lead], indent=INDENT)
        for copy in group.copies:
            self.line()
            self.copy(group.first, copy)
        self.line()
        self.line()

    def head(self, report: Report) -> None:
        outlet = wording.shown(report.outlet) if report.outlet else "outlet not given"
        title = wording.shown(report.title) if report.title else f"report {wording.shown(report.id)}"
        self.part(self.words((outlet, "bold"), " · ", wording.published(report.published), " · ", title), INDENT // 2)

    def copy(self, first: Report, copy: Copy) -> None:
        self.head(copy.report)
        self.line(f"{copy.shared:.0%} of the shorter text's words are the same", indent=INDENT)
        figures = [change for change in copy.changes if change.kind == "figure"]
        for change in figures[:_MOST_FIGURES]:
            self.figure(first, copy.report, change)
        if len(figures) > _MOST_FIGURES:
            self.line(f"and {len(figures) - _MOST_FIGURES} more figures; --json lists all", indent=INDENT)
        for change in copy.changes:
            if change.kind == "headline":
                self.said("Other headline", change.after)
            elif change.kind == "credit":
                self.said("Credits", change.after or "nobody")
        self.passages("Reworded", "reworded", copy.changes)
        self.passages("Added", "added", copy.changes)
        self.passages("Cut", "cut", copy.changes)
        self.passages("Moved", "moved", copy.changes)
        if not copy.changes:
            self.line("nothing changed", indent=INDENT)

    def figure(self, first: Report, copied: Report, change: Change) -> None:
        before, after = wording.shown(change.before or ""), wording.shown(change.after or "")
        if before and after:
            said = f"Figure changed: {before} became {after}"
        else:
            said = f"Figure put in: {after}" if after else f"Figure left out: {before}"
        self.part(self.words((said, "bold")), INDENT)
        self.quoted("before: ", first.text, change.span_before, change.sentence_before)
        self.quoted("after:  ", copied.text, change.span_after, change.sentence_after)

    def quoted(self, label: str, text: str, at: Span | None, sentence: Span | None) -> None:
        if at is not None:
            room = self.width - INDENT - 2 - len(label) - _ROOM_FOR_MARKS
            pieces = self.marked(excerpt.around_figure(text, at, sentence or Span(0, 0), room))
            self.part(self.words((label, "dim")).append_text(pieces), INDENT + 2)

    def said(self, label: str, words: str | None) -> None:
        self.part(self.words(f"{label}: {wording.shown(words or '')}"), INDENT)

    def passages(self, label: str, kind: ChangeKind, changes: Sequence[Change]) -> None:
        """Write how much was changed in one way, and how the longest of the passages begins."""
        found = [change for change in changes if change.kind == kind]
        if not found:
            return
        longest = max(found, key=lambda change: change.words)
        words = sum(change.words for change in found)
        where = "" if len(found) == 1 else f" in {len(found)} places"
        begins = wording.shown(longest.after or longest.before or "")
        cut = f" {excerpt.CUT}" if len(begins) > _MOST_WORDS else ""
        begins = begins[:_MOST_WORDS].rpartition(" ")[0] if cut else begins
        plural = "word" if words == 1 else "words"
        self.part(self.words(f"{label}: {words} {plural}{where}: “{begins}{cut}”"), INDENT)

    def part(self, words: Text, indent: int) -> None:
        for line in self.wrapped(words, self.width - indent):
            self.line(line, indent=indent)

    def summary(self, comparison: Comparison) -> None:
        grouped = sum(len(group.copies) + 1 for group in comparison.groups)
        alone = comparison.reports - grouped - len(comparison.too_short)
        groups = "1 group" if len(comparison.groups) == 1 else f"{len(comparison.groups)} groups"
        parts = [f"{comparison.reports} reports: {grouped} in {groups} of copies, {alone} alone"]
        if comparison.too_short:
            parts.append(f"{len(comparison.too_short)} too short to be compared")
        self.line(", ".join(parts) + ".")
