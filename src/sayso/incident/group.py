"""Puts the stories of reports together into incidents, one report at a time.

What comes out is a function of the stories and of what people ruled, whatever the order in which they came: pairs are
compared by `block.py`, weighed by `score.py`, heaped by `heaps.py`, and each heap is cut by `parts.py`. Adding a report
touches its neighbours alone, and only the heaps in which they stand are put together anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from sayso.events import Join
from sayso.incident.describe import Unit
from sayso.incident.figures import counted
from sayso.incident.heaps import Heaps
from sayso.incident.memory import MemoryIndex
from sayso.incident.parts import parts
from sayso.incident.periods import period, period_key
from sayso.incident.ready import Alone
from sayso.incident.reasons import reason
from sayso.incident.rulings import changed, rulings
from sayso.incident.score import log_odds, probability, shipped
from sayso.problems import UsageError
from sayso.records import EVENT_ROW

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sayso.entries import Decision
    from sayso.events import Incident
    from sayso.incident.index import Index
    from sayso.incident.ready import Helper, Ready
    from sayso.incident.told import Story, Told

_ALONE = Alone()
_SMALL = 48
"""Stories that hang together up to which every two of them are compared."""
_UNCOMPARED = -2.0
"""The log odds of two stories that were not compared, in what is larger."""
_MOST_SCORED = 5_000
"""Stories whose scores with others that they are no neighbours of are remembered."""
_MOST_PROPOSED = 5
"""Doubtful joins that are shown with an incident."""
_ONE_REPORT = 0.95
"""How often two claims of one story speak of one event: 370 of 390 pairs in the visible part of the invented set."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a regrouping changed.

    Attributes:
        gone: Ids of incidents that are no more.
        made: Incidents that are new or not as they were.
    """

    gone: tuple[str, ...]
    made: tuple[Incident, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is put together: a story, by its id, or claims of it that people ruled to stand alone."""

    story: str
    claims: tuple[str, ...]
    whole: bool = True


