"""What the grouping keeps, in memory: for as long as a program runs; a ledger keeps it for longer."""

from __future__ import annotations

import pickle
import zlib
from array import array
from bisect import bisect_left, insort
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from sayso.incident.block import order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.events import Incident, Kept
    from sayso.incident.told import Story

_MOST_UNPACKED = 2_500
"""Stories that stand unpacked; each takes some 20 kilobytes, and packed a fifth of that."""
_LIGHT = 1
"""How hard zlib tries: harder takes longer than it is worth."""

_Order = tuple[int, str]
_Unpacked = tuple["Story", tuple["Kept", ...]]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A story as it is held: where it stands under its keys, and what it holds, packed."""

    order: _Order
    report: str
    claims: tuple[str, ...]
    keys: array[int]
    content: bytes


class MemoryIndex:
    """An index that lasts as long as the program.

    Of a hundred thousand reports only the last few that were asked for stand unpacked: those that come in are compared
    with those of the same days.
    """

    def __init__(self) -> None:
        self._stories: dict[str, _Entry] = {}
        self._unpacked: dict[str, _Unpacked] = {}
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

    def put(self, story: Story, claims: Sequence[Kept], keys: frozenset[int]) -> None:
        """Keep a story with its claims, and enter it under its keys."""
        place = order(story)
        packed = zlib.compress(pickle.dumps((story, tuple(claims)), pickle.HIGHEST_PROTOCOL), _LIGHT)
        self._stories[story.id] = _Entry(place, story.report, story.claims, array("q", sorted(keys)), packed)
        self._unpack(story.id, (story, tuple(claims)))
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
        self._unpacked.pop(story, None)
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
        return self._whole(story)[0]

    def claims(self, story: str) -> tuple[Kept, ...]:
        """Return the claims of a story."""
        return self._whole(story)[1]

    def keys(self, story: str) -> frozenset[int]:
        """Return the keys that a story is entered under."""
        return frozenset(self._stories[story].keys)

    def stories(self) -> Iterable[str]:
        """Return the ids of all stories."""
        return self._stories.keys()

    def _whole(self, story: str) -> _Unpacked:
        found = self._unpacked.get(story)
        if found is None:
            # Packed by `put` in this process, and never outside it.
            found = cast("_Unpacked", pickle.loads(zlib.decompress(self._stories[story].content)))  # noqa: S301 - ours
            self._unpack(story, found)
        return found

    def _unpack(self, story: str, whole: _Unpacked) -> None:
        if len(self._unpacked) >= _MOST_UNPACKED:
            for oldest in [*self._unpacked][: _MOST_UNPACKED // 4]:
                del self._unpacked[oldest]
        self._unpacked[story] = whole

    def of_report(self, report: str) -> tuple[str, ...]:
        """Return the stories of a report."""
        return tuple(self._reports.get(report, ()))

    def of_claim(self, claim: str) -> str | None:
        """Return the story of a claim, or None where it is in none."""
        return self._claims.get(claim)

    def beside(self, key: int, story: Story, reach: int) -> tuple[list[str], list[str]]:
        """Return up to `reach` stories before a story under a key, and as many after it, the nearest first."""
        there = self._under.get(key, [])
        entered = there if isinstance(there, list) else [there]
        at = bisect_left(entered, order(story))
        after = at + (at < len(entered) and entered[at][1] == story.id)
        before = [one for _, one in entered[max(0, at - reach) : at]]
        return before[::-1], [one for _, one in entered[after : after + reach]]

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
