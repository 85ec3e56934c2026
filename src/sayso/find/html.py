"""Web pages to the fields of a report: main text, headline, byline, outlet, address and stated date."""

from __future__ import annotations

import logging
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from sayso.find import stated
from sayso.find.blocks import Layout, layout_of, paragraphs_of
from sayso.find.described import described, folded, is_byline
from sayso.find.found import Found, Paragraph, Piece, laid_out
from sayso.find.main_text import judged, main_blocks
from sayso.find.parse import parsed
from sayso.find.paths import Paths
from sayso.find.structured import data_of
from sayso.find.tickers import clocked_entries, marked_entries
from sayso.find.visible import visible_text
from sayso.problems import Problem
from sayso.records import Passage, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.find.blocks import Block
    from sayso.find.described import Described
    from sayso.find.structured import Data
    from sayso.find.tickers import Entry

_MATCHED = 0.5
"""The least share of trafilatura's text that must be found in the page's blocks."""

_TICKER = 0.4
"""The least share of the report that entries with times of their own must have, to be a ticker."""

_BESIDE = 4
"""Blocks after the headline among which a byline is looked for."""

# What these libraries would print is said by problems here.
for _name in ("trafilatura", "htmldate", "justext"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


def fields(body: bytes, where: str, declared: str | None = None) -> tuple[Found, tuple[Problem, ...]]:
    """Read a web page.

    Args:
        body: The page's bytes.
        where: The page's name, for problems.
        declared: The encoding that the page's server or container states, if any; it goes before the page's own.

    Returns:
        The fields found, of ``text``, ``title``, ``byline``, ``outlet``, ``url``, ``published`` and ``published_from``,
        with passages and anchors, and the problems met. The text begins with the headline and has a blank line between
        paragraphs. Without ``text`` a problem is `lost`.
    """
    page, problems = parsed(body, where, declared)
    if page is None:
        return Found(), problems
    data = data_of(page.tree)
    layout = Layout() if page.too_deep else layout_of(page.tree)
    blocks = layout.blocks
    about = described(page.tree, data, blocks)
    fields_ = {"title": about.title, "byline": about.byline, "outlet": about.outlet, "url": about.url}
    taken = _main(page.tree, data, layout, about)
    paragraphs = taken.paragraphs or [Paragraph(text) for text in visible_text(page.html).split("\n\n") if text]
    if not paragraphs:
        what = "There are no words to read on the page."
        remedy = "If the page is filled by a script, save it from a browser after it has loaded."
        lost = Problem("no-text", where, what, remedy, lost=True)
        return Found(_told(fields_)), (*problems, lost)
    opening = [paragraph.text for paragraph in paragraphs[:3]]
    published = stated.published(page.tree, data, about.url) or (
        stated.published_in_words(blocks, about.headline_block, opening)
    )
    if published:
        fields_ |= {"published": published[0], "published_from": published[1]}
    entries = taken.entries or clocked_entries(taken.blocks, fields_.get("published"))
    headed = _with_headline(paragraphs, blocks, about)
    text, spans, anchors = laid_out(headed)
    own = spans[len(spans) - len(paragraphs) :]
    passages = _passages(entries, taken.blocks, own)
    return Found(_told(fields_) | {"text": text}, passages, anchors), problems


def _told(fields_: dict[str, str | None]) -> dict[str, str]:
    return {name: shown for name, value in fields_.items() if (shown := " ".join((value or "").split()))}


@dataclass(frozen=True, slots=True)
class _Main:
    """The main text: its paragraphs, the block behind each where they are blocks, and a ticker's marked entries."""

    paragraphs: list[Paragraph]
    blocks: list[Block]
    entries: list[Entry]


def _main(tree: Any, data: Data, layout: Layout, about: Described) -> _Main:  # noqa: ANN401 - lxml is not typed
    if not layout.blocks and not data.article:
        return _Main([], [], [])
    judgement = judged(tree)
    taken, share = main_blocks(layout, judgement, about.headline_block)
    taken = _without_byline(taken, about)
    entries = marked_entries(tree, layout)
    taken, entries = _with_entries(taken, layout.blocks, entries, about.headline_block)
    shown = sum(len(block.text) for block in taken)
    body = data.article.get("articleBody")
    if isinstance(body, str) and len(body) > 2 * shown:
        words = visible_text(body) if re.search(r"</?[a-z]", body) else unescape(body)
        scripts = tree.iterfind('.//script[@type="application/ld+json"]')
        script = next((one for one in scripts if "articleBody" in (one.text or "")), None)
        path = None if script is None else Paths().of(script)
        texts = list(paragraphs_of(words.replace("\n", "\n\n")))
        return _Main([Paragraph(text, (Piece(0, len(text), path),)) for text in texts], [], [])
    if share < _MATCHED and judgement.strip() and not entries:
        # The judge read words that the tree does not show in this way; they are all there is.
        lines = (line.strip() for line in judgement.split("\n"))
        return _Main([Paragraph(line) for line in lines if line], [], [])
    paths = Paths()
    return _Main([_paragraph(block, paths) for block in taken], taken, entries)


def _without_byline(taken: list[Block], about: Described) -> list[Block]:
    """Drop the lines beside the headline that say who wrote the report, and when; and the outlet's bare name."""
    beside = taken[:_BESIDE]
    byline = next((block.number for block in beside if is_byline(block.text, about.byline)), None)
    dropped = {byline} | {block.number for block in beside if not block.is_row and stated.is_date_line(block.text)}
    outlet = folded(about.outlet) if about.outlet else None
    return [block for block in taken if block.number not in dropped and folded(block.text) != outlet]


def _with_entries(
    taken: list[Block], blocks: Sequence[Block], entries: list[Entry], headline: int
) -> tuple[list[Block], list[Entry]]:
    """Take in whole entries of a ticker, where the ticker is a good part of the report."""
    within = {number for entry in entries for number in range(entry.first, entry.last + 1)}
    numbers = {block.number for block in taken}
    letters = sum(len(blocks[number].text) for number in within if not blocks[number].outside)
    if letters < _TICKER * sum(len(blocks[number].text) for number in within | numbers if not blocks[number].outside):
        return taken, []
    fitting = {n for n in within if not blocks[n].outside and 2 * blocks[n].linked <= len(blocks[n].text)}
    whole = [blocks[number] for number in sorted((numbers | fitting) - {headline})]
    held = {block.number for block in whole}
    return whole, [entry for entry in entries if any(n in held for n in range(entry.first, entry.last + 1))]


def _paragraph(block: Block, paths: Paths) -> Paragraph:
    return Paragraph(block.text, tuple(Piece(start, end, paths.of(element)) for start, end, element in block.pieces))


def _with_headline(paragraphs: list[Paragraph], blocks: Sequence[Block], about: Described) -> list[Paragraph]:
    """Put the headline before the text, unless it stands among the first lines already."""
    if not about.title:
        return paragraphs
    opening = "\n".join(paragraph.text for paragraph in paragraphs[:20])[: len(about.title) + 600]
    if folded(about.title) in folded(opening):
        return paragraphs
    shown = blocks[about.headline_block] if about.headline_block >= 0 else None
    pieces: tuple[Piece, ...] = ()
    if shown is not None and len(shown.text) == len(about.title):
        pieces = (Piece(0, len(shown.text), Paths().of(shown.element)),)
    return [Paragraph(about.title, pieces), *paragraphs]


def _passages(entries: Sequence[Entry], taken: Sequence[Block], spans: Sequence[Span]) -> tuple[Passage, ...]:
    """Return the entries of a ticker as spans of the text."""
    passages = []
    numbers = [block.number for block in taken]
    for entry in entries:
        first, end = bisect_left(numbers, entry.first), bisect_right(numbers, entry.last)
        if first < end:
            title = " ".join(entry.title.split()) if entry.title else None
            passages.append(Passage(Span(spans[first].start, spans[end - 1].end), entry.published, title))
    return tuple(passages)
