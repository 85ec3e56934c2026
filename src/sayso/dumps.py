"""Dumps of ledgers as files: lines from a file, from a file packed by gzip, or from standard input."""

from __future__ import annotations

import gzip
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator
    from pathlib import Path

_LONGEST = 300_000_000
"""Characters of one line; a longer one comes in pieces, none of which is a line of a dump."""


def lines(path: Path) -> Iterator[str]:
    """Yield the lines of a dump.

    Args:
        path: The file; ``-`` for standard input.

    Raises:
        OSError: It cannot be read.
        EOFError: It is packed and breaks off.
    """
    if str(path) == "-":
        with open(sys.stdin.fileno(), "rb", closefd=False) as stream:
            yield from _lines(stream)
        return
    with path.open("rb") as stream:
        yield from _lines(stream)


def _lines(buffered: io.BufferedReader) -> Iterator[str]:
    unpacked: io.BufferedIOBase = buffered
    if buffered.peek(2)[:2] == b"\x1f\x8b":
        unpacked = gzip.GzipFile(fileobj=buffered)
    while line := unpacked.readline(_LONGEST):
        yield line.decode("utf-8", "replace")
