"""In what a copy differs from the report whose text it prints: figures first.

The sentences of both are paired: those with the same words, then those with most words in common. Within a pair the
words are laid side by side by diff (Ratcliff and Obershelp's, as in the standard library), and figures are compared by
value. What has no partner was cut or added. Nothing here knows what a claim is: every number counts as a figure.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from sayso.find.figures import units
from sayso.find.origins import agency_of, credit_of
from sayso.find.prose import sentences
from sayso.records import Change, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.find.figures import Unit
    from sayso.records import ChangeKind, Report

_ALIKE = 0.5
"""The share of words in common from which two sentences are one that was changed."""

_MOST_SENTENCES_OF_A_WORD = 20
"""A word that stands in more sentences than this does not help to pair them."""

_MOST_CANDIDATES = 5
"""Sentences that one is compared with in full: those with most rare words in common."""

_LONGEST_SENTENCE = 300
"""Words laid side by side at once; a sentence of more is cut."""

_ORDER: tuple[ChangeKind, ...] = ("figure", "headline", "credit", "reworded", "added", "cut", "moved")


@dataclass(frozen=True, slots=True)
class _Sentence:
    span: Span
    units: tuple[Unit, ...]
    keys: tuple[str, ...]


def changes(first: Report, copy: Report) -> tuple[Change, ...]:
    """Return in what `copy` differs from `first`, figures first, then in the order of the first report's text.

    Args:
        first: The report that the text is taken from.
        copy: A report that prints it.
    """
    before, after = _sentences(first), _sentences(copy)
    pairs = _paired(before, after)
    found = [*_headline(first, copy), *_credit(first, copy)]
    for at, to in pairs:
        found += _in_pair(first.text, before[at], copy.text, after[to])
    cut = [number for number in range(len(before)) if number not in {at for at, _ in pairs}]
    added = [number for number in range(len(after)) if number not in {to for _, to in pairs}]
    found += _loose_figures(first.text, [before[n] for n in cut], copy.text, [after[n] for n in added])
    found += _passages("cut", first.text, before, cut)
    found += _passages("added", copy.text, after, added)
    found += _moved(first.text, before, copy.text, after, pairs)
    return tuple(sorted(found, key=_weight))


def _weight(change: Change) -> tuple[int, bool, bool]:
    """Sort figures first, among them those that were changed, then those put in, then those left out."""
    return _ORDER.index(change.kind), change.after is None, change.before is None


def _sentences(report: Report) -> list[_Sentence]:
    """Return the sentences of a report without its headline and its credit lines, which are compared apart."""
    text = report.text
    credit = credit_of(text)
    found = []
    for whole in sentences(text):
        span = _without(whole, credit.line) if credit and credit.form != "citing" else whole
        words = units(text, span)
        for at in range(0, len(words), _LONGEST_SENTENCE):
            some = tuple(words[at : at + _LONGEST_SENTENCE])
            begin = some[0].span.start if at else span.start
            end = some[-1].span.end if at + _LONGEST_SENTENCE < len(words) else span.end
            found.append(_Sentence(Span(begin, end), some, tuple(unit.key for unit in some)))
    title = _folded(report.title)
    return [sentence for sentence in found if not title or " ".join(sentence.keys) != title]


def _without(span: Span, line: Span) -> Span:
    """Return what is left of a sentence when a credit line at its beginning or end is taken off."""
    if not span.overlaps(line):
        return span
    if line.start <= span.start:
        return Span(min(line.end, span.end), span.end)
    return Span(span.start, line.start)


def _folded(title: str | None) -> str:
    return " ".join(unit.key for unit in units(title, Span(0, len(title)))) if title else ""


def _headline(first: Report, copy: Report) -> Iterator[Change]:
    if first.title and copy.title and _folded(first.title) != _folded(copy.title):
        yield Change("headline", first.title, copy.title, words=len(first.title.split()))


def _credit(first: Report, copy: Report) -> Iterator[Change]:
    one, other = first.origin, copy.origin
    if (one and agency_of(one)) != (other and agency_of(other)):
        yield Change("credit", one, other, span_before=first.origin_span, span_after=copy.origin_span)


def _paired(before: Sequence[_Sentence], after: Sequence[_Sentence]) -> list[tuple[int, int]]:
    """Pair the sentences of two texts, each at most once; the pairs in the order of the first text."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, sentence in enumerate(after):
        places[sentence.keys].append(number)
    pairs = {at: places[one.keys].pop(0) for at, one in enumerate(before) if places.get(one.keys)}
    taken = set(pairs.values())
    left = [number for number in range(len(after)) if number not in taken]
    holding: dict[str, list[int]] = defaultdict(list)
    for number in left:
        for key in set(after[number].keys):
            holding[key].append(number)
    scored = []
    for at, one in enumerate(before):
        if at in pairs:
            continue
        rare = (key for key in set(one.keys) if len(holding.get(key, ())) <= _MOST_SENTENCES_OF_A_WORD)
        near = Counter(number for key in rare for number in holding.get(key, ()))
        nearest = sorted(near, key=lambda number: (-near[number], number))[:_MOST_CANDIDATES]
        scored += [(-_alike(one, after[to]), at, to) for to in nearest]
    for score, at, to in sorted(scored):
        if -score >= _ALIKE and at not in pairs and to not in taken:
            pairs[at] = to
            taken.add(to)
    return sorted(pairs.items())