class Grouping:
    """Incidents over reports that come one at a time.

    Args:
        index: Where stories are kept; in memory when left out.
        decisions: What people ruled so far, in order.
    """

    def __init__(self, index: Index | None = None, decisions: Iterable[Decision] = ()) -> None:
        self._index: Index = index if index is not None else MemoryIndex()
        self._decisions = tuple(decisions)
        self._rulings = rulings(self._decisions)
        self._heaps = Heaps(self._index, self._rulings)
        self._touched: set[str] = set()
        self._fresh: set[str] = set()
        self._reasons: dict[tuple[str, str], str] = {}
        self._periods: set[str] = set()
        self._scored: dict[str, dict[str, float]] = {}

    def add(self, told: Told) -> None:
        """Take in a report; one that is there already is replaced.

        Raises:
            UsageError: A claim has the id of another report's claim; two prints of one text need ids of their own, as
                a ledger gives them.
        """
        self.add_all((told,))

    def add_all(self, reports: Iterable[Told], helper: Helper = _ALONE) -> None:
        """Take in reports one after the other, as `add` does.

        Args:
            reports: The reports; some are asked for ahead of their turn.
            helper: Who parts them into stories; this process where left out.

        Raises:
            UsageError: As `add` says. The reports before that one are taken in.
        """
        for told, ready in helper.ready(reports):
            self._add(told, ready)

    def _add(self, told: Told, ready: Iterable[Ready]) -> None:
        self.remove(told.report.id)
        for kept in told.claims:
            if self._index.of_claim(kept.claim.id) is not None:
                raise UsageError(f"The claim {kept.claim.id} of {told.report.id} has the id of another report's claim.")
        for story, claims, keys, held in ready:
            self._index.put(story, claims, keys, held)
            self._enter(story)
        for kept in told.claims:
            if kept.claim.scope == "cumulative":
                key = period_key(kept)
                self._index.put_period(key, kept)
                self._periods.add(key)

    def remove(self, report: str) -> None:
        """Take out a report, with all its claims; one that is not there changes nothing."""
        for name in self._index.of_report(report):
            self._leave(self._index.story(name))
        self._periods.update(self._index.drop_periods(report))

    def rule(self, decisions: Iterable[Decision]) -> None:
        """Put what people ruled in the place of what they ruled before.

        Args:
            decisions: All decisions in force, in the order in which they were made.
        """
        now = tuple(decisions)
        if now == self._decisions:
            return
        self._decisions = now
        before, self._rulings = self._rulings, rulings(now)
        self._heaps.rule(self._rulings)
        for claim in changed(before, self._rulings):
            story = self._index.of_claim(claim)
            if story is not None:
                self._touch(story)
                self._fresh.add(story)

    def regroup(self, helper: Helper = _ALONE) -> Change:
        """Put together anew what was touched since the last time.

        Args:
            helper: Who describes incidents; this process where left out.
        """
        before = {incident for story in self._touched for incident in self._index.incidents_of(story)}
        waiting = self._heaps.unsettled()
        for incident in before:
            waiting.update(story for story in self._index.stories_in(incident) if self._index.holds(story))
        groups = list(self._groups(waiting, before))
        standing = {id(group): self._standing(group) for group in groups}
        gone = before - set(standing.values())
        self._reasons = self._said_of(gone)
        anew = [group for group in groups if not standing[id(group)]]
        as_before = [self._as_before(group) for group in anew]
        for incident in gone:
            self._index.lose(incident)
        self._touched.clear()
        self._fresh.clear()
        self._heaps.settle()
        changed = self._keep(anew, as_before, helper)
        made = {one.id: one for one in (*changed, *self._regrouped_periods(gone))}
        return Change(tuple(sorted(gone - made.keys())), tuple(made[name] for name in sorted(made)))

    def incidents(self) -> list[Incident]:
        """Return all incidents, by id, as they stand after the last `regroup`."""
        return self._index.incidents()

    def _touch(self, *stories: str) -> None:
        """Remember that stories, or joins of theirs, are about to change."""
        self._touched.update(stories)
        for story in stories:
            self._heaps.touch(story)

    def _enter(self, story: Story) -> None:
        self._touch(story.id)
        self._fresh.add(story.id)
        near: set[str] = set()
        around: set[tuple[str, str]] = set()
        for before, after, far in self._index.around(story.id):
            near.update(before, after)
            # Whoever stood just within reach of each other under this key now has the new story in between.
            if before and after and len(before) + len(after) > far:
                around.update(_around(before, after, far))
        for one, other in sorted(around):
            if other in self._index.joins(one) and not self._index.are_near(one, other):
                self._touch(one, other)
                self._index.part(one, other)
        for name in near:
            self._compare(story, self._index.story(name))

    def _leave(self, story: Story) -> None:
        self._touch(story.id, *self._index.joins(story.id))
        beside = list(self._index.around(story.id))
        self._index.drop(story.id)
        for other in self._scored.pop(story.id, {}):
            self._scored[other].pop(story.id, None)
        for before, after, far in beside:
            for one, other in _around(before, after, far):
                self._compare(self._index.story(one), self._index.story(other))

    def _compare(self, a: Story, b: Story) -> None:
        if b.id in self._index.joins(a.id):
            return
        odds = log_odds(a, b)
        if odds > shipped().doubtful:
            self._touch(a.id, b.id)
            self._index.join(a.id, b.id, odds)

    def _groups(self, waiting: set[str], before: set[str]) -> Iterator[list[_Piece]]:
        """Put together all stories that hang together with those that wait; adds to `before` where they stood."""
        for heap in self._heaps.around(waiting):
            for story in heap:
                before.update(self._index.incidents_of(story))
            yield from self._cut(sorted(heap))

    def _standing(self, group: Sequence[_Piece]) -> str | None:
        """Return the incident that a group is already, with nothing that was touched; None where it is to be made."""
        if any(piece.story in self._touched for piece in group):
            return None
        same = self._of_the_same_claims(group)
        return same.id if same is not None else None

    def _as_before(self, group: Sequence[_Piece]) -> Incident | None:
        """Return the incident that has the claims of a group, where all that it says but its joins is as it was."""
        if any(piece.story in self._fresh for piece in group):
            return None
        return self._of_the_same_claims(group)

    def _of_the_same_claims(self, group: Sequence[_Piece]) -> Incident | None:
        claims = {claim for piece in group for claim in piece.claims}
        names = self._index.incidents_of(group[0].story)
        known = (self._index.incident(name) for name in names if self._index.known(name))
        return next((one for one in known if set(one.claims) == claims), None)

    def _cut(self, component: Sequence[str]) -> Iterator[list[_Piece]]:
        units = [piece for story in component for piece in self._pieces(story)]
        if len(units) == 1:
            yield units
            return
        small = len(units) <= _SMALL
        shift = 0.0 if small else _UNCOMPARED
        scores = {pair: odds - shift for pair, odds in self._scores(units, small=small)}
        marked = {unit: marks for unit, one in enumerate(units) if (marks := self._marks(one.claims))}
        together = [(a, b) for a, b in combinations(sorted(marked), 2) if marked[a] & marked[b]]

        rows = {unit: row for unit, one in enumerate(units) if (row := self._row(one))}

        def are_apart(a: list[int], b: list[int]) -> bool:
            if not (rows or marked):
                return False
            theirs = dict(rows[one] for one in a if one in rows)
            if any(other in rows and theirs.get(rows[other][0], rows[other][1]) != rows[other][1] for other in b):
                return True
            return any(
                self._rulings.are_apart(x, y)
                for one in a
                for other in b
                for x in marked.get(one, ())
                for y in marked.get(other, ())
            )

        for group in parts(len(units), scores, shipped().between.least - shift, together, are_apart):
            yield [units[number] for number in group]

    def _pieces(self, name: str) -> list[_Piece]:
        """Return a story whole, or in pieces where people ruled that claims of it do not belong together."""
        every = self._index.claim_ids(name)
        marks: dict[str, list[str]] = {}
        for claim in every:
            if claim in self._rulings.mark:
                marks.setdefault(self._rulings.mark[claim], []).append(claim)
        # What is ruled away leaves the story; what it is taken from stays, whichever of the two is more.
        ranked = sorted(
            marks,
            key=lambda mark: (mark in self._rulings.decided, -len(marks[mark]), every.index(marks[mark][0])),
        )
        sides: list[list[str]] = []
        for mark in ranked:
            fits = (side for side in sides if not any(self._rulings.are_apart(mark, other) for other in side))
            side = next(fits, None)
            if side is None:
                sides.append([mark])
            else:
                side.append(mark)
        away = [{claim for mark in side for claim in marks[mark]} for side in sides[1:]]
        taken = {claim for side in away for claim in side}
        rest = tuple(claim for claim in every if claim not in taken)
        pieces = (tuple(claim for claim in every if claim in side) for side in away)
        return [_Piece(name, rest), *(_Piece(name, claims, whole=False) for claims in pieces)]

    def _unit(self, piece: _Piece) -> Unit:
        kept = {one.claim.id: one for one in self._index.claims(piece.story)}
        story = self._index.story(piece.story)
        claims = tuple(kept[claim] for claim in piece.claims)
        said = story.counted if piece.whole else counted(claims)
        return Unit(story.id, story.report, story.voice, claims, said, piece.whole)

    def _row(self, piece: _Piece) -> tuple[str | None, str] | None:
        """Return the data set and the row that a piece is, where each row of the set is an event of its own."""
        if not piece.claims[0].startswith(EVENT_ROW):
            return None
        report = next(iter(self._index.claims(piece.story))).report
        return report.outlet, report.id

    def _marks(self, claims: Iterable[str]) -> set[str]:
        return {self._rulings.mark[claim] for claim in claims if claim in self._rulings.mark}

    def _odds(self, a: str, b: str) -> float:
        odds = self._index.joins(a).get(b)
        if odds is None:
            odds = self._scored.get(a, {}).get(b)
        if odds is None:
            if len(self._scored) > _MOST_SCORED:
                self._scored.clear()
            odds = log_odds(self._index.story(a), self._index.story(b))
            self._scored.setdefault(a, {})[b] = odds
            self._scored.setdefault(b, {})[a] = odds
        return odds

    def _scores(self, units: Sequence[_Piece], *, small: bool) -> Iterator[tuple[tuple[int, int], float]]:
        """Yield the log odds of every two whole stories, or where they are many of those that were compared."""
        number = {unit.story: n for n, unit in enumerate(units) if unit.whole}
        for name, a in number.items():
            joins = self._index.joins(name)
            near = number if small else {**joins, **dict.fromkeys(self._beside(name, number))}
            for other in near:
                b = number.get(other, a)
                if a < b:
                    odds = joins.get(other)
                    yield (a, b), self._odds(name, other) if odds is None else odds

    def _beside(self, name: str, others: Mapping[str, int]) -> list[str]:
        """Return which of some stories a story's report tells beside it as others."""
        report = self._index.of_report(self._index.report_of(name))
        there = [other for other in report if other != name and other in others]
        return [other for other in there if other in self._index.story(name).beside] if there else there

    def _keep(
        self, groups: Sequence[Sequence[_Piece]], as_before: Sequence[Incident | None], helper: Helper
    ) -> list[Incident]:
        """Describe groups as incidents, and say of which reports each is what most claims speak of.

        Args:
            groups: The groups.
            as_before: For each the incident that says of it what is to be said, but for its joins; None where that is
                to be worked out.
            helper: Who does.
        """
        fresh: dict[str, None] = {}
        told: dict[str, None] = {}
        pairs = list(zip(groups, as_before, strict=True))
        described = helper.described([self._unit(piece) for piece in group] for group, known in pairs if not known)
        for group, known in pairs:
            one = replace(known or next(described), joins=tuple(self._joins(group)), reports=())
            self._index.keep(one, {piece.story for piece in group})
            fresh[one.id] = None
            told.update({self._index.report_of(piece.story): None for piece in group})
        main = {report: self._main_incident(report) for report in told}
        mains: dict[str | None, set[str]] = {}
        for report, incident in main.items():
            mains.setdefault(incident, set()).add(report)
        touched = dict(fresh)
        for report in told:
            for story in self._index.of_report(report):
                touched.update(dict.fromkeys(self._index.incidents_of(story)))
        changed = []
        for name in [one for one in touched if self._index.known(one)]:
            before = self._index.incident(name)
            if name not in fresh and mains.get(name, set()) == main.keys() & set(before.reports):
                continue
            now = replace(before, reports=self._reports(before, main))
            self._index.keep(now, {held for claim in now.claims if (held := self._index.of_claim(claim))})
            changed.append(now)
        return changed

    def _reports(self, incident: Incident, main: Mapping[str, str | None]) -> tuple[str, ...]:
        """Return the reports most of whose claims stand in an incident; of two with as many, the one told first."""
        found = {self._index.report_of(story): None for c in incident.claims if (story := self._index.of_claim(c))}
        mine = (report for report in found if (main.get(report) or self._main_incident(report)) == incident.id)
        return tuple(mine)

    def _main_incident(self, report: str) -> str | None:
        own = self._index.of_report(report)
        names = {name for story in own for name in self._index.incidents_of(story)}
        known = [name for name in names if self._index.known(name)]
        if len(known) <= 1:
            return known[0] if known else None
        claims = [claim for story in own for claim in self._index.claim_ids(story)]
        at = {claim: number for number, claim in enumerate(claims)}
        held = {one: [at[claim] for claim in self._index.incident(one).claims if claim in at] for one in known}
        return min(held, key=lambda one: (-len(held[one]), min(held[one], default=0), one), default=None)

    def _joins(self, group: Sequence[_Piece]) -> list[Join]:
        """Return why units stand together, as few joins as hold them all, and what is proposed beside them."""
        found = [*self._ruled_joins(group), *self._own_joins(group)]
        own = {piece.story for piece in group}
        root = {piece.story: piece.story for piece in group}

        def top(story: str) -> str:
            while root[story] != story:
                story = root[story]
            return story

        whole = [piece.story for piece in group if piece.whole]
        apart = len(whole)
        for negative, a, b in sorted((-odds, a, b) for odds, a, b in self._paired(whole)):
            if apart == 1:
                break
            if top(a) != top(b):
                root[top(b)] = top(a)
                apart -= 1
                found.append(Join(a, b, probability(-negative), self._reason(a, b)))
        doubtful = [
            (odds, story, other)
            for story in whole
            for other, odds in self._index.joins(story).items()
            if other not in own
        ]
        for odds, one, other in sorted(doubtful, key=lambda pair: (-pair[0], *pair[1:]))[:_MOST_PROPOSED]:
            found.append(Join(one, other, probability(odds), self._reason(one, other), proposed=True))
        return found

    def _said_of(self, incidents: Iterable[str]) -> dict[tuple[str, str], str]:
        """Return why two stories stand together, as incidents say that are to be described anew.

        It depends on the two stories alone, so that it holds where neither came in since. Under a person's name stands
        what that person said.
        """
        joins = (join for name in incidents if self._index.known(name) for join in self._index.incident(name).joins)
        return {
            (join.a, join.b): join.reason
            for join in joins
            if join.by is None and join.a not in self._fresh and join.b not in self._fresh
        }

    def _reason(self, a: str, b: str) -> str:
        return self._reasons.get((a, b)) or reason(self._index.story(a), self._index.story(b))

    def _paired(self, whole: Sequence[str]) -> Iterator[tuple[float, str, str]]:
        """Yield the log odds of every two stories, or where they are many of those that were compared."""
        if len(whole) <= _SMALL:
            for a, b in combinations(whole, 2):
                odds = self._index.joins(a).get(b)
                yield self._odds(a, b) if odds is None else odds, a, b
            return
        inside = set(whole)
        for story in whole:
            joins = self._index.joins(story).items()
            yield from ((odds, story, other) for other, odds in joins if other in inside and other > story)

    def _own_joins(self, group: Sequence[_Piece]) -> Iterator[Join]:
        for piece in group:
            first, *others = piece.claims
            for claim in others:
                yield Join(first, claim, _ONE_REPORT, "Told together in one report.")

    def _ruled_joins(self, group: Sequence[_Piece]) -> Iterator[Join]:
        first: dict[str, str] = {}
        for piece in group:
            marks = self._marks(piece.claims)
            for mark in sorted(marks, key=self._rulings.first):
                claim = next(claim for claim in piece.claims if self._rulings.mark.get(claim) == mark)
                if mark in first and mark in self._rulings.decided:
                    ruled = self._rulings.decided[mark]
                    words = ruled.why or f"{ruled.by} ruled that they belong together."
                    yield Join(first[mark], claim, 1.0, words, by=ruled.by)
                first.setdefault(mark, claim)

    def _regrouped_periods(self, gone: set[str]) -> Iterator[Incident]:
        for key in sorted(self._periods):
            gone.update(self._index.lose_period(key))
            claims = self._index.period(key)
            if claims:
                one = period(claims)
                self._index.keep_period(key, one)
                yield one
        self._periods.clear()


def _around(before: Sequence[str], after: Sequence[str], far: int) -> Iterator[tuple[str, str]]:
    """Yield the stories before and after one that stand just within reach of each other where it is not there."""
    for step, one in enumerate(before):
        if far - 1 - step < len(after):
            yield one, after[far - 1 - step]
