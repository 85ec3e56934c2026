"""From a ledger to dossiers: its claims put together into incidents, with their tolls, as exports want them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.events import Dossier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sayso.events import Incident, Kept, Toll
    from sayso.incident.actors import Actors
    from sayso.ledger import Ledger
    from sayso.records import Harm

    Count = Callable[[Incident, Sequence[Kept]], tuple[Toll, ...]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which incidents are wanted; what is None or empty asks for nothing.

    Attributes:
        incidents: Ids, or beginnings of ids.
        since: Only what can have happened on this day or later, ISO.
        until: Only what can have happened on this day or earlier, ISO.
        countries: ISO 3166-1 alpha-2.
        harms: Only incidents of which somebody speaks of one of these harms.
        contested: Only incidents whose claims contradict one another.
    """

    incidents: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    countries: tuple[str, ...] = ()
    harms: tuple[Harm, ...] = ()
    contested: bool = False

    @property
    def everything(self) -> bool:
        """Whether nothing is asked for, so that claims in no incident are wanted as well."""
        return self == Chosen()

    def wants(self, incident: Incident) -> bool:
        """Say whether an incident is wanted."""
        first, last = incident.date_from or incident.date_to, incident.date_to or incident.date_from
        return (
            (not self.incidents or any(incident.id.startswith(one) for one in self.incidents))
            and (self.since is None or (last is not None and last >= self.since))
            and (self.until is None or (first is not None and first <= self.until))
            and (not self.countries or incident.country in self.countries)
            and (not self.harms or any(harm in incident.figures for harm in self.harms))
            and (not self.contested or incident.contested)
        )


def dossiers(
    ledger: Ledger,
    chosen: Chosen | None = None,
    *,
    count: Count | None = None,
    with_text: bool = False,
    as_of: str | None = None,
) -> Iterator[Dossier]:
    """Yield the incidents of a ledger by their first day, with their claims and tolls; then claims that stand in none.

    The claims are put together anew, in memory; what is yielded is made one at a time.

    Args:
        ledger: The ledger.
        chosen: Which incidents are wanted; all, and the claims that stand in none, when left out.
        count: The counting rule; no tolls are worked out when left out.
        with_text: Whether whole texts are wanted.
        as_of: Answer as the ledger stood at this time, ISO 8601 in UTC.
    """
    from sayso.incident.names import with_name

    chosen = chosen or Chosen()
    by_report = _with_actors(ledger.claims(as_of=as_of))
    claims = {one.claim.id: one for said in by_report.values() for one in said}
    left = dict(claims)
    for incident in _incidents(ledger, by_report, as_of):
        said = tuple(claims[one] for one in incident.claims)
        for one in said:
            left.pop(one.claim.id, None)
        if chosen.wants(incident):
            tolls = count(incident, said) if count else ()
            texts = _texts(ledger, said, as_of) if with_text else ()
            yield Dossier(with_name(incident, said), said, tolls, texts, _named(said, by_report))
    if chosen.everything:
        for report, said in by_report.items():
            alone = tuple(one for one in said if one.claim.id in left)
            if alone:
                texts = _texts(ledger, alone, as_of) if with_text else ()
                yield Dossier(None, alone, (), texts, _named(alone, {report: said}))


def _with_actors(claims: Iterable[Kept]) -> dict[str, tuple[Kept, ...]]:
    """Return claims by report, in the order in which they came in, each with its actors."""
    from sayso.incident.who import with_actors

    by_report: dict[str, list[Kept]] = {}
    for one in claims:
        by_report.setdefault(one.report.id, []).append(one)
    actors = _actors()
    return {report: with_actors(said, actors) for report, said in by_report.items()}


def _actors() -> Actors:
    from sayso.claim.countries import Countries
    from sayso.claim.gazetteer import Gazetteer
    from sayso.incident.actor_list import shipped
    from sayso.incident.actors import Actors

    return Actors(shipped(), Countries(Gazetteer()))


def _incidents(ledger: Ledger, by_report: dict[str, tuple[Kept, ...]], as_of: str | None) -> list[Incident]:
    """Return all incidents, by first day and id; those without a day come last."""
    from sayso.incident.group import Grouping
    from sayso.incident.told import Told

    grouping = Grouping(decisions=ledger.decisions(as_of=as_of))
    for said in by_report.values():
        grouping.add(Told(said[0].report, said))
    grouping.regroup()
    return sorted(grouping.incidents(), key=lambda one: (one.date_from or one.date_to or "9999", one.id))


def _named(said: Sequence[Kept], by_report: dict[str, tuple[Kept, ...]]) -> tuple[str, ...]:
    """Return the words for single people harmed in other claims of the same reports."""
    inside = {one.claim.id for one in said}
    reports = dict.fromkeys(one.report.id for one in said)
    others = (one.claim for report in reports for one in by_report.get(report, ()))
    return tuple(dict.fromkeys(one.text for one in others if one.kind == "individual" and one.id not in inside))


def _texts(ledger: Ledger, said: Sequence[Kept], as_of: str | None) -> tuple[tuple[str, str], ...]:
    found = []
    for report in dict.fromkeys(one.report.id for one in said):
        shown = ledger.show(report, as_of=as_of).report
        if shown is not None:
            found.append((report, shown.text))
    return tuple(found)
