"""What is asked of the incidents of a ledger: lists, one with all that it rests on, and what waits for a person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.events import Dossier
from sayso.gathering import stored
from sayso.gathering.rulings import JOINING, standing_rulings
from sayso.incident.rulings import rulings
from sayso.ledger.errors import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.events import Incident, Join, Kept
    from sayso.ledger import Ledger
    from sayso.ledger.shelf import Shelf
    from sayso.ledger.shelf_incidents import Wanted

_AT_ONCE = 200
_SHORTEST = 3
_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Listed:
    """An incident in a list, with the ids that its reports came with, in the order of `Incident.reports`."""

    incident: Incident
    own_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two incidents that may be one, which a person should decide.

    Attributes:
        join: The likeliest join between the two, with the reason.
        other: The other incident.
    """

    join: Join
    other: Incident


@dataclass(frozen=True, slots=True)
class Found:
    """An incident with all that it rests on, and what waits for a person."""

    dossier: Dossier
    proposals: tuple[Proposal, ...]

    @property
    def incident(self) -> Incident:
        """The incident itself."""
        assert self.dossier.incident is not None  # noqa: S101 - whoever makes a Found has found one
        return self.dossier.incident


def listed(ledger: Ledger, wanted: Wanted, limit: int | None = None) -> Iterator[Listed]:
    """Yield incidents in the order that is asked for.

    Args:
        ledger: The ledger, whose incidents are caught up with.
        wanted: Which ones.
        limit: How many at most; all when left out.
    """
    left = limit
    while left is None or left > 0:
        size = _AT_ONCE if left is None else min(left, _AT_ONCE)
        with ledger.shelf() as shelf:
            page = shelf.listed(wanted, size)
            found = [stored.incident_in(content) for _, content in page.contents]
            own = shelf.own_ids([report for one in found for report in one.reports])
        yield from (Listed(one, tuple(own.get(report, report) for report in one.reports)) for one in found)
        if page.last is None:
            return
        wanted = replace(wanted, after=page.last)
        left = None if left is None else left - size


def named(ledger: Ledger, incidents: Iterable[str]) -> dict[str, str]:
    """Return the names of incidents by their ids."""
    with ledger.shelf() as shelf:
        return {one: content["name"] for one, content in shelf.incidents(sorted(incidents)).items()}


def find(shelf: Shelf, prefix: str) -> str:
    """Return the id of the one incident whose id begins so, or in which the claim of this id stands.

    Raises:
        LedgerError: None begins so, or several do; the problem then lists them.
    """
    found = shelf.beginning(prefix, _CANDIDATES + 1) if len(prefix) >= _SHORTEST else []
    if prefix in found:
        return prefix
    if not found:
        of_claim = incident_of_claim(shelf, prefix) or _period_of_claim(shelf, prefix)
        found = [of_claim] if of_claim else []
    if len(found) == 1:
        return found[0]
    if not found:
        remedy = f'Give an id, or {_SHORTEST} signs of its beginning at least; "sayso incidents" lists ids.'
        raise refusal("no-such-incident", prefix[:100], "There is no incident of this id.", remedy)
    more = ", and more" if len(found) > _CANDIDATES else ""
    what = f"Several ids begin so: {', '.join(found[:_CANDIDATES])}{more}."
    raise refusal("ambiguous-id", prefix[:100], what, "Give more of the one you mean.")


def incident_of_claim(shelf: Shelf, claim: str) -> str | None:
    """Return the incident that a claim stands in, by any id that the claim ever had; None for a total over a period."""
    now = shelf.standing([claim]).get(claim, claim)
    story = shelf.story_of_claim(now)
    if story is None:
        return None
    names = sorted(shelf.incidents_of([story])[story])
    found = shelf.incidents(names)
    return next((name for name in names if name in found and now in found[name]["claims"]), None)


def _period_of_claim(shelf: Shelf, claim: str) -> str | None:
    """Return the total over a period that a claim stands in, by any id that the claim ever had."""
    now = shelf.standing([claim]).get(claim, claim)
    found = (shelf.incident_of_period(key) for key in shelf.periods_of_claim(now))
    return next((name for name in found if name is not None), None)


