"""The hall, upstairs: incidents under counting rules, one by one and added up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.export.tolls_view import Lead, Story
from sayso.gathering.asking import proposals
from sayso.gathering.dossiers import dossiers as gathered
from sayso.reconcile import tolls
from sayso.reconcile.explain import explain
from sayso.reconcile.overlaps import Overlaps
from sayso.reconcile.sums import Sums

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sayso.events import Dossier, Toll
    from sayso.ledger import Ledger
    from sayso.ledger.shelf_incidents import Wanted
    from sayso.reconcile.rank import Ranks
    from sayso.reconcile.sums import Sum


@dataclass(frozen=True, slots=True)
class Total:
    """What the tolls of many incidents come to.

    Attributes:
        events: How many single incidents there are.
        periods: How many running totals.
        policies: The rules.
        adding: What was added under them.
        overlaps: Finds the pairs of incidents that may count the same people; they may be many.
    """

    events: int
    periods: int
    policies: tuple[str, ...]
    adding: Sums
    overlaps: Overlaps

    def sums(self) -> Iterator[Sum]:
        """Yield the sums, rule by rule."""
        for policy in self.policies:
            yield from self.adding.found(policy)


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
    rules = tuple(policies)
    made = (
        toll
        for policy in rules
        for toll in tolls(
            found.claims,
            policy,
            incident.relations if incident else (),
            incident=incident.id if incident else "",
            scope=incident.scope if incident else "event",
            ranks=ranks,
        )
    )
    return replace(found, tolls=tuple(made), rules=rules)


def stories(told: Dossier) -> Mapping[Toll, Story]:
    """Explain every toll of an incident with the words of its claims."""
    made = {}
    for toll in told.tolls:
        found = explain(toll, told.claims)
        decided = tuple(Lead(one.words) for one in found.decided)
        aside = tuple(Lead(one.words, one.reason) for one in found.aside)
        made[toll] = Story(found.reason, decided, aside, found.left_open)
    return made


def total(
    every: Iterable[Dossier],
    policies: Sequence[str],
    ranks: Ranks | None = None,
    each: Callable[[Dossier], object] | None = None,
) -> Total:
    """Add up incidents under each of some rules, one after another; running totals are told apart and never added.

    Args:
        every: The incidents with their claims.
        policies: Names of rules.
        ranks: What is thought of sources; what comes with the program when left out.
        each: What is given each incident with its tolls before the next one is looked at.
    """
    adding, overlaps, number = Sums(), Overlaps(), Counter[str]()
    for one in every:
        if one.incident is not None:
            found = counted(one, policies, ranks)
            number[one.incident.scope] += 1
            overlaps.add(one.incident)
            adding.add(one.incident.scope, found.tolls)
            if each is not None:
                each(found)
    return Total(number["event"], number["period"], tuple(policies), adding, overlaps)


def dossiers(ledger: Ledger, wanted: Wanted) -> Iterator[Dossier]:
    """Yield incidents of a ledger with their claims, and with those joins alone that still wait for a person.

    Args:
        ledger: The ledger, whose incidents are caught up with.
        wanted: Which ones.
    """
    for found in gathered(ledger, wanted):
        incident = found.incident
        if incident is None or not incident.joins:
            yield found
            continue
        with ledger.shelf() as shelf:
            joins = tuple(proposal.join for proposal in proposals(shelf, incident))
        yield replace(found, incident=replace(incident, joins=joins))
