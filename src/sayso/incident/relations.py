"""How the claims of one incident stand to one another, each with its reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.events import Relation
from sayso.incident.terms import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.events import Incident, Kept
    from sayso.records import Claim

SAYS_PART = re.compile(
    r"\b(?:of (?:them|those|these|whom|the (?:dead|killed|wounded|injured|victims|missing))|among (?:them|those|the)|"
    r"including|one of|some of)\b",
    re.IGNORECASE,
)
_MOST_SOURCES = 40
"""Sources of one incident that are set against each other; more say nothing new."""


def relations(stories: Iterable[Sequence[Kept]], *, whole: bool = True) -> list[Relation]:
    """Find how claims stand to one another.

    Args:
        stories: The claims of an incident, those of each story together in the order of the text.
        whole: Whether they speak of one event, so that their figures can contradict each other; totals over periods
            do not.

    Returns:
        The relations by the claim's place in the order of reports, each pair at most once a kind.
    """
    standing = [
        [kept for kept in story if not (kept.ruling and kept.ruling.verdict == "rejected")] for story in stories
    ]
    parts = {kept.claim.id: whole_of for story in standing for kept, whole_of in parts_of_wholes(story)}
    claims = sorted((kept for story in standing for kept in story), key=_order)
    found = [
        Relation("part_of", kept.claim.id, parts[kept.claim.id].claim.id, _part_reason(kept, parts[kept.claim.id]))
        for kept in claims
        if kept.claim.id in parts
    ]
    told = [kept for kept in claims if kept.claim.id not in parts and _figure(kept.claim) is not None]
    found += _repeats(told)
    latest, superseded = _latest(told)
    found += superseded
    if whole:
        found += _contradictions(latest)
        found += _denials(claims)
    return found


def includes(totals: Sequence[Kept], events: Sequence[Incident]) -> list[Relation]:
    """Find which events a total over a period includes: those within its days and its country, by their first claim.

    Args:
        totals: Claims that count over a period.
        events: Events that they may include.
    """
    found = []
    for kept in totals:
        claim = kept.claim
        for event in events:
            if not (claim.date_from and claim.date_to and event.date_from and event.date_to):
                continue
            within = claim.date_from <= event.date_from and event.date_to <= claim.date_to
            here = not (claim.country and event.country) or claim.country == event.country
            of_harm = event.figures.get(claim.harm)
            if within and here and of_harm and (of_harm.low or 0) <= (claim.high or claim.low or 0):
                days = f"{claim.date_from} to {claim.date_to}"
                why = f"{_said(claim)} from {days} count {event.name or 'this event'} of {event.date_from} too."
                found.append(Relation("includes", claim.id, event.claims[0], why))
    return found


def _order(kept: Kept) -> tuple[str, str, int, str]:
    return kept.report.published or "", kept.report.id, kept.claim.start, kept.claim.id


def _figure(claim: Claim) -> tuple[int | None, int | None] | None:
    """Return the figure of a claim that counts people and stands by it; None for names, vague words and denials."""
    if claim.kind not in {"count", "zero"} or claim.stance == "denies" or (claim.low is None and claim.high is None):
        return None
    return claim.low, claim.high


def parts_of_wholes(story: Sequence[Kept]) -> Iterator[tuple[Kept, Kept]]:
    """Yield the claims of a story that count some of those whom another counts, with that other."""
    for kept in story:
        claim = kept.claim
        if claim.low is None or claim.kind == "zero":
            continue
        wholes = [
            other
            for other in story
            if other.claim.harm == claim.harm
            and other.claim.kind == "count"
            and (other.claim.low or 0) > max(claim.low, 1)
            and other.claim.start < claim.start
        ]
        if wholes and _says_part(kept):
            yield kept, max(wholes, key=lambda other: (other.claim.sentence == claim.sentence, other.claim.start))


def _says_part(kept: Kept) -> bool:
    claim = kept.claim
    if claim.kind == "individual" or kept.victims.age == "child" or kept.victims.sex == "female":
        return True
    at = claim.start - claim.sentence.start
    around = kept.sentence[max(0, at - 20) : at + (claim.end - claim.start) + 25]
    return SAYS_PART.search(around) is not None


def _part_reason(kept: Kept, whole: Kept) -> str:
    return f"{_said(kept.claim)} are some of the {_said(whole.claim)} of whom the same report tells."


def source_of(kept: Kept) -> tuple[str, str]:
    """Return who stands behind a claim, as a key and as words; where nobody is named it is the report's own voice."""
    if kept.source is not None:
        return kept.source.id, kept.source.name
    if kept.claim.source:
        return fold(kept.claim.source), kept.claim.source
    return f"report:{kept.report.voice or kept.report.id}", kept.report.outlet or "the report itself"


