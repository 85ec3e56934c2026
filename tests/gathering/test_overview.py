"""Incidents added up by place and by day: the same as counting them one by one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text

from sayso.gathering import catch_up, gather_anew
from sayso.gathering.overview import overview
from sayso.gathering.wanting import wanted
from sayso.ledger import Ledger, shelf_tables
from tests.gathering.made_up import made_up, rows
from tests.gathering.readings import read

if TYPE_CHECKING:
    from sayso.events import Incident

_ASKED: tuple[dict[str, object], ...] = (
    {},
    {"contested": True},
    {"place": "dresk"},
    {"harm": "injured", "least": 3},
    {"since": "2019-01-01", "until": "2019-12-31"},
    {"box": "-60,-40,90,60", "party": "front"},
)


@pytest.fixture
def filled(ledger: Ledger) -> list[Incident]:
    """Return incidents that stand on a ledger's shelf."""
    made = list(made_up(600, seed=3, towns=25))
    with ledger.shelf(writing=True) as shelf:
        shelf.put_incidents(rows(iter(made)))
    return made


@pytest.mark.parametrize("asked", _ASKED, ids=lambda one: "-".join(one) or "all")
def test_sums_are_those_of_the_list(ledger: Ledger, filled: list[Incident], asked: dict[str, object]) -> None:
    """Whatever is asked for, each incident of the list is counted once, at its place and on its day."""
    question = wanted(**asked)  # type: ignore[arg-type] # as the command line hands it on
    with ledger.shelf() as shelf:
        fitting = {name for name, _ in shelf.listed(question, 1000).contents}
        seen = overview(shelf, question)
    inside = [one for one in filled if one.id in fitting]
    assert seen.incidents == len(inside) > 0
    assert seen.unplaced == sum(one.lat is None for one in inside)
    assert seen.undated == sum(one.date_from is None for one in inside)
    placed = [one for one in inside if one.lat is not None]
    assert {(one.lat, one.lon): one.incidents for one in seen.spots} == Counter((one.lat, one.lon) for one in placed)
    disputed = Counter((one.lat, one.lon) for one in placed if one.contested)
    assert {(one.lat, one.lon): one.contested for one in seen.spots if one.contested} == disputed
    most: dict[tuple[object, object], int] = {}
    for one in placed:
        said = one.figures.get(asked.get("harm", "killed"))  # type: ignore[call-overload] # a harm, or none
        if said is not None:
            most[one.lat, one.lon] = max(most.get((one.lat, one.lon), 0), said.high or said.low or 0)
    assert {(one.lat, one.lon): one.most for one in seen.spots if one.most is not None} == most
    assert sum(one.incidents for one in seen.bins) == len(inside) - seen.undated
    assert sum(one.contested for one in seen.bins) == sum(one.contested for one in inside if one.date_from)
    for part in seen.bins:
        on = [one for one in inside if one.date_from and part.first <= one.date_from <= part.last]
        assert (len(on), sum(one.contested for one in on)) == (part.incidents, part.contested)
    assert [part.first for part in seen.bins] == sorted(part.first for part in seen.bins)


def test_nothing_is_added_up_to_nothing(ledger: Ledger) -> None:
    """An empty ledger has no places and no days."""
    with ledger.shelf() as shelf:
        seen = overview(shelf, wanted())
    assert (seen.incidents, seen.spots, seen.bins, seen.undated) == (0, (), (), 0)


def test_sums_of_an_older_ledger_are_those_of_a_new_one(ledger: Ledger, ledger_url: str) -> None:
    """A ledger that was made before the sums were kept has the same, once it was opened."""
    ledger.add(read("dresk"), "the tests")
    catch_up(ledger)
    with ledger.shelf(writing=True) as shelf:
        shelf.put_incidents(rows(made_up(300, seed=5)))
    before = _sums(ledger)
    assert all(len(one) > 3 for one in before)
    statements = [
        "DROP TABLE source_sums",
        "DROP TABLE incident_marks",
        "UPDATE alembic_version SET version_num='0004'",
    ]
    on_server = ledger_url.startswith("postgres")
    for name in ("source_speaks", "source_silent"):
        statements.append(f"DROP TRIGGER {name}{' ON incident_sources' if on_server else ''}")
        statements += [f"DROP FUNCTION sayso_{name}"] if on_server else []
    statements += ["DROP INDEX ix_inbox_imported", "ALTER TABLE inbox DROP COLUMN imported"]
    with ledger._place.writing() as connection:  # noqa: SLF001 - made as old as it is to be
        for one in statements:
            connection.execute(text(one))
    with Ledger.open(ledger_url) as opened:
        assert _sums(opened) == before
        catch_up(opened)
        gather_anew(opened)
        again = _sums(opened)
    with ledger.shelf(writing=True) as shelf:
        shelf.clear()
    assert _sums(ledger) == ([], [])
    catch_up(ledger)
    assert _sums(ledger) == again


def _sums(ledger: Ledger) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    with ledger._place.reading() as connection:  # noqa: SLF001 - the rows themselves
        tables = (shelf_tables.source_sums, shelf_tables.incident_marks)
        found = [sorted(map(tuple, connection.execute(select(one))), key=repr) for one in tables]
    return found[0], found[1]
