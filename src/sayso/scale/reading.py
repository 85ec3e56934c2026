"""One part read, by the same functions that read on one machine, and written down as a whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sayso.pages import files, ranges
from sayso.pages.online import Online
from sayso.pipeline import read_page, through_gate
from sayso.pool import Answer, reader_ended
from sayso.problems import Problem
from sayso.records import Given, Page
from sayso.scale import part_file
from sayso.scale.folder import How
from sayso.scale.parts import Counts, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.scale.folder import Folder, Trying
    from sayso.scale.parts import Part
    from sayso.settings import Web

_TRIES = 2
"""Processes that one page may end; then it is left out, as the local pool does it."""

_FIRST = (
    "Le maire a dit que douze personnes avaient perdu la vie.",
    "The mayor said that twelve people were killed in Paris.",
)
"""Read before the first part, so that all that reading needs is loaded when a part is begun. What tells languages apart
comes first: it takes far more memory while it is loaded than afterwards, and the model then fills the rest."""

_DEATHS = 10
"""Processes that may be ended while they read one part, wherever in it."""


class Reader:
    """Reads parts into a folder, with a model and a gazetteer that stay open in between.

    Args:
        folder: The folder of the parts.
        how: What is to read them.
        web: How to ask for addresses.
    """

    def __init__(self, folder: Folder, how: How, web: Web) -> None:
        self._folder = folder
        self._how = how
        self._web = web
        self._here = How.here(attributions=how.attributions)
        for text in _FIRST:
            list(read_page(Page(text.encode(), "a first text", "text/plain"), Given(), attributions=how.attributions))

    def read(self, parts: Sequence[Part]) -> Iterator[Outcome]:
        """Read parts one after another; those of one host are asked for by one program, at its pace.

        Yields:
            What became of each; when this says that it is done, it is on the disk.
        """
        with Online(web=self._web) as online:
            for part in parts:
                yield self._one(part, online)

    def _one(self, part: Part, online: Online) -> Outcome:
        path = self._folder.file_of(part.name)
        if path.exists():
            try:
                return Outcome(part.name, part.called, part.size, part_file.counts_of(path))
            except part_file.BrokenPartError:
                path.unlink(missing_ok=True)
        problem = self._stands_in_the_way(part)
        counts = Counts()
        if problem is None:
            try:
                with self._folder.trying(part.name) as trying:
                    told = part_file.write(path, self._answers(part, online, counts, trying), counts)
                self._folder.settle(part.name)
                return Outcome(part.name, part.called, part.size, counts, told=told)
            except OSError as error:
                problem = _not_written(part, error)
            except Exception as fault:  # noqa: BLE001 - a fault of ours in one part must not lose the others
                problem = _fault(part, fault)
        self._folder.fail(part.name, problem)
        return Outcome(part.name, part.called, part.size, problem=problem)

    def _stands_in_the_way(self, part: Part) -> Problem | None:
        if self._here != self._how:
            return _other_reader(part, self._here, self._how)
        deaths = self._folder.deaths(part.name)
        if sum(deaths.values()) >= _DEATHS or any(number > _TRIES for number in deaths.values()):
            return _ended(part, sum(deaths.values()))
        if part.path is not None:
            try:
                size = Path(part.path).stat().st_size
            except OSError as error:
                return files.unreadable(part.where, error)
            if size != part.whole:
                what = f"The file has {size:,} bytes, and had {part.whole:,} when it was cut into parts."
                remedy = "Run the same command again when it no longer changes."
                return Problem("changed", part.called, what, remedy, lost=True)
        return None

    def _answers(self, part: Part, online: Online, counts: Counts, trying: Trying) -> Iterator[Answer]:
        deaths = self._folder.deaths(part.name)
        gate = through_gate(_counted(_pages(part, online), counts), attributions=self._how.attributions)
        for number, one in enumerate(gate):
            if isinstance(one, Problem):
                yield Answer(None, (one,))
                continue
            counts.passed += 1
            trying.reads(number)
            if deaths[number] >= _TRIES:
                yield Answer(one, (reader_ended(one, "killed"),))
            else:
                yield Answer(one, tuple(read_page(one, Given(), attributions=self._how.attributions)))


def _pages(part: Part, online: Online) -> Iterator[Page | Problem]:
    if part.path is not None:
        yield from ranges.pages(part.path, part.where, ranges.Range(part.start, part.end, part.line))
    for url, where, given in part.asked:
        yield from online.pages(url, open_page=files.in_bytes, where=where, given=given)


def _counted(pages: Iterator[Page | Problem], counts: Counts) -> Iterator[Page | Problem]:
    for one in pages:
        counts.seen += not isinstance(one, Problem)
        yield one


def _not_written(part: Part, error: OSError) -> Problem:
    what = f"What was read in it cannot be written: {error.strerror or error}."
    return Problem("not-written", part.called, what, "Make room, and run the same command again.", lost=True)


def _fault(part: Part, fault: Exception) -> Problem:
    what = f"Reading this part failed by a fault of sayso ({type(fault).__name__}: {str(fault)[:200]})."
    return Problem("fault", part.called, what, "The other parts were read; please report this.", lost=True)


def _ended(part: Part, times: int) -> Problem:
    what = f"{times} processes that read this part were ended before they were done; it may want too much memory."
    remedy = "Run the same command again, with fewer workers or more memory; the other parts were read."
    return Problem("reader-ended", part.called, what, remedy, lost=True)


def _other_reader(part: Part, here: How, how: How) -> Problem:
    what = f"A worker reads with {here.program} and {here.model}, not with {how.program} and {how.model}."
    remedy = "Install the same sayso with the same places on every machine, and run the same command again."
    return Problem("other-reader", part.called, what, remedy, lost=True)
