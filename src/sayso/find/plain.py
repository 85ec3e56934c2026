"""Plain text to a report's text and the title its first line may be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.find.decode import decode

if TYPE_CHECKING:
    from sayso.problems import Problem

_TITLE = re.compile(r"\s*+([^\n]{1,150})\n[ \t]*+\n")
_NOT_A_TITLE = re.compile(r"[.,;:]$|^[\W\d_]*+$")


def fields(body: bytes, where: str, declared: str | None = None) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Read a plain text.

    Args:
        body: The file's bytes.
        where: The file's name, for problems.
        declared: The encoding that the file's server or container states, if any.

    Returns:
        ``text`` with line feeds for all line ends, and ``first line`` where that may be the title; the problems met.
    """
    text, problems = decode(body, where, declared)
    text = with_plain_line_ends(text)
    title = title_of(text)
    return {"text": text} | ({"first line": title} if title else {}), problems


def with_plain_line_ends(text: str) -> str:
    r"""Return `text` with every kind of line end as a line feed; form feeds end a line too.

    >>> with_plain_line_ends("a\r\nb\rc")
    'a\nb\nc'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\v", "\n").replace("\x85", "\n")


def title_of(text: str) -> str | None:
    r"""Return the first line where it looks like a headline: short, alone before a blank line, no sentence's end.

    The text itself keeps the line.

    >>> title_of("Ferry sinks off Orra\n\nTwelve people drowned.")
    'Ferry sinks off Orra'
    >>> title_of("Twelve people drowned.\n\nThe ferry sank.") is None
    True
    """
    found = _TITLE.match(text)
    line = found[1].strip() if found else ""
    return line if " " in line and not _NOT_A_TITLE.search(line) else None
