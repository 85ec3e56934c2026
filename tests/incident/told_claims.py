"""The claims that the program reads in the invented set, with their actors, by the incident that they are about."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from sayso.claim.countries import Countries
from sayso.claim.gazetteer import Gazetteer
from sayso.events import Heading, Kept
from sayso.incident.actor_list import shipped
from sayso.incident.actors import Actors
from sayso.incident.who import with_actors
from sayso.pipeline import read_report
from tests.incident.told_set import ToldReport, told


@cache
def actors() -> Actors:
    """Return the shipped actors."""
    return Actors(shipped(), Countries(Gazetteer()))


@cache
def kept_of(one: ToldReport) -> tuple[Kept, ...]:
    """Return the claims of one report, as a ledger would keep them."""
    report = one.report
    heading = Heading(
        report.id, report.title, report.url, report.outlet, report.published, voice=one.copy_of or report.id
    )
    reading = read_report(report)
    claims = [Kept(claim, heading, None, claim.sentence.of(report.text)) for claim in reading.claims]
    return with_actors(claims, actors())


@cache
def kept_by_incident() -> dict[str, tuple[Kept, ...]]:
    """Return the claims that are about each incident, by the marks of the set."""
    found: dict[str, list[Kept]] = defaultdict(list)
    for one in told().reports:
        for kept in kept_of(one):
            incident = one.incident_of(kept.claim.span)
            if incident is not None:
                found[incident].append(kept)
    return {key: tuple(claims) for key, claims in found.items()}
