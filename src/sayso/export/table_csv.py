"""One row a claim, to be opened in a spreadsheet or read by a program.

A column is named by its path in the JSON line, so ``report.id`` is the report's and ``id`` the claim's. An empty cell
means unknown; 0 is zero.
"""

from __future__ import annotations

import csv
from operator import attrgetter
from typing import TYPE_CHECKING, TextIO

from sayso.export import cells
from sayso.export.jsonl import CLAIM_KEYS, MATCH_KEYS, SPAN_KEYS
from sayso.records import Rival, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.records import Claim, Reading

REPORT_COLUMNS = ("id", "title", "url", "outlet", "published")
"""What stands before the claim's own columns, each named ``report.`` and this."""

_SLOTS = tuple(
    slot for key in CLAIM_KEYS for slot in ([f"spans.{one}" for one in SPAN_KEYS] if key == "spans" else [key])
)
_of_claim = attrgetter(*_SLOTS)
_of_match = attrgetter(*MATCH_KEYS)
_AT_MATCH = _SLOTS.index("place_match")
_NO_MATCH = (None,) * len(MATCH_KEYS)


def columns(*, with_text: bool = False) -> tuple[str, ...]:
    """Return the names of the columns, in their order."""
    names = [f"report.{name}" for name in REPORT_COLUMNS]
    return (*names, *(["report.text"] if with_text else []), *claim_columns())


def claim_columns() -> tuple[str, ...]:
    """Return the names of the claim's own columns, in their order."""
    names: list[str] = []
    for key in CLAIM_KEYS:
        inner = {"spans": SPAN_KEYS, "place_match": MATCH_KEYS}.get(key)
        names.extend([key] if inner is None else [f"{key}.{slot}" for slot in inner])
    return tuple(names)


def write(readings: Iterable[Reading], out: TextIO, *, with_text: bool = False) -> None:
    """Write a heading and one row a claim, each as soon as it is read.

    Args:
        readings: What was read, in the order in which it is to be written. A report without claims has no row.
        out: Where to write; it should not translate line ends.
        with_text: Whether to add each report's text, on every row.
    """
    # The line ends of RFC 4180; with any other, Python 3.11 leaves a carriage return within a cell unquoted.
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(columns(with_text=with_text))
    for reading in readings:
        report = [cell(getattr(reading.report, name)) for name in REPORT_COLUMNS]
        if with_text:
            report.append(cell(reading.report.text))
        for claim in reading.claims:
            table.writerow([*report, *in_cells(values(claim))])


def values(claim: Claim) -> list[object]:
    """Return what stands in the claim's own columns, in their order."""
    slots = _of_claim(claim)
    match = slots[_AT_MATCH]
    return [*slots[:_AT_MATCH], *(_NO_MATCH if match is None else _of_match(match)), *slots[_AT_MATCH + 1 :]]


def in_cells(row: Iterable[object]) -> list[object]:
    """Return a row as `csv.writer` takes it: most cells are empty, which it writes for None by itself."""
    # What `cell` would give back as it is, is left as it is: of a million claims there are fifty million cells.
    return [
        value
        if value is None
        or type(value) is int
        or (type(value) is str and value.isprintable() and value[:1] not in cells.MAY_BEGIN_ONE)
        else cell(value)
        for value in row
    ]


def cell(value: object) -> str | int | float:
    """Return what stands in a cell: numbers as they are, and text so that it is never taken for a formula."""
    if value is None:
        return ""
    if type(value) is str:  # most of them
        return cells.safe(value)
    if isinstance(value, Span):
        # In brackets as in the JSON line: a spreadsheet takes a bare 3-5 for the third of May.
        return f"[{value.start},{value.end}]"
    if isinstance(value, tuple):
        return cells.safe(cells.listed(map(_part, value)))
    return cells.cell(value if value is None or isinstance(value, int | float) else str(value))


def _part(value: object) -> str:
    if isinstance(value, Rival):
        where = ", ".join(part for part in (value.region, value.country) if part)
        return f"{value.name} ({where}) {value.score:g}" if where else f"{value.name} {value.score:g}"
    return str(cell(value)) if isinstance(value, Span) else str(value)
