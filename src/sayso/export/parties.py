"""Who is said to have done it and to whom, as code books want it: two sides, their kinds, the kind of violence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.export import wording
from sayso.export.totals import standing

if TYPE_CHECKING:
    from sayso.events import Actor, ActorKind, Dossier, Kept

CIVILIANS = "Civilians"

_STATE: frozenset[ActorKind] = frozenset({"government", "military", "police"})


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an incident; empty where nobody says who it was.

    Attributes:
        name: Its canonical name, else the words of the reports.
        kind: What sort of body it is, where that could be told.
        country: ISO 3166-1 alpha-2, where the list of actors knows it.
        side: The side it belongs to, as the list of actors names it.
    """

    name: str = ""
    kind: ActorKind | None = None
    country: str | None = None
    side: str | None = None

    @property
    def state(self) -> bool:
        """Whether it is a government or its forces."""
        return self.kind in _STATE


def speaker(kept: Kept) -> str:
    """Return who says so: the body's canonical name, else the report's words for the source, else nothing.

    Words such as "doctors" tell a kind of source and no more, so they stay as each report has them.
    """
    if kept.source and kept.source.body:
        return wording.shown(kept.source.name)
    return wording.shown(kept.claim.source or "")


def sides(dossier: Dossier) -> tuple[Party, Party]:
    """Return the party that most claims say did it, and those who came to harm.

    The second is civilians where all claims that tell speak of civilians, else the side that the claims name; it is
    empty where they do not tell.
    """
    return _doer(dossier), _harmed(dossier)


def rivals(dossier: Dossier) -> tuple[str, ...]:
    """Return everybody who is said to have done it, by the number of claims that say so, and then by name."""
    told = dossier.incident.perpetrators if dossier.incident else ()
    return tuple(name for name, claims in sorted(told, key=lambda one: (-len(one[1]), one[0])))


def type_of_violence(doer: Party, harmed: Party) -> int | None:
    """Return UCDP's type: 1 with a state on a side, 2 between organised groups, 3 against civilians; None unknown."""
    if not doer.name or not doer.kind or not (doer.state or doer.kind == "armed_group"):
        return None
    if harmed.name == CIVILIANS:
        return 3
    if doer.state or harmed.state:
        return 1 if harmed.name else None
    return 2 if harmed.kind == "armed_group" else None


def _doer(dossier: Dossier) -> Party:
    known: dict[str, Actor] = {}
    named: Counter[str] = Counter()
    for kept in standing(dossier):
        actor = kept.perpetrator
        words = actor.name if actor and actor.body else kept.claim.perpetrator
        if words:
            named[words] += 1
            if actor:
                known[words] = actor
    # The incident has weighed them; the claims alone decide only where it names nobody.
    order = rivals(dossier) or tuple(name for name, _ in sorted(named.items(), key=lambda one: (-one[1], one[0])))
    if not order:
        return Party()
    actor = known.get(order[0])
    return Party(order[0], actor.kind, actor.country, actor.side) if actor else Party(order[0])


def _harmed(dossier: Dossier) -> Party:
    claims = standing(dossier)
    statuses = {kept.claim.status for kept in claims} - {"unknown"}
    told = Counter(kept.victims.side for kept in claims if kept.victims.side)
    if statuses == {"civilian"}:
        return Party(CIVILIANS, side=max(sorted(told), key=lambda side: told[side]) if told else None)
    if not told:
        return Party()
    side = max(sorted(told), key=lambda side: told[side])
    # A side's own body among the sources tells what sort of side it is.
    own = next((kept.source for kept in claims if kept.source and kept.source.side == side), None)
    return Party(side, own.kind if own else None, own.country if own else None, side)
