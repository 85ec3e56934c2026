"""How a table with one row an incident is written: a heading, and a row as soon as its incident is there."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from sayso.export import cells
from sayso.export.writing import LeftOut, incidents, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sayso.events import Dossier, Incident
    from sayso.problems import Problem

Row = dict[str, cells.Cell]


def write(
    dossiers: Iterable[Dossier],
    out: BinaryIO,
    where: str,
    columns: Sequence[str],
    row: Callable[[Incident, Dossier, LeftOut], Row | None],
    tags: Sequence[str] = (),
) -> tuple[Problem, ...]:
    """Write a table.

    Args:
        dossiers: The incidents.
        out: Where to write.
        where: The name of the format.
        columns: The heading.
        row: Makes an incident's row, or None for one that the format leaves out and that it has counted.
        tags: A second row below the heading, for HXL.

    Returns:
        What was left out.
    """
    left_out = LeftOut(where)
    with text(out) as stream:
        table = csv.writer(stream, lineterminator="\r\n")
        table.writerow(columns)
        if tags:
            table.writerow(tags)
        for incident, dossier in incidents(dossiers, left_out):
            made = row(incident, dossier, left_out)
            if made is not None:
                table.writerow([cells.cell(made.get(column)) for column in columns])
    return left_out.problems()


def day(iso: str | None) -> date | None:
    """Return a day, or None where it is not known or no day."""
    try:
        return date.fromisoformat(iso or "")
    except ValueError:
        return None


def ids_cell(ids: Iterable[str]) -> str | None:
    """Return ids for one cell, parted by spaces; None for none."""
    return " ".join(ids) or None


def number_from(words: str, digits: int = 15) -> int:
    """Return a number made from an id, the same for ever, of at most `digits` digits, which a spreadsheet keeps whole.

    >>> number_from("incident-1") == number_from("incident-1"), number_from("a") < 10**15
    (True, True)
    """
    import hashlib

    most: int = 10**digits - 1
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:16]) % most + 1
