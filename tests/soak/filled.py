"""A ledger of any size, with its incidents: claims that are ready, put together by their numbers and not by likeness.

Grouping a million claims takes hours, and neither exports nor the desk ask how claims came together. All else is as the
program makes it: entries, incidents with how their claims stand to each other, and who speaks in them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import cycle, islice
from typing import TYPE_CHECKING

from sayso.gathering import _maker, stored
from sayso.gathering.row import incident_row
from sayso.incident.describe import Unit, described
from sayso.incident.figures import counted
from sayso.incident.victims import victims_of
from sayso.ledger import Ledger
from sayso.ledger.shelf import State
from sayso.ledger.shelf_stories import StoryRow
from sayso.pipeline import known_actors
from tests.adding import ready
from tests.soak.world import SIZES, scene

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sayso.events import Actor
    from sayso.incident.actors import Actors
    from sayso.ledger.shelf import ReportRead
    from sayso.ledger.shelf_incidents import IncidentRow

PER_REPORT = 8
AT_ONCE = 250


def fill(path: Path | str, claims: int) -> None:
    """Make a ledger of so many claims, eight a report, with their incidents.

    Args:
        path: The file, which is not there yet, or the address of a PostgreSQL database.
        claims: How many.
    """
    reports = claims // PER_REPORT
    with Ledger.create(path) as ledger:
        for start in range(0, reports, AT_ONCE):
            ledger.add(list(ready.every(start, min(start + AT_ONCE, reports), PER_REPORT, scene)), "soak")
        gather(ledger)


def gather(ledger: Ledger) -> int:
    """Put the reports of a ledger together, a few an incident, and return how many incidents there are."""
    names = [heading.id for heading in ledger.reports()]
    groups = list(_groups(names))
    for start in range(0, len(groups), AT_ONCE):
        part = groups[start : start + AT_ONCE]
        with ledger.shelf() as shelf:
            read = shelf.read([name for group in part for name in group])
        made = [_put_together(group, read) for group in part]
        with ledger.shelf(writing=True) as shelf:
            shelf.put_stories(row for rows, _ in made for row in rows)
            shelf.put_incidents(row for _, row in made)
    with ledger.shelf(writing=True) as shelf:
        shelf.set_state(State(shelf.entries(), 1, _maker(), []))
    return len(groups)


def _put_together(group: Sequence[str], read: Mapping[str, ReportRead]) -> tuple[list[StoryRow], IncidentRow]:
    """Return the stories of some reports, and the incident that they are."""
    rows, units = [], []
    people = victims_of(read[group[0]].claims[0].claim, _actors())
    for name in group:
        claims = tuple(replace(kept, source=_body(kept.claim.source), victims=people) for kept in read[name].claims)
        ids = [kept.claim.id for kept in claims]
        content = {"claims": ids, "story": {}, "kept": [stored.kept_out(kept) for kept in claims]}
        rows.append(StoryRow(f"{name}:0", name, 0, 0, tuple(ids), (), content))
        units.append(Unit("", name, name, claims, counted(claims)))
    one = replace(described(units, ()), reports=tuple(group))
    row = incident_row(one, [row.story for row in rows], None, [kept for unit in units for kept in unit.claims])
    return rows, row


@cache
def _body(words: str | None) -> Actor | None:
    """Return whom words for a source are taken for, by themselves: a million are too many to look around each."""
    return _actors().resolve(words).actor if words else None


@cache
def _actors() -> Actors:
    return known_actors(())[0]


def _groups(names: Iterable[str]) -> Iterator[list[str]]:
    left = iter(names)
    for size in cycle(SIZES):
        group = list(islice(left, size))
        if len(group) < size:
            return
        yield group
