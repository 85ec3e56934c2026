"""Reports in which words were found, with their claims: for people, and one line of JSON each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TextIO

from sayso.export import wording
from sayso.export.jsonl import dumped
from sayso.export.layout import INDENT, Lines
from sayso.export.names import heading_without_names, masked, names, without_names
from sayso.plain import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.events import Heading, Kept

_MOST = 8
"""Claims of one report that a list for people shows."""


@dataclass(frozen=True, slots=True)
class Found:
    """A report in which words were found.

    Attributes:
        heading: The report.
        words: Some of its text around them.
        claims: Its claims.
    """

    heading: Heading
    words: str
    claims: tuple[Kept, ...]


def hidden(found: Found) -> Found:
    """Return what was found without the names of people harmed."""
    said = names(kept.claim for kept in found.claims)
    claims = tuple(without_names(kept, said) for kept in found.claims)
    return replace(
        found, heading=heading_without_names(found.heading, said), words=masked(found.words, said), claims=claims
    )


def line(found: Found) -> str:
    """Return what was found as one line of JSON, without the line end."""
    claims = [to_plain(kept) for kept in found.claims]
    return dumped({"report": to_plain(found.heading), "words": found.words, "claims": claims})


def write(every: Iterable[Found], out: TextIO) -> None:
    """Write what was found as a list, a block a report."""
    view = _View(out)
    for found in every:
        view.found(found)
        view.line()


def heading(one: Heading) -> str:
    """Return a report's heading on one line."""
    parts = [one.outlet or "outlet not given", wording.published(one.published), one.title or ""]
    return " · ".join(wording.shown(part) for part in parts if part)


class _View(Lines):
    """Lays out what was found."""

    def found(self, found: Found) -> None:
        self.block(self.words((heading(found.heading), "bold")))
        self.line(self.words((found.heading.id, "dim")))
        for line in self.wrapped(self.words(wording.shown(found.words)), self.width - INDENT)[:3]:
            self.line(line, indent=INDENT)
        for kept in found.claims[:_MOST]:
            self.claim(kept)
        if not found.claims:
            self.line("no claims", indent=INDENT)
        elif len(found.claims) > _MOST:
            self.line(f"and {len(found.claims) - _MOST} more claims", indent=INDENT)

    def claim(self, kept: Kept) -> None:
        """Write one claim: what it says on the left, its id on the right where there is room."""
        one = kept.claim
        whom = f" ({wording.whom(one)})" if wording.whom(one) else ""
        said = f"{wording.stated(one)} {wording.harm(one.harm)}{whom} · {wording.source(one)}"
        place = wording.place(one)
        said += (f" · {place}" if place != wording.NOT_SAID else "") + (
            f" · {kept.ruling.verdict}" if kept.ruling else ""
        )
        lines = self.wrapped(self.words(said), self.width - INDENT)
        for text in lines:
            self.line(text, indent=INDENT)
        self.line(self.words((one.id, "dim")), indent=2 * INDENT)
