"""Links that show a passage of a web page: text fragments.

A browser that knows them (https://wicg.github.io/scroll-to-text-fragment/) scrolls to the first place where the words
of ``#:~:text=[prefix-,]start[,end]`` stand, each word whole. So the words that begin a passage are made so many, or
get so many before them, that they stand in the page once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sayso.find.blocks import shown_blocks
from sayso.find.parse import at_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.records import Anchor, Span

# Words as browsers part them (https://unicode.org/reports/tr29/#Word_Boundaries): "1,190" and "men's" are one each.
_WORD = re.compile(r"\w+(?:(?:(?<=\d)[.,](?=\d)|(?<=[^\W\d])['’.](?=[^\W\d]))\w+)*")
_WHOLE = 8
"""Words up to which a passage is given whole rather than by its first and last words."""

_FEWEST, _MOST = 3, 16
_PREFIX = 12
_COMPARISONS = 2_000_000
"""Comparisons of words that may be spent on one page; a hostile one repeats one word for ever."""


class Fragments:
    """Makes text fragments for passages of one page.

    Args:
        tree: The page as lxml parsed it.
    """

    def __init__(self, tree: Any) -> None:  # noqa: ANN401 - lxml is not typed
        self._tree = tree
        self._texts: list[str] = []
        self._words: list[str] = []
        self._firsts: list[int] = []  # of each block, its first word
        self._held: dict[Any, list[range]] = {}
        for block in shown_blocks(tree):
            first = len(self._words)
            self._firsts.append(first)
            self._texts.append(" ".join(block.text.split()))
            self._words += map(str.casefold, _WORD.findall(self._texts[-1]))
            self._held.setdefault(block.element, []).append(range(first, len(self._words)))
        self._often = Counter(self._words)
        self._left = _COMPARISONS

    def of(self, passage: Span, text: str, anchors: Sequence[Anchor]) -> str | None:
        """Return the fragment that shows a passage, without ``#``, or None where the page does not show it.

        Args:
            passage: A stretch of the report's text.
            text: That text.
            anchors: The anchors that overlap it.
        """
        stretches = [found for anchor in anchors if (found := self._stretch(passage, text, anchor)) is not None]
        if not stretches:
            return None
        first, last = min(start for start, _ in stretches), max(end for _, end in stretches)
        start_end = self._unique_end(first, last)
        end = self._block_end(first, last) if start_end is None else start_end
        before = first if start_end is not None else self._prefix(first, end)
        parts = [f"{_escaped(self._before(before, first))}-"] if before < first else []
        parts.append(_escaped(self._opening(before, first) + self._between(first, end)))
        if end < last:
            parts.append(_escaped(self._ending(end, last)))
        return f":~:text={','.join(parts)}"

    def _stretch(self, passage: Span, text: str, anchor: Anchor) -> tuple[int, int] | None:
        """Return the words of the page, by their numbers, that are those of a passage within one anchor."""
        start, end = max(passage.start, anchor.span.start), min(passage.end, anchor.span.end)
        words = [word.casefold() for word in _WORD.findall(text[start:end])]
        before = len(_WORD.findall(text[anchor.span.start : start]))
        held = [at for words_ in self._ranges(anchor.path or "") for at in words_]
        if not words or not held:
            return None
        found = self._find(words[:_FEWEST], held, before)
        if found is None:
            return None
        # Marks of references may stand between the words in the page, so the end is looked for on its own.
        ending = words[-_FEWEST:]
        last = self._find(ending, held, found + len(words) - len(ending))
        return held[found], held[found + len(words) - 1 if last is None else last + len(ending) - 1]

    def _ranges(self, path: str) -> list[range]:
        """Return the words of the blocks that an element holds itself, or those of all within it if there are none."""
        element = at_path(self._tree, path) if path else self._tree
        if element is None or element in self._held:
            return self._held.get(element, [])
        within = set(element.iterdescendants())
        return [words for one, ranges in self._held.items() if one in within for words in ranges]

    def _block(self, word: int) -> int:
        """Return the number of the block that a word stands in."""
        return bisect_right(self._firsts, word) - 1

    def _place(self, word: int) -> tuple[int, int, int]:
        """Return the block that a word stands in, and its start and end there."""
        block = self._block(word)
        found = next(islice(_WORD.finditer(self._texts[block]), word - self._firsts[block], None))
        return block, found.start(), found.end()

    def _find(self, words: Sequence[str], held: Sequence[int], start: int) -> int | None:
        """Return where in `held` some words stand one after another, at `start` or after it."""
        for at in range(start, len(held) - len(words) + 1):
            self._left -= 1
            if all(self._words[held[at + shift]] == word for shift, word in enumerate(words)):
                return at
        return None

    def _block_end(self, first: int, last: int) -> int:
        """Return the end of the words from `first` that stand in one block, `_MOST` of them at most."""
        end = first + 1
        block = self._block(first)
        while end <= last and end < first + _MOST and self._block(end) == block:
            end += 1
        return end - 1

    def _unique_end(self, first: int, last: int) -> int | None:
        """Return the last of the fewest words from `first` on that stand in the page once."""
        most = self._block_end(first, last)
        least = min(first + _FEWEST - 1, most)
        whole = last == most and last - first < _WHOLE
        for end in [last] if whole else range(least, most + 1):
            if self._times(first, end) == 1:
                return end
        return None

    def _prefix(self, first: int, end: int) -> int:
        """Return the last word before `first`, out of one block, from which on the words stand in the page once."""
        start = first
        block = self._block(max(first - 1, 0))
        while start > 0 and first - start < _PREFIX and self._block(start - 1) == block:
            start -= 1
            if self._times(start, end) == 1:
                break
        return start

    def _before(self, start: int, first: int) -> str:
        """Return the text from one word to another that comes after it, or to the end of the first one's block."""
        block, begin, _ = self._place(start)
        other, to, _ = self._place(first)
        return self._texts[block][begin : to if other == block else None].rstrip()

    def _opening(self, before: int, first: int) -> str:
        """Return the marks that open a block before its first word, which a prefix in another block must meet."""
        block, start, _ = self._place(first)
        return self._texts[block][:start] if self._block(before) != block else ""

    def _ending(self, end: int, last: int) -> str:
        """Return the fewest words up to `last` that do not stand between `end` and them already."""
        block = self._block(last)
        start = last
        while start > end + 1 and self._block(start - 1) == block:
            if last - start + 1 >= _FEWEST and all(
                place >= start for place in self._starts(start, last) if place > end
            ):
                break
            start -= 1
        return self._between(start, last)

    def _times(self, first: int, end: int) -> int:
        return sum(1 for _ in self._starts(first, end))

    def _starts(self, first: int, end: int) -> Iterator[int]:
        """Yield where the words from `first` to `end` stand in the page."""
        words = self._words[first : end + 1]
        rarest = min(range(len(words)), key=lambda shift: self._often[words[shift]])
        at = -1
        for _ in range(self._often[words[rarest]]):
            at = self._words.index(words[rarest], at + 1)
            self._left -= 1
            if self._left < 0:
                return
            if at >= rarest and self._words[at - rarest : at - rarest + len(words)] == words:
                yield at - rarest

    def _between(self, first: int, last: int) -> str:
        block, start, _ = self._place(first)
        return self._texts[block][start : self._place(last)[2]]


def _escaped(words: str) -> str:
    # A dash would be read as the end of a prefix; commas and ampersands are escaped by `quote`.
    return quote(words, safe="").replace("-", "%2D")