def claims_in(shelf: Shelf, incidents: Sequence[str], prefixes: Sequence[str]) -> list[str]:
    """Return the claims of some incidents whose ids begin so.

    Raises:
        LedgerError: One begins so in none of them, or several do.
    """
    own = [claim for content in shelf.incidents(incidents).values() for claim in content["claims"]]
    found: list[str] = []
    for prefix in prefixes:
        exact = shelf.standing([prefix]).get(prefix, prefix)
        fits = [exact] if exact in own else [claim for claim in own if claim.startswith(prefix)]
        if len(fits) == 1:
            found += fits
            continue
        if fits:
            what = (
                f"Several claims begin so: {', '.join(fits[:_CANDIDATES])}{', and more' * (len(fits) > _CANDIDATES)}."
            )
            raise refusal("ambiguous-id", prefix[:100], what, "Give more of the one you mean.")
        remedy = f'"sayso incident {incidents[0][:12]}" lists those that do.'
        raise refusal("no-such-claim", prefix[:100], "No claim of this id stands there.", remedy)
    return list(dict.fromkeys(found))


def whole_claims(shelf: Shelf, prefixes: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return claims by their ids or the beginnings of them, and the incidents in which they stand.

    Raises:
        LedgerError: A claim is not known, or several begin so.
    """
    claims: list[str] = []
    incidents: dict[str, None] = {}
    for prefix in prefixes:
        standing = shelf.standing([prefix])
        fits = [standing[prefix]] if prefix in standing else shelf.claims_beginning(prefix, _CANDIDATES + 1)
        if len(fits) > 1:
            what = f"Several claims begin so: {', '.join(fits[:_CANDIDATES])}."
            raise refusal("ambiguous-id", prefix[:100], what, "Give more of the one you mean.")
        name = incident_of_claim(shelf, fits[0]) if fits else None
        if name is None:
            what = "This claim stands in no incident." if fits else "There is no such claim."
            remedy = '"sayso incident" lists the claims of an incident; totals over a period belong to no single one.'
            raise refusal("no-such-claim", prefix[:100], what, remedy)
        claims += fits
        incidents[name] = None
    return list(dict.fromkeys(claims)), list(incidents)


def dossier(ledger: Ledger, prefix: str) -> Found:
    """Return an incident with all that it rests on.

    Args:
        ledger: The ledger, whose incidents are caught up with.
        prefix: The incident's id or its beginning, or the id of a claim in it.

    Raises:
        LedgerError: There is none, or there are several.
    """
    with ledger.shelf() as shelf:
        name = find(shelf, prefix)
        found = shelf.incidents([name])
        if name not in found:
            remedy = "Ask again with a ledger that can be written to, so that the incidents are put together anew."
            raise refusal("incident-emptied", name, "What it rests on was redacted.", remedy)
        incident = stored.incident_in(found[name])
        claims = _claims(shelf, incident)
        kept = tuple(claims[claim] for claim in incident.claims if claim in claims)
        return Found(Dossier(incident, kept), tuple(proposals(shelf, incident)))


def _claims(shelf: Shelf, incident: Incident) -> dict[str, Kept]:
    if incident.scope == "period":
        key = shelf.period_of(incident.id)
        contents = [content for _, content in shelf.period(key).values()] if key is not None else []
        claims = [stored.kept_in(content) for content in contents if content]
    else:
        rows = shelf.stories(shelf.stories_in(incident.id)).values()
        claims = [stored.kept_in(kept) for row in rows if row.content for kept in row.content["kept"]]
    return {kept.claim.id: kept for kept in claims}


def proposals(shelf: Shelf, incident: Incident) -> Iterator[Proposal]:
    """Yield what waits for a person, the likeliest first; what somebody has ruled on waits no longer."""
    own = set(incident.claims)
    best: dict[str, Join] = {}
    for join in sorted((one for one in incident.joins if one.proposed), key=lambda one: (-one.score, one.a, one.b)):
        name = incident_of_claim(shelf, join.b if join.a in own else join.a)
        if name is not None and name != incident.id:
            best.setdefault(name, join)
    if not best:
        return
    state = rulings(standing_rulings(shelf, shelf.decisions(JOINING)))

    def marks(claims: Iterable[str]) -> set[str]:
        return {state.mark[claim] for claim in claims if claim in state.mark}

    others = {name: stored.incident_in(content) for name, content in shelf.incidents(list(best)).items()}
    for name, join in best.items():
        other = others.get(name)
        if other is not None and not any(
            state.are_apart(a, b) for a in marks(incident.claims) for b in marks(other.claims)
        ):
            yield Proposal(join, other)
