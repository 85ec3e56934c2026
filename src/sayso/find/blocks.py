"""A web page as its blocks: paragraphs, headings, items and table rows in the order of the page, each with its place.

White space is what a browser would show: runs of it are one space, and a line break is kept as one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sayso.find.boilerplate import is_outside, is_reference, is_unseen
from sayso.find.parse import steps
from sayso.find.visible import INLINE

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD = frozenset({"b", "strong"})
_INVISIBLE = {0xAD: None, 0x200B: None, 0xFEFF: None, 0x2060: None}
"""Soft hyphens and spaces without width: marks for a browser, not letters."""

_WRAP_LEAST, _WRAP_MOST = 45, 100
"""Characters in a line of copy that is broken at a fixed width."""

_SPACE = re.compile(r"\s+")
_LINE_SPACE = re.compile(r"[^\S\n]+")
_AROUND_BREAK = re.compile(r" ?\n ?")
_PARAGRAPH_BREAK = re.compile(r"\n{2,}")


@dataclass(slots=True)
class Block:
    """One paragraph, heading, item or row of a page.

    Attributes:
        number: Its place among the blocks of the page.
        text: Its words.
        element: The element that holds it: the nearest that is not a run of text within a line.
        linked: How many of its characters stand in links.
        bold: How many of its characters are in bold type.
        outside: Whether it lies in a part of the page that is not the report.
        pieces: Where its words stand: start and end in `text`, and the element; a table's row has one a cell.
    """

    number: int
    text: str
    element: Any
    linked: int
    bold: int
    outside: bool
    pieces: tuple[tuple[int, int, Any], ...]

    @property
    def tag(self) -> str:
        """The tag of the element that holds it."""
        return str(self.element.tag)

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table of data."""
        return self.tag == "tr"


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a page, and which of them each element holds that is not a run of text within a line."""

    blocks: list[Block] = field(default_factory=list)
    reach: dict[Any, range] = field(default_factory=dict)

    def reach_of(self, element: Any) -> range:  # noqa: ANN401 - lxml is not typed
        """Return the numbers of the blocks that an element holds, or the nearest element above whose reach is known."""
        while element is not None and element not in self.reach:
            element = element.getparent()
        return self.reach.get(element, range(len(self.blocks)))


def layout_of(tree: Any) -> Layout:  # noqa: ANN401 - lxml is not typed
    """Return the blocks of a page; marks of references are left out.

    Args:
        tree: The page as lxml parsed it.
    """
    walk = _Walk(tree, as_shown=False)
    return Layout(walk.blocks, walk.reach)


def shown_blocks(tree: Any) -> list[Block]:  # noqa: ANN401 - lxml is not typed
    """Return the blocks of a page with all words that a browser shows, a cell of a table as a block of its own."""
    return _Walk(tree, as_shown=True).blocks


@dataclass(slots=True)
class _Buffer:
    """Words of the block that is being read."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0
    bold: int = 0
    filled: bool = False


