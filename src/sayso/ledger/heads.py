"""The small file beside an SQLite ledger that tells how far it went at the last commit.

A log that loses its end after a crash of the machine leaves a ledger that is whole in itself, only shorter. What was
acknowledged and is no longer there can be told only by somebody who remembers it: this file, ``NAME.head``.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from sayso.entries import Head
from sayso.ledger.chain import digest

if TYPE_CHECKING:
    from pathlib import Path

_LINE = re.compile(rb"(\d{20}) ([0-9a-f]{64}) ([0-9a-f]{64})\n")
_LENGTH = 20 + 1 + 64 + 1 + 64 + 1


class HeadFile:
    """Remembers how far a ledger goes. It has two lines, written by turns, so that one is whole at any moment."""

    def __init__(self, ledger: Path) -> None:
        self.path = ledger.with_name(ledger.name + ".head")

    def read(self) -> Head | None:
        """Return the furthest head that was written down, or None where there is none."""
        try:
            with self.path.open("rb") as file:
                written = file.read(4 * _LENGTH)
        except OSError:
            return None
        found = [
            Head(int(number), link.decode())
            for number, link, check in _LINE.findall(written)
            if check.decode() == digest("sayso-head-1", int(number), link.decode())
        ]
        return max(found, key=lambda head: head.entries, default=None)

    def write(self, head: Head) -> None:
        """Write down a head, and return when it is on the disk. A head that goes less far than the last is left out.

        Raises:
            OSError: It cannot be written.
        """
        last = self.read()
        if last is not None and last.entries >= head.entries:
            return
        check = digest("sayso-head-1", head.entries, head.link)
        line = f"{head.entries:020} {head.link} {check}\n".encode()
        self.path.touch()
        with self.path.open("r+b", buffering=0) as file:
            file.seek(self._other_place(last))
            file.write(line)
            os.fsync(file.fileno())

    def _other_place(self, last: Head | None) -> int:
        """Return where a line may be written over without touching the last one that holds."""
        if last is None:
            return 0
        with self.path.open("rb") as file:
            first = _LINE.match(file.read(_LENGTH))
        return _LENGTH if first and int(first[1]) == last.entries else 0
