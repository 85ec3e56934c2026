"""The hall, upstairs: incidents under counting rules, one by one and added up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.export.tolls_view import Lead, Story
from sayso.gathering.asking import dossier, listed
from sayso.reconcile import tolls
from sayso.reconcile.explain import explain
from sayso.reconcile.sums import overlaps, sums

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sayso.events import Dossier, Incident, Toll
    from sayso.ledger import Ledger
    from sayso.ledger.shelf_incidents import Wanted
    from sayso.reconcile.rank import Ranks
    from sayso.reconcile.sums import Overlap, Sum


@dataclass(frozen=True, slots=True)
class Total:
    """The tolls of many incidents, and what they come to.

    Attributes:
        incidents: The incidents that were asked for.
        sums: The sums, rule by rule.
        overlaps: Pairs of incidents that may count the same people.
    """

    incidents: tuple[Incident, ...]
    sums: tuple[Sum, ...]
    overlaps: tuple[Overlap, ...]


def counted(found: Dossier, policies: Iterable[str], ranks: Ranks | None = None) -> Dossier:
    """Return an incident with its tolls under each of some rules, rule by rule.

    Args:
        found: The incident with its claims.
        policies: Names of rules.
        ranks: What is thought of sources; what comes with the program when left out.

    Raises:
        UsageError: There is no rule of a name.
    """
    incident = found.incident
    made = (
        toll
        for policy in policies
        for toll in tolls(
            found.claims,
            policy,
            incident.relations if incident else (),
            incident=incident.id if incident else "",
            scope=incident.scope if incident else "event",
            ranks=ranks,
        )
    )
    return replace(found, tolls=tuple(made))


def stories(told: Dossier) -> Mapping[Toll, Story]:
    """Explain every toll of an incident with the words of its claims."""
    made = {}
    for toll in told.tolls:
        found = explain(toll, told.claims)
        decided = tuple(Lead(one.words) for one in found.decided)
        aside = tuple(Lead(one.words, one.reason) for one in found.aside)
        made[toll] = Story(found.reason, decided, aside, found.left_open)
    return made


def total(every: Iterable[Dossier], policies: Sequence[str], ranks: Ranks | None = None) -> Total:
    """Add up incidents under each of some rules; running totals are told apart and never added.

    Args:
        every: The incidents with their claims.
        policies: Names of rules.
        ranks: What is thought of sources; what comes with the program when left out.
    """
    incidents: list[Incident] = []
    found: list[Toll] = []
    for one in every:
        if one.incident is not None:
            incidents.append(one.incident)
            found += counted(one, policies, ranks).tolls
    added = (one for policy in policies for one in sums(incidents, (toll for toll in found if toll.policy == policy)))
    return Total(tuple(incidents), tuple(added), overlaps(incidents))


def dossiers(ledger: Ledger, wanted: Wanted) -> Iterator[Dossier]:
    """Yield incidents of a ledger with their claims, and with those joins alone that still wait for a person.

    Args:
        ledger: The ledger, whose incidents are caught up with.
        wanted: Which ones.
    """
    for one in listed(ledger, wanted):
        found = dossier(ledger, one.incident.id)
        joins = tuple(proposal.join for proposal in found.proposals)
        yield replace(found.dossier, incident=replace(found.incident, joins=joins))
