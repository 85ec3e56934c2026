"""Krippendorff's alpha: how far several people who code the same reports agree, beyond what chance gives.

1 is perfect agreement, 0 what chance alone would give, and less is worse than chance. For values of given units
(counts, labels) see K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011,
repository.upenn.edu/asc_papers/43); for stretches of text that each coder marks alone, chapter 11.6 of his "Content
Analysis" (2nd edition, 2004).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import accumulate, permutations
from typing import TYPE_CHECKING, Literal

from sayso.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from sayso.records import Span

Level = Literal["nominal", "ordinal", "interval", "ratio"]


def alpha(units: Iterable[Sequence[Hashable | None]], level: Level) -> float | None:
    """Return Krippendorff's alpha for values that coders gave to the same units.

    Args:
        units: For each unit the values that the coders gave it, None where one gave none. A unit with fewer than two
            values tells nothing and is passed over.
        level: ``nominal`` for labels without an order, ``ordinal`` for ranks, ``interval`` for numbers whose
            differences count, ``ratio`` for numbers whose proportions count, such as numbers of people. All but the
            first need numbers.

    Returns:
        The coefficient, or None where it has no meaning: no unit with two values, or one value throughout.

    Raises:
        UsageError: The level needs numbers, and a value is none.

    >>> alpha([("killed", "killed"), ("killed", "injured"), ("injured", "injured")], "nominal")
    0.4444444444444444
    """
    together: defaultdict[tuple[Hashable, Hashable], float] = defaultdict(float)
    for unit in units:
        values = [value for value in unit if value is not None]
        if len(values) < 2:
            continue
        counts = Counter(values)
        for a, times in counts.items():
            for b, other in counts.items():
                together[a, b] += times * (other - (a == b)) / (len(values) - 1)
    total: defaultdict[Hashable, float] = defaultdict(float)
    for (a, _), weight in together.items():
        total[a] += weight
    number = sum(total.values())
    if len(total) < 2:
        return None
    apart = _difference(level, total)
    observed = sum(weight * apart(a, b) for (a, b), weight in together.items())
    expected = sum(total[a] * total[b] * apart(a, b) for a in total for b in total)
    return 1 - (number - 1) * observed / expected


def _difference(level: Level, total: Mapping[Hashable, float]) -> Callable[[Hashable, Hashable], float]:
    """Return the squared difference of two values at a level of measurement."""
    if level == "nominal":
        return lambda a, b: float(a != b)
    numbers = {value: _number(value) for value in total}
    if level == "interval":
        return lambda a, b: (numbers[a] - numbers[b]) ** 2
    if level == "ratio":
        return lambda a, b: 0.0 if a == b else ((numbers[a] - numbers[b]) / (numbers[a] + numbers[b])) ** 2
    ordered = sorted(total, key=lambda value: numbers[value])
    up_to = dict(zip(ordered, accumulate(total[value] for value in ordered), strict=True))
    # The ranks between two values: those of all values in between, and half of their own.
    middle = {value: up_to[value] - total[value] / 2 for value in ordered}
    return lambda a, b: (middle[a] - middle[b]) ** 2


def _number(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise UsageError(f"{value!r} is no number; labels have the level nominal.")


@dataclass(frozen=True, slots=True)
class SpanAgreement:
    """How far coders agree in which stretches of a text they mark, and as what.

    Attributes:
        alpha: Over all labels; None where it has no meaning.
        by_label: For each label by itself.
    """

    alpha: float | None
    by_label: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class _Section:
    """A stretch of the text that a coder marked with a label, or a gap between two of these."""

    start: int
    length: int
    marked: bool


def alpha_spans(coders: Sequence[Sequence[tuple[Span, str]]], within: Span) -> SpanAgreement:
    """Return Krippendorff's alpha for stretches that each coder marked in one text.

    Args:
        coders: For each coder the stretches and their labels. Those of one coder and one label must not overlap.
        within: The part of the text that was to be coded. Several texts can be laid end to end.

    Returns:
        The coefficient over all labels, and for each.

    Raises:
        UsageError: There are fewer than two coders, or stretches overlap, are empty or lie outside.
    """
    if len(coders) < 2:
        raise UsageError("Agreement needs at least two coders.")
    labels = sorted({label for marks in coders for _, label in marks})
    measured = {}
    for label in labels:
        sections = [_sections([span for span, one in marks if one == label], within) for marks in coders]
        measured[label] = (_observed(sections, within), _expected(sections, within))
    observed, expected = (sum(values) for values in zip(*measured.values(), strict=True)) if measured else (0.0, 0.0)
    return SpanAgreement(
        1 - observed / expected if expected else None,
        {label: 1 - seen / chance if chance else None for label, (seen, chance) in measured.items()},
    )


def _sections(spans: Iterable[Span], within: Span) -> list[_Section]:
    """Return a coder's marks with the gaps between them, in order."""
    sections: list[_Section] = []
    at = within.start
    for span in sorted(spans):
        if span.start < at or span.end > within.end or span.end <= span.start:
            raise UsageError(f"The stretch {span.start} to {span.end} is empty, overlaps another or lies outside.")
        if span.start > at:
            sections.append(_Section(at, span.start - at, marked=False))
        sections.append(_Section(span.start, span.end - span.start, marked=True))
        at = span.end
    if at < within.end:
        sections.append(_Section(at, within.end - at, marked=False))
    return sections


def _observed(coders: Sequence[Sequence[_Section]], within: Span) -> float:
    """Return the observed disagreement of one label."""
    total = sum(_disagreement(one, other) for one, other in permutations(coders, 2))
    return float(total) / (len(coders) * (len(coders) - 1) * (within.end - within.start) ** 2)


def _disagreement(ones: Sequence[_Section], others: Sequence[_Section]) -> int:
    """Return the sum of the squared differences of two coders' sections; those without a common place have none."""
    total, i, j = 0, 0, 0
    while i < len(ones) and j < len(others):
        one, other = ones[i], others[j]
        total += _apart(one, other)
        one_end, other_end = one.start + one.length, other.start + other.length
        i += one_end <= other_end
        j += other_end <= one_end
    return total


def _apart(one: _Section, other: _Section) -> int:
    """Return the squared difference of two sections of two coders."""
    before = one.start - other.start
    if one.marked and other.marked:
        if -one.length < before < other.length:
            return before**2 + (before + one.length - other.length) ** 2
    elif one.marked and 0 <= before <= other.length - one.length:
        return one.length**2
    elif other.marked and 0 <= -before <= one.length - other.length:
        return other.length**2
    return 0


def _expected(coders: Sequence[Sequence[_Section]], within: Span) -> float:
    """Return the disagreement of one label that chance would give."""
    every = [section for sections in coders for section in sections]
    marked = [one.length for one in every if one.marked]
    gaps = sorted(one.length for one in every if not one.marked)
    # The sum of the gaps before each place of the sorted list.
    sums = [0, *accumulate(gaps)]
    total = 0.0
    for length in marked:
        against_marks = (len(marked) - 1) / 3 * (2 * length**3 - 3 * length**2 + length)
        first = bisect_left(gaps, length)
        total += against_marks + length**2 * (sums[-1] - sums[first] - (len(gaps) - first) * (length - 1))
    size = within.end - within.start
    possible = len(coders) * size * (len(coders) * size - 1) - sum(length * (length - 1) for length in marked)
    return 2 / size * total / possible
