"""Is a claim true to its text? The last check before a claim leaves the room.

Every span must slice to the words the claim gives, and reading the words of the count span again must give the same
figure. A claim that fails is dropped and reported as a Problem; it is never repaired silently.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from sayso.claim.numbers import read
from sayso.problems import Problem
from sayso.records import Count, Span

if TYPE_CHECKING:
    from sayso.records import Claim, Report

_WORDED = ("source", "victims", "perpetrator", "means", "place")


def check(claim: Claim, report: Report, language: str = "en") -> Problem | None:
    """Return None for a claim that is true to its report, else the Problem to report in its place."""
    fault = _fault(claim, report.text, language)
    if fault is None:
        return None
    return Problem(
        code="claim-not-in-text",
        where=f"{report.id} characters {claim.start} to {claim.end}",
        what=f"A claim was dropped because {fault}.",
        remedy="Read the passage yourself; please report this as a fault of sayso.",
    )


def _fault(claim: Claim, text: str, language: str) -> str | None:
    if not 0 <= claim.start < claim.end <= len(text) or text[claim.start : claim.end] != claim.text:
        return "its words do not stand where it says"
    if not claim.sentence.holds(claim.span) or claim.sentence.start < 0 or claim.sentence.end > len(text):
        return "its sentence does not hold it"
    for field in fields(claim.spans):
        value = getattr(claim.spans, field.name)
        for span in value if isinstance(value, tuple) else (value,):
            if span is not None and not 0 <= span.start < span.end <= len(text):
                return f"the span of its {field.name} lies outside the text"
    for name in _WORDED:
        words: str | None = getattr(claim, name)
        place: Span | None = getattr(claim.spans, name)
        if (words is None) != (place is None) or (place is not None and place.of(text) != words):
            return f"the words of its {name} do not stand where it says"
    if tuple(span.of(text) for span in claim.spans.via) != claim.via:
        return "the words of those who passed it on do not stand where it says"
    count = Count(claim.low, claim.high, claim.qualifier, claim.phrase, claim.kind)
    if read(claim.text, language) != count:
        return f"“{claim.text}” read again does not give the same figure"
    return None