def _repeats(claims: Sequence[Kept]) -> Iterator[Relation]:
    """Yield which earlier claim each one repeats: the same figure of the same source, or in the same text."""
    first: dict[tuple[object, ...], Kept] = {}
    for kept in claims:
        figure = (kept.claim.harm, *(_figure(kept.claim) or ()))
        source, name = source_of(kept)
        keys = [("source", source, *figure), ("text", kept.report.voice or kept.report.id, *figure)]
        earlier = next((first[key] for key in keys if key in first), None)
        if earlier is not None and earlier.report.id != kept.report.id:
            same_text = (kept.report.voice or kept.report.id) == (earlier.report.voice or earlier.report.id)
            why = "Both reports print one text" if same_text else f"The same figure of the same source ({name})"
            yield Relation("repeats", kept.claim.id, earlier.claim.id, f"{why}: {_said(kept.claim)}.")
        for key in keys:
            first.setdefault(key, kept)


def _latest(claims: Sequence[Kept]) -> tuple[list[Kept], list[Relation]]:
    """Return each source's latest figure by harm, and where it takes the place of one that the source gave before."""
    last: dict[tuple[str, str], Kept] = {}
    found: list[Relation] = []
    for kept in claims:
        source, name = source_of(kept)
        before = last.get((kept.claim.harm, source))
        if before is None:
            last[kept.claim.harm, source] = kept
            continue
        later = (kept.report.published or "") > (before.report.published or "")
        changed = _figure(kept.claim) != _figure(before.claim)
        if later and changed:
            why = f"{name} said {_said(before.claim)} before, and {_said(kept.claim)} later."
            found.append(Relation("supersedes", kept.claim.id, before.claim.id, why))
            last[kept.claim.harm, source] = kept
    return list(last.values()), found


def _contradictions(latest: Sequence[Kept]) -> Iterator[Relation]:
    """Yield the pairs of sources whose latest figures cannot both hold."""
    by_harm: dict[str, list[Kept]] = {}
    for kept in latest:
        by_harm.setdefault(kept.claim.harm, []).append(kept)
    for claims in by_harm.values():
        for number, kept in enumerate(claims[:_MOST_SOURCES]):
            for other in claims[:number]:
                if not _reconcilable(kept.claim, other.claim) and kept.report.id != other.report.id:
                    why = (
                        f"{source_of(kept)[1]} says {_said(kept.claim)}, "
                        f"{source_of(other)[1]} {_said(other.claim)}; both cannot hold."
                    )
                    yield Relation("contradicts", kept.claim.id, other.claim.id, why)


def _denials(claims: Sequence[Kept]) -> Iterator[Relation]:
    for kept in claims:
        if kept.claim.stance != "denies":
            continue
        denied = [
            other
            for other in claims
            if other.claim.harm == kept.claim.harm
            and other.claim.stance == "asserts"
            and (other.claim.low, other.claim.high) == (kept.claim.low, kept.claim.high)
        ]
        if denied:
            why = f"{source_of(kept)[1]} denies {_said(kept.claim)}."
            yield Relation("contradicts", kept.claim.id, denied[0].claim.id, why)


def _reconcilable(a: Claim, b: Claim) -> bool:
    """Say whether two figures can both hold; "about 20" holds for 18 to 22."""
    (low, high), (other_low, other_high) = _bounds(a), _bounds(b)
    return low <= other_high and other_low <= high


def _bounds(claim: Claim) -> tuple[float, float]:
    low = float(claim.low or 0)
    high = float("inf") if claim.high is None else float(claim.high)
    return (low * 0.9, high * 1.1) if claim.qualifier == "about" else (low, high)


def _said(claim: Claim) -> str:
    harm = claim.harm.replace("_", " ")
    if claim.low is None:
        return f"at most {claim.high:,} {harm}"
    if claim.high is None:
        return f"at least {claim.low:,} {harm}"
    return f"{claim.low:,} {harm}" if claim.low == claim.high else f"{claim.low:,} to {claim.high:,} {harm}"
