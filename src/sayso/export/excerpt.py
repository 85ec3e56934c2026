"""Words of a report for people to read: one line's worth around a figure, or the whole text, figures told apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.export import wording
from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.records import Claim

Pieces = tuple[tuple[str, bool], ...]
"""Words in reading order, each piece with whether it is a figure."""

CUT = "…"
"""What stands where words were left out."""

_AROUND = 400
"""Characters on each side of a figure that are looked at where its sentence is not known or very long."""

_PARAGRAPH = re.compile(r"\n\s*\n|\r\n\s*\r\n")


def around(text: str, claim: Claim, room: int) -> Pieces:
    """Return a claim's figure with the words of its sentence around it.

    Args:
        text: The report's text.
        claim: The claim; where its sentence does not hold it, the words near it are taken.
        room: About how many characters to return at most.
    """
    return around_figure(text, claim.span, claim.sentence, room)


def around_figure(text: str, at: Span, sentence: Span, room: int) -> Pieces:
    """Return a figure with the words of its sentence around it.

    Args:
        text: The report's text.
        at: Where the figure stands.
        sentence: Its sentence; where that does not hold it, the words near it are taken.
        room: About how many characters to return at most.
    """
    sentence = sentence if sentence.holds(at) else Span(0, len(text))
    start, end = max(sentence.start, at.start - _AROUND), min(sentence.end, at.end + _AROUND)
    before = _tidy(text[start : at.start]).lstrip()
    figure = _shortened(wording.shown(at.of(text)), room // 2)
    after = _tidy(text[at.end : end]).rstrip()
    left = room - len(figure)
    # Words that one side does not need are the other's to use.
    room_before = max(left // 2, left - len(after))
    room_after = max(left - left // 2, left - len(before))
    before = _last_words(before, room_before, cut=start > sentence.start)
    after = _first_words(after, room_after, cut=end < sentence.end)
    return ((before, False), (figure, True), (after, False))


def whole(text: str, claims: Sequence[Claim]) -> Iterator[Pieces]:
    """Yield a report's text paragraph by paragraph, with every figure told apart."""
    figures = _merged(claims)
    at = 0
    for gap in [*_PARAGRAPH.finditer(text), None]:
        paragraph = Span(at, gap.start() if gap else len(text))
        pieces = tuple(_split(text, paragraph, [figure for figure in figures if figure.overlaps(paragraph)]))
        if any(words.strip() for words, _ in pieces):
            yield pieces
        at = gap.end() if gap else at


def _split(text: str, paragraph: Span, figures: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    at = paragraph.start
    for figure in figures:
        start, end = max(figure.start, paragraph.start), min(figure.end, paragraph.end)
        yield _tidy(text[at:start]), False
        yield wording.shown(text[start:end]), True
        at = end
    yield _tidy(text[at : paragraph.end]), False


def _merged(claims: Sequence[Claim]) -> list[Span]:
    """Return the spans of all figures in order, those that overlap as one."""
    merged: list[Span] = []
    for span in sorted(claim.span for claim in claims):
        if merged and span.overlaps(merged[-1]):
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _tidy(words: str) -> str:
    """Make words fit to show, and keep a space at either end where one stood."""
    tidy = wording.shown(words)
    if not tidy:
        return " " if words[:1].isspace() else ""
    return (" " if words[:1].isspace() else "") + tidy + (" " if words[-1:].isspace() else "")


def _last_words(words: str, room: int, *, cut: bool) -> str:
    if len(words) <= room:
        return f"{CUT} {words}" if cut else words
    kept = words[len(words) - room :]
    return f"{CUT} {kept.partition(' ')[2] or kept}" if room > 0 else f"{CUT} "


def _first_words(words: str, room: int, *, cut: bool) -> str:
    if len(words) <= room:
        return f"{words} {CUT}" if cut else words
    kept = words[:room]
    return f"{kept.rpartition(' ')[0] or kept} {CUT}" if room > 0 else f" {CUT}"


def _shortened(words: str, room: int) -> str:
    if len(words) <= room:
        return words
    return f"{words[: room // 2]} {CUT} {words[len(words) - room // 2 :]}"
