"""Lists of web addresses, told by their content: one a line, or a column of a CSV or TSV table, as GDELT gives them.

GDELT's tables have no header, and each has its address in another column: events in the 61st, mentions in the 6th, the
knowledge graph in the 5th (https://www.gdeltproject.org/data.html). So the column is found by what stands in it.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from sayso.pages.addresses import RefusedAddressError, parse
from sayso.problems import Problem
from sayso.records import Given, Page

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Iterator

    from sayso.pages.online import Online, Opener

_DELIMITERS = ("\t", ",", ";")
_LOOKED_AT = 64 * 1024
_ROWS = 100
_SHARE = 0.8
_URL = re.compile(r"\s*+https?://[^\s/?#][^\s]*+\s*+", re.IGNORECASE)
_OWN_TEXT = frozenset({"text", "body", "content"})
_FIELDS = ("title", "outlet", "published", "language")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a list is laid out.

    Attributes:
        delimiter: What parts its columns.
        column: The column with the addresses, counted from 0.
        header: The names of its columns in lower case; empty where it has no header.
    """

    delimiter: str
    column: int
    header: tuple[str, ...] = ()


def layout(body: bytes) -> Layout | None:
    """Tell how a list of addresses is laid out, or None where the bytes are something else.

    Args:
        body: The whole file, or its beginning.

    Returns:
        The layout by which most rows have an address in one column. A table with a column called "text", "body" or
        "content" is none: its reports stand in it.
    """
    head = body[:_LOOKED_AT].decode("utf-8-sig", "replace")
    if len(body) > _LOOKED_AT:
        head = head[: head.rfind("\n") + 1]
    if "://" not in head:
        return None
    found = [one for delimiter in _DELIMITERS if (one := _by(delimiter, head))]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _by(delimiter: str, head: str) -> tuple[tuple[float, int], Layout] | None:
    """Return the layout by one delimiter, and how well it fits: the share of addresses and the number of columns."""
    try:
        rows = [row for row in islice(_rows(head, delimiter), _ROWS) if any(row)]
    except csv.Error:
        return None
    header: tuple[str, ...] = ()
    if len(rows) > 1 and not any(map(_URL.fullmatch, rows[0])):
        header = tuple(cell.strip().lower() for cell in rows.pop(0))
    if not rows or _OWN_TEXT & set(header):
        return None
    width = max(map(len, rows))
    shares = [sum(bool(_URL.fullmatch(row[at])) for row in rows if at < len(row)) / len(rows) for at in range(width)]
    best = max(shares)
    return ((best, width), Layout(delimiter, shares.index(best), header)) if best >= _SHARE else None


def pages(body: bytes, where: str, found: Layout, online: Online, open_page: Opener) -> Iterator[Page | Problem]:
    """Fetch the addresses of a list, each once, in the list's order.

    Args:
        body: The whole file.
        where: Its name, to which the line is added.
        found: How it is laid out.
        online: What fetches.
        open_page: What reads bytes under a name as it would read a file.

    Yields:
        The pages of each address, and a problem for each row that has none or whose page could not be had. Columns of
        the header called title, outlet, published and language fill what a page does not say itself.
    """
    for one in addresses(body, where, found):
        if isinstance(one, Problem):
            yield one
        else:
            yield from online.pages(one.url, open_page=open_page, where=one.where, given=one.given)


@dataclass(frozen=True, slots=True)
class Listed:
    """An address of a list, as it stands there; its place in the list; what its row says of its page."""

    url: str
    where: str
    given: Given


def addresses(body: bytes, where: str, found: Layout) -> Iterator[Listed | Problem]:
    """Yield the addresses of a list, each once, in the list's order, and a problem for each row that has none.

    Args:
        body: The whole file.
        where: Its name, to which the line is added.
        found: How it is laid out.
    """
    rows = _rows(body.decode("utf-8-sig", "replace"), found.delimiter)
    seen: set[str] = set()
    header_is_due = bool(found.header)
    while True:
        line = rows.line_num + 1
        place = f"{where}:{line}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield _no_address(place, f"The row cannot be read: {error}.")
            continue
        if not any(cell.strip() for cell in row):
            continue
        if header_is_due:
            header_is_due = False
            continue
        cell = row[found.column].strip() if found.column < len(row) else ""
        try:
            url = parse(cell).url
        except RefusedAddressError as error:
            said = f"{error}" if cell else f"There is no address in column {found.column + 1} of this row."
            yield _no_address(place, said)
            continue
        if url not in seen:
            seen.add(url)
            yield Listed(cell, place, _given(row, found.header))


def _rows(text: str, delimiter: str) -> Reader:
    # Quotation marks mean nothing in GDELT's tables, where titles and quotations are full of single ones.
    lines = io.StringIO(text, newline="")
    if delimiter == "\t":
        return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    return csv.reader(lines, delimiter=delimiter)


def _given(row: list[str], header: tuple[str, ...]) -> Given:
    cells = dict(zip(header, row, strict=False))
    title, outlet, published, language = (cells.get(name, "").strip() or None for name in _FIELDS)
    return Given(title=title, outlet=outlet, published=published, language=language)


def _no_address(place: str, what: str) -> Problem:
    return Problem("not-an-address", place, what, "Mend the row, or take it out; the other rows are read.", lost=True)