def _alike(one: _Sentence, other: _Sentence) -> float:
    common = sum((Counter(one.keys) & Counter(other.keys)).values())
    return 2 * common / (len(one.keys) + len(other.keys))


def _in_pair(text: str, before: _Sentence, new_text: str, after: _Sentence) -> Iterator[Change]:
    """Yield what was changed within a sentence: each figure, and the other words once."""
    if before.keys == after.keys:
        return
    reworded = 0
    for step, start, end, new_start, new_end in SequenceMatcher(
        None, before.keys, after.keys, autojunk=False
    ).get_opcodes():
        if step == "equal":
            continue
        old, new = before.units[start:end], after.units[new_start:new_end]
        yield from _figures(text, old, before.span, new_text, new, after.span)
        reworded += max(sum(not unit.is_figure for unit in old), sum(not unit.is_figure for unit in new))
    if reworded:
        yield Change("reworded", before.span.of(text), after.span.of(new_text), reworded, before.span, after.span)


def _figures(
    text: str, old: Sequence[Unit], sentence: Span | None, new_text: str, new: Sequence[Unit], new_sentence: Span | None
) -> Iterator[Change]:
    """Yield the figures of some words that were put in the place of others, paired in order."""
    gone, come = _net([unit for unit in old if unit.is_figure], [unit for unit in new if unit.is_figure])
    for number in range(max(len(gone), len(come))):
        was = gone[number].span if number < len(gone) else None
        now = come[number].span if number < len(come) else None
        yield Change(
            "figure",
            was.of(text) if was else None,
            now.of(new_text) if now else None,
            1,
            was,
            now,
            sentence,
            new_sentence,
        )


def _net(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[list[Unit], list[Unit]]:
    """Return the figures that only one side has."""
    return _beyond(old, Counter(unit.key for unit in new)), _beyond(new, Counter(unit.key for unit in old))


def _beyond(some: Iterable[Unit], others: Counter[str]) -> list[Unit]:
    left = []
    for unit in some:
        if others[unit.key]:
            others[unit.key] -= 1
        else:
            left.append(unit)
    return left


def _loose_figures(text: str, cut: Sequence[_Sentence], new_text: str, added: Sequence[_Sentence]) -> Iterator[Change]:
    """Yield the figures of sentences that were cut or added, less those that only went elsewhere."""
    gone, come = _net(*([unit for one in some for unit in one.units if unit.is_figure] for some in (cut, added)))
    for unit in come:
        yield from _figures(text, (), None, new_text, [unit], _around(unit, added))
    for unit in gone:
        yield from _figures(text, [unit], _around(unit, cut), new_text, (), None)


def _around(unit: Unit, some: Sequence[_Sentence]) -> Span:
    return next(one.span for one in some if one.span.holds(unit.span))


def _passages(kind: ChangeKind, text: str, whole: Sequence[_Sentence], numbers: Sequence[int]) -> Iterator[Change]:
    """Yield each run of sentences in a row as one passage."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    for run in runs:
        words = sum(len(whole[number].keys) for number in run)
        span = Span(whole[run[0]].span.start, whole[run[-1]].span.end)
        if words and kind == "cut":
            yield Change(kind, span.of(text), None, words, span_before=span)
        elif words:
            yield Change(kind, None, span.of(text), words, span_after=span)


def _moved(
    text: str, before: Sequence[_Sentence], new_text: str, after: Sequence[_Sentence], pairs: Sequence[tuple[int, int]]
) -> Iterator[Change]:
    """Yield the sentences that stand in another order: those outside the longest run that kept its own."""
    kept = _longest_rising([to for _, to in pairs])
    for number, (at, to) in enumerate(pairs):
        if number not in kept:
            one, other = before[at], after[to]
            yield Change("moved", one.span.of(text), other.span.of(new_text), len(one.keys), one.span, other.span)


def _longest_rising(values: Sequence[int]) -> set[int]:
    """Return where the members of a longest rising subsequence stand (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for place, value in enumerate(values):
        pile = bisect_left(tops, value)
        before.append(ends[pile - 1] if pile else None)
        if pile == len(tops):
            tops.append(value)
            ends.append(place)
        else:
            tops[pile], ends[pile] = value, place
    kept: set[int] = set()
    at = ends[-1] if ends else None
    while at is not None:
        kept.add(at)
        at = before[at]
    return kept
