"""Text in the cells of CSV files: never taken for a formula, and given back as it was.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line end for a formula (OWASP, "CSV
Injection"), in full width too and behind spaces. Such a cell gets an apostrophe before it, and so does one that begins
with apostrophes and goes on like this; so taking one apostrophe away gives back every text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BETWEEN = " | "
"""What stands between the entries of a list in one cell; within an entry, ``|`` and the backslash get a backslash."""

_FORMULA = re.compile(r"'*\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
MAY_BEGIN_ONE = frozenset("' =+-@\uff1d\uff0b\uff0d\uff20")
"""What a formula may begin with among characters that can be printed, of which the space is the only blank."""
_MASKED = re.compile(r"''*\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
# No spreadsheet can hold these, and a terminal obeys some of them; a lone surrogate cannot be written as UTF-8.
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")

Cell = str | int | float | bool | None


def safe(words: str) -> str:
    """Return text as it may stand in a cell.

    >>> safe("=1+1"), safe("'=1+1"), safe("17"), safe("'t Veld")
    ("'=1+1", "''=1+1", '17', "'t Veld")
    """
    if words.isprintable() and words[:1] not in MAY_BEGIN_ONE:
        return words
    words = _NO_TEXT.sub("\ufffd", words)
    return "'" + words if _FORMULA.match(words) else words


def plain(cell: str) -> str:
    """Return the text that `safe` was given.

    >>> plain("'=1+1"), plain("''=1+1"), plain("'t Veld")
    ('=1+1', "'=1+1", "'t Veld")
    """
    return cell[1:] if _MASKED.match(cell) else cell


def cell(value: Cell) -> str | int | float:
    """Return what stands in a cell: numbers as they are, nothing for what is not known, 0 for zero."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return safe(value) if isinstance(value, str) else value


def listed(entries: Iterable[str]) -> str:
    r"""Return several texts as one, to be parted again by `parted`.

    >>> listed(["Radio Ostrel", "A|B"])
    'Radio Ostrel | A\\|B'
    """
    return BETWEEN.join(entry.replace("\\", "\\\\").replace("|", "\\|") for entry in entries)


def parted(words: str) -> list[str]:
    r"""Return the texts that `listed` was given, but for spaces around them.

    >>> parted("Radio Ostrel | A\\|B"), parted("")
    (['Radio Ostrel', 'A|B'], [])
    """
    if not words:
        return []
    entries, entry, marks = [], "", iter(words)
    for mark in marks:
        if mark == "|":
            entries.append(entry.strip())
            entry = ""
        else:
            entry += next(marks, "") if mark == "\\" else mark
    return [*entries, entry.strip()]
