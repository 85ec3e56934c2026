"""The pool: answers in the order of the pages, bounded, and nothing lost where a process dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from typing import TYPE_CHECKING

import pytest

from sayso import pool as pool_module
from sayso.pool import Pool, usable_cores
from sayso.problems import Problem, UsageError
from sayso.records import Page, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.pool import Answer


def page(number: int, ending: str = "") -> Page:
    text = f"{number + 2} people were killed in Dresk on Monday, the district hospital said.{ending}"
    return Page(text.encode(), f"{number}.txt", "text/plain")


def flat(pool: Pool, pages: Iterator[Page | Problem]) -> Iterator[Answer]:
    for together in pool.read(pages):
        yield from together


def told(answer: Answer) -> str:
    (item,) = answer.found
    if isinstance(item, Problem):
        return item.code
    assert answer.page
    assert item.report.page_sha256 == answer.page.sha256
    return f"{answer.page.where} {[claim.low for claim in item.claims]}"


class Deadly(Page):
    """A page that ends every process that takes it in."""

    __slots__ = ()

    def __reduce__(self) -> tuple[object, tuple[int]]:
        """Have whoever unpacks it leave."""
        return os._exit, (7,)


def test_answers_come_in_order_and_no_more_is_taken_in_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "_LINE_BYTES", 4 * len(page(0).body))
    taken = 0

    def coming() -> Iterator[Page | Problem]:
        nonlocal taken
        for number in range(12):
            taken += 1
            yield page(number) if number != 5 else Problem("empty-file", "5.txt", "It is empty.", "Nothing.", lost=True)

    most, answered, found = 0, 0, []
    with Pool(2) as pool:
        for answer in flat(pool, coming()):
            most = max(most, taken - answered)
            answered += 1
            found.append(told(answer))
        assert len(multiprocessing.active_children()) == 2
    assert multiprocessing.active_children() == []
    assert found == [f"{n}.txt [{n + 2}]" if n != 5 else "empty-file" for n in range(12)]
    assert most <= 6  # four pages, one over the edge, and the problem, which has no bytes


def test_a_process_that_dies_costs_its_page_only_where_it_dies_of_it_twice() -> None:
    def coming() -> Iterator[Page]:
        for number in range(14):
            if number == 4:
                first = multiprocessing.active_children()[0]
                assert first.pid
                os.kill(first.pid, signal.SIGKILL)
            whole = page(number)
            yield Deadly(whole.body, whole.where, whole.media_type) if number == 9 else whole

    with Pool(2) as pool:
        found = [told(answer) for answer in flat(pool, coming())]
    assert found == [f"{n}.txt [{n + 2}]" if n != 9 else "reader-ended" for n in range(14)]


def test_a_pool_that_is_left_in_the_middle_leaves_no_process(capfd: pytest.CaptureFixture[str]) -> None:
    with Pool(1) as pool:
        answers = flat(pool, (page(number) for number in range(10**6)))
        (item,) = next(answers).found
        assert isinstance(item, Reading)
        (child,) = multiprocessing.active_children()
    for _ in range(100):
        if not child.is_alive():
            break
        time.sleep(0.05)
    assert not child.is_alive()
    assert capfd.readouterr() == ("", "")


def test_a_pool_needs_a_process() -> None:
    with pytest.raises(UsageError, match="give one or more"):
        Pool(0)
    assert usable_cores() >= 1
