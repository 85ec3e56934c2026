"""Programs that add ready reports to a ledger and may be killed at any moment, quickly made by forking.

Run as ``python -m tests.adding.writers``, it reads a line of JSON for each writer to start, and forks. A writer tells
of each number on standard output once the ledger has acknowledged it, so that what it has told must be there.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from sayso.ledger import Ledger, LedgerError
from tests.adding import ready

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


class Writers:
    """A process that forks writers, and what they told."""

    def __enter__(self) -> Self:
        """Start it."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.adding.writers"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        return self

    def __exit__(self, *_: object) -> None:
        """End it; its writers have ended before."""
        self._out.close()
        self._in.close()
        self._process.wait()

    @property
    def _in(self) -> IO[str]:
        assert self._process.stdin
        return self._process.stdin

    @property
    def _out(self) -> IO[str]:
        assert self._process.stdout
        return self._process.stdout

    def start(self, ledger: str, first: int, last: int, *, at_once: int = 1, only: str | None = None) -> None:
        """Start a writer that adds the reports from `first` to before `last`, passing over those that are there.

        Args:
            ledger: The ledger.
            first: The first number.
            last: The number after the last.
            at_once: How many go into one transaction.
            only: ``all`` to add every report without asking whether it is there.
        """
        asked = {"ledger": ledger, "first": first, "last": last, "at_once": at_once, "only": only}
        self._in.write(json.dumps(asked) + "\n")
        self._in.flush()

    def told(self) -> Iterator[list[str]]:
        """Yield what is told, word by word: ``pid N``, ``kept N``, ``failed CODE`` and ``ended STATUS``."""
        for line in self._out:
            yield line.split()


def _write(asked: dict[str, object]) -> None:
    at_once, first, last = (int(str(asked[name])) for name in ("at_once", "first", "last"))
    with Ledger.open(str(asked["ledger"])) as ledger:
        for start in range(first, last, at_once):
            group = [ready.page_and_reading(number, 3) for number in range(start, min(start + at_once, last))]
            if not asked["only"] and all(ledger.has_read(page, ready.PROGRAM, ready.MODEL) for page, _ in group):
                continue
            ledger.add(group, "writer")
            for number in range(start, start + len(group)):
                _tell(f"kept {number}")


def _tell(line: str) -> None:
    # One call, so that lines of several writers never mix.
    os.write(1, f"{line}\n".encode())


def _fork(asked: dict[str, object]) -> None:
    """Fork a writer and a parent for it that tells how it ended."""
    pid = os.fork()
    if pid:
        return
    writer = os.fork()
    if not writer:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        try:
            _write(asked)
        except LedgerError as error:
            _tell(f"failed {error.problem.code}")
            os._exit(1)
        os._exit(0)
    _tell(f"pid {writer}")
    _, status = os.waitpid(writer, 0)
    _tell(f"ended {os.waitstatus_to_exitcode(status)}")
    os._exit(0)


if __name__ == "__main__":
    # Everything that a writer needs is imported before the first fork.
    import psycopg  # noqa: F401 - loaded for the writers
    import sqlalchemy.dialects.postgresql.psycopg  # noqa: F401 - likewise

    for written in sys.stdin:
        _fork(json.loads(written))
    with suppress(ChildProcessError):
        while True:
            os.wait()
