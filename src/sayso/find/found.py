"""What was found on a page before it becomes a report, and how paragraphs become a text that leads back to the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.records import Anchor, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.records import Box, Passage

_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Found:
    """The fields of a page by name, as far as they were found, with the text's passages and anchors."""

    fields: dict[str, str] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph that stands in one place of the page: offsets into the paragraph, and where."""

    start: int
    end: int
    path: str | None = None
    page: int | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a report and where its words stand on the page."""

    text: str
    pieces: tuple[Piece, ...] = ()


def laid_out(paragraphs: Sequence[Paragraph]) -> tuple[str, tuple[Span, ...], tuple[Anchor, ...]]:
    r"""Return the text of a report, its paragraphs' spans, and its anchors.

    >>> laid_out([Paragraph("One.", (Piece(0, 4, "/html[1]"),)), Paragraph("Two.")])[:2]
    ('One.\n\nTwo.', (Span(start=0, end=4), Span(start=6, end=10)))
    """
    spans: list[Span] = []
    anchors: list[Anchor] = []
    at = 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph.text)))
        anchors += (
            Anchor(Span(at + piece.start, at + piece.end), piece.path, piece.page, piece.boxes)
            for piece in paragraph.pieces
        )
        at += len(paragraph.text) + len(_GAP)
    return _GAP.join(paragraph.text for paragraph in paragraphs), tuple(spans), tuple(anchors)
