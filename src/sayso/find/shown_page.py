"""A web page as its visible words, with the words of a report's claims found in them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.find.blocks import shown_blocks
from sayso.find.parse import parsed
from sayso.find.paths import Paths
from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.records import Anchor, Page, Report

LONGEST = 400_000
"""Characters of a page's words that are returned."""


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A paragraph, heading or item of a page.

    Attributes:
        text: Its words, blanks made one.
        heading: Whether it is a heading.
        inside: Whether the report's text was taken from it.
        found: The numbers of the spans that were asked for, each with where it stands in `text`.
    """

    text: str
    heading: bool
    inside: bool
    found: tuple[tuple[int, Span], ...]


def shown_page(page: Page, report: Report, spans: Sequence[Span]) -> list[ShownBlock]:
    """Return a web page as the words that a browser would show, in their order.

    Args:
        page: The page.
        report: The report that was found on it, with its anchors.
        spans: Stretches of the report's text, to be found again on the page.
    """
    read, _ = parsed(page.body, page.where, page.charset)
    if read is None or read.tree is None:
        return []
    paths = Paths()
    texts: list[str] = []
    blocks = []
    by_path: dict[str, list[int]] = {}
    left = LONGEST
    for block in shown_blocks(read.tree):
        text = " ".join(block.text.split())
        left -= len(text)
        if left < 0:
            break
        by_path.setdefault(paths.of(block.element), []).append(len(texts))
        texts.append(text)
        blocks.append(block)
    held = {anchor: _held(anchor, by_path) for anchor in report.anchors if anchor.path}
    inside = {number for numbers in held.values() for number in numbers}
    found: dict[int, list[tuple[int, Span]]] = {}
    for number, span in enumerate(spans):
        for anchor, numbers in held.items():
            if anchor.span.overlaps(span):
                for at, there in _found(report.text, span, anchor, numbers, texts):
                    found.setdefault(at, []).append((number, there))
    return [
        ShownBlock(text, block.tag in {"h1", "h2", "h3", "h4"}, number in inside, tuple(found.get(number, ())))
        for number, (text, block) in enumerate(zip(texts, blocks, strict=True))
        if text
    ]


def _held(anchor: Anchor, by_path: dict[str, list[int]]) -> list[int]:
    """Return the blocks that an anchor's element is or holds."""
    path = anchor.path or ""
    if path in by_path:
        return by_path[path]
    return [number for held, numbers in by_path.items() if held.startswith(f"{path}/") for number in numbers]


def _found(
    text: str, span: Span, anchor: Anchor, numbers: Sequence[int], texts: Sequence[str]
) -> Iterator[tuple[int, Span]]:
    """Yield where the words of a span that lie in an anchor stand in its blocks: as near as they can to their place."""
    start, end = max(span.start, anchor.span.start), min(span.end, anchor.span.end)
    words = " ".join(text[start:end].split())
    before = len(" ".join(text[anchor.span.start : start].split()))
    whole = " ".join(anchor.span.of(text).split())
    for number in numbers:
        shift = max(texts[number].find(whole), 0)
        at = texts[number].find(words, max(0, shift + before - 1))
        at = texts[number].find(words) if at < 0 else at
        if words and at >= 0:
            yield number, Span(at, at + len(words))
            return
