"""Tables of records in CSV: each row becomes a page of its own, the heading and the row as they stand in the file."""

from __future__ import annotations

import codecs
import csv
import io
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from sayso.problems import Problem
from sayso.records import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LONGEST_ROW = 2_000_000
"""Bytes of a row; a longer one is no record of one event, or a quotation mark in it was never closed."""

_HEADING_AND_ROW = 2
_DELIMITERS = (",", ";", "\t")
_OTHERS = {b"PK\x03\x04": "a packed file or a workbook", b"\x1f\x8b": "a packed file"}
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# A file says nothing of its encoding: what is not UTF-8 was most often saved by a Western spreadsheet.
_ELSE = "cp1252"


def row_pages(path: Path, needed: Sequence[str]) -> Iterator[Page | Problem]:
    """Yield a page for each row of a table, one at a time.

    Args:
        path: The file.
        needed: Columns that its heading must name.

    Yields:
        Pages of type ``text/plain`` whose body is the heading and the row, byte by byte; a Problem for each row that
        cannot be parted from its neighbours, and for a file that is no such table.
    """
    try:
        with path.open("rb") as stream:
            yield from _pages(stream, str(path), needed)
    except OSError as error:
        what = f"The file cannot be read: {error.strerror or error}."
        yield Problem("unreadable", str(path), what, "Check its name and whether you may read it.", lost=True)


def _pages(stream: BinaryIO, where: str, needed: Sequence[str]) -> Iterator[Page | Problem]:
    first = stream.readline(LONGEST_ROW)
    kind = next((name for mark, name in _OTHERS.items() if first.startswith(mark)), None)
    if kind or first.startswith(_WIDE) or b"\0" in first:
        what = f"This is {kind or 'no table in UTF-8'}."
        yield Problem("not-a-table", where, what, "Save it as CSV in UTF-8, unpacked, and give that.", lost=True)
        return
    heading, delimiter = _heading(first.decode("utf-8-sig", "replace"))
    lacking = [name for name in needed if name not in heading]
    if lacking:
        what = f"Its first line names no column {' and no '.join(lacking)}."
        yield Problem("not-a-table", where, what, "Check the file, and that --from names its format.", lost=True)
        return
    lines = _Lines(stream)
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.taken.clear()
        at = f"{where}:{lines.number + 1}"
        try:
            with _long_cells():
                cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            what = f"The row cannot be parted from its neighbours: {error}."
            yield Problem("broken-row", at, what, "Look for a quotation mark that is not closed.", lost=True)
            continue
        if any(cell.strip() for cell in cells):
            row = b"".join(lines.taken)
            # The byte order mark stays: the heading is given as it stands.
            head = first if first.endswith(b"\n") else first + b"\r\n"
            yield Page(head + row, at, "text/plain", charset=_ELSE)


def _heading(line: str) -> tuple[list[str], str]:
    """Return the names of the columns, and what parts them."""
    split: list[tuple[list[str], str]] = []
    for mark in _DELIMITERS:
        with suppress(csv.Error), _long_cells():
            split.append((next(csv.reader([line], delimiter=mark), []), mark))
    names, delimiter = max(split, key=lambda one: len(one[0]), default=([], ","))
    return [name.strip() for name in names], delimiter


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let cells be as long as rows; the parser's own limit holds for the whole program."""
    before = csv.field_size_limit(LONGEST_ROW)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def cells_of(text: str) -> dict[str, str]:
    """Return the cells of a page that `row_pages` gave, by the names of their columns; empty ones are left out.

    Args:
        text: The page's text.

    Raises:
        ValueError: It is not a heading and one row of the same width.
    """
    head = text.partition("\n")[0]
    _, delimiter = _heading(head)
    try:
        with _long_cells():
            table = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
    except csv.Error as error:
        raise ValueError(str(error)) from None
    if len(table) != _HEADING_AND_ROW:
        raise ValueError(f"it is {len(table) - 1} rows")
    names, row = table
    if len(row) > len(names):
        raise ValueError(f"it has {len(row)} cells and the heading {len(names)}")
    if len(set(names)) != len(names):
        raise ValueError("two columns have one name")
    return {name.strip(): cell for name, cell in zip(names, row, strict=False) if cell.strip()}


class _Lines:
    """The lines of a table for the parser, as long as a row stays within bounds.

    Attributes:
        taken: The bytes of the lines that the row at hand has taken.
        number: Lines read so far, the heading included.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.taken: list[bytes] = []
        self.number = 1
        self._stream = stream

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(LONGEST_ROW)
        if not line:
            raise StopIteration
        self.number += 1
        if sum(map(len, self.taken)) + len(line) >= LONGEST_ROW:
            while line and not line.endswith(b"\n"):
                line = self._stream.readline(LONGEST_ROW)
            raise csv.Error(f"it is longer than {LONGEST_ROW:,} bytes")
        self.taken.append(line)
        return line.decode("utf-8", "surrogateescape")
