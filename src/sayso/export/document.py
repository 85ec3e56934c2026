"""One JSON document: a list of the same records as in JSON lines, for programs that read a whole file at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from sayso.export import jsonl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.records import Reading


def write(readings: Iterable[Reading], out: TextIO, *, with_text: bool = False) -> None:
    """Write a JSON list with one record a reading, each on a line of its own and as soon as it is read.

    Args:
        readings: What was read, in the order in which it is to be written.
        out: Where to write; its encoding should be UTF-8.
        with_text: Whether to add each report's text.
    """
    before = "[\n"
    for reading in readings:
        out.write(before + jsonl.line(reading, with_text=with_text))
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")
