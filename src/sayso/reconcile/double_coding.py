"""How far several people who code the same reports agree: which claims there are, and what stands in their slots.

Pure: what each made of each report comes in, figures and differences go out. The coefficients are Krippendorff's
(`sayso.reconcile.agreement`). Two claims of two people are taken for one where they bear one id, and else where the
words that say how many overlap, those of one harm first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sayso.problems import UsageError
from sayso.reconcile.agreement import SpanAgreement, alpha, alpha_spans
from sayso.records import Claim, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from sayso.reconcile.agreement import Level

CLAIM = "claim"
"""The slot of a difference where somebody has a claim that another has not."""

WORDS = ("source", "via", "victims", "perpetrator", "means", "place", "date")
"""Slots whose words in the text are compared as stretches, beside the words that say how many."""


class Coded(NamedTuple):
    """What one person made of one report.

    Attributes:
        claims: The claims that stand for this person: accepted, corrected or added, not those rejected.
        unjudged: Ids of claims that the person was shown and did not rule on; nothing is concluded from these.
    """

    claims: Sequence[Claim]
    unjudged: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class SlotAgreement:
    """How far people agree on one slot of the claims that two or more of them have.

    Attributes:
        slot: A field of a claim; ``bounds`` is which of the two bounds are stated at all.
        level: The level of measurement, as `agreement.alpha` has it.
        units: Claims compared: those that two people have, and for numbers and days two of whom state one.
        equal: Of the claims that two people have, those in which all have the same here, nothing included.
        alpha: Krippendorff's alpha; None where it has no meaning.
    """

    slot: str
    level: Level
    units: int
    equal: int
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing on which people differ.

    Attributes:
        report: The report.
        slot: The field in which they differ, or `CLAIM`.
        values: What each has there; for `CLAIM` the words that say how many, None for who has no such claim. Who did
            not rule on it is not among them.
        claims: The claim as each has it, without those who have none.
    """

    report: str
    slot: str
    values: Mapping[str, object]
    claims: Mapping[str, Claim]


@dataclass(frozen=True, slots=True)
class CodersAgreement:
    """How far some people agree.

    Attributes:
        coders: Who they are.
        reports: Reports that two or more of them coded, in the order of their ids.
        passed_over: Reports that one alone coded.
        claims: How many claims each has in these reports.
        shared: Claims that everybody has who coded their report.
        f1: Agreement on which claims there are: twice the shared ones over the claims of both, the mean over pairs of
            people; None where nobody has one.
        slots: For each slot.
        spans: Agreement on which words of the texts bear the claims, over the reports that all of them coded:
            ``words`` for those that say how many, and each of `WORDS`.
        differences: All that they differ in, report by report and in the order of the text.
    """

    coders: tuple[str, ...]
    reports: tuple[str, ...]
    passed_over: tuple[str, ...]
    claims: Mapping[str, int]
    shared: int
    f1: float | None
    slots: tuple[SlotAgreement, ...]
    spans: SpanAgreement
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """One claim as several people have it.

    Attributes:
        report: The report.
        claims: By the names of those who have it.
        without: Who coded the report, judged, and has no such claim.
    """

    report: str
    claims: dict[str, Claim]
    without: tuple[str, ...] = ()


def compare_coders(
    coders: Mapping[str, Mapping[str, Coded]], lengths: Mapping[str, int] | None = None
) -> CodersAgreement:
    """Return how far people who coded the same reports agree, and where they do not.

    Args:
        coders: For each person, by name, what they made of each report, by its id. A report that somebody coded and
            found nothing in is there, without claims.
        lengths: Code points of the reports' texts by their ids; a text that is not given is taken to end with the last
            sentence that somebody's claim stands in.

    Raises:
        UsageError: There are fewer than two people.
    """
    names = tuple(coders)
    if len(names) < 2:
        raise UsageError("Agreement needs at least two people who coded the same reports.")
    every = sorted({report for coded in coders.values() for report in coded})
    of_report = {report: [name for name in names if report in coders[name]] for report in every}
    reports = tuple(report for report in every if len(of_report[report]) > 1)
    units = [
        unit
        for report in reports
        for unit in units_of(report, {name: coders[name][report] for name in of_report[report]})
    ]
    by_all = [report for report in reports if len(of_report[report]) == len(names)]
    return CodersAgreement(
        names,
        reports,
        tuple(report for report in every if len(of_report[report]) == 1),
        {name: sum(len(coders[name][report].claims) for report in reports if report in coders[name]) for name in names},
        sum(not unit.without for unit in units),
        _f1(names, units),
        tuple(_slots([unit for unit in units if len(unit.claims) > 1])),
        _spans(names, by_all, units, lengths or {}),
        tuple(difference for unit in units for difference in _differences(unit)),
    )


