"""A second process for grouping: the same incidents, the same errors, and nothing left running."""

from __future__ import annotations

import multiprocessing
import os
import signal
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.grouping_pool import GroupingPool
from sayso.incident.group import Grouping
from sayso.incident.packing import packed, unpacked
from sayso.incident.ready import ready
from sayso.problems import UsageError
from tests.incident.grouped import grouped, tellings

if TYPE_CHECKING:
    from sayso.incident.told import Told

REPORTS = tellings(heldout=False)


def _in_batches(grouping: Grouping, pool: GroupingPool, size: int) -> None:
    for start in range(0, len(REPORTS), size):
        grouping.add_all(REPORTS[start : start + size], pool)
        grouping.regroup(pool)


def _with_a_hostile_claim(told: Told) -> Told:
    """Return a report that cannot be parted into stories: a caller's mistake."""
    broken = replace(told.claims[0], claim=replace(told.claims[0].claim, date_from=7))  # type: ignore[arg-type]
    return replace(told, claims=(broken, *told.claims[1:]))


@pytest.mark.parametrize("in_memory", [False, True])
def test_many_reports_with_a_second_process_are_grouped_as_one_by_one(*, in_memory: bool) -> None:
    grouping = Grouping()
    with GroupingPool(in_memory=in_memory) as pool:
        _in_batches(grouping, pool, 70)
        assert pool.seconds > 0, "the other process did a part of it"
    assert grouping.incidents() == grouped(REPORTS)
    assert not multiprocessing.active_children()


def test_a_report_that_fails_raises_what_it_raises_by_itself_after_those_before_it() -> None:
    wrong = _with_a_hostile_claim(REPORTS[45])
    with pytest.raises(TypeError, match="subscriptable") as alone:
        Grouping().add(wrong)
    grouping = Grouping()
    with GroupingPool() as pool:
        with pytest.raises(TypeError, match="subscriptable") as beside:
            grouping.add_all((*REPORTS[:45], wrong, *REPORTS[46:90]), pool)
        assert str(beside.value) == str(alone.value)
        grouping.add_all(REPORTS[45:], pool)
        grouping.regroup(pool)
    assert grouping.incidents() == grouped(REPORTS)
    assert not multiprocessing.active_children()


def test_a_claim_of_two_reports_is_refused_as_by_itself() -> None:
    again = replace(REPORTS[3], report=replace(REPORTS[3].report, id="again"))
    with GroupingPool() as pool, pytest.raises(UsageError, match="has the id of another report's claim"):
        Grouping().add_all((*REPORTS[:30], again), pool)
    assert not multiprocessing.active_children()


def test_a_process_that_dies_costs_nothing_but_time() -> None:
    grouping = Grouping()
    with GroupingPool() as pool:
        grouping.add_all(REPORTS[:60], pool)
        (child,) = multiprocessing.active_children()
        os.kill(child.pid or 0, signal.SIGTERM)
        grouping.add_all(REPORTS[60:], pool)
        grouping.regroup(pool)
    assert grouping.incidents() == grouped(REPORTS)
    assert not multiprocessing.active_children()


def test_stories_come_back_from_bytes_as_they_were() -> None:
    for told in REPORTS[:20]:
        assert unpacked(packed(told)) == told
        stories = ready(told)
        assert unpacked(packed(stories)) == stories
