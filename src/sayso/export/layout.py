"""Words in lines, for views that people read: as wide as the terminal, without colour where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from sayso.export.excerpt import Pieces

NARROWEST, WIDEST = 40, 120
"""The columns a view fits itself to; lines longer than the second tire the eye."""

INDENT = 4
"""Columns by which what belongs to a line above is moved in."""

# For terminals and files whose encoding lacks our punctuation.
_ASCII = str.maketrans({"–": "-", "—": "-", "·": "|", "…": "...", "─": "-", "“": '"', "”": '"', "‘": "'", "’": "'"})


class Lines:
    """Lays out words in lines. Nothing of a report is ever read as markup.

    Attributes:
        console: Where the lines go.
        width: Columns of a line.
        plain: Whether punctuation must be ASCII.
    """

    def __init__(self, out: TextIO) -> None:
        from rich.console import Console

        self.console = Console(file=out, highlight=False, markup=False, emoji=False)
        self.width = min(max(self.console.width, NARROWEST), WIDEST)
        self.plain = not _can_write(out)

    def line(self, line: Text | str = "", *, indent: int = 0) -> None:
        """Write one line as it is."""
        text = self.words(" " * indent)
        text.append(line) if isinstance(line, str) else text.append_text(line)
        text.rstrip()
        self.console.print(text, soft_wrap=True)

    def words(self, *pieces: str | tuple[str, str]) -> Text:
        """Join pieces, each words or words with a style."""
        from rich.text import Text

        text = Text()
        for piece in pieces:
            words, style = (piece, "") if isinstance(piece, str) else piece
            text.append(words.translate(_ASCII) if self.plain else words, style)
        return text

    def wrapped(self, text: Text, width: int) -> Sequence[Text]:
        """Return a text as lines of at most `width` columns."""
        return list(text.wrap(self.console, max(width, 1), overflow="fold"))

    def block(self, text: Text) -> None:
        """Write a text over as many lines as it takes, those after the first indented."""
        first, *rest = self.wrapped(text, self.width)
        self.line(first)
        for line in self.wrapped(self.words(" ").join(rest), self.width - INDENT) if rest else ():
            self.line(line, indent=INDENT)

    def marked(self, pieces: Pieces) -> Text:
        """Join pieces with each figure in square brackets, so that the mark shows without colour."""
        return self.words(*((f"[{words}]", "bold underline") if is_figure else words for words, is_figure in pieces))


def _can_write(out: TextIO) -> bool:
    try:
        "".join(map(chr, _ASCII)).encode(getattr(out, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