class _Walk:
    """One walk over a page's tree, in the order of the page and without recursion."""

    def __init__(self, tree: Any, *, as_shown: bool) -> None:  # noqa: ANN401 - lxml is not typed
        self.blocks: list[Block] = []
        self.reach: dict[Any, range] = {}
        self._buffer = _Buffer()
        self._as_shown = as_shown
        self._links = self._bolds = self._outsides = self._verbatim = 0
        body = tree.find("body")
        body = tree if body is None else body
        self._holders: list[tuple[Any, int]] = [(body, 0)]
        self._headed = {one for heading in tree.iterfind(".//h1") for one in (heading, *heading.iterancestors())}
        self._run(body)

    def _run(self, body: Any) -> None:  # noqa: ANN401 - lxml is not typed
        left_out: Any = None
        outside: list[bool] = []
        for event, element, walk in steps(body):
            if event == "start":
                if element is not body and self._leaves_out(element):
                    left_out = element
                    walk.skip_subtree()
                else:
                    outside.append(self._is_outside(element))
                    self._enter(element, is_outside=outside[-1])
            elif element is left_out:
                left_out = None
                if element is not body:
                    self._add(element.tail)
            else:
                self._leave(element, is_outside=outside.pop(), is_last=element is body)
        self._flush()

    def _leaves_out(self, element: Any) -> bool:  # noqa: ANN401 - lxml is not typed
        """Leave out what is not seen, and a table of data once its rows are read."""
        if is_unseen(element) or (not self._as_shown and is_reference(element)):
            return True
        if element.tag != "table" or self._as_shown:
            return False
        from sayso.find.tables import rows_of

        rows = rows_of(element)
        if rows is None:
            return False
        self._flush()
        outside, first = self._outsides > 0 or self._is_outside(element), len(self.blocks)
        for row in rows:
            self.blocks.append(Block(len(self.blocks), row.text, row.element, row.linked, 0, outside, row.pieces))
        self.reach[element] = range(first, len(self.blocks))
        return True

    def _is_outside(self, element: Any) -> bool:  # noqa: ANN401 - lxml is not typed
        # What holds the page's headline holds its report too, whatever its classes speak of besides.
        return element not in self._headed and is_outside(element)

    def _enter(self, element: Any, *, is_outside: bool) -> None:  # noqa: ANN401 - lxml is not typed
        tag = element.tag
        if tag == "br":
            self._buffer.parts.append("\n")
        elif tag not in INLINE:
            self._flush()
            self._holders.append((element, len(self.blocks)))
        if is_outside:
            if not self._outsides:
                self._flush()
            self._outsides += 1
        self._links += tag == "a"
        self._bolds += tag in _BOLD
        self._verbatim += tag == "pre"
        self._add(element.text)

    def _leave(self, element: Any, *, is_outside: bool, is_last: bool) -> None:  # noqa: ANN401 - lxml is not typed
        tag = element.tag
        self._links -= tag == "a"
        self._bolds -= tag in _BOLD
        self._verbatim -= tag == "pre"
        if is_outside:
            if self._outsides == 1:
                self._flush()
            self._outsides -= 1
        if tag not in INLINE and tag != "br":
            self._flush()
            holder, first = self._holders.pop()
            self.reach[holder] = range(first, len(self.blocks))
        if not is_last:
            self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        text = text if self._verbatim else _SPACE.sub(" ", text)
        buffer = self._buffer
        buffer.parts.append(text)
        if not text.isspace():
            buffer.filled = True
            buffer.linked += len(text) if self._links else 0
            buffer.bold += len(text) if self._bolds else 0

    def _flush(self) -> None:
        buffer = self._buffer
        if not buffer.parts:
            return
        self._buffer = _Buffer()
        if not buffer.filled:
            return
        element = self._holders[-1][0]
        for text in paragraphs_of("".join(buffer.parts)):
            pieces = ((0, len(text), element),)
            linked, bold = min(buffer.linked, len(text)), min(buffer.bold, len(text))
            block = Block(len(self.blocks), text, element, linked, bold, self._outsides > 0, pieces)
            self.blocks.append(block)


def paragraphs_of(text: str) -> Iterator[str]:
    r"""Cut words into paragraphs at blank lines and line breaks, with the white space that a browser shows.

    Lines that are broken at a fixed width, as in agency copy, stay together with their breaks.

    >>> list(paragraphs_of(" One\n two \n\n three  four "))
    ['One', 'two', 'three four']
    """
    if not text.isascii():
        text = text.translate(_INVISIBLE)
    if "\n" not in text and "\r" not in text:
        if shown := " ".join(text.split()) if text.isascii() else _LINE_SPACE.sub(" ", text).strip():
            yield shown
        return
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _AROUND_BREAK.sub("\n", _LINE_SPACE.sub(" ", text))
    for paragraph in _PARAGRAPH_BREAK.split(text):
        if shown := paragraph.strip():
            yield from [shown] if "\n" not in shown or _is_wrapped(shown) else shown.split("\n")


def _is_wrapped(text: str) -> bool:
    """Tell lines broken at a fixed width from lines that are paragraphs; one full line must not end a sentence."""
    *full, last = text.split("\n")
    lengths = [len(line) for line in full]
    if min(lengths) < _WRAP_LEAST or max(lengths) > _WRAP_MOST or len(last) > max(lengths):
        return False
    return len(full) > 1 or full[0][-1] not in ".!?"


def cell_text(cell: Any) -> tuple[str, int]:  # noqa: ANN401 - lxml is not typed
    """Return the words of a table's cell on one line, and how many of their characters stand in links."""
    if not len(cell):
        # Most cells of large tables hold nothing but words.
        return "" if is_outside(cell) else " ".join((cell.text or "").translate(_INVISIBLE).split()), 0
    blocks = [block for block in _Walk(_Alone(cell), as_shown=False).blocks if not block.outside]
    return " ".join(" ".join(block.text.split()) for block in blocks), sum(block.linked for block in blocks)


@dataclass(frozen=True, slots=True)
class _Alone:
    """One element in the place of a page, so that the same walk reads it."""

    element: Any

    def find(self, _: str) -> Any:  # noqa: ANN401 - lxml is not typed
        return self.element

    def iterfind(self, _: str) -> tuple[()]:
        return ()
