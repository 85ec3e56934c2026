"""The page of one incident: who said how many, in which words, what rules make of it, and why it is one event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

from fastapi import Path, Query
from pydantic import BaseModel, Field

from sayso.desk import incident_tolls, incident_words
from sayso.desk.blind import check_incident, closed_incidents, open_ones
from sayso.desk.incident_tolls import Counts  # noqa: TC001 - pydantic reads the annotations
from sayso.desk.incident_words import Joined, Source, Stands  # noqa: TC001 - likewise
from sayso.desk.incidents import Figure, Missing, figures, missing
from sayso.desk.masking import mask_incident
from sayso.desk.routes import Pages
from sayso.desk.visit import Seen, Visit  # noqa: TC001 - likewise
from sayso.export import ladder, ladder_svg, map_svg, wording
from sayso.export.countries import country
from sayso.export.formats import FORMATS
from sayso.export.html_incident import PRECISION
from sayso.export.spots import spots
from sayso.gathering.asking import dossier, incident_of_claim, listed
from sayso.gathering.rulings import ruled_on, stamp
from sayso.gathering.wanting import wanted

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from sayso.events import Dossier, Incident
    from sayso.export.withheld import Mask
    from sayso.gathering.asking import Found
    from sayso.gathering.rulings import Ruled

pages = Pages()

Name = Annotated[
    str, Path(max_length=100, description="An incident's id or its beginning, or the id of a claim in it.")
]
Why = Annotated[str, Field(max_length=10_000)]
Claim = Annotated[str, Field(max_length=100)]

MOST_CLAIMS = 1000
"""Claims that one ruling may be about."""

_DAYS = {
    1: "to the day",
    2: "within two to six days",
    3: "within a week",
    4: "within a month",
    5: "within a year or more",
}
_WIDE, _NARROW = 720, 340
_NEAR_DAYS = timedelta(days=7)
_NEAR_DEGREES = 1.0
_MOST_NEAR = 15


class Fact(BaseModel):
    """Something that is known of the incident, and what it is called."""

    label: str
    words: str


class Rung(BaseModel):
    """One figure that one source gave on one day, in words, with the claims that say so."""

    source: str
    day: str
    figure: str
    whom: str
    claims: list[str]


class Ladder(BaseModel):
    """Who said how many came to one harm.

    Attributes:
        harm: The harm in words.
        rungs: Figure by figure, source by source.
        wide: The same as a picture.
        narrow: The same as a picture for a phone.
    """

    harm: str
    rungs: list[Rung]
    wide: str = Field(exclude=True)
    narrow: str = Field(exclude=True)


class Other(BaseModel):
    """Another incident: its id and name, with what tells it apart."""

    id: str
    name: str
    about: str


class Waiting(BaseModel):
    """Two incidents that may be one, which a person should decide.

    Attributes:
        other: The other incident.
        score: How likely they are one, between 0 and 1.
        reason: What speaks for it and what against.
    """

    other: Other
    score: float
    reason: str


class Decided(BaseModel):
    """A decision on which claims belong together.

    Attributes:
        id: Its id.
        what: What was ruled, in words.
        by: Who ruled.
        at: When, ISO 8601 in UTC.
        why: The reason given, or None.
        others: Incidents in which other claims stand that it names.
        withdrawn_by: Who took it back; None where it is in force.
        withdrawn_at: When.
    """

    id: str
    what: str
    by: str
    at: str
    why: str | None
    others: list[Other]
    withdrawn_by: str | None
    withdrawn_at: str | None


class Draft(BaseModel):
    """What somebody had filled in when another person's ruling came before theirs.

    Attributes:
        why: Their reason.
        claims: The claims that they had chosen.
        other: The other incident that they had named.
    """

    why: Why = ""
    claims: Annotated[list[Claim], Field(max_length=MOST_CLAIMS)] = []
    other: Annotated[str, Field(max_length=300)] = ""


class IncidentPage(BaseModel):
    """An incident with all that it rests on.

    Attributes:
        id: Its id.
        name: Its name.
        period: Whether it is a total over a period and no single event.
        behind: What the incidents do not take in yet; None where they take in everything.
        contested: Whether claims contradict one another.
        facts: What is known of it, in words.
        figures: What was said, harm by harm.
        ladders: Who said how many, harm by harm.
        tolls: What counting rules make of it.
        sources: The words, by who says so.
        claims: How many claims it has.
        relations: How the claims stand to one another.
        joins: Why the reports are held to speak of one event.
        waiting: Proposals that wait for a person.
        history: What people ruled on which claims belong to it.
        near: Incidents near it in place and time.
        where: Its place on the map, in words; empty where it has none.
        map_wide: The same as a picture.
        map_narrow: The same as a picture for a phone.
        may_rule: Whether the person who looks may rule on incidents.
        seen: The last entry of the ledger as it is shown, a dot, and what stands for the incident; a ruling says on
            what it was made.
        draft: What the person had filled in before somebody else ruled.
        fault: Why what they filled in was not taken; empty where it was not sent.
        names: Whether names of people harmed are shown.
        formats: The formats in which it can be had, a name and a label each.
    """

    id: str
    name: str
    period: bool
    behind: Missing | None
    contested: bool
    facts: list[Fact]
    figures: list[Figure]
    ladders: list[Ladder]
    tolls: list[Counts]
    sources: list[Source]
    claims: int
    relations: list[Stands]
    joins: list[Joined]
    waiting: list[Waiting]
    history: list[Decided]
    near: list[Other]
    where: str
    map_wide: str = Field(exclude=True)
    map_narrow: str = Field(exclude=True)
    may_rule: bool
    seen: str
    draft: Draft
    fault: str = ""
    names: bool
    formats: list[tuple[str, str]]


@pages.page("/incident/{incident}", "incident.html")
def one_incident(visit: Seen, incident: Name, draft: Annotated[Draft, Query()]) -> IncidentPage:
    """Return an incident: who said how many in which words, what rules make of it, and why it is one event."""
    behind = visit.desk.catching_up.look(visit.ledger)
    check_incident(visit, incident)
    with visit.ledger.shelf() as shelf:
        entries = shelf.entries()  # asked first: what is ruled while the page is made was not seen
    found = dossier(visit.ledger, incident)
    one = found.incident
    with visit.ledger.shelf() as shelf:
        ruled = ruled_on(shelf, one)
    closed = closed_incidents(visit)
    # Names are counted before they are masked.
    counted = incident_tolls.under_all(found.dossier)
    mask = mask_incident(visit, counted)
    told, shown = mask.masked(counted), mask.masked(one)
    placed = spots([replace(told, tolls=())])
    return IncidentPage(
        id=one.id,
        name=wording.shown(shown.name) or f"Incident {one.id}",
        period=one.scope == "period",
        behind=missing(behind),
        contested=one.contested,
        facts=_facts(shown, told),
        figures=figures(one),
        ladders=_ladders(told),
        tolls=incident_tolls.tables(told),
        sources=incident_words.sources(told),
        claims=len(one.claims),
        relations=incident_words.relations(shown, told.claims),
        joins=incident_words.joins(shown, told.claims),
        waiting=_waiting(found, closed, mask),
        history=_history(visit, ruled, closed, mask),
        near=_near(visit, one),
        where=" ".join(map_svg.sentences(placed)) if placed else "",
        map_wide=map_svg.write(placed, _WIDE, styled=False) if placed else "",
        map_narrow=map_svg.write(placed, _NARROW, styled=False) if placed else "",
        may_rule=visit.person.may("editor") and one.scope == "event" and not visit.ledger.read_only,
        seen=f"{entries}.{stamp(one, ruled)}",
        draft=draft,
        names=visit.session.names,
        formats=[(made.name, made.about) for made in FORMATS],
    )


def other(one: Incident) -> Other:
    """Return an incident as others name it."""
    said = ", ".join(f"{figure.label} {figure.said}" for figure in figures(one))
    when = wording.when(one.date_from, one.date_to)
    about = " · ".join(part for part in ("" if when == wording.NOT_SAID else when, said) if part)
    return Other(id=one.id, name=wording.shown(one.name) or f"Incident {one.id}", about=about)


def _facts(one: Incident, told: Dossier) -> list[Fact]:
    places = (one.place, one.region, country(one.country).name or one.country)
    where = ", ".join(dict.fromkeys(wording.shown(part) for part in places if part))
    voices = len({kept.report.voice or kept.report.id for kept in told.claims})
    reports = len({kept.report.id for kept in told.claims})
    by_id = {kept.claim.id: kept for kept in told.claims}
    parties = []
    for name, claims in one.perpetrators:
        by = list(dict.fromkeys(ladder.speaker(by_id[claim]) for claim in claims if claim in by_id))
        parties.append(f"{wording.shown(name)}, by the word of {' and '.join(by)}" if by else wording.shown(name))
    days = _DAYS.get(one.date_prec or 0)
    near = PRECISION.get(one.place_prec or 0)
    when = wording.when(one.date_from, one.date_to)
    said = when != wording.NOT_SAID
    rows = {
        "When": f"{when} ({days})" if said and days else when if said else "not said",
        "Where": f"{where} ({near})" if where and near else where or "not said",
        "Kind of event": one.type or "not said",
        "By what": wording.shown(one.means or "") or "not said",
        "Said to be done by": "; ".join(parties) or "nobody is named",
        "Rests on": f"{_count(len(told.claims), 'claim')} in {_count(reports, 'report')}, of which"
        f" {'1 is a text' if voices == 1 else f'{voices} are texts'} of their own",
    }
    return [Fact(label=label, words=words) for label, words in rows.items()]


def _ladders(told: Dossier) -> list[Ladder]:
    bare = replace(told, tolls=())
    drawn = zip(
        ladder.ladders(bare),
        ladder_svg.write(bare, _WIDE, styled=False),
        ladder_svg.write(bare, _NARROW, styled=False),
        strict=True,
    )
    return [
        Ladder(
            harm=wording.harm(one.harm),
            rungs=[
                Rung(
                    source=lane.source,
                    day=wording.published(rung.day or None),
                    figure=rung.words,
                    whom=rung.whom,
                    claims=list(rung.claims),
                )
                for lane in one.lanes
                for rung in lane.rungs
            ],
            wide=wide,
            narrow=narrow,
        )
        for one, wide, narrow in drawn
    ]


def _waiting(found: Found, closed: Container[str], mask: Mask) -> list[Waiting]:
    return [
        Waiting(
            other=other(one.other), score=round(one.join.score, 2), reason=wording.shown(mask.words(one.join.reason))
        )
        for one in found.proposals
        if one.other.id not in closed
    ]


def _history(visit: Visit, ruled: Sequence[Ruled], closed: Container[str], mask: Mask) -> list[Decided]:
    """Return what people ruled, the newest first; of others not what bears on an incident that is closed."""
    found = []
    with visit.ledger.shelf() as shelf:
        for one in reversed(ruled):
            names = dict.fromkeys(incident_of_claim(shelf, claim) for claim in one.elsewhere[:_MOST_NEAR])
            if any(name in closed for name in names) and one.decision.by != visit.person.name:
                continue
            there = shelf.incidents([name for name in names if name is not None and name not in closed])
            others = [
                Other(id=name, name=wording.shown(held["name"]) or name, about="") for name, held in there.items()
            ]
            decision, back = one.decision, one.withdrawn
            found.append(
                Decided(
                    id=decision.id,
                    what=told(one),
                    by=wording.shown(decision.by),
                    at=decision.at,
                    why=wording.shown(mask.words(decision.why)) if decision.why else None,
                    others=others,
                    withdrawn_by=wording.shown(back.by) if back else None,
                    withdrawn_at=back.at if back else None,
                )
            )
    return found


def told(one: Ruled) -> str:
    """Return in words what was ruled on which claims belong together."""
    number = _count(len(one.decision.on), "claim")
    return {
        "merge": f"{number} speak of one event",
        "split": f"{number} speak of another event than the rest",
        "move": f"{number} belong to another incident than the one they stood in",
    }[one.decision.kind]


def _near(visit: Visit, one: Incident) -> list[Other]:
    """Return incidents near one in place and time, which it may be taken together with."""
    if one.scope != "event" or (one.lat is None and not one.place and one.date_from is None):
        return []
    box = None
    if one.lat is not None and one.lon is not None:
        west, east = max(one.lon - _NEAR_DEGREES, -180), min(one.lon + _NEAR_DEGREES, 180)
        box = f"{west},{max(one.lat - _NEAR_DEGREES, -90)},{east},{min(one.lat + _NEAR_DEGREES, 90)}"
    asked = wanted(
        place=None if box else one.place,
        box=box,
        since=_shifted(one.date_from, -_NEAR_DAYS),
        until=_shifted(one.date_to, _NEAR_DAYS),
    )
    found = (near.incident for near in listed(visit.ledger, open_ones(visit, asked), _MOST_NEAR + 1))
    return [other(near) for near in found if near.id != one.id][:_MOST_NEAR]


def _shifted(day: str | None, by: timedelta) -> str | None:
    try:
        return (date.fromisoformat(day or "") + by).isoformat()
    except (ValueError, OverflowError):
        return None


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"
