"""Exports and sums go through a ledger with a few incidents in memory at a time, however many there are.

`test_flat_memory.py` holds the writers of formats to the same; `make soak` measures the whole over a million claims.
"""

from __future__ import annotations

import gc
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from sayso import tolling
from sayso.events import Dossier
from sayso.exporting import dossiers
from sayso.ledger import Ledger
from sayso.ledger.shelf_incidents import Wanted
from tests.soak.filled import PER_REPORT, fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FEW, MANY = 2_400, 6_000
"""Claims: three batches, and six."""


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Ledger]]:
    folder = tmp_path_factory.mktemp("flat")
    paths = [folder / f"{claims}.sayso" for claims in (FEW, MANY)]
    for path, claims in zip(paths, (FEW, MANY), strict=True):
        fill(path, claims)
    with Ledger.open(paths[0]) as few, Ledger.open(paths[1]) as many:
        yield [few, many]


def alive() -> int:
    """Return how many dossiers are in memory now."""
    gc.collect()
    return sum(type(one) is Dossier for one in gc.get_objects())


def peak(work: Callable[[], object]) -> int:
    gc.collect()
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_a_batch_of_incidents_is_alive_at_a_time(ledgers: list[Ledger]) -> None:
    most = []
    for ledger in ledgers:
        seen = [alive() for number, _ in enumerate(dossiers(ledger)) if number % 80 == 79]
        most.append(max(seen))
    assert max(most) < 100, most


def test_a_sum_keeps_little_of_each_incident(ledgers: list[Ledger]) -> None:
    def add(ledger: Ledger) -> Callable[[], object]:
        return lambda: tolling.total(tolling.dossiers(ledger, Wanted()), ["as-said"])

    add(ledgers[0])()
    few, many = (peak(add(ledger)) for ledger in ledgers)
    incidents = (MANY - FEW) / PER_REPORT * 4 / 5
    assert (many - few) / incidents < 1_500, (few, many)  # under 1,000 alone, more among all tests


def test_every_claim_goes_out_once(ledgers: list[Ledger]) -> None:
    for ledger, claims in zip(ledgers, (FEW, MANY), strict=True):
        ids = [kept.claim.id for found in dossiers(ledger) for kept in found.claims]
        assert len(ids) == len(set(ids)) == claims
        assert ids[0] in {kept.claim.id for kept in ledger.claims()}
