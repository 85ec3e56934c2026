"""Tables of data as rows that can be read alone: each cell with its header.

A figure stands before the name of what it counts, as in a sentence ("41 Killed"), any other cell after it ("Date: 3
May"), and the first cell, which names the row, stands alone. A row of headers is a row of its own before them. A table
that only arranges the page is none of data: it has no header cells, and its cells hold tables or long texts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median
from typing import Any

from sayso.find.blocks import cell_text

_LONGEST_CELL = 300
_USUAL_CELL = 100
_LONGEST_LABEL = 80
"""Characters; a label stands in every row, so a long one would swell the text."""

_ROWS = 5_000
_COLUMNS = 100
_SPAN = 500
_FIGURE = re.compile(r"[~<>≈+−–-]?\s*\d[\d.,\s\u00a0–+-]*%?(?:\s*[*†‡])?")
_NOTHING = re.compile(r"[-–—.…\s]*|n/?a|nil|\?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is read: its words, where the table's own words stand among them, and how many are in links."""

    text: str
    element: Any
    linked: int
    pieces: tuple[tuple[int, int, Any], ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: its words, and whether it is a header; `first` is False where it reaches over from a row or column."""

    text: str
    element: Any
    linked: int
    header: bool
    first: bool = True


def rows_of(table: Any) -> tuple[Row, ...] | None:  # noqa: ANN401 - lxml is not typed
    """Return the caption and the rows of a table of data, or None where the table only arranges the page.

    Args:
        table: The ``table`` element as lxml parsed it.
    """
    elements = _row_elements(table)
    if elements is None:
        return None
    grid = _grid(elements)
    filled = [cell for row in grid for cell in row if cell.first and cell.text]
    if not filled or max(map(len, grid)) < 2 or not (_has_headers(table) or _is_terse(filled)):
        return None
    rows = [(element, row) for element, row in zip(elements, grid, strict=True) if any(cell.text for cell in row)]
    depth = _header_rows([row for _, row in rows])
    headers = _labels([row for _, row in rows[:depth]])
    read = [_caption(caption) for caption in table.iterfind("./caption")]
    read += [_row(element, row, headers if number >= depth else []) for number, (element, row) in enumerate(rows)]
    return tuple(row for row in read if row.text)


def _has_headers(table: Any) -> bool:  # noqa: ANN401 - lxml is not typed
    return next(table.iter("th"), None) is not None


def _is_terse(cells: list[_Cell]) -> bool:
    """Tell cells that hold names and figures from those that hold parts of a page."""
    lengths = [len(cell.text) for cell in cells]
    return max(lengths) <= _LONGEST_CELL and median(lengths) <= _USUAL_CELL


def _row_elements(table: Any) -> list[Any] | None:  # noqa: ANN401 - lxml is not typed
    """Return the rows of a table, or None where what they hold is no data."""
    if next(table.iterdescendants("table", "form", "article", "h1", "h2", "iframe"), None) is not None:
        return None
    rows = list(table.iter("tr"))
    if not rows or len(rows) > _ROWS:
        return None
    cells = [sum(1 for cell in row if cell.tag in {"td", "th"}) for row in rows]
    wide = sum(number > 1 for number in cells)
    return rows if wide >= 2 and max(cells) <= _COLUMNS else None


def _grid(elements: list[Any]) -> list[list[_Cell]]:
    """Lay the cells out in rows and columns; one that reaches over several is repeated there."""
    reaching: dict[int, tuple[int, _Cell]] = {}
    grid = []
    for element in elements:
        row: list[_Cell] = []
        for child in element:
            if child.tag not in {"td", "th"}:
                continue
            _reach_down(row, reaching)
            text, linked = cell_text(child)
            cell = _Cell(text, child, linked, header=child.tag == "th" or _is_bold(child))
            wide, high = _spanned(child, "colspan", _COLUMNS), _spanned(child, "rowspan", _SPAN)
            if wide == high == 1:
                row.append(cell)
                continue
            over = _Cell(text, child, 0, header=cell.header, first=False)
            for number in range(wide):
                if high > 1:
                    reaching[len(row)] = (high - 1, over)
                row.append(over if number else cell)
        _reach_down(row, reaching)
        grid.append(row[:_COLUMNS])
    return grid


def _reach_down(row: list[_Cell], reaching: dict[int, tuple[int, _Cell]]) -> None:
    while len(row) in reaching and len(row) < _COLUMNS:
        left, cell = reaching.pop(len(row))
        if left > 1:
            reaching[len(row)] = (left - 1, cell)
        row.append(cell)


def _spanned(cell: Any, name: str, most: int) -> int:  # noqa: ANN401 - lxml is not typed
    stated = (cell.get(name) or "").strip()
    if not stated:
        return 1
    return max(1, min(int(stated), most)) if stated.isascii() and stated.isdigit() and len(stated) < 6 else 1


def _is_bold(cell: Any) -> bool:  # noqa: ANN401 - lxml is not typed
    return len(cell) == 1 and cell[0].tag in {"b", "strong"} and not (cell.text or "").strip()


def _header_rows(rows: list[list[_Cell]]) -> int:
    """Return how many rows at the top hold headers only; a table of one name a row and its value has none."""
    depth = 0
    for row in rows[:4]:
        shown = [cell for cell in row if cell.text]
        if len({id(cell.element) for cell in shown}) < 2 or not all(cell.header for cell in shown):
            break
        depth += 1
    if depth or len(rows) < 2:
        return 0 if depth == len(rows) else depth
    first = rows[0]
    worded = all(cell.text and not any(map(str.isdigit, cell.text)) and len(cell.text) < 60 for cell in first[1:])
    columns = ([row[at].text for row in rows[1:] if at < len(row)] for at in range(1, len(first)))
    return int(len(first) > 2 and worded and any(_are_figures(column) for column in columns))


def _labels(headers: list[list[_Cell]]) -> list[str]:
    """Join headers that stand above each other to one label a column."""
    width = max(map(len, headers), default=0)
    labels = []
    for column in range(width):
        names = [row[column].text for row in headers if column < len(row) and row[column].text]
        label = ", ".join(dict.fromkeys(names))
        labels.append(label if len(label) <= _LONGEST_LABEL else "")
    return labels


def _row(element: Any, row: list[_Cell], labels: list[str]) -> Row:  # noqa: ANN401 - lxml is not typed
    """Put a row into words; without labels, a header before a single cell is its label."""
    cells = [(column, cell) for column, cell in enumerate(row) if cell.text and (cell.first or column == 0)]
    parts: list[tuple[str, Any]] = []
    if not labels and len(cells) == 2 and cells[0][1].header and not cells[1][1].header:
        name, value = cells[0][1], cells[1][1]
        pair = [(value.text, value.element), (" ", None), (name.text, name.element)]
        named = [(name.text, name.element), (": ", None), (value.text, value.element)]
        parts = pair if _is_figure(value.text) else named
        return _joined(element, parts, sum(cell.linked for _, cell in cells))
    for column, cell in cells:
        label = labels[column] if column < len(labels) else ""
        parts += [(" | ", None)] if parts else []
        if not label or column == 0 or cell.header:
            parts.append((cell.text, cell.element))
        elif _is_figure(cell.text):
            parts += [(cell.text, cell.element), (f" {label}", None)]
        else:
            parts += [(f"{label}: ", None), (cell.text, cell.element)]
    return _joined(element, parts, sum(cell.linked for _, cell in cells))


def _joined(element: Any, parts: list[tuple[str, Any]], linked: int) -> Row:  # noqa: ANN401 - lxml is not typed
    text, pieces = "", []
    for words, source in parts:
        if source is not None:
            pieces.append((len(text), len(text) + len(words), source))
        text += words
    return Row(text, element, linked, tuple(pieces))


def _caption(caption: Any) -> Row:  # noqa: ANN401 - lxml is not typed
    text, linked = cell_text(caption)
    return Row(text, caption, linked, ((0, len(text), caption),))


def _are_figures(column: list[str]) -> bool:
    figures = sum(_is_figure(text) for text in column)
    return figures > 0 and all(_is_figure(text) or _NOTHING.fullmatch(text) for text in column)


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None and not _NOTHING.fullmatch(text)
