"""Which reports of annotated sets the two gates let through, each as a web page: those with claims should all pass."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.find.gate import page_may_hold_claim
from sayso.pipeline import through_gate
from sayso.records import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.sets import Set

_LAYOUTS = (
    ("<main><article>", "<p>", "</p>\n", "</article></main>"),
    ("<div id=c>", "<div class=entry><div>", "</div></div>", "</div>"),
    ("<table><tr><td>", "", "<br><br>", "</td></tr></table>"),
    ("<section>", "<p><b>", "</b></p>", "</section>"),
)


@dataclass(frozen=True, slots=True)
class Passing:
    """How many of some reports the gates let through.

    Attributes:
        name: Which reports.
        reports: How many there are.
        first: How many the first gate let through, which looks for words of harm.
        both: How many the second let through as well, which judges them and glances at those that are in doubt.
    """

    name: str
    reports: int
    first: int
    both: int

    @property
    def words(self) -> str:
        """The figures as a line."""
        share = f"{self.both / self.reports:.4f}" if self.reports else "–"
        return f"{self.name}: {self.reports} reports, first gate {self.first}, both {self.both} ({share})"


def measure(chosen: Sequence[Set[tuple[Any, ...]]]) -> list[Passing]:
    """Put the reports of sets to the gates.

    Args:
        chosen: Sets whose reports are annotated claim by claim.

    Returns:
        For each set and for all together, the reports with an annotated claim and those without.
    """
    rows: list[Passing] = []
    for name, items in [
        *((one.name, one.items) for one in chosen),
        ("all", [item for one in chosen for item in one.items]),
    ]:
        for claims in (True, False):
            texts = [item.report.text for item in items if bool(item.gold) == claims]
            rows.append(_passing(f"{name}, {'with' if claims else 'without'} claims", texts))
    return rows


def page_of(text: str, number: int) -> Page:
    """Return a web page that shows a text, in one of several layouts."""
    opens, before, after, closes = _LAYOUTS[number % len(_LAYOUTS)]
    paragraphs = "".join(f"{before}{html.escape(line)}{after}" for line in text.split("\n") if line.strip())
    body = f"<html><head><title>A page</title></head><body><nav>Home</nav>{opens}{paragraphs}{closes}</body></html>"
    return Page(body.encode("utf-8", "replace"), f"{number}.html", "text/html", archive="an archive")


def _passing(name: str, texts: Iterable[str]) -> Passing:
    pages = [page_of(text, number) for number, text in enumerate(texts)]
    first = sum(map(page_may_hold_claim, pages))
    return Passing(name, len(pages), first, sum(isinstance(one, Page) for one in through_gate(pages)))
