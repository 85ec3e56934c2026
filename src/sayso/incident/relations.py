"""How the claims of one incident stand to one another, each with its reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.events import Relation
from sayso.incident.terms import fold
from sayso.zeros import counts_against, is_none_of_some, zero

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sayso.events import Kept
    from sayso.records import Claim

SAYS_PART = re.compile(
    r"\b(?:of (?:them|those|these|whom|the (?:dead|killed|wounded|injured|victims|missing))|among (?:them|those|the)|"
    r"including|one of|some of)\b",
    re.IGNORECASE,
)
_MOST_SOURCES = 40
"""Sources of one incident that are set against each other; more say nothing new."""
_ADDS = re.compile(r"\b(?:more|another|further|additional|second|third|fourth|fifth|sixth)\b", re.IGNORECASE)
_GROWTH = 3
"""How many times as many a later day may tell of, while people are still being found, before that is a dispute."""
_SHRINKING = 3
"""A source's later figure of fewer than a third of its earlier one counts some of them, and takes back nothing."""
_SLACK = 1.5
"""How far two counts of the injured of different days may lie apart: some die, some leave, some come late."""


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
    counted = [kept for kept in claims if _figure(kept.claim) is not None]
    repeats = list(_repeats(counted, parts.keys()))
    found += repeats
    apart = {one.claim for one in repeats} | parts.keys()
    alone = [kept for kept in counted if kept.claim.id not in apart and _is_whole(kept)]
    of_some = [kept for kept in alone if is_none_of_some(kept)]
    latest, superseded = _latest([kept for kept in alone if not is_none_of_some(kept)])
    found += superseded
    if whole:
        found += _contradictions(latest)
        found += _none_of_some(of_some, latest)
        found += _denials(claims)
    return found


def _is_whole(kept: Kept) -> bool:
    """Say whether a figure is of all who were harmed as far as was known, not of those who came to it ("two more")."""
    return _ADDS.search(kept.claim.text) is None


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
        whole = max(wholes, key=lambda other: (other.claim.sentence == claim.sentence, other.claim.start), default=None)
        if whole is not None and (_says_part(kept) or _make_up(kept, whole, story)):
            yield kept, whole


def _make_up(kept: Kept, whole: Kept, story: Sequence[Kept]) -> bool:
    """Say whether the figures of one sentence add up to one before it: "three died ... a clerk and two passers-by"."""
    sentence, harm = kept.claim.sentence, kept.claim.harm
    beside = [one.claim for one in story if one.claim.sentence == sentence and one.claim.harm == harm]
    counts = [claim.low or 0 for claim in beside if claim.start > whole.claim.start]
    return len(counts) > 1 and sum(counts) == whole.claim.low


def _says_part(kept: Kept) -> bool:
    claim = kept.claim
    if claim.kind == "individual" or kept.victims.age == "child" or kept.victims.sex == "female":
        return True
    at = claim.start - claim.sentence.start
    around = kept.sentence[max(0, at - 20) : at + (claim.end - claim.start) + 25]
    return SAYS_PART.search(around) is not None


def _part_reason(kept: Kept, whole: Kept) -> str:
    return f"{_said(kept.claim)}: some of the {_said(whole.claim)} of whom the same report tells."


def source_of(kept: Kept) -> tuple[str, str]:
    """Return who stands behind a claim, as a key and as words; where nobody is named it is the report's own voice."""
    if kept.source is not None:
        return kept.source.id, kept.source.name
    if kept.claim.source:
        return fold(kept.claim.source), kept.claim.source
    return f"report:{kept.report.voice or kept.report.id}", kept.report.outlet or "the report itself"


