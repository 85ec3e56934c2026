"""Reports in which words were found, with their claims: for people, and one line of JSON each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from sayso.events import Dossier, Kept
from sayso.export import wording
from sayso.export.jsonl import dumped
from sayso.export.layout import INDENT, Lines
from sayso.export.withheld import withheld
from sayso.plain import to_plain
from sayso.records import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.events import Heading

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
    # The words stand for a sentence of a claim of their own, so that names are looked for in them, too.
    around = Kept(
        Claim("", 0, 0, "", "killed", "count", None, None, "exact", None), found.heading, sentence=found.words
    )
    *claims, last = withheld(Dossier(None, (*found.claims, around))).claims
    return Found(last.report, last.sentence, tuple(claims))


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
