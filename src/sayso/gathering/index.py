"""What the grouping asks for, kept on a ledger's shelf: looked up once, remembered, and written together at the end."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sayso.gathering import stored
from sayso.gathering.index_incidents import IncidentIndex
from sayso.incident.block import ends, order, reach
from sayso.ledger.shelf_stories import StoryRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sayso.events import Incident, Kept
    from sayso.incident.told import Story
    from sayso.ledger.shelf import Shelf

_Order = tuple[int, str]

_LISTED = 400
"""Stories under a key up to which all are read at once; of those with more, only the ones next to a place."""
_MOST_HELD = 40_000
"""Stories that are remembered; each takes some ten kilobytes."""


@dataclass(slots=True)
class _Held:
    """A story that was looked up or put; its claims are made from `content` only when they are asked for."""

    story: Story
    place: int
    keys: tuple[int, ...]
    content: dict[str, Any] | None
    claims: tuple[Kept, ...] | None


@dataclass(slots=True)
class _Changes:
    """What was done under a key since the shelf was written last."""

    added: list[_Order] = field(default_factory=list)
    removed: set[_Order] = field(default_factory=set)


@dataclass(slots=True)
class _Unasked:
    """What was met and will be asked about with the next of its kind: so that not all that is held is looked through.

    Attributes:
        reports: Reports with a story that was met; their other stories were not looked up.
        joins: Stories whose joins were not looked up.
    """

    reports: set[str] = field(default_factory=set)
    joins: set[str] = field(default_factory=set)


class ShelfIndex(IncidentIndex):
    """An index (see `sayso.incident.index.Index`) that a ledger keeps.

    Args:
        empty: Whether nothing is on the shelf yet, so that nothing need be looked up.
    """

    def __init__(self, shelf: Shelf, *, empty: bool) -> None:
        super().__init__(shelf, empty=empty)

    def bind(self, shelf: Shelf) -> None:
        """Go on in another transaction; nobody else may have written to the shelf in between."""
        self._shelf = shelf

    def _forget(self) -> None:
        self._stories: dict[str, _Held | None] = {}
        self._reports: dict[str, list[str]] = {}
        self._claims: dict[str, str | None] = {}
        self._lists: dict[int, list[_Order]] = {}
        self._changes: dict[int, _Changes] = {}
        self._joins: dict[str, dict[str, float]] = {}
        self._near: set[str] = set()
        self._unasked = _Unasked()
        super()._forget()

    def _forget_changes(self) -> None:
        self._put: dict[str, None] = {}
        self._dropped: dict[str, StoryRow] = {}
        self._joined: dict[tuple[str, str], float | None] = {}
        self._changed: set[int] = set()
        super()._forget_changes()

    # ── stories ──────────────────────────────────────────────────────────────────────────────────────────────────

    def put(
        self,
        story: Story,
        claims: Sequence[Kept],
        keys: frozenset[int],
        held: tuple[bytes, bytes] | None = None,  # noqa: ARG002 - a shelf keeps them in a form of its own
    ) -> None:
        """Keep a story with its claims, and enter it under its keys."""
        numbers = tuple(sorted(keys))
        own = self._of_report(story.report)
        self._stories[story.id] = _Held(story, len(own), numbers, None, tuple(claims))
        self._put[story.id] = None
        self._unplaced.add(story.id)
        own.append(story.id)
        self._claims.update(dict.fromkeys(story.claims, story.id))
        self._joins[story.id] = {}
        self._touch(numbers)
        for key in numbers:
            if key in self._lists:
                insort(self._lists[key], order(story))
            else:
                insort(self._changes[key].added, order(story))
                self._changed.add(key)

    def drop(self, story: str) -> None:
        """Forget a story, with its keys and joins."""
        held = self._held(story)
        place = order(held.story)
        if story in self._put:
            del self._put[story]
        else:
            self._dropped[story] = StoryRow(
                story, held.story.report, held.place, place[0], held.story.claims, held.keys, None
            )
        self._touch(held.keys)
        for key in held.keys:
            entered = self._lists.get(key)
            if entered is not None:
                del entered[bisect_left(entered, place)]
                continue
            self._changed.add(key)
            changes = self._changes[key]
            if place in changes.added:
                changes.added.remove(place)
            else:
                changes.removed.add(place)
        for other in list(self.joins(story)):
            self.part(story, other)
        self._stories[story] = None
        self._of_report(held.story.report).remove(story)
        self._claims.update(dict.fromkeys(held.story.claims))

    def story(self, story: str) -> Story:
        """Return a story by its id."""
        return self._held(story).story

    def claims(self, story: str) -> tuple[Kept, ...]:
        """Return the claims of a story."""
        held = self._held(story)
        if held.claims is None:
            held.claims = tuple(stored.kept_in(kept) for kept in (held.content or {"kept": ()})["kept"])
            held.content = None
        return held.claims

    def claim_ids(self, story: str) -> tuple[str, ...]:
        """Return the ids of the claims of a story, in the order of the text, without all that is kept of it."""
        return self._held(story).story.claims

    def report_of(self, story: str) -> str:
        """Return the report that tells a story, without all that is kept of it."""
        return self._held(story).story.report

    def stories(self) -> Iterable[str]:
        """Return the ids of all stories."""
        self.write()
        return self._shelf.story_ids()

    def holds(self, story: str) -> bool:
        """Say whether a story is kept."""
        return self._found(story) is not None

    def of_report(self, report: str) -> tuple[str, ...]:
        """Return the stories of a report."""
        return tuple(self._of_report(report))

    def of_claim(self, claim: str) -> str | None:
        """Return the story of a claim, or None where it is in none."""
        if claim not in self._claims:
            self._claims[claim] = None if self._empty else self._shelf.story_of_claim(claim)
        return self._claims[claim]

    def _of_report(self, report: str) -> list[str]:
        if report not in self._reports:
            # With those of all reports that were met: whoever asks for one asks for the others next.
            wanted = sorted({report, *(one for one in self._unasked.reports if one not in self._reports)})
            self._unasked.reports.clear()
            found = {} if self._empty else self._shelf.stories_of_reports(wanted)
            for one in wanted:
                rows = found.get(one, [])
                self._remember(row for row in rows if row.story not in self._stories)
                self._reports[one] = [row.story for row in rows]
        return self._reports[report]

    def _remember(self, rows: Iterable[StoryRow]) -> None:
        for row in rows:
            self._stories[row.story] = _held(row)
            self._claims.update(dict.fromkeys(row.claims, row.story))
            self._unasked.reports.add(row.report)
            self._unasked.joins.add(row.story)
            self._unplaced.add(row.story)

    def _held(self, story: str) -> _Held:
        held = self._found(story)
        if held is None:
            raise KeyError(story)
        return held

    def _found(self, story: str) -> _Held | None:
        if story not in self._stories:
            wanted = sorted({story, *(one for one in self._near if one not in self._stories)})
            self._near.clear()
            rows = {} if self._empty else self._shelf.stories(wanted)
            self._stories.update(dict.fromkeys(wanted))
            self._remember(rows.values())
        return self._stories[story]

    # ── what stands near what ────────────────────────────────────────────────────────────────────────────────────

    def around(self, story: str) -> Iterator[tuple[list[str], list[str], int]]:
        """Yield the neighbours of a story under each key: those before it, those after it, and how far the key reaches.

        The nearest come first.
        """
        held = self._held(story)
        for key in held.keys:
            yield *self._beside(key, order(held.story), reach(key)), reach(key)

    def are_near(self, a: str, b: str) -> bool:
        """Say whether two stories are neighbours under any key."""
        one, other = self._held(a), self._held(b)
        # Under most keys that come to an end the two are near each other still, and there is little to look through.
        for key in sorted(frozenset(one.keys).intersection(other.keys), key=_likeliest_near):
            before, after = self._beside(key, order(one.story), reach(key))
            if b in before or b in after:
                return True
        return False

    def _beside(self, key: int, place: _Order, far: int) -> tuple[list[str], list[str]]:
        """Return so many stories before a place under a key, and as many after it, the nearest first."""
        self._touch((key,))
        entered = self._lists.get(key)
        if entered is None:
            found = [self._side(key, place, far, before=before) for before in (True, False)]
        else:
            at = bisect_left(entered, place)
            after = at + (at < len(entered) and entered[at] == place)
            found = [entered[max(0, at - far) : at][::-1], entered[after : after + far]]
        before_it, after_it = ([one for _, one in side] for side in found)
        self._near.update(before_it, after_it)
        return before_it, after_it

    def _side(self, key: int, place: _Order, far: int, *, before: bool) -> list[_Order]:
        changes = self._changes[key]
        there = self._shelf.beside(key, place, far + len(changes.removed), before=before)
        new = (one for one in changes.added if (one < place if before else one > place))
        return sorted((*(one for one in there if one not in changes.removed), *new), reverse=before)[:far]

    def _touch(self, keys: Iterable[int]) -> None:
        """See to it that what stands under some keys is known: all of it, or what changed where it is much."""
        unknown = [key for key in keys if key not in self._lists and key not in self._changes]
        if not unknown:
            return
        # What stands under a key that never ends need not be counted to know that it may be much.
        numbers = {} if self._empty else self._shelf.under([key for key in unknown if ends(key)])
        for key in unknown:
            if numbers.get(key, 0) > _LISTED or not (self._empty or ends(key)):
                self._changes[key] = _Changes()
            else:
                self._lists[key] = []
        for key, published, story in self._shelf.all_under([key for key in numbers if key in self._lists]):
            self._lists[key].append((published, story))

    def join(self, a: str, b: str, score: float) -> None:
        """Keep that two stories may be one event."""
        for one, other in ((a, b), (b, a)):
            self._joins_of(one)[other] = score
            self._joined[one, other] = score

    def part(self, a: str, b: str) -> None:
        """Forget that two stories may be one event."""
        for one, other in ((a, b), (b, a)):
            if self._joins_of(one).pop(other, None) is not None:
                self._joined[one, other] = None

    def joins(self, story: str) -> Mapping[str, float]:
        """Return the stories that one may be one event with, each with the score."""
        found = self._joins_of(story)
        self._near.update(found)
        return found

    def _joins_of(self, story: str) -> dict[str, float]:
        if story not in self._joins:
            wanted = sorted({story, *(one for one in self._unasked.joins if one not in self._joins)})
            self._unasked.joins.clear()
            self._joins.update({one: {} for one in wanted} if self._empty else self._shelf.joins(wanted))
        return self._joins[story]

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────

    def incidents(self) -> list[Incident]:
        """Return all incidents, those of periods too, by id."""
        self.write()
        return [stored.incident_in(content) for _, content in self._shelf.all_incidents()]

    def write(self) -> None:
        """Bring the shelf up to what was put, dropped, kept and lost since the last time."""
        shelf = self._shelf
        shelf.drop_stories(self._dropped.values())
        shelf.put_stories(self._new_rows())
        shelf.set_joins(self._joined)
        self._write_incidents()
        for key in self._changed:
            self._changes[key] = _Changes()
        self._forget_changes()
        self._empty = False
        if len(self._stories) > _MOST_HELD:
            self._forget()

    def _new_rows(self) -> Iterator[StoryRow]:
        for name in self._put:
            held = self._held(name)
            content = stored.story_out(held.story, self.claims(name))
            yield StoryRow(
                name, held.story.report, held.place, order(held.story)[0], held.story.claims, held.keys, content
            )


def _likeliest_near(key: int) -> tuple[bool, int]:
    """Return what keys are put in order by for looking whether two stories are near each other under one of them."""
    return not ends(key), -reach(key)


def _held(row: StoryRow) -> _Held:
    if row.content is None:
        story = stored.hollow(row.story, row.report, row.published, row.claims)
    else:
        story = stored.story_in(row.content)
    return _Held(story, row.place, row.keys, row.content, None)
