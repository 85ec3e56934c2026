"""Web pages against what should be found in them, beside trafilatura's own main text.

A page ``NAME.html`` lies beside ``NAME.json``, which says what a reader finds there: `title`, `byline`, `outlet`,
`published` with `published_from`, `text` (the paragraphs and rows of the main text) and, for a ticker, `passages`
(date and title of each entry). Main text is compared as a bag of words, the headline included on all sides. What a
report's text adds to its page (a table's header, repeated in each row) is no word of the page and not counted.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from dataclasses import dataclass
from statistics import mean, median
from typing import TYPE_CHECKING, Any

from sayso.find import find_report
from sayso.find.main_text import judged
from sayso.find.parse import parsed
from sayso.problems import UsageError
from sayso.records import Given, Page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sayso.records import Report

FIELDS = ("title", "byline", "outlet", "published", "published_from")
RUNS = 5


@dataclass(frozen=True, slots=True)
class PageScore:
    """What was found on one page.

    Attributes:
        name: The page.
        f1: F1 of our main text.
        theirs: F1 of trafilatura's main text.
        right: The fields that are as they should be, of `FIELDS` and ``passages``.
        ticker: Whether the page is a ticker.
        table: Whether it has a table of data.
    """

    name: str
    f1: float
    theirs: float
    right: frozenset[str]
    ticker: bool
    table: bool


@dataclass(frozen=True, slots=True)
class PagesScore:
    """What was found on a folder of pages.

    `cost` is the time of `find_report` in times that of trafilatura's call, where measured.
    """

    pages: tuple[PageScore, ...]
    cost: float | None

    def f1(self, kind: str | None = None) -> tuple[float, float]:
        """Return our mean F1 and trafilatura's, over all pages or over those of a kind (``ticker``, ``table``)."""
        chosen = [page for page in self.pages if kind is None or getattr(page, kind)]
        if not chosen:
            return 0.0, 0.0
        return mean(page.f1 for page in chosen), mean(page.theirs for page in chosen)

    def right(self, *fields: str) -> int:
        """Return on how many pages all of some fields are right."""
        return sum(page.right.issuperset(fields) for page in self.pages)


def score(folder: Path, limit: int | None = None, *, cost: bool = True) -> PagesScore:
    """Score the pages of a folder, and measure the cost of finding where asked to.

    Raises:
        UsageError: The folder holds no pages with their expected fields.
    """
    files = sorted(file for file in folder.glob("*.html") if file.with_suffix(".json").exists())[:limit]
    if not files:
        raise UsageError(f"{folder} holds no NAME.html beside a NAME.json; name the folder of pages.")
    bodies = [file.read_bytes() for file in files]
    wanted = [json.loads(file.with_suffix(".json").read_text(encoding="utf-8")) for file in files]
    pages = tuple(_page(file.stem, body, want) for file, body, want in zip(files, bodies, wanted, strict=True))
    return PagesScore(pages, _cost(bodies) if cost else None)


def _page(name: str, body: bytes, want: dict[str, Any]) -> PageScore:
    report, _ = find_report(Page(body, name, "text/html"), Given())
    page, _ = parsed(body, name)
    gold = _bag(" ".join([want["title"], *want["text"]]))
    theirs = judged(page.tree) if page else ""
    right = {field for field in FIELDS if report and getattr(report, field) == want[field]}
    entries = [[passage.published, passage.title] for passage in report.passages] if report else None
    if entries == want.get("passages", []):
        right.add("passages")
    return PageScore(
        name,
        _f1(_bag(_own_words(report, want["title"])), gold),
        _f1(_bag(theirs if want["title"] in theirs else f"{want['title']} {theirs}"), gold),
        frozenset(right),
        ticker="passages" in want,
        table=want.get("table", False),
    )


def _own_words(report: Report | None, title: str) -> str:
    if report is None:
        return ""
    words = " ".join(anchor.span.of(report.text) for anchor in report.anchors)
    return words if title in words else f"{title} {words}"


def _bag(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def _f1(found: Counter[str], gold: Counter[str]) -> float:
    return 2 * (found & gold).total() / max(1, found.total() + gold.total())


def _cost(bodies: Sequence[bytes]) -> float:
    """Return how many times as long `find_report` takes as trafilatura alone, by runs in turn."""
    from trafilatura import bare_extraction

    ratios = []
    for _ in range(RUNS):
        start = time.perf_counter()
        for body in bodies:
            find_report(Page(body, "page", "text/html"), Given(language="en"))
        between = time.perf_counter()
        for body in bodies:
            bare_extraction(body, include_comments=False, with_metadata=True)
        ratios.append((between - start) / (time.perf_counter() - between))
    return median(ratios)
