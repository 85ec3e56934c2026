"""The words behind an incident: its claims by who says so, how they stand to each other, and why they are together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel

from sayso.export import ladder, wording
from sayso.export.html_incident import RELATIONS, RULED
from sayso.export.markup import anchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.events import Dossier, Incident, Join, Kept

MOST = 300
"""Claims that one page shows; the files that go out have all of them."""

_MOST_RELATIONS = 40
_MOST_JOINS = 30


class Print(BaseModel):
    """Another print of the text that a claim stands in: its claim, and where one reads it."""

    claim: str
    told: str
    href: str


class Said(BaseModel):
    """A claim in its words.

    Attributes:
        id: The claim's id.
        anchor: Where it stands on the page.
        href: Where it is marked in its report.
        figure: How many, in words.
        harm: What harm, in words.
        whom: The people counted.
        before: Words of the sentence before the counting words.
        words: The counting words.
        after: Words of the sentence behind them.
        report: What the report is called: its outlet and day.
        title: The report's headline, or None.
        via: Who passed it on.
        when: When it happened, in words; empty where the words do not say.
        total: Whether it is a running total.
        ruled: What people ruled on it and who, in words; None where nobody did.
        rejected: Whether somebody ruled that the report does not say this.
        prints: Other prints of the same text with the same claim.
    """

    id: str
    anchor: str
    href: str
    figure: str
    harm: str
    whom: str
    before: str
    words: str
    after: str
    report: str
    title: str | None
    via: list[str]
    when: str
    total: bool
    ruled: str | None
    rejected: bool
    prints: list[Print]


class Source(BaseModel):
    """What one source says.

    Attributes:
        name: The source's name, or its report's outlet.
        actor: The id of the body it is taken for, or None.
        kind: What sort of source it is, in words; empty where that is not known.
        side: The side that it speaks for, or None.
        said: Its claims.
    """

    name: str
    actor: str | None
    kind: str
    side: str | None
    said: list[Said]


class Stands(BaseModel):
    """How one claim stands to another.

    Attributes:
        kind: The relation.
        told: The relation in words.
        claim: The claim's id.
        claim_told: The claim in words.
        claim_anchor: Where it stands on the page.
        other: The other's id.
        other_told: The other in words.
        other_anchor: Where it stands on the page.
        reason: Why.
    """

    kind: str
    told: str
    claim: str
    claim_told: str
    claim_anchor: str
    other: str
    other_told: str
    other_anchor: str
    reason: str


class Joined(BaseModel):
    """Why two reports are held to speak of one event.

    Attributes:
        one: A report.
        other: Another.
        score: How likely they do, between 0 and 1, where the program joined them; None where a person did.
        by: The person who did.
        reason: Why.
    """

    one: str
    other: str
    score: float | None
    by: str | None
    reason: str


def sources(dossier: Dossier) -> list[Source]:
    """Return the claims of an incident by who says so; prints of one text with the same claim are one."""
    by_name: dict[str, list[Kept]] = {}
    for kept in dossier.claims:
        by_name.setdefault(ladder.speaker(kept), []).append(kept)
    found = []
    left = MOST
    for name, said in by_name.items():
        folded = _folded(said)[:left]
        left -= len(folded)
        if folded:
            found.append(_source(name, said[0], folded))
    return found


def relations(incident: Incident, claims: Iterable[Kept]) -> list[Stands]:
    """Return how claims stand to one another, what contradicts first; one of those that have the same reason."""
    by_id = {kept.claim.id: kept for kept in claims}
    order = ("contradicts", "supersedes", "part_of", "includes", "repeats")
    once = {(one.kind, one.reason): one for one in reversed(incident.relations)}
    ranked = sorted(once.values(), key=lambda one: (order.index(one.kind), one.claim, one.other))
    return [
        Stands(
            kind=one.kind,
            told=RELATIONS[one.kind],
            claim=one.claim,
            claim_told=_short(by_id.get(one.claim), one.claim),
            claim_anchor=anchor("claim", one.claim),
            other=one.other,
            other_told=_short(by_id.get(one.other), one.other),
            other_anchor=anchor("claim", one.other),
            reason=wording.shown(one.reason),
        )
        for one in ranked[:_MOST_RELATIONS]
    ]


def joins(incident: Incident, claims: Iterable[Kept]) -> list[Joined]:
    """Return why the reports are held to speak of one event: what people ruled first, then the likeliest."""
    by_id = {kept.claim.id: kept for kept in claims}

    def across(join: Join) -> bool:
        one, other = by_id.get(join.a), by_id.get(join.b)
        return bool(join.by) or one is None or other is None or one.report.id != other.report.id

    found = [one for one in incident.joins if not one.proposed and across(one)]
    return [
        Joined(
            one=_report(by_id[join.a]) if join.a in by_id else join.a,
            other=_report(by_id[join.b]) if join.b in by_id else join.b,
            score=None if join.by else round(join.score, 2),
            by=join.by,
            reason=wording.shown(join.reason),
        )
        for join in sorted(found, key=lambda one: (one.by is None, -one.score, one.a, one.b))[:_MOST_JOINS]
    ]


def where_read(kept: Kept) -> str:
    """Return the address at which a claim is marked in its report."""
    return f"/report/{kept.report.id}#{anchor('claim', kept.claim.id)}"


def _source(name: str, first: Kept, folded: Sequence[list[Kept]]) -> Source:
    actor = first.source
    return Source(
        name=name,
        actor=actor.id if actor and actor.body else None,
        kind=actor.kind.replace("_", " ") if actor else "",
        side=actor.side if actor else None,
        said=[_said(*alike) for alike in folded],
    )


def _folded(said: Iterable[Kept]) -> list[list[Kept]]:
    """Put claims together that stand in prints of one text and say the same."""
    alike: dict[tuple[object, ...], list[Kept]] = {}
    for kept in said:
        claim = kept.claim
        key = (kept.report.voice or kept.report.id, claim.harm, claim.low, claim.high, claim.stance, claim.text)
        there = alike.get(key)
        # Twice in one report is no other print.
        if there is not None and all(one.report.id != kept.report.id for one in there):
            there.append(kept)
        else:
            alike[key if there is None else (*key, claim.id)] = [kept]
    return list(alike.values())


def _said(kept: Kept, *prints: Kept) -> Said:
    claim = kept.claim
    before, words, after = _around(kept)
    when = wording.when(claim.date_from, claim.date_to)
    ruled = kept.ruling
    return Said(
        id=claim.id,
        anchor=anchor("claim", claim.id),
        href=where_read(kept),
        figure=wording.stated(claim) if claim.kind != "individual" else "one person",
        harm=wording.harm(claim.harm),
        whom=wording.whom(claim),
        before=before,
        words=words,
        after=after,
        report=_report(kept),
        title=wording.shown(kept.report.title) if kept.report.title else None,
        via=[wording.shown(one) for one in claim.via],
        when="" if when == wording.NOT_SAID else when,
        total=claim.scope == "cumulative",
        ruled=f"{RULED[ruled.verdict]} ({wording.shown(ruled.by)})" if ruled else None,
        rejected=ruled is not None and ruled.verdict == "rejected",
        prints=[Print(claim=one.claim.id, told=_report(one), href=where_read(one)) for one in prints],
    )


def _around(kept: Kept) -> tuple[str, str, str]:
    """Return a claim's sentence around its counting words; where names were left out, these are looked for."""
    claim, sentence = kept.claim, kept.sentence
    at = claim.start - claim.sentence.start
    if not sentence.startswith(claim.text, max(at, 0)):
        at = sentence.find(claim.text)
    if at < 0:
        return "", wording.shown(claim.text), wording.shown(sentence)
    before, after = sentence[:at], sentence[at + len(claim.text) :]
    return "".join(_edged(before)), wording.shown(claim.text), "".join(_edged(after))


def _edged(words: str) -> Iterator[str]:
    """Yield words as they may be shown, with a space at either end where one stood."""
    yield " " if words[:1].isspace() else ""
    yield wording.shown(words)
    yield " " if words[-1:].isspace() and words.strip() else ""


def _report(kept: Kept) -> str:
    outlet = wording.shown(kept.report.outlet or kept.report.title or "A report without a name")
    return f"{outlet}, {wording.published(kept.report.published)}"


def _short(kept: Kept | None, claim: str) -> str:
    if kept is None:
        return claim
    return f"{ladder.speaker(kept)}: {wording.stated(kept.claim)} {wording.harm(kept.claim.harm)}"
