"""Incidents over a ledger: what the entries say is put together, and kept beside them until they say more.

What is gathered says up to which entry it takes everything in, and is written in one transaction with that mark. A run
that is killed leaves the mark where it was, and whoever asks for incidents next catches up first: incidents that do not
fit the entries are never shown.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from sayso.collecting import no_collecting
from sayso.entries import Decision
from sayso.gathering.index import ShelfIndex
from sayso.gathering.rulings import JOINING, standing_rulings
from sayso.gathering.voices import Voices
from sayso.grouping_pool import GroupingPool
from sayso.incident.actor_list import fingerprint
from sayso.incident.form import form
from sayso.incident.group import Grouping
from sayso.incident.ready import Alone
from sayso.incident.told import Told
from sayso.incident.who import with_actors
from sayso.ledger.shelf import State
from sayso.pipeline import known_actors
from sayso.plain import from_plain, to_plain
from sayso.settings import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.incident.actors import Actors
    from sayso.incident.ready import Helper
    from sayso.ledger import Ledger
    from sayso.ledger.shelf import ReportRead, Shelf

AT_ONCE = 250
"""Reports in one transaction: others who write wait for so many at most."""
MANY = 2_000
"""Entries that are new from which a second process is worth starting."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a catching up came to: reports taken in, incidents that are new or not as they were, and incidents gone."""

    reports: int = 0
    changed: int = 0
    gone: int = 0


def is_behind(ledger: Ledger) -> bool:
    """Say whether there are entries that the incidents do not take in yet."""
    return missing(ledger) > 0


def missing(ledger: Ledger) -> int:
    """Return how many entries the incidents do not take in yet: all of them, where other rules made the incidents."""
    with ledger.shelf() as shelf:
        state, entries = shelf.state(), shelf.entries()
    if state.made_by != _maker():
        return max(entries, 1)
    return max(entries - state.upto, 0)


def catch_up(
    ledger: Ledger, tell: Callable[[int], None] | None = None, at_once: int = AT_ONCE, jobs: int = 1
) -> Gathered:
    """Take in all entries that the incidents do not take in yet.

    Args:
        ledger: The ledger.
        tell: Told after each transaction how many reports were taken in so far.
        at_once: Reports in one transaction.
        jobs: With two or more a second process helps where very much is new; with one this process does all.

    Raises:
        LedgerError: The ledger cannot be written to.
    """
    done = Gathered()
    behind = missing(ledger)
    if not behind:
        return done
    with GroupingPool() if jobs > 1 and behind >= MANY else nullcontext(Alone()) as helper:
        work = _Work(helper)
        while True:
            with ledger.shelf(writing=True) as shelf, no_collecting():
                step = work.step(shelf, at_once)
            if step is None:
                return done
            done = Gathered(done.reports + step.reports, done.changed + step.changed, done.gone + step.gone)
            if tell is not None:
                tell(done.reports)


def gather_anew(ledger: Ledger) -> Gathered:
    """Put all incidents together again from nothing."""
    with ledger.shelf(writing=True) as shelf:
        shelf.clear()
    return catch_up(ledger)


class _Work:
    """One catching up: remembers what stands on the shelf as long as nobody else writes to it."""

    def __init__(self, helper: Helper) -> None:
        self._helper = helper
        self._index: ShelfIndex | None = None
        self._turn = -1

    def step(self, shelf: Shelf, at_once: int) -> Gathered | None:
        """Take in the next reports; None where nothing is left to do."""
        state = shelf.state()
        if state.made_by != _maker():
            shelf.clear()
            state = State(0, state.turn, _maker(), [])
        elif state.upto >= shelf.entries():
            return None
        reports, upto = shelf.due(state.upto, at_once)
        index = self._index_on(shelf, state)
        before = [from_plain(Decision, one) for one in state.ruled]
        grouping = Grouping(index, before)
        read = shelf.read(reports)
        voices = Voices(shelf).renew(reports, read)
        read.update(shelf.read([report for report in voices if report not in read]))
        wanted = (*reports, *(one for one in voices if one not in reports))
        for report in wanted:
            if report not in read:
                grouping.remove(report)
        told = (_told(read[report], voices.get(report, report)) for report in wanted if report in read)
        grouping.add_all(told, self._helper)
        now = list(standing_rulings(shelf, shelf.decisions(JOINING)))
        grouping.rule(now)
        change = grouping.regroup(self._helper)
        index.write()
        self._turn = state.turn + 1
        shelf.set_state(State(upto, self._turn, state.made_by, [to_plain(one) for one in now]))
        return Gathered(len(reports), len(change.made), len(change.gone))

    def _index_on(self, shelf: Shelf, state: State) -> ShelfIndex:
        if self._index is None or self._turn != state.turn:
            self._index = ShelfIndex(shelf, empty=state.upto == 0)
        else:
            self._index.bind(shelf)
        return self._index


def actors() -> Actors:
    """Return whom sources and parties are taken for, by the lists as they are now."""
    lists = _lists()
    return _actors(lists, fingerprint(lists))


def _told(read: ReportRead, voice: str) -> Told:
    heading = replace(read.heading, voice=voice)
    claims = [replace(kept, report=heading) for kept in read.claims]
    return Told(heading, with_actors(claims, actors()), read.text)


@cache
def _actors(lists: tuple[str, ...], mark: str) -> Actors:  # noqa: ARG001 - the mark changes with what the lists hold
    return known_actors(lists)[0]


def _lists() -> tuple[str, ...]:
    """Return the user's lists of actors; what is wrong with them is told where the settings are read."""
    return load()[0].actors.files


def _maker() -> str:
    """Return what stands for the rules by which incidents are put together; other rules make all of them anew."""
    from sayso import __version__

    mark = fingerprint(_lists())
    made = f"sayso {__version__}, grouping {form()}"
    return f"{made}, actors {mark}" if mark else made
