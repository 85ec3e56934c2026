"""The incidents and the totals over periods that the grouping asks for; the stories are in `index.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.gathering import stored
from sayso.gathering.row import incident_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.events import Incident, Kept
    from sayso.ledger.shelf import Shelf


class IncidentIndex:
    """Incidents on a shelf, remembered once they were looked up, and written together at the end."""

    def __init__(self, shelf: Shelf, *, empty: bool) -> None:
        self._shelf = shelf
        self._empty = empty
        self._forget()

    def _forget(self) -> None:
        self._incidents: dict[str, Incident | None] = {}
        self._told_in: dict[str, frozenset[str]] = {}
        self._of_story: dict[str, set[str]] = {}
        # Stories that were met: what is asked of one is asked of the others next.
        self._unplaced: set[str] = set()
        self._periods: dict[int, dict[str, Kept]] = {}
        self._period_keys: dict[str, set[int]] = {}
        self._made_of: dict[int, str | None] = {}
        self._forget_changes()

    def _forget_changes(self) -> None:
        self._kept: set[str] = set()
        self._lost: set[str] = set()
        self._period_of: dict[str, int] = {}
        self._put_totals: dict[tuple[int, str], Kept] = {}
        self._dropped_totals: set[tuple[int, str]] = set()

    def keep(self, incident: Incident, stories: Iterable[str]) -> None:
        """Keep an incident, with the stories that have claims in it, in the place of one of the same id."""
        self.lose(incident.id)
        self._kept.add(incident.id)
        self._incidents[incident.id] = incident
        self._told_in[incident.id] = frozenset(stories)
        for story in self._told_in[incident.id]:
            self._in(story).add(incident.id)

    def lose(self, incident: str) -> None:
        """Forget an incident; nothing happens where it is not known."""
        for story in self.stories_in(incident):
            self._in(story).discard(incident)
        self._told_in[incident] = frozenset()
        self._incidents[incident] = None
        self._kept.discard(incident)
        self._lost.add(incident)

    def stories_in(self, incident: str) -> tuple[str, ...]:
        """Return the stories that have claims in an incident, or had when it was kept; none where it is not known."""
        if incident not in self._told_in:
            self._told_in[incident] = frozenset(() if self._empty else self._shelf.stories_in(incident))
        return tuple(sorted(self._told_in[incident]))

    def known(self, incident: str) -> bool:
        """Say whether an incident is kept."""
        return self._incident(incident) is not None

    def incident(self, incident: str) -> Incident:
        """Return an incident by its id."""
        found = self._incident(incident)
        if found is None:
            raise KeyError(incident)
        return found

    def incidents_of(self, story: str) -> tuple[str, ...]:
        """Return the ids of the incidents in which claims of a story stand."""
        return tuple(sorted(self._in(story)))

    def _in(self, story: str) -> set[str]:
        if story not in self._of_story:
            wanted = sorted({story, *(one for one in self._unplaced if one not in self._of_story)})
            self._unplaced.clear()
            self._of_story.update({one: set() for one in wanted} if self._empty else self._shelf.incidents_of(wanted))
        return self._of_story[story]

    def _incident(self, incident: str) -> Incident | None:
        if incident not in self._incidents:
            found = {} if self._empty else self._shelf.incidents([incident])
            self._incidents[incident] = stored.incident_in(found[incident]) if incident in found else None
        return self._incidents[incident]

    # ── totals over a period ─────────────────────────────────────────────────────────────────────────────────────

    def put_period(self, key: str, claim: Kept) -> None:
        """Keep a claim that counts over a period."""
        number = stored.number_of(key)
        self._period(number)[claim.claim.id] = claim
        self._keys_of(claim.report.id).add(number)
        self._put_totals[number, claim.claim.id] = claim

    def drop_periods(self, report: str) -> tuple[str, ...]:
        """Forget a report's claims over periods, and return what stands for the keys under which they stood."""
        keys = sorted(self._keys_of(report))
        for key in keys:
            gone = [name for name, one in self._period(key).items() if one.report.id == report]
            for name in gone:
                del self._periods[key][name]
                self._put_totals.pop((key, name), None)
                self._dropped_totals.add((key, name))
        self._period_keys[report] = set()
        return tuple(map(str, keys))

    def period(self, key: str) -> tuple[Kept, ...]:
        """Return the claims of a period, by id."""
        claims = self._period(_number(key))
        return tuple(claims[name] for name in sorted(claims))

    def keep_period(self, key: str, incident: Incident) -> None:
        """Keep what is made of a period's claims."""
        self.lose(incident.id)
        self._kept.add(incident.id)
        self._incidents[incident.id] = incident
        self._period_of[incident.id] = _number(key)
        self._made_of[_number(key)] = incident.id

    def lose_period(self, key: str) -> tuple[str, ...]:
        """Forget what was made of a period's claims, and return its id."""
        number = _number(key)
        if number not in self._made_of:
            self._made_of[number] = None if self._empty else self._shelf.incident_of_period(number)
        made = self._made_of[number]
        if made is None:
            return ()
        self._made_of[number] = None
        self.lose(made)
        return (made,)

    def _period(self, key: int) -> dict[str, Kept]:
        if key not in self._periods:
            found = {} if self._empty else self._shelf.period(key)
            self._periods[key] = {claim: stored.kept_in(content) for claim, (_, content) in found.items() if content}
        return self._periods[key]

    def _keys_of(self, report: str) -> set[int]:
        if report not in self._period_keys:
            self._period_keys[report] = set() if self._empty else set(self._shelf.periods_of_report(report))
        return self._period_keys[report]

    def claims(self, story: str) -> tuple[Kept, ...]:
        """Return the claims of a story."""
        raise NotImplementedError

    def _claims_in(self, incident: str) -> Iterable[Kept]:
        """Return claims among which are all of an incident."""
        period = self._period_of.get(incident)
        if period is not None:
            return self._period(period).values()
        return (kept for story in sorted(self._told_in[incident]) for kept in self.claims(story))

    def _write_incidents(self) -> None:
        shelf = self._shelf
        shelf.drop_incidents(sorted(self._lost))
        shelf.put_incidents(
            incident_row(self.incident(name), self._told_in[name], self._period_of.get(name), self._claims_in(name))
            for name in sorted(self._kept)
        )
        shelf.drop_totals(sorted(self._dropped_totals))
        shelf.put_totals(
            {place: (kept.report.id, stored.kept_out(kept)) for place, kept in sorted(self._put_totals.items())}
        )


def _number(key: str) -> int:
    """Return the number of a period's key, which the grouping names in words or as `drop_periods` returned it."""
    return int(key) if key.lstrip("-").isdigit() else stored.number_of(key)
