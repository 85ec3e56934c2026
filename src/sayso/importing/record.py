"""A row as a report: one line a cell, ``column: value``, so that every slot of a claim has words to point to."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sayso.records import Claim

_NUMBER = re.compile(r"([0-9]{1,9})(?:\.0+)?")
_MOST_DEGREES = {"latitude": 90.0, "longitude": 180.0, "lat": 90.0, "lon": 180.0}


@dataclass(frozen=True, slots=True)
class Imported:
    """What a row says.

    Attributes:
        id: The record's own id.
        claims: Its claims; without ids where the row gives none.
        text: The text that the claims' offsets point into.
        title: What the record is called.
        outlet: Who published what the row speaks of, where the row names it.
        published: When the record, or what it speaks of, was published.
        language: The language of its words.
        url: Where it was published.
        left_out: Why a row that is sound gives no claim; None where it gives some.
    """

    id: str
    claims: tuple[Claim, ...]
    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = "en"
    url: str | None = None
    left_out: str | None = None


class Record:
    """The cells of a row, and the text made of them.

    Attributes:
        text: One line a cell.
    """

    def __init__(self, cells: Mapping[str, str], last: Sequence[str] = ()) -> None:
        """Lay the cells out.

        Args:
            cells: By the names of their columns; none is empty.
            last: Columns that stand at the end and together, whatever their order in the file.
        """
        names = [name for name in cells if name not in last] + [name for name in last if name in cells]
        lines: list[str] = []
        self._values: dict[str, Span] = {}
        self._labels: dict[str, Span] = {}
        at = 0
        for name in names:
            value = cells[name].strip()
            line = f"{name}: {value}"
            self._labels[name] = Span(at, at + len(name))
            self._values[name] = Span(at + len(line) - len(value), at + len(line))
            lines.append(line)
            at += len(line) + 1
        self.text = "\n".join(lines)

    def words(self, column: str) -> str | None:
        """Return a cell's words, or None where it is empty."""
        span = self._values.get(column)
        return None if span is None else span.of(self.text)

    def span(self, column: str) -> Span | None:
        """Return where a cell's words stand."""
        return self._values.get(column)

    def label(self, column: str, words: str = "") -> Span:
        """Return where a column's name stands, or some words of it."""
        span = self._labels[column]
        start = span.start + max(span.of(self.text).find(words), 0)
        return Span(start, start + len(words)) if words else span

    def lines(self, first: str, last: str) -> Span:
        """Return the stretch from one column's line to the end of another's."""
        return Span(self._labels[first].start, self._values[last].end)

    def number(self, column: str) -> tuple[int, Span] | None:
        """Return a cell's whole number and where its digits stand; None where the cell is empty.

        Raises:
            ValueError: It holds something else.
        """
        span = self._values.get(column)
        if span is None:
            return None
        found = _NUMBER.fullmatch(span.of(self.text))
        if found is None:
            raise ValueError(f'"{column}" holds no whole number ({span.of(self.text)[:40]!r})')
        return int(found[1]), Span(span.start, span.start + len(found[1]))

    def code(self, column: str, most: int) -> int | None:
        """Return a cell's code from 1 to `most`, or None where the cell is empty.

        Raises:
            ValueError: It holds something else.
        """
        found = self.number(column)
        if found is not None and not 1 <= found[0] <= most:
            raise ValueError(f'"{column}" holds no code from 1 to {most} ({found[0]})')
        return found[0] if found else None

    def degrees(self, column: str) -> float | None:
        """Return a cell's degrees, or None where the cell is empty.

        Raises:
            ValueError: It holds something else.
        """
        words = self.words(column)
        if words is None:
            return None
        try:
            value = float(words)
        except ValueError:
            raise ValueError(f'"{column}" holds no degrees ({words[:40]!r})') from None
        if not abs(value) <= _MOST_DEGREES[column]:
            raise ValueError(f'"{column}" lies nowhere on the earth ({words[:40]!r})')
        return value

    def day(self, column: str) -> date | None:
        """Return a cell's day, given as 2023-03-14, with or without a time, or as 14 March 2023.

        Raises:
            ValueError: It holds something else.
        """
        words = self.words(column)
        if words is None:
            return None
        with suppress(ValueError):
            return date.fromisoformat(words[:10])
        with suppress(ValueError):
            return datetime.strptime(words, "%d %B %Y").replace(tzinfo=UTC).date()
        raise ValueError(f'"{column}" holds no day as 2023-03-14 ({words[:40]!r})')
