"""The sentences of a report that tell something: those that are left when a site's words about itself are out."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from sayso.find.gate import holds, ready
from sayso.find.word_lists import word_list
from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# Scripts that put no spaces between words are compared sign by sign.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
"""A word, by which texts are compared."""

_SPACED_WORD = re.compile(r"\w+")

_ENDS = ".!?…。．！？؟۔।॥։።"
_CLOSES = "\"'”’»›」』)\\]"
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_END_OF_LINE = re.compile(rf"[{_ENDS}:;][{_CLOSES}]*[^\S\n]*$", re.MULTILINE)
_END_OF_SENTENCE = re.compile(rf"[{_ENDS}]+[{_CLOSES}]*(?=\s|$|[{_UNSPACED}])")
_LONG_LINE = 25
"""Words from which a line is a sentence whatever it ends in."""


def words(text: str) -> list[str]:
    """Return the words of a text, as `WORD` has them."""
    # Far faster, and the same where every script has spaces.
    return (_SPACED_WORD if text.isascii() else WORD).findall(text)


def sentences(text: str) -> list[Span]:
    r"""Return where the sentences of a text stand that tell something, in order.

    Left out are sentences in which a site speaks of itself (``words/furniture.toml``), and paragraphs in which no line
    ends as sentences do or is as long as they are: headlines, lists of other stories, names of photographers.

    >>> text = "Ferry sinks\n\nNine died. We use cookies. Ten were hurt."
    >>> [span.of(text) for span in sentences(text)]
    ['Nine died.', 'Ten were hurt.']
    """
    found = [
        sentence for paragraph in _paragraphs(text) if _tells(paragraph.of(text)) for sentence in _cut(text, paragraph)
    ]
    if not holds(text, _furniture()):
        return found
    return [span for span in found if not holds(span.of(text), _furniture())]


def _paragraphs(text: str) -> Iterator[Span]:
    at = 0
    for gap in _BLANK_LINE.finditer(text):
        yield Span(at, gap.start())
        at = gap.end()
    yield Span(at, len(text))


def _tells(paragraph: str) -> bool:
    if _END_OF_LINE.search(paragraph):
        return True
    return any(len(words(line)) > _LONG_LINE for line in paragraph.splitlines())


def _cut(text: str, paragraph: Span) -> Iterator[Span]:
    at = paragraph.start
    ends = (found.end() for found in _END_OF_SENTENCE.finditer(text, paragraph.start, paragraph.end))
    for end in (*ends, paragraph.end):
        piece = text[at:end]
        start = at + len(piece) - len(piece.lstrip())
        if start < end:
            yield Span(start, start + len(piece.strip()))
        at = end


@cache
def _furniture() -> Any:  # noqa: ANN401 - google-re2 is not typed
    phrases = word_list("furniture")["phrases"].values()
    return ready(phrase for some in phrases for phrase in some)
