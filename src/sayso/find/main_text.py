"""Which blocks of a page are its report.

trafilatura is the judge of where the report is: blocks whose words it gives are vouched for. Around them this module
takes in what a report holds and trafilatura leaves behind (rows of tables, entries of tickers, items, subheadings), and
leaves out what the page itself marks as something else (comments, related reports, boxes that ask to sign up).
"""

from __future__ import annotations

import re
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

from sayso.find.blocks import HEADINGS, Block
from sayso.find.boilerplate import HEADING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.find.blocks import Layout

TABLE_LIMIT = 1_000
"""Tables on a page; trafilatura takes time with the square of their number, a second for as many as these."""

_SHINGLE = 5
_MOSTLY = 0.6
_CONTAINED = 0.85
_LINKED = 0.5
_MOSTLY_LINKED = 0.6
_SHORT = 40
_ZONES = 50
_MUCH = 0.25
_LONGEST_HEADING = 60
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_WORD = re.compile(r"\w+")


def judged(tree: Any) -> str:  # noqa: ANN401 - lxml is not typed
    """Return the main text of a page as trafilatura gives it, a paragraph a line; empty where it finds none.

    A page with more than `TABLE_LIMIT` tables is not shown to it.
    """
    if sum(1 for _ in islice(tree.iter("table"), TABLE_LIMIT + 1)) > TABLE_LIMIT:
        return ""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    try:
        document = bare_extraction(tree, include_comments=False)
    except Exception:  # noqa: BLE001 - hostile pages reach code that was not written for them
        return ""
    return (document.text if isinstance(document, Document) else None) or ""


def main_blocks(layout: Layout, judgement: str, headline: int) -> tuple[list[Block], float]:
    """Return the blocks that are the report, and the share of the judge's words that stand in them.

    Where the judge vouches for nothing, that is all that is not marked as something else and mostly no link.

    Args:
        layout: The page; blocks under a heading such as "Related stories" are marked as outside here.
        judgement: The main text as the judge gives it.
        headline: The number of the block that is the headline, -1 where the page shows none.
    """
    blocks = layout.blocks
    vouched = _vouched(blocks, judgement)
    _mark_other_reports(layout, vouched, headline)
    share = _letters(blocks, vouched) / max(1, len(judgement))
    vouched = {n for n in vouched if blocks[n].linked <= _MOSTLY_LINKED * len(blocks[n].text)} or vouched
    inside = {number for number in vouched if not blocks[number].outside}
    if _letters(blocks, inside) < 0.5 * _letters(blocks, vouched):
        # The page's own marks speak against most of its report, so they are worth nothing here.
        inside = vouched
    if not inside:
        return [block for block in blocks if not block.outside and not _is_links(block)], 0.0
    first, last = _stretch(layout, inside)
    start = headline if 0 <= headline < first else first
    taken = []
    for block in blocks[start : last + 1]:
        if block.number == headline:
            continue
        near = block.number >= first
        if block.number in inside or (not block.outside and _belongs(block, near=near)):
            taken.append(block)
    taken += _rows_after(blocks, last)
    return _without_lone_headings(taken, inside), share


def _vouched(blocks: Sequence[Block], judgement: str) -> set[int]:
    """Return the numbers of the blocks whose words the judge gives, by runs of words, or whole lines if short."""
    lines = {tuple(_words(line)) for line in judgement.split("\n")}
    lines.discard(())
    runs: set[tuple[str, ...]] | None = None
    vouched = set()
    for block in blocks:
        words = tuple(_words(block.text))
        # Lines too short for a run of words must be the judge's own lines.
        if words in lines:
            vouched.add(block.number)
        elif len(words) >= _SHINGLE:
            if runs is None:
                runs = {run for line in lines for run in _runs(line)}
            own = list(_runs(words))
            if sum(run in runs for run in own) >= _MOSTLY * len(own):
                vouched.add(block.number)
    return vouched


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[shift:] for shift in range(_SHINGLE)), strict=False)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _letters(blocks: Sequence[Block], numbers: set[int]) -> int:
    return sum(len(blocks[number].text) for number in numbers)


def _mark_other_reports(layout: Layout, vouched: set[int], headline: int) -> None:
    """Mark as outside what stands under a heading such as "Related stories", as far as its element reaches."""
    blocks = layout.blocks
    total = _letters(blocks, vouched)
    headings = (block for block in blocks if len(block.text) <= _LONGEST_HEADING and HEADING.fullmatch(block.text))
    for block in islice(headings, _ZONES):
        if block.outside or block.number == headline:
            continue
        titled = block.tag in HEADINGS or block.tag == "p"
        zone = block.element.getparent() if titled else block.element
        reach = layout.reach_of(zone)
        if headline in reach or _letters(blocks, vouched.intersection(reach)) > _MUCH * total:
            # The element holds the report too, so what is listed under the heading ends where the report goes on.
            goes_on = (n for n in range(block.number + 1, reach.stop) if n in vouched and not _is_links(blocks[n]))
            reach = range(block.number, next(goes_on, max(reach.stop, block.number + 1)))
        for number in reach:
            blocks[number].outside = True


def _is_links(block: Block) -> bool:
    return block.linked > _LINKED * len(block.text)


def _stretch(layout: Layout, inside: set[int]) -> tuple[int, int]:
    """Return the first and last block of the smallest element that holds nearly all that is vouched for."""
    letters = [len(block.text) if block.number in inside else 0 for block in layout.blocks]
    before = [0, *accumulate(letters)]
    enough = [
        reach
        for element, reach in layout.reach.items()
        if before[reach.stop] - before[reach.start] >= _CONTAINED * before[-1] and element.tag not in {"body", "html"}
    ]
    # What lies in the page's body as a whole says nothing; then only what stands between vouched blocks is taken in.
    smallest = min(enough, key=len, default=range(0))
    return min(*inside, *smallest[:1], max(inside)), max(*inside, *smallest[-1:], min(inside))


def _belongs(block: Block, *, near: bool) -> bool:
    """Say whether a block for which nobody vouches reads like a part of a report rather than of its page."""
    if _is_links(block):
        return False
    if _is_row(block) or block.tag in HEADINGS:
        return True
    if block.tag == "li":
        return len(block.text) >= _SHORT // 2
    return len(block.text) >= _SHORT and (near or _SENTENCE_END.search(block.text) is not None)


def _is_row(block: Block) -> bool:
    return block.is_row or block.tag in {"caption", "dd", "dt"}


def _rows_after(blocks: Sequence[Block], last: int) -> list[Block]:
    """Return the tables and lists of terms that follow the text at once, with their headings."""
    after: list[Block] = []
    for block in blocks[last + 1 :]:
        if block.outside or _is_links(block) or not (_is_row(block) or block.tag in HEADINGS):
            break
        after.append(block)
    return after


def _without_lone_headings(taken: list[Block], inside: set[int]) -> list[Block]:
    """Drop headings that nobody vouches for where no text of theirs follows."""
    kept: list[Block] = []
    for number, block in enumerate(taken):
        follower = taken[number + 1] if number + 1 < len(taken) else None
        lone = follower is None or (follower.tag in HEADINGS and follower.tag <= block.tag)
        if block.tag in HEADINGS and block.number not in inside and lone:
            continue
        kept.append(block)
    return kept
