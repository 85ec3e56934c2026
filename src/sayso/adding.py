"""Readings into a ledger: a page is read, and kept with what was read in it before it is told of.

Whatever moment the program is ended at, what it has told of is on the disk. The next run passes over pages that this
program and model have read already, and so goes on where the last one stopped. Where several processes read, this one
alone writes, in the order of the pages, so that the same entries come of it.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sayso.problems import Problem
from sayso.records import Given, Page, Reading

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from sayso.ledger.adding import Outcome
    from sayso.ledger.store import Ledger
    from sayso.pool import Answer


_TOGETHER, _TOGETHER_BYTES = 100, 16_000_000
"""Pages and bytes of pages that were read elsewhere and are kept in one transaction."""


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
    """What an adding came to, counted as it goes: pages by their outcome, and claims.

    `seen` are all pages and `passed` those of them that the gate let through; `failed` are inputs that gave no report.
    """

    new: int = 0
    read_again: int = 0
    known: int = 0
    redacted: int = 0
    claims: int = 0
    seen: int = 0
    passed: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Adding:
    """Reads pages into a ledger.

    Attributes:
        ledger: The ledger.
        author: Who adds them: the program with its version, or a person.
        given: What the user says of inputs that do not say it themselves. Where anything is given, every page is read
            again, since it may now be read otherwise.
        attributions: Whether to work out who said what for whole texts.
        jobs: How many processes read. With one it is this one, and each page has a transaction of its own; with more,
            pages that are ready together share one.
        counts: What it has come to so far, pages that were passed over included.
    """

    ledger: Ledger
    author: str
    given: Given = field(default_factory=Given)
    attributions: bool = False
    jobs: int = 1
    counts: Counts = field(default_factory=Counts)
    _reading: dict[tuple[str, str | None], Page] = field(default_factory=dict, init=False, repr=False)
    """The pages that are being read, by what makes them the same page to a ledger; of twins, the first."""

    def add(self, pages: Iterable[Page | Problem]) -> Iterator[Kept | Problem]:
        """Read pages, and keep each with what was read in it.

        Args:
            pages: Pages, and Problems for inputs that gave none; those pass through.

        Yields:
            In the order of the pages, a Kept for each page with a report, once it is on the disk; a Problem for all
            else. A page that gave no report is kept as well, for a later version that may read it.

        Raises:
            LedgerError: The ledger cannot be written to. What was yielded before is kept.
            UsageError: No process can be started to read in.
        """
        from sayso.pipeline import through_gate

        new = self._new(through_gate(self._seen(pages), attributions=self.attributions))
        # Closed at once where the caller leaves off, and the processes with it.
        with closing(self._read(new)) as answers:
            for together in answers:
                yield from self._keep(together)

    def keep(self, answers: Iterable[Answer]) -> Iterator[Kept | Problem]:
        """Keep what was read before, in another process or on another machine.

        Args:
            answers: Pages with what was read in each, and Problems, in the order in which they are to be kept.

        Yields:
            What `add` would have yielded, had it read these pages itself.

        Raises:
            LedgerError: The ledger cannot be written to. What was yielded before is kept.
        """
        waiting: list[Answer] = []
        keys: set[tuple[str, str | None]] = set()
        size = 0
        for answer in answers:
            page, reading = answer.page, _reading(answer)
            if page is not None:
                key = (page.sha256, page.url)
                if key in keys or size >= _TOGETHER_BYTES or len(waiting) >= _TOGETHER:
                    yield from self._write(waiting)
                    waiting, keys, size = [], set(), 0
                if self.ledger.has_redacted(page):
                    self.counts.redacted += 1
                    continue
                if reading is not None and self.ledger.has_read(page, reading.program, reading.model):
                    self.counts.known += 1
                    continue
                keys.add(key)
                size += len(page.body)
            waiting.append(answer)
        yield from self._write(waiting)

    def _read(self, pages: Iterator[Page | Problem]) -> Generator[list[Answer]]:
        from sayso.pipeline import read_page
        from sayso.pool import Answer, Pool

        if self.jobs > 1:
            with Pool(self.jobs, self.given, attributions=self.attributions) as pool:
                yield from pool.read(pages)
            return
        for one in pages:
            if isinstance(one, Problem):
                yield [Answer(None, (one,))]
            else:
                yield [Answer(one, tuple(read_page(one, self.given, attributions=self.attributions)))]

    def _seen(self, pages: Iterable[Page | Problem]) -> Iterator[Page | Problem]:
        for one in pages:
            self.counts.seen += not isinstance(one, Problem)
            yield one

    def _new(self, pages: Iterable[Page | Problem]) -> Iterator[Page | Problem]:
        """Pass on pages without those that need not be read."""
        for one in pages:
            if isinstance(one, Problem):
                yield one
                continue
            self.counts.passed += 1
            if self.ledger.has_redacted(one):
                self.counts.redacted += 1
            elif self.given == Given() and self._has_read(one):
                self.counts.known += 1
            else:
                self._reading.setdefault((one.sha256, one.url), one)
                yield one

    def _has_read(self, page: Page) -> bool:
        from sayso import __version__
        from sayso.claim import model

        return self.ledger.has_read(page, f"sayso {__version__}", model(attributions=self.attributions))

    def _keep(self, answers: Iterable[Answer]) -> Iterator[Kept | Problem]:
        ready: list[Answer] = []
        for answer in answers:
            if self._is_second(answer.page):
                # One process would have passed over it: the first was not there yet when it was asked for.
                yield from self._write(ready)
                ready = []
                if answer.page is not None and self._has_read(answer.page):
                    self.counts.known += 1
                    continue
            ready.append(answer)
        yield from self._write(ready)

    def _is_second(self, page: Page | None) -> bool:
        """Say whether the same page was being read already when this one was taken in."""
        if page is None:
            return False
        key = (page.sha256, page.url)
        if self._reading.get(key) is not page:
            return self.given == Given()
        del self._reading[key]
        return False

    def _write(self, answers: list[Answer]) -> Iterator[Kept | Problem]:
        """Keep pages with what was read in them, all in one transaction, and then tell of them."""
        works = [(answer.page, _reading(answer)) for answer in answers if answer.page and _is_kept(answer)]
        # With what the user said of it, so that it can be read again in the same way.
        given = [(replace(page, given=page.given.over(self.given)), reading) for page, reading in works]
        added = iter(self.ledger.add(given, self.author) if given else ())
        for answer in answers:
            became = next(added) if answer.page and _is_kept(answer) else None
            for item in answer.found:
                if isinstance(item, Problem):
                    self.counts.failed += item.lost
                    yield item
                elif answer.page is not None and became is not None:
                    setattr(self.counts, became.outcome, getattr(self.counts, became.outcome) + 1)
                    self.counts.claims += became.claims
                    self.counts.failed += any(problem.lost for problem in item.problems)
                    yield Kept(answer.page.where, became.outcome, became.report, became.claims, item.problems)


def _reading(answer: Answer) -> Reading | None:
    return next((item for item in answer.found if isinstance(item, Reading)), None)


def _is_kept(answer: Answer) -> bool:
    return any(isinstance(item, Reading) or item.lost for item in answer.found)
