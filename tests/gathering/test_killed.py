"""A run that is killed while it puts reports together leaves nothing half done, and the next one goes on."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.gathering import catch_up, gather_anew, is_behind
from tests.gathering.readings import incidents, read

if TYPE_CHECKING:
    from sayso.ledger import Ledger


def test_killed_at_any_moment_it_goes_on_where_it_was(ledger_url: str, ledger: Ledger) -> None:
    ledger.add(read("karn"), "the tests")
    draw = random.Random(7)  # noqa: S311 - moments, not secrets
    marks = [0]
    for after in (1, 3):
        with _running(ledger_url) as process:
            assert process.stdout is not None
            for _ in range(after):
                assert process.stdout.readline()
            time.sleep(draw.uniform(0, 0.1))
            process.send_signal(signal.SIGKILL)
            process.wait()
        with ledger.shelf() as shelf:
            marks.append(shelf.state().upto)
    assert marks == sorted(set(marks)), "each went on behind the one before"
    assert is_behind(ledger)
    catch_up(ledger)
    found = incidents(ledger)
    gather_anew(ledger)
    assert incidents(ledger) == found


def test_two_that_catch_up_at_once_do_it_once(ledger_url: str, ledger: Ledger) -> None:
    ledger.add(read("karn"), "the tests")
    with _running(ledger_url) as one, _running(ledger_url) as other:
        done = [len(process.communicate(timeout=120)[0].split()) for process in (one, other)]
        assert (one.returncode, other.returncode) == (0, 0)
    with ledger.shelf() as shelf:
        assert sum(done) == len(read("karn"))
        assert shelf.state().upto == shelf.entries()
    found = incidents(ledger)
    gather_anew(ledger)
    assert incidents(ledger) == found


def _running(url: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.gathering.killed", url]
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, encoding="utf-8")
