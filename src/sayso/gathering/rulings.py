"""What people rule on which claims belong together: said of incidents, written down of claims, whose ids last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from sayso.entries import Decision
from sayso.gathering import stored
from sayso.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.events import Incident
    from sayso.ledger.shelf import Shelf

JOINING = ("merge", "split", "move")
"""Decisions on which claims belong together."""

_MOST = 1000
"""Claims that one decision may be about."""


def standing_rulings(shelf: Shelf, decisions: Sequence[Decision]) -> Iterator[Decision]:
    """Yield decisions with every claim under the id that it has now, after it was read again."""
    now = shelf.standing({claim for one in decisions for claim in (*one.on, *_others(one))})
    for one in decisions:
        sets = dict(one.set)
        for name in ("from", "to"):
            if name in sets:
                sets[name] = [now.get(claim, claim) for claim in _list(sets[name])]
        yield replace(one, on=tuple(dict.fromkeys(now.get(claim, claim) for claim in one.on)), set=sets)


@dataclass(frozen=True, slots=True)
class Ruled:
    """A decision on which claims belong together, as it bears on one incident.

    Attributes:
        decision: The decision, with every claim under the id that it has now.
        withdrawn: The decision that took it back; None where it is in force.
        elsewhere: Claims that it names and that stand in other incidents or none.
    """

    decision: Decision
    withdrawn: Decision | None
    elsewhere: tuple[str, ...]


def ruled_on(shelf: Shelf, incident: Incident) -> list[Ruled]:
    """Return the decisions that name claims of an incident, those taken back among them, in the order of their time."""
    own = set(incident.claims)
    taken = shelf.withdrawn(JOINING)
    back = {one.id: by for one, by in taken}
    every = [*shelf.decisions(JOINING), *(one for one, _ in taken)]
    found = []
    for one in standing_rulings(shelf, every):
        named = dict.fromkeys((*one.on, *_others(one)))
        if own & named.keys():
            found.append(Ruled(one, back.get(one.id), tuple(claim for claim in named if claim not in own)))
    return sorted(found, key=lambda one: (one.decision.at, one.decision.id))


def ruled_after(shelf: Shelf, entry: int) -> list[Ruled]:
    """Return the decisions on which claims belong together that were made or taken back after an entry."""
    found = shelf.decided_after(entry, JOINING)
    now = standing_rulings(shelf, [one for one, _ in found])
    return [Ruled(one, back, ()) for one, (_, back) in zip(now, found, strict=True)]


def named(decision: Decision) -> frozenset[str]:
    """Return all claims that a decision names."""
    return frozenset((*decision.on, *_others(decision)))


def stamp(incident: Incident, ruled: Iterable[Ruled]) -> str:
    """Return what stands for an incident as somebody saw it: another one once its claims or rulings are others."""
    seen = (*sorted(incident.claims), *(one.decision.id for one in ruled if one.withdrawn is None))
    return sha256("\n".join(seen).encode()).hexdigest()[:20]


def merge(shelf: Shelf, incidents: Sequence[str], by: str, why: str | None) -> Decision:
    """Return the decision that incidents are one event.

    Args:
        shelf: Where they are kept.
        incidents: Their ids, two at least.
        by: Who rules.
        why: The reason.

    Raises:
        UsageError: They are fewer than two, or one of them is a total over a period.
    """
    found = [_event(shelf, name) for name in dict.fromkeys(incidents)]
    if len(found) < len(("one", "another")):
        raise UsageError("These are one incident already.")
    return Decision("merge", tuple(_some([claim for one in found for claim in one.claims])), by, why)


def apart(shelf: Shelf, first: str, second: str, by: str, why: str | None) -> Decision:
    """Return the decision that two incidents are two events.

    One claim of each stands for it: the rest of either stays free to be put together otherwise.

    Raises:
        UsageError: They are one incident, or one of them is a total over a period.
    """
    if first == second:
        raise UsageError("These are one incident; to part it, say which claims belong elsewhere: sayso split.")
    one, other = _event(shelf, first), _event(shelf, second)
    return Decision("split", one.claims[:1], by, why, {"from": list(other.claims[:1])})


def split(shelf: Shelf, incident: str, claims: Sequence[str], by: str, why: str | None) -> Decision:
    """Return the decision that some claims of an incident are another event.

    Raises:
        UsageError: A claim is not of this incident, or none would stay in it.
    """
    one = _event(shelf, incident)
    strange = next((claim for claim in claims if claim not in one.claims), None)
    if strange is not None:
        raise UsageError(
            f"The claim {strange} does not stand in {incident}; sayso incident {incident} lists those that do."
        )
    rest = [claim for claim in one.claims if claim not in claims]
    if not rest:
        raise UsageError("These are all claims of the incident: nothing would be left to part them from.")
    return Decision("split", tuple(claims), by, why, {"from": _some(rest)})


def move(shelf: Shelf, claims: Sequence[str], to: str, origins: Iterable[str], by: str, why: str | None) -> Decision:
    """Return the decision that claims belong to another incident than the one they stand in.

    Args:
        shelf: Where they are kept.
        claims: Their ids.
        to: The id of the incident that they belong to.
        origins: The ids of the incidents that they stand in.
        by: Who rules.
        why: The reason.

    Raises:
        UsageError: They stand there already, or are totals over a period.
    """
    target = _event(shelf, to)
    if all(claim in target.claims for claim in claims):
        raise UsageError(f"These claims stand in {to} already.")
    left = [claim for name in origins if name != to for claim in _event(shelf, name).claims if claim not in claims]
    # The whole incident, so that what comes to it does not part it.
    sets: dict[str, object] = {"to": _some([claim for claim in target.claims if claim not in claims])}
    return Decision("move", tuple(claims), by, why, sets | ({"from": _some(left)} if left else {}))


def _event(shelf: Shelf, name: str) -> Incident:
    incident = stored.incident_in(shelf.incidents([name])[name])
    if incident.scope != "event":
        raise UsageError(f"{name} is a total over a period, which belongs to no single event and joins none.")
    return incident


def _some(claims: Sequence[str]) -> list[str]:
    return list(claims[:_MOST])


def _others(decision: Decision) -> Iterator[str]:
    yield from _list(decision.set.get("from"))
    yield from _list(decision.set.get("to"))


def _list(value: object) -> list[str]:
    """Return the claims that a field of a decision names: a list of them, or one by itself."""
    if isinstance(value, str):
        return [value]
    return [str(one) for one in value] if isinstance(value, (list, tuple)) else []
