"""An export holds one incident at a time, however many there are."""

from __future__ import annotations

import gc
import io
import tracemalloc
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.export import formats
from sayso.export.formats import FORMATS
from tests.export import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.events import Dossier

STREAMED = [
    one.name for one in FORMATS if one.name not in {"html", "parquet"}
]  # these keep at most a page, and some rows


class Counter(io.RawIOBase):
    """A file that keeps nothing but its length."""

    length = 0

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]  # narrower than any buffer
        """Count what is written."""
        self.length += len(piece)
        return len(piece)


def many(number: int) -> Iterator[Dossier]:
    """Yield incidents with ids of their own, each made when it is asked for."""
    base = replace(told.dresk(), claims=told.dresk().claims[:4])
    for place in range(number):
        yield told.changed(base, id=f"i-{place}", date_from=None if place % 7 == 0 else "2023-03-14")


def peak(name: str, number: int) -> tuple[int, int]:
    out = Counter()
    usual = gc.get_threshold()
    gc.set_threshold(20, 2, 2)  # garbage that waits to be collected is no memory that grows
    tracemalloc.start()
    formats.write(name, many(number), out)  # type: ignore[arg-type]  # it is written to, and that is all
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    gc.set_threshold(*usual)
    return most, out.length


@pytest.mark.parametrize("name", STREAMED)
def test_memory_does_not_grow_with_the_number_of_incidents(name: str) -> None:
    peak(name, 5)  # what is imported and cached once
    few, _ = peak(name, 20)
    most, written = peak(name, 400)
    assert written > 400 * 100
    assert most < few + 200_000