# ── which claims are one ─────────────────────────────────────────────────────────────────────────────────────────────


def units_of(report: str, coded: Mapping[str, Coded]) -> list[Unit]:
    """Return the claims of a report, each with all who have it and all who, having judged, have it not.

    Args:
        report: The report's id.
        coded: What each person made of it, by name.

    Returns:
        They, in the order of the text, the same whoever comes first.
    """
    groups: list[dict[str, Claim]] = []
    by_id: dict[str, dict[str, Claim]] = {}
    for name, one in coded.items():
        for claim in sorted(one.claims, key=lambda claim: (claim.start, claim.end, claim.harm, claim.id)):
            group = by_id.get(claim.id) if claim.id else None
            if group is None or name in group:
                group = {}
                groups.append(group)
                if claim.id:
                    by_id.setdefault(claim.id, group)
            group[name] = claim
    units = []
    whole = [group for group in groups if len(group) == len(coded)]
    for group in [*whole, *_joined([group for group in groups if len(group) < len(coded)])]:
        ids = {claim.id for claim in group.values()}
        without = tuple(name for name in coded if name not in group and ids.isdisjoint(coded[name].unjudged))
        if len(group) + len(without) > 1:
            units.append(Unit(report, group, without))
    return sorted(units, key=lambda unit: _place(unit.claims))


def _joined(groups: list[dict[str, Claim]]) -> list[dict[str, Claim]]:
    """Join groups of different people whose words overlap, the likest first."""
    groups = sorted(groups, key=_place)
    pairs = sorted(
        (*likeness, one, other)
        for (one, a), (other, b) in combinations(enumerate(groups), 2)
        if (likeness := _likeness(a, b)) is not None
    )
    home = list(range(len(groups)))
    for _, _, one, other in pairs:
        a, b = home[one], home[other]
        if a != b and groups[a].keys().isdisjoint(groups[b]):
            groups[a].update(groups[b])
            home = [a if place == b else place for place in home]
    return [groups[place] for place in dict.fromkeys(home)]


def _place(group: Mapping[str, Claim]) -> tuple[int, int, str, str]:
    """Return what groups are sorted by, whoever is in them."""
    return min((one.start, one.end, one.harm, one.id) for one in group.values())


def _likeness(a: Mapping[str, Claim], b: Mapping[str, Claim]) -> tuple[bool, float] | None:
    """Return how like two groups are, the likest lowest; None where no words of theirs overlap."""
    found = [
        (one.harm != other.harm, -_overlap(one.span, other.span))
        for one in a.values()
        for other in b.values()
        if one.span.overlaps(other.span)
    ]
    return min(found, default=None)


