"""What the grouping keeps, in memory: for as long as a program runs; a ledger keeps it for longer."""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeVar

from sayso.incident.block import order, reach
from sayso.incident.packing import squeezed, unsqueezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sayso.events import Incident, Kept
    from sayso.incident.told import Story

_MOST_UNPACKED = 5_000
"""Stories that stand unpacked, the last that were asked for; each takes some 20 kilobytes, and packed a fifth of that.
What comes in is compared with the stories of some six weeks, which in a war that is much in the news are 3,000."""

_Order = tuple[int, str]
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A story as it is held: where it stands under its keys, and what it holds, packed."""

    order: _Order
    report: str
    claims: tuple[str, ...]
    keys: array[int]
    story: bytes
    kept: bytes


class _Unpacked(Generic[_Thing]):
    """What stands unpacked, the last that was asked for; in two of them, since most stories are asked for alone."""

    def __init__(self) -> None:
        self._held: dict[str, _Thing] = {}

    def put(self, name: str, thing: _Thing) -> None:
        if len(self._held) >= _MOST_UNPACKED:
            for oldest in [*islice(self._held, _MOST_UNPACKED // 4)]:
                del self._held[oldest]
        self._held[name] = thing

    def drop(self, name: str) -> None:
        self._held.pop(name, None)

    def get(self, name: str, held: bytes) -> _Thing:
        found = self._held.pop(name, None)
        if found is None:
            found = unsqueezed(held)
            self.put(name, found)
        else:
            self._held[name] = found  # the last to be given up
        return found


class MemoryIndex:
    """An index that lasts as long as the program.

    Of a hundred thousand reports only the last few that were asked for stand unpacked: those that come in are compared
    with those of the same days.
    """

    def __init__(self) -> None:
        self._stories: dict[str, _Entry] = {}
        self._unpacked: _Unpacked[Story] = _Unpacked()
        self._unpacked_claims: _Unpacked[tuple[Kept, ...]] = _Unpacked()
        self._reports: dict[str, list[str]] = {}
        self._claims: dict[str, str] = {}
        # Most keys are of one story: its order stands there by itself, and a list only where there are more.
        self._under: dict[int, _Order | list[_Order]] = {}
        self._joins: dict[str, dict[str, float]] = {}
        self._incidents: dict[str, Incident] = {}
        self._told_in: dict[str, frozenset[str]] = {}
        self._of_story: dict[str, set[str]] = {}
        self._periods: dict[str, dict[str, Kept]] = {}
        self._period_keys: dict[str, set[str]] = {}
        self._made_of: dict[str, str] = {}

    def put(
        self, story: Story, claims: Sequence[Kept], keys: frozenset[int], held: tuple[bytes, bytes] | None = None
    ) -> None:
        """Keep a story with its claims, and enter it under its keys.

        Args:
            story: The story.
            claims: Its claims.
            keys: Its keys.
            held: Both as `squeezed` gives them, where somebody has done that.
        """
        place = order(story)
        every = tuple(claims)
        packed = held or (squeezed(story), squeezed(every))
        entry = _Entry(place, story.report, story.claims, array("q", sorted(keys)), *packed)
        self._stories[story.id] = entry
        self._unpacked.put(story.id, story)
        self._unpacked_claims.put(story.id, every)
        self._reports.setdefault(story.report, []).append(story.id)
        self._claims.update(dict.fromkeys(story.claims, story.id))
        for key in keys:
            there = self._under.get(key)
            if there is None:
                self._under[key] = place
            elif isinstance(there, list):
                insort(there, place)
            else:
                self._under[key] = sorted((there, place))

    def drop(self, story: str) -> None:
        """Forget a story, with its keys and joins."""
        entry = self._stories.pop(story)
        self._unpacked.drop(story)
        self._unpacked_claims.drop(story)
        self._reports[entry.report].remove(story)
        for claim in entry.claims:
            del self._claims[claim]
        for key in entry.keys:
            there = self._under[key]
            if isinstance(there, list):
                del there[bisect_left(there, entry.order)]
            if not isinstance(there, list) or not there:
                del self._under[key]
        for other in self._joins.pop(story, {}):
            del self._joins[other][story]

    def story(self, story: str) -> Story:
        """Return a story by its id."""
        return self._unpacked.get(story, self._stories[story].story)

    def claims(self, story: str) -> tuple[Kept, ...]:
        """Return the claims of a story."""
        return self._unpacked_claims.get(story, self._stories[story].kept)

    def claim_ids(self, story: str) -> tuple[str, ...]:
        """Return the ids of the claims of a story, in the order of the text, without all that is kept of it."""
        return self._stories[story].claims

    def report_of(self, story: str) -> str:
        """Return the report that tells a story, without all that is kept of it."""
        return self._stories[story].report

    def stories(self) -> Iterable[str]:
        """Return the ids of all stories."""
        return self._stories.keys()

    def of_report(self, report: str) -> tuple[str, ...]:
        """Return the stories of a report."""
        return tuple(self._reports.get(report, ()))

    def of_claim(self, claim: str) -> str | None:
        """Return the story of a claim, or None where it is in none."""
        return self._claims.get(claim)

    def around(self, story: str) -> Iterator[tuple[list[str], list[str], int]]:
        """Yield the neighbours of a story under each key: those before it, those after it, and how far the key reaches.

        The nearest come first; a key that no other story has may be left out.
        """
        entry = self._stories[story]
        for key in entry.keys:
            entered = self._under[key]
            if isinstance(entered, list):
                at, far = bisect_left(entered, entry.order), reach(key)
                before = [one for _, one in entered[max(0, at - far) : at]]
                yield before[::-1], [one for _, one in entered[at + 1 : at + 1 + far]], far

    def are_near(self, a: str, b: str) -> bool:
        """Say whether two stories are neighbours under any key."""
        one, other = self._stories[a], self._stories[b]
        theirs = frozenset(other.keys)
        # Names, under which neighbours are few, are the lowest keys.
        for key in reversed(one.keys):
            if key in theirs:
                entered = self._under[key]
                if abs(bisect_left(entered, one.order) - bisect_left(entered, other.order)) <= reach(key):
                    return True
        return False

    def join(self, a: str, b: str, score: float) -> None:
        """Keep that two stories may be one event."""
        self._joins.setdefault(a, {})[b] = score
        self._joins.setdefault(b, {})[a] = score

    def part(self, a: str, b: str) -> None:
        """Forget that two stories may be one event."""
        self._joins.get(a, {}).pop(b, None)
        self._joins.get(b, {}).pop(a, None)

    def joins(self, story: str) -> Mapping[str, float]:
        """Return the stories that one may be one event with, each with the score."""
        return self._joins.get(story, {})

    def holds(self, story: str) -> bool:
        """Say whether a story is kept."""
        return story in self._stories

    def keep(self, incident: Incident, stories: Iterable[str]) -> None:
        """Keep an incident, with the stories that have claims in it, in the place of one of the same id."""
        self.lose(incident.id)
        self._incidents[incident.id] = incident
        self._told_in[incident.id] = frozenset(stories)
        for story in self._told_in[incident.id]:
            self._of_story.setdefault(story, set()).add(incident.id)

    def lose(self, incident: str) -> None:
        """Forget an incident; nothing happens where it is not known."""
        self._incidents.pop(incident, None)
        for story in self._told_in.pop(incident, ()):
            held = self._of_story[story]
            held.discard(incident)
            if not held:
                del self._of_story[story]

    def stories_in(self, incident: str) -> tuple[str, ...]:
        """Return the stories that have claims in an incident, or had when it was kept; none where it is not known."""
        return tuple(sorted(self._told_in.get(incident, ())))

    def known(self, incident: str) -> bool:
        """Say whether an incident is kept."""
        return incident in self._incidents

    def incident(self, incident: str) -> Incident:
        """Return an incident by its id."""
        return self._incidents[incident]

    def incidents(self) -> list[Incident]:
        """Return all incidents, those of periods too, by id."""
        return [self._incidents[name] for name in sorted(self._incidents)]

    def incidents_of(self, story: str) -> tuple[str, ...]:
        """Return the ids of the incidents in which claims of a story stand."""
        return tuple(sorted(self._of_story.get(story, ())))

    def put_period(self, key: str, claim: Kept) -> None:
        """Keep a claim that counts over a period."""
        self._periods.setdefault(key, {})[claim.claim.id] = claim
        self._period_keys.setdefault(claim.report.id, set()).add(key)

    def drop_periods(self, report: str) -> tuple[str, ...]:
        """Forget a report's claims over periods, and return the keys under which they stood."""
        found = tuple(sorted(self._period_keys.pop(report, ())))
        for key in found:
            self._periods[key] = {name: one for name, one in self._periods[key].items() if one.report.id != report}
        return found

    def period(self, key: str) -> tuple[Kept, ...]:
        """Return the claims of a period, by id."""
        claims = self._periods.get(key, {})
        return tuple(claims[name] for name in sorted(claims))

    def keep_period(self, key: str, incident: Incident) -> None:
        """Keep what is made of a period's claims."""
        self._incidents[incident.id] = incident
        self._made_of[key] = incident.id

    def lose_period(self, key: str) -> tuple[str, ...]:
        """Forget what was made of a period's claims, and return its id."""
        made = self._made_of.pop(key, None)
        if made is None:
            return ()
        self._incidents.pop(made, None)
        return (made,)
