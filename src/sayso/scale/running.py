"""A whole run: inputs are cut into parts, parts are read, and those that are done are loaded while others are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.pages.ranges import Sizes
from sayso.problems import Problem
from sayso.scale.engine import Work
from sayso.scale.folder import Planned, Standing
from sayso.scale.parts import Outcome
from sayso.scale.planning import merged, plan_hosts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.adding import Kept
    from sayso.scale.engine import Engine
    from sayso.scale.folder import Folder, How
    from sayso.scale.loading import Loading
    from sayso.scale.parts import Part
    from sayso.scale.planning import File, Inputs
    from sayso.settings import Web

_TURNS = 2
"""How often a run tries what failed."""


@dataclass(slots=True)
class Run:
    """Reads inputs into a folder of parts.

    Attributes:
        engine: What reads.
        folder: Where the parts go; it was begun.
        how: What reads them.
        web: How to ask for addresses.
        sizes: How large parts become.
        loading: What loads parts while others are read, where they are to be loaded.
        standing: How far the folder is, kept up to date.
    """

    engine: Engine
    folder: Folder
    how: How
    web: Web
    sizes: Sizes = field(default_factory=Sizes)
    loading: Loading | None = None
    standing: Standing = field(default_factory=Standing)

    def plan(self, inputs: Inputs) -> Iterator[Problem | File]:
        """Cut the inputs into parts; files that were cut before, and have not changed since, are not read again.

        Yields:
            Each file when it was cut, and a Problem for each input that could not be.
        """
        before = {one.source: one for one in self.folder.plan()}
        found: dict[str, Planned] = {}
        new: list[File] = []
        for file in inputs.files.values():
            known = before.get(file.path)
            if known and (known.size, known.changed) == (file.size, file.changed):
                found[file.path] = known
            else:
                new.append(file)
        yield from inputs.problems
        lost = dict(enumerate(new))
        for number, one in self.engine.plan(new, self.sizes):
            lost.pop(number, None)
            if isinstance(one, Problem):
                yield one
            else:
                found[one.source] = one
                yield new[number]
        yield from map(_not_cut, lost.values())
        now = [found[path] for path in inputs.files if path in found]
        self.folder.write_plan(merged(before.values(), [*now, *plan_hosts(inputs.addresses.values())]))
        self.standing = self.folder.standing()

    def read(self) -> Iterator[Outcome | Kept | Problem]:
        """Read all parts that are not done.

        Yields:
            An Outcome for each part that was read now, a Kept or a Problem for each report that was loaded.
        """
        for part in self.standing.unread:
            self.folder.settle(part.name)
        self.standing.failed.clear()
        yield from self._loaded()
        for turn in range(_TURNS):
            tasks = self._tasks()
            for outcome in self.engine.read(tasks, Work(str(self.folder.path.absolute()), self.how, self.web)):
                if outcome.part in self.standing.done:
                    continue  # told twice, by a worker that was ended after it and by its successor
                if outcome.problem is None:
                    self.standing.done.add(outcome.part)
                    self.standing.failed.pop(outcome.part, None)
                    yield outcome
                    yield from self._loaded()
                else:
                    self.standing.failed[outcome.part] = outcome.problem
            # What a worker did before its row was lost counts as well.
            self.standing = self.folder.standing()
            if not self.standing.unread:
                break
            for part in self.standing.unread if turn + 1 < _TURNS else ():
                self.folder.settle(part.name)
        for part in self.standing.unread:
            if part.name not in self.standing.failed:
                # Its worker never said why; it must not pass for read.
                self.folder.fail(part.name, _not_read(part))
                self.standing.failed[part.name] = _not_read(part)
            yield Outcome(part.name, part.called, part.size, problem=self.standing.failed[part.name])
        yield from self._loaded(all_there_are=True)

    def _tasks(self) -> list[list[Part]]:
        """Put the parts that are not done into tasks: a file's by themselves, a host's one after another."""
        tasks: dict[str, list[Part]] = {}
        for part in self.standing.unread:
            key = part.name if part.path is not None else f"host {part.where.partition(',')[0]}"
            tasks.setdefault(key, []).append(part)
        return list(tasks.values())

    def _loaded(self, *, all_there_are: bool = False) -> Iterator[Kept | Problem]:
        if self.loading is not None:
            yield from self.loading.load(self.standing, all_there_are=all_there_are)


def _not_cut(file: File) -> Problem:
    what = "It was not cut into parts, and the worker that had it did not say why; Ray's logs in /tmp/ray may."
    return Problem("not-read", file.where, what, "Check that every machine sees it, and run it again.", lost=True)


def _not_read(part: Part) -> Problem:
    what = "It was not read, and the workers that had it did not say why; Ray's logs in /tmp/ray may."
    remedy = "Check that every machine sees this folder and has the same sayso, and run the same command again."
    return Problem("not-read", part.called, what, remedy, lost=True)