def _overlap(one: Span, other: Span) -> float:
    """Return the share of the two stretches that is common to both."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return common / (max(one.end, other.end) - min(one.start, other.start))


def _f1(names: Sequence[str], units: Iterable[Unit]) -> float | None:
    """Return the mean over pairs of people of how far they agree on which claims there are."""
    counts = {pair: [0, 0] for pair in combinations(names, 2)}
    for unit in units:
        judged = {*unit.claims, *unit.without}
        for pair, count in counts.items():
            have = sum(name in unit.claims for name in pair)
            if have and judged.issuperset(pair):
                count[0] += 2 * (have == 2)
                count[1] += have
    rates = [both / claims for both, claims in counts.values() if claims]
    return sum(rates) / len(rates) if rates else None


# ── slots ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _words(value: str | None) -> str:
    return " ".join((value or "").casefold().split())


def _day(iso: str | None) -> int | None:
    try:
        return date.fromisoformat(iso or "").toordinal()
    except ValueError:
        return None


def _bounds(claim: Claim) -> Literal["both", "low", "high", "neither"]:
    if claim.low is None:
        return "neither" if claim.high is None else "high"
    return "low" if claim.high is None else "both"


_SLOTS: tuple[tuple[str, Level, Callable[[Claim], Any]], ...] = (
    # A slot, its level, and what is measured in it: None where there is nothing to measure.
    ("harm", "nominal", lambda one: one.harm),
    ("kind", "nominal", lambda one: one.kind),
    ("low", "ratio", lambda one: one.low),
    ("high", "ratio", lambda one: one.high),
    ("bounds", "nominal", _bounds),
    ("qualifier", "nominal", lambda one: one.qualifier),
    ("source", "nominal", lambda one: _words(one.source)),
    ("via", "nominal", lambda one: tuple(map(_words, one.via))),
    ("stance", "nominal", lambda one: one.stance),
    ("victims", "nominal", lambda one: _words(one.victims)),
    ("status", "nominal", lambda one: one.status),
    ("perpetrator", "nominal", lambda one: _words(one.perpetrator)),
    ("means", "nominal", lambda one: _words(one.means)),
    ("place", "nominal", lambda one: one.place_id or _words(one.place)),
    ("date_from", "interval", lambda one: _day(one.date_from)),
    ("date_to", "interval", lambda one: _day(one.date_to)),
    ("scope", "nominal", lambda one: one.scope),
)


def _slots(shared: Sequence[Unit]) -> Iterator[SlotAgreement]:
    for slot, level, measure in _SLOTS:
        units = [[measure(claim) for claim in unit.claims.values()] for unit in shared]
        stated = [unit for unit in units if sum(value is not None for value in unit) > 1]
        equal = sum(_same(unit) for unit in units)
        yield SlotAgreement(slot, level, len(stated), equal, alpha(units, level))


def _same(values: Sequence[object]) -> bool:
    return all(value == values[0] for value in values)


def told(slot: str, claim: Claim) -> object:
    """Return what is told of a slot of a claim where people differ in it: a plain JSON value."""
    value = getattr(claim, "text" if slot == CLAIM else slot)
    return list(value) if isinstance(value, tuple) else value


def _differences(unit: Unit) -> Iterator[Difference]:
    slots = [CLAIM] if unit.without else []
    # Which bounds are stated is told with the bounds themselves.
    slots += [
        slot
        for slot, _, measure in _SLOTS
        if slot != "bounds" and not _same([measure(claim) for claim in unit.claims.values()])
    ]
    for slot in slots:
        values: dict[str, object] = {name: told(slot, claim) for name, claim in unit.claims.items()}
        lacking = dict.fromkeys(unit.without) if slot == CLAIM else {}
        yield Difference(unit.report, slot, values | lacking, unit.claims)


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _spans(
    names: Sequence[str], reports: Sequence[str], units: Iterable[Unit], lengths: Mapping[str, int]
) -> SpanAgreement:
    """Measure stretches over the texts laid end to end; claims that somebody did not judge are left out for all."""
    of_report: dict[str, list[Unit]] = {report: [] for report in reports}
    for unit in units:
        if unit.report in of_report and len(unit.claims) + len(unit.without) == len(names):
            of_report[unit.report].append(unit)
    marks: dict[str, list[tuple[Span, str]]] = {name: [] for name in names}
    begin = 0
    for report, inside in of_report.items():
        found = {name: [unit.claims[name] for unit in inside if name in unit.claims] for name in names}
        ends = (one.end for claims in found.values() for claim in claims for _, one in _stretches(claim))
        length = max([lengths.get(report, 0), *ends])
        for name, claims in found.items():
            marks[name] += [(Span(begin + one.start, begin + one.end), label) for label, one in _marked(claims)]
        begin += length
    return alpha_spans([marks[name] for name in names], Span(0, begin)) if begin else SpanAgreement(None, {})


def _stretches(claim: Claim) -> Iterator[tuple[str, Span]]:
    """Yield the words of a claim by their labels, and its sentence, which has none."""
    yield "words", claim.span
    for slot in WORDS:
        found = getattr(claim.spans, slot)
        yield from ((slot, one) for one in (found if isinstance(found, tuple) else (found,)) if one is not None)
    yield "", claim.sentence


def _marked(claims: Iterable[Claim]) -> Iterator[tuple[str, Span]]:
    """Yield what is marked with each label, stretches that overlap as one: two claims may share a source."""
    by_label: dict[str, list[Span]] = {}
    for claim in claims:
        for label, span in _stretches(claim):
            if label and span.start < span.end:
                by_label.setdefault(label, []).append(span)
    for label, spans in by_label.items():
        begin, end = -1, -1
        for span in sorted(spans):
            if span.start < end:
                end = max(end, span.end)
                continue
            if begin >= 0:
                yield label, Span(begin, end)
            begin, end = span.start, span.end
        yield label, Span(begin, end)
