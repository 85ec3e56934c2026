"""A ledger of any size, with its incidents: claims that are ready, put together by their numbers and not by likeness.

Grouping a million claims takes hours, and exports do not ask how claims came together. The entries are the
ledger's own; of the incidents some are made by the program and the rest are copies of these.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from itertools import cycle, islice
from typing import TYPE_CHECKING

from sayso.gathering import _maker, stored
from sayso.gathering.row import incident_row
from sayso.incident.describe import Unit, described
from sayso.incident.who import with_actors
from sayso.ledger import Ledger
from sayso.ledger.contents import claim_name
from sayso.ledger.shelf import State
from sayso.ledger.shelf_stories import StoryRow
from sayso.pipeline import known_actors
from tests.adding import ready

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sayso.ledger.shelf import ReportRead
    from sayso.ledger.shelf_incidents import IncidentRow

PER_REPORT = 8
AT_ONCE = 250
SIZES = (1, 1, 2, 1)
"""Reports of one incident after another."""
PATTERNS = 10 * len(SIZES)
"""Groups that are put together; every other is a copy of one of them under the ids of its own reports and claims."""


def fill(path: Path | str, claims: int) -> None:
    """Make a ledger of so many claims, eight a report, with their incidents.

    Args:
        path: The file, which is not there yet, or the address of a PostgreSQL database.
        claims: How many.
    """
    reports = claims // PER_REPORT
    with Ledger.create(path) as ledger:
        for start in range(0, reports, AT_ONCE):
            ledger.add(list(ready.every(start, min(start + AT_ONCE, reports), PER_REPORT)), "soak")
        gather(ledger)


def gather(ledger: Ledger) -> int:
    """Put the reports of a ledger together, a few an incident, and return how many incidents there are."""
    names = [heading.id for heading in ledger.reports()]
    patterns = _patterns(ledger, names)
    groups = list(_groups(range(len(names))))
    for start in range(0, len(groups), AT_ONCE):
        part = groups[start : start + AT_ONCE]
        made = [patterns[at % len(patterns)].copied(group, names) for at, group in enumerate(part, start=start)]
        with ledger.shelf(writing=True) as shelf:
            shelf.put_stories(row for rows, _ in made for row in rows)
            shelf.put_incidents(row for _, row in made)
    with ledger.shelf(writing=True) as shelf:
        shelf.set_state(State(shelf.entries(), 1, _maker(), []))
    return len(groups)


class _Pattern:
    """A group of reports that was put together, to be copied under the ids of others."""

    def __init__(self, group: Sequence[int], names: Sequence[str], read: Mapping[str, ReportRead]) -> None:
        actors = known_actors(())[0]
        units, self._stories = [], []
        for number in group:
            claims = tuple(with_actors(read[names[number]].claims, actors))
            ids = _ids(number, names)
            content = {"claims": ids, "story": {}, "kept": [stored.kept_out(kept) for kept in claims]}
            self._stories.append(json.dumps(content))
            units.append(Unit(stored.hollow("", names[number], 0, tuple(ids)), claims))
        self._row = incident_row(replace(described(units, ()), reports=tuple(names[n] for n in group)), (), None)
        self._content = json.dumps(self._row.content)
        self._own = [(names[number], *_ids(number, names)) for number in group]

    def copied(self, group: Sequence[int], names: Sequence[str]) -> tuple[list[StoryRow], IncidentRow]:
        """Return the stories and the incident as they are for other reports, as many."""
        others = [(names[number], *_ids(number, names)) for number in group]
        pairs = [pair for own, new in zip(self._own, others, strict=True) for pair in zip(own, new, strict=True)]
        rows = []
        for (name, *claims), written in zip(others, self._stories, strict=True):
            rows.append(StoryRow(f"{name}:0", name, 0, 0, tuple(claims), (), json.loads(_renamed(written, pairs))))
        identity = "i-" + hashlib.sha256(others[0][1].encode()).hexdigest()[:16]
        content = json.loads(_renamed(self._content, pairs)) | {"id": identity}
        stories = tuple(row.story for row in rows)
        return rows, replace(self._row, incident=identity, stories=stories, content=content)


def _patterns(ledger: Ledger, names: Sequence[str]) -> list[_Pattern]:
    groups = list(islice(_groups(range(len(names))), PATTERNS))
    with ledger.shelf() as shelf:
        read = shelf.read([names[number] for group in groups for number in group])
    return [_Pattern(group, names, read) for group in groups]


def _renamed(written: str, pairs: Iterable[tuple[str, str]]) -> str:
    # The claims' ids end in that of their report, so they come first.
    for own, new in sorted(pairs, key=lambda pair: -len(pair[0])):
        written = written.replace(f'"{own}"', f'"{new}"')
    return written


def _ids(number: int, names: Sequence[str]) -> list[str]:
    return [claim_name(f"c-{number}-{index}", names[number]) for index in range(PER_REPORT)]


def _groups(numbers: Iterable[int]) -> Iterator[list[int]]:
    left = iter(numbers)
    for size in cycle(SIZES):
        group = list(islice(left, size))
        if len(group) < size:
            return
        yield group