def _repeats(claims: Sequence[Kept], parts: Collection[str]) -> Iterator[Relation]:
    """Yield which earlier claim each one repeats: the same figure of the same source, or in the same text.

    Of figures that count some of others (`parts`) only those of one text are the same: two sources, or one at two
    times, may count other people.
    """
    first: dict[tuple[object, ...], Kept] = {}
    for kept in claims:
        figure: tuple[object, ...] = (kept.claim.harm, *(_figure(kept.claim) or ()))
        if is_none_of_some(kept):
            figure += tuple(zero(kept)), kept.claim.text.casefold()
        source, name = source_of(kept)
        keys: list[tuple[object, ...]] = [("text", kept.report.voice or kept.report.id, kept.claim.text, *figure)]
        if kept.claim.id not in parts and _is_whole(kept):
            keys.append(("source", source, *figure))
        earlier = next((first[key] for key in keys if key in first), None)
        if earlier is not None and earlier.report.id != kept.report.id:
            same_text = (kept.report.voice or kept.report.id) == (earlier.report.voice or earlier.report.id)
            why = "Both reports print one text" if same_text else f"The same figure of the same source ({name})"
            said = kept.claim.text if is_none_of_some(kept) else _said(kept.claim)
            yield Relation("repeats", kept.claim.id, earlier.claim.id, f"{why}: {said}.")
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
        changed = _figure(kept.claim) != _figure(before.claim)
        some = _bounds(kept.claim)[1] * _SHRINKING < _bounds(before.claim)[0] and kept.claim.harm != "missing"
        if _later(kept, before) and changed and not some:
            why = f"{name}: {_said(before.claim)} at first, {_said(kept.claim)} later."
            found.append(Relation("supersedes", kept.claim.id, before.claim.id, why))
            last[kept.claim.harm, source] = kept
    return list(last.values()), found


def _contradictions(latest: Sequence[Kept]) -> Iterator[Relation]:
    """Yield the pairs of sources whose latest figures cannot both hold, and do not differ as counts do over days."""
    by_harm: dict[str, list[Kept]] = {}
    for kept in latest:
        by_harm.setdefault(kept.claim.harm, []).append(kept)
    for claims in by_harm.values():
        for number, kept in enumerate(claims[:_MOST_SOURCES]):
            for other in claims[:number]:
                apart = _of_two_sides(kept, other) or _reconcilable(kept.claim, other.claim)
                if not apart and not _counted_later(kept, other):
                    why = (
                        f"{source_of(kept)[1]}: {_said(kept.claim)}. {source_of(other)[1]}: {_said(other.claim)}. "
                        "Both cannot hold."
                    )
                    yield Relation("contradicts", kept.claim.id, other.claim.id, why)


def _none_of_some(zeros: Sequence[Kept], latest: Sequence[Kept]) -> Iterator[Relation]:
    """Yield which zeros of some people cannot hold beside what others say of these; of all it is no figure.

    "No civilians" and "nine people" can both hold; "no civilians" and "nine civilians" cannot.
    """
    for kept in zeros[:_MOST_SOURCES]:
        for other in latest[:_MOST_SOURCES]:
            same = source_of(kept)[0] == source_of(other)[0]
            if not same and kept.claim.harm == other.claim.harm and other.claim.low and counts_against(kept, other):
                why = f"{source_of(kept)[1]}: {kept.claim.text}. {source_of(other)[1]}: {_said(other.claim)}. "
                yield Relation("contradicts", kept.claim.id, other.claim.id, f"{why}Both cannot hold.")


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
            why = f"{source_of(kept)[1]} denies it: {_said(kept.claim)}."
            yield Relation("contradicts", kept.claim.id, denied[0].claim.id, why)


def _counted_later(kept: Kept, earlier: Kept) -> bool:
    """Say whether two figures differ as counts do from day to day: more dead are found, the missing are found.

    What rival sides say is held against each other whenever they say it, and so is a figure that a later one takes
    back: fewer killed than were counted before.
    """
    sides = {one.source.side for one in (kept, earlier) if one.source is not None and one.source.side is not None}
    if len(sides) > 1 or not _later(kept, earlier):
        return False
    (low, high), (before_low, before_high) = _bounds(kept.claim), _bounds(earlier.claim)
    if kept.claim.harm == "missing":
        return high < before_low
    if kept.claim.harm == "injured":
        return max(low, before_low) <= min(high, before_high) * _SLACK
    return before_high < low <= before_high * _GROWTH


def _later(kept: Kept, earlier: Kept) -> bool:
    """Say whether a report came out later than another, by the hour where both give one."""
    later, before = kept.report.published or "", earlier.report.published or ""
    shared = min(len(later), len(before))
    return later[:shared] > before[:shared]


def _of_two_sides(a: Kept, b: Kept) -> bool:
    """Say whether two figures count the losses of different sides."""
    return a.victims.side is not None and b.victims.side is not None and a.victims.side != b.victims.side


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
    if claim.kind == "zero":
        return f"nobody {harm}"
    if claim.low is None:
        return f"at most {claim.high:,} {harm}"
    if claim.high is None:
        return f"at least {claim.low:,} {harm}"
    return f"{claim.low:,} {harm}" if claim.low == claim.high else f"{claim.low:,} to {claim.high:,} {harm}"
