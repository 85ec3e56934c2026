"""Lists over a ledger of a million claims; `make soak` runs this, since filling one takes a minute or more."""

from __future__ import annotations

import statistics
import time
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from sayso.gathering.wanting import past, wanted
from sayso.ledger import Ledger
from tests.gathering.made_up import made_up, rows

if TYPE_CHECKING:
    from pathlib import Path

ENOUGH = 0.05
"""Seconds that a page of the newest incidents may take."""


@pytest.mark.soak
def test_the_newest_incidents_of_a_million_claims_come_at_once(tmp_path: Path) -> None:
    claims = 0
    with Ledger.create(tmp_path / "ledger.sayso") as ledger:
        drawn = made_up(100_000, towns=20_000)
        while part := list(islice(drawn, 5000)):
            claims += sum(len(one.claims) for one in part)
            with ledger.shelf(writing=True) as shelf:
                shelf.put_incidents(rows(iter(part)))
    assert claims > 1_000_000
    asked = [wanted(), wanted(place="syria"), wanted(contested=True), wanted(least=2000), wanted(sort="toll")]
    with Ledger.open(tmp_path / "ledger.sayso") as ledger:
        for one in asked:
            taken, following = [], one
            for _ in range(20):
                begun = time.perf_counter()
                with ledger.shelf() as shelf:
                    page = shelf.listed(following, 20)
                taken.append(time.perf_counter() - begun)
                assert page.last is not None
                following = past(one, page.last)
            assert statistics.median(taken) < ENOUGH, (one, taken)
