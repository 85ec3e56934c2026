"""Kills writers at random moments, and holds the ledger to what they had acknowledged."""

from __future__ import annotations

import os
import random
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from sayso.ledger import Ledger
from tests.adding import ready
from tests.adding.writers import Writers

if TYPE_CHECKING:
    from collections.abc import Iterator


def kill_often(url: str, kills: int, seed: int) -> list[int]:
    """Kill writers and check the ledger after each; let the last one finish.

    Args:
        url: Where a ledger may be made.
        kills: How many writers to kill.
        seed: Of the moments to kill at.

    Returns:
        How many reports were acknowledged before each kill.
    """
    draw = random.Random(seed)  # noqa: S311 - moments, not secrets
    Ledger.create(url).close()
    end = 0
    acknowledged: set[int] = set()
    counts = []
    with Writers() as writers:
        gap = _usual_gap(url, writers)
        for _ in range(kills):
            # It begins among reports that are there, and has more before it than it will live to add.
            writers.start(url, max(0, end - 6), end + 20, at_once=draw.choice([1, 1, 3]))
            told = list(_until_killed(writers, draw.randrange(4), draw.uniform(0, 2 * gap)))
            acknowledged.update(told)
            end = max(acknowledged, default=0)
            counts.append(len(told))
            check(url, acknowledged)
        writers.start(url, 0, end + 20)
        acknowledged.update(_until_killed(writers, -1, 0))
    check(url, set(range(end + 20)), whole=True)
    return counts


def _usual_gap(url: str, writers: Writers) -> float:
    """Return the seconds between two reports, from reports of no other use."""
    begun = time.monotonic()
    writers.start(url, 1_000_000, 1_000_010)
    assert len(list(_until_killed(writers, -1, 0))) == 10
    return (time.monotonic() - begun) / 10


def _until_killed(writers: Writers, after: int, pause: float) -> Iterator[int]:
    """Yield what a writer acknowledges, and kill it some time after so many; with -1 it is left to finish."""
    pid, kept = 0, 0
    for word, *more in writers.told():
        if word == "pid":
            pid = int(more[0])
        elif word == "kept":
            kept += 1
            yield int(more[0])
        elif word == "ended":
            assert int(more[0]) in {0, -signal.SIGKILL}
            assert after >= 0 or int(more[0]) == 0
            return
        else:
            raise AssertionError((word, more))
        if pid and after >= 0 and kept >= after:
            time.sleep(pause)
            with suppress(ProcessLookupError):  # it may have ended by itself
                os.kill(pid, signal.SIGKILL)
            after = 1 << 30


def check(url: str, acknowledged: set[int], *, whole: bool = False) -> None:
    """Hold a ledger to what was acknowledged: it verifies, nothing is missing, nothing is there twice or in part."""
    with Ledger.open(url) as ledger:
        verified = ledger.verify()
        assert verified.problems == ()
        per_report: dict[str, int] = {}
        ids = set()
        for kept in ledger.claims():
            per_report[kept.report.id] = per_report.get(kept.report.id, 0) + 1
            assert kept.claim.id not in ids
            ids.add(kept.claim.id)
        assert set(per_report.values()) <= {3}, "no report is there in part"
        reports = [heading.id for heading in ledger.reports()]
        assert len(set(reports)) == len(reports) == len(per_report) == verified.pages
        for number in acknowledged:
            assert ledger.has_read(ready.page_and_reading(number, 3)[0], ready.PROGRAM, ready.MODEL), number
        if whole:
            # A page, a report, a reading and three claims for each, with those that timed the writer.
            assert verified.head.entries == 6 * (len(acknowledged) + 10)
