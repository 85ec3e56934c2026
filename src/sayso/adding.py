"""Readings into a ledger: a page is read, kept with what was read in it, and only then is the next one begun.

Whatever moment the program is ended at, what it has told of is on the disk. The next run passes over pages that this
program and model have read already, and so goes on where the last one stopped.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sayso.problems import Problem
from sayso.records import Given, Page, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.ledger.adding import Outcome
    from sayso.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of one page; it is on the disk when this is handed on.

    Attributes:
        where: Where the page came from.
        outcome: ``new``, ``read_again``, ``known`` or ``redacted``, as the ledger tells it.
        report: The id of its report in the ledger; None where the page gave none.
        claims: How many claims were written.
        problems: What went wrong in the report.
    """

    where: str
    outcome: Outcome
    report: str | None = None
    claims: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Counts:
    """What an adding came to, counted as it goes: pages by their outcome, and claims."""

    new: int = 0
    read_again: int = 0
    known: int = 0
    redacted: int = 0
    claims: int = 0


@dataclass(frozen=True, slots=True)
class Adding:
    """Reads pages into a ledger, each in a transaction of its own.

    Attributes:
        ledger: The ledger.
        author: Who adds them: the program with its version, or a person.
        given: What the user says of inputs that do not say it themselves. Where anything is given, every page is read
            again, since it may now be read otherwise.
        attributions: Whether to work out who said what for whole texts.
        counts: What it has come to so far, pages that were passed over included.
    """

    ledger: Ledger
    author: str
    given: Given = field(default_factory=Given)
    attributions: bool = False
    counts: Counts = field(default_factory=Counts)

    def add(self, pages: Iterable[Page | Problem]) -> Iterator[Kept | Problem]:
        """Read pages, and keep each with what was read in it.

        Args:
            pages: Pages, and Problems for inputs that gave none; those pass through.

        Yields:
            A Kept for each page with a report, once it is on the disk; a Problem for all else. A page that gave no
            report is kept as well, for a later version that may read it.

        Raises:
            LedgerError: The ledger cannot be written to. What was yielded before is kept.
        """
        from sayso.pipeline import read_pages

        waiting = _Waiting(self, pages)
        for item in read_pages(waiting, self.given, attributions=self.attributions):
            page = waiting.page
            if isinstance(item, Problem):
                if item.lost and page is not None:
                    self._keep(page, None)
                yield item
            elif page is not None:
                yield self._keep(page, item)

    def _keep(self, page: Page, reading: Reading | None) -> Kept:
        # With what the user said of it, so that it can be read again in the same way.
        page = replace(page, given=page.given.over(self.given))
        (added,) = self.ledger.add([(page, reading)], self.author)
        if reading is not None:
            setattr(self.counts, added.outcome, getattr(self.counts, added.outcome) + 1)
            self.counts.claims += added.claims
        return Kept(page.where, added.outcome, added.report, added.claims, reading.problems if reading else ())


class _Waiting:
    """Pages on their way to being read, without those that need not be.

    Attributes:
        page: The page that is being read.
    """

    def __init__(self, adding: Adding, pages: Iterable[Page | Problem]) -> None:
        self.page: Page | None = None
        self._adding = adding
        self._pages = pages

    def __iter__(self) -> Iterator[Page | Problem]:
        from sayso import __version__
        from sayso.claim import model

        adding = self._adding
        reader = (f"sayso {__version__}", model(attributions=adding.attributions))
        for one in self._pages:
            self.page = None
            if isinstance(one, Problem):
                yield one
            elif adding.ledger.has_redacted(one):
                adding.counts.redacted += 1
            elif adding.given == Given() and adding.ledger.has_read(one, *reader):
                adding.counts.known += 1
            else:
                self.page = one
                yield one
        self.page = None
