"""A report's text cut into stretches, each with the claims that rest on it: marks may nest and overlap.

Offsets count code points, as everywhere in the program. Browsers count in UTF-16 units, so no offset of a mark ever
reaches one: words are cut here, and each stretch says at which code point of the text it begins.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.records import Claim

Part = Literal["count", "source", "mention", "cue", "via", "victims", "perpetrator", "means", "place", "date"]
"""What words are to a claim: how many, who says so, or another of its slots."""

LONGEST = 150_000
"""Code points of a text that are shown at once, about a hundred pages in print; longer texts come in parts."""

_PARAGRAPH = re.compile(r"\r?\n[^\S\n]*\r?\n\s*")
# What browsers drop or change as they read a page; each becomes one sign, so that all others keep their places.
_UNSHOWN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class Mark(BaseModel):
    """One claim's hold on a stretch of text.

    Attributes:
        claim: The claim's id.
        part: What the words are to it.
    """

    claim: str
    part: Part


class Stretch(BaseModel):
    """A stretch of text under the same marks throughout.

    Attributes:
        start: The code point of the text at which it begins.
        words: Its words; what cannot be shown is replaced, sign by sign.
        marks: The claims that rest on it; none for most of a text.
        begins: The claims whose figure begins here.
    """

    start: int
    words: str
    marks: list[Mark] = []
    begins: list[str] = []


class Paragraph(BaseModel):
    """A paragraph, cut into stretches."""

    stretches: list[Stretch]


def shown(words: str) -> str:
    r"""Return words as a page can hold them, sign by sign.

    >>> len(shown("\ud800 17\x00")) == len("\ud800 17\x00")
    True
    """
    return _UNSHOWN.sub("\ufffd", words).replace("\r", "\n")


def parts(text: str) -> list[Span]:
    """Return the parts in which a text is shown: one, or several of whole paragraphs where it is long."""
    found: list[Span] = []
    start = 0
    while len(text) - start > LONGEST:
        ends = [match.end() for match in _PARAGRAPH.finditer(text, start + LONGEST // 2, start + LONGEST)]
        end = ends[-1] if ends else start + LONGEST
        found.append(Span(start, end))
        start = end
    return [*found, Span(start, len(text))]


def marked(text: str, claims: Iterable[Claim], within: Span) -> list[Paragraph]:
    """Return the paragraphs of a part of a text, with every claim's words marked in place.

    Args:
        text: The report's whole text.
        claims: The claims; those of other parts mark nothing here.
        within: The part.
    """
    marks = sorted(
        ((span, Mark(claim=claim.id, part=part)) for claim in claims for part, span in spans(claim)),
        key=lambda one: (one[0].start, one[0].end),
    )
    marks = [(span, mark) for span, mark in marks if span.start < span.end and span.overlaps(within)]
    return list(_paragraphs(text, marks, within))


def cut(text: str, found: Iterable[tuple[str, Span]]) -> Paragraph:
    """Return one paragraph with the figures of claims marked in it.

    Args:
        text: Its words.
        found: Claims by their ids, with where their figures stand in it.
    """
    marks = [(span, Mark(claim=claim, part="count")) for claim, span in found]
    return Paragraph(stretches=list(_stretches(text, marks, Span(0, len(text)))))


def spans(claim: Claim) -> Iterator[tuple[Part, Span]]:
    """Yield the words behind a claim, each with what they are to it."""
    yield "count", claim.span
    for via in claim.spans.via:
        yield "via", via
    named: tuple[tuple[Part, Span | None], ...] = (
        ("source", claim.spans.source),
        ("mention", claim.spans.mention),
        ("cue", claim.spans.cue),
        ("victims", claim.spans.victims),
        ("perpetrator", claim.spans.perpetrator),
        ("means", claim.spans.means),
        ("place", claim.spans.place),
        ("date", claim.spans.date),
    )
    yield from ((part, span) for part, span in named if span is not None)


def _paragraphs(text: str, marks: Sequence[tuple[Span, Mark]], within: Span) -> Iterator[Paragraph]:
    start, first = within.start, 0
    ends = [*(match.span() for match in _PARAGRAPH.finditer(text, within.start, within.end)), (within.end, within.end)]
    over: list[tuple[Span, Mark]] = []
    for end, after in ends:
        over = [one for one in over if one[0].end > start]
        while first < len(marks) and marks[first][0].start < end:
            over.append(marks[first])
            first += 1
        if text[start:end].strip():
            own = [one for one in over if one[0].overlaps(Span(start, end))]
            yield Paragraph(stretches=list(_stretches(text, own, Span(start, end))))
        start = after


def _stretches(text: str, marks: Sequence[tuple[Span, Mark]], within: Span) -> Iterator[Stretch]:
    bounds = {within.start, within.end}
    for span, _ in marks:
        bounds.update(at for at in (span.start, span.end) if within.start < at < within.end)
    # A browser reads a return and a line feed as one sign, so the return before a line feed is left out.
    returns = {within.start + match.start() for match in re.finditer("\r\n", text[within.start : within.end])}
    bounds.update(*((at, at + 1) for at in returns))
    cuts = sorted(bounds)
    for start, end in pairwise(cuts):
        if start not in returns:
            held = [(span, mark) for span, mark in marks if span.start < end and span.end > start]
            begins = [mark.claim for span, mark in held if mark.part == "count" and span.start == start]
            yield Stretch(start=start, words=shown(text[start:end]), marks=[mark for _, mark in held], begins=begins)
