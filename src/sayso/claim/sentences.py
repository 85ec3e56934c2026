"""Paragraphs and sentences, by offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sayso.claim.run_on import breaks
from sayso.claim.tokens import Token, tokenize
from sayso.claim.words import words
from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANK = re.compile(r"\n[ \t\r\f\v\u00a0]*\n\s*")
_NEWLINE = re.compile(r"\n\s*")
# An end mark with what may close behind it, then space, then something that can open a sentence.
_END = re.compile(r"""(?<![.!?…])[.!?…]++["'”’»)\]]*+(?=\s+["'“‘«(\[]*[A-Z0-9À-ÖØ-ÞĀ-ŽА-Я])|[。؟]""")
_WORD_BEFORE = re.compile(r"[^\W\d_][\w.]*$")
_ITEM = re.compile(r"(?:^|\n *)\d{1,2}$")
_WRAP_MIN, _WRAP_MAX, _WRAP_SPREAD, _WRAP_PAIR = 45, 100, 26, 60
_LONGEST = 2000


@dataclass(frozen=True)
class Sentence:
    """One sentence: its span, the running number of its paragraph, and its words."""

    text: str
    span: Span
    paragraph: int

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The sentence's tokens, with offsets into the whole text."""
        return tokenize(self.text, self.span.start, self.span.end)


def split(text: str, language: str = "en") -> tuple[Sentence, ...]:
    """Cut a text into sentences.

    Blank lines part paragraphs; a single line break parts them too, unless the block of lines looks
    wrapped at a fixed width, as wires and e-mails are. No sentence is longer than 2,000 characters.
    """
    out: list[Sentence] = []
    for number, paragraph in enumerate(_parted(text, language)):
        out.extend(Sentence(text, span, number) for span in _cut(text, paragraph, language))
    return tuple(out)


def _parted(text: str, language: str) -> Iterator[Span]:
    """Yield the paragraphs, with a headline that runs on into the first one as a paragraph of its own."""
    for number, paragraph in enumerate(_paragraphs(text)):
        start = paragraph.start
        for at in () if number else breaks(text, start, paragraph.end, language):
            yield from _trimmed(text, start, at)
            start = at
        yield from _trimmed(text, start, paragraph.end)


def _paragraphs(text: str) -> Iterator[Span]:
    for block in _pieces(text, Span(0, len(text)), _BLANK):
        if _is_wrapped(block.of(text)):
            yield block
        else:
            yield from _pieces(text, block, _NEWLINE)


def _pieces(text: str, whole: Span, gap: re.Pattern[str]) -> Iterator[Span]:
    start = whole.start
    for m in gap.finditer(text, whole.start, whole.end):
        yield from _trimmed(text, start, m.start())
        start = m.end()
    yield from _trimmed(text, start, whole.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def _is_wrapped(block: str) -> bool:
    """Tell lines broken at a fixed width from lines that are paragraphs or headlines."""
    lengths = [len(line.rstrip()) for line in block.split("\n")]
    full, last = lengths[:-1], lengths[-1]
    if not full or last > max(full) + 5 or (len(full) == 1 and full[0] < _WRAP_PAIR):
        return False
    return min(full) >= _WRAP_MIN and max(full) <= _WRAP_MAX and max(full) - min(full) <= _WRAP_SPREAD


def _cut(text: str, paragraph: Span, language: str) -> Iterator[Span]:
    start = paragraph.start
    for m in _END.finditer(text, paragraph.start, paragraph.end):
        if _is_abbreviation(text, start, m, language) or _inside_number(text, m):
            continue
        yield from _bounded(text, start, m.end())
        start = m.end()
    yield from _bounded(text, start, paragraph.end)


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > _LONGEST:
        cut = text.rfind(" ", start, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _is_abbreviation(text: str, start: int, mark: re.Match[str], language: str) -> bool:
    if mark[0] != ".":
        return False
    before = _WORD_BEFORE.search(text, max(start, mark.start() - 20), mark.start())
    if before is None:
        return False
    word = before[0].lower()
    after = text[mark.end() : mark.end() + 12].lstrip()
    if word in words(language).never_end:
        return True
    if word in words(language).end_before_digit:
        return after[:1].isdigit()
    # An initial ("John F. Kennedy") does not end a sentence; neither does "U.S." before a small word.
    return len(word) == 1 and before[0].isupper() and word != "i"


def _inside_number(text: str, mark: re.Match[str]) -> bool:
    """Keep the number of a list item ("4. On 9 September") with its sentence."""
    return mark[0] == "." and bool(_ITEM.search(text, max(0, mark.start() - 4), mark.start()))
