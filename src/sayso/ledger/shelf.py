"""A shelf beside the entries for what the hall works out from them: what it puts there, found again by keys.

The ledger does not know what it means. It sees to it that all of it is written together or not at all, that it can be
told from which entries it was made, and that what rests on redacted words is emptied with them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, union_all

from sayso.events import Heading
from sayso.ledger import ask, tables
from sayso.ledger import shelf_tables as shelf
from sayso.ledger.shelf_sources import Sources
from sayso.ledger.shelf_stories import Stories
from sayso.ledger.shelf_tables import packed, parts, unpacked
from sayso.ledger.shelf_texts import Printed, Texts
from sayso.plain import from_plain

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from sqlalchemy import Select

    from sayso.entries import Decision
    from sayso.events import Kept

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """What the shelf was made from.

    Attributes:
        upto: The number of the last entry that it takes in.
        turn: How often it was written; whoever remembers what stands on it can tell whether somebody else wrote since.
        made_by: What made it; another maker starts anew.
        ruled: What its maker wants to know again of the rulings that it took in.
    """

    upto: int
    turn: int
    made_by: str
    ruled: list[Content]


__all__ = ["Printed", "ReportRead", "Shelf", "State"]


@dataclass(frozen=True, slots=True)
class ReportRead:
    """A report as it stands: its heading, its text, and the claims that hold in it, in the order of the text."""

    heading: Heading
    text: str
    claims: tuple[Kept, ...]


class Shelf(Stories, Texts, Sources):
    """The shelf, within one transaction."""

    # ── what it was made from ────────────────────────────────────────────────────────────────────────────────────

    def state(self) -> State:
        """Return what the shelf was made from."""
        row = self._connection.execute(select(shelf.gathered)).first()
        return State(row.upto, row.turn, row.made_by, unpacked(row.ruled)) if row else State(0, 0, "", [])

    def set_state(self, state: State) -> None:
        """Write down what the shelf was made from."""
        values = {"row": 1, "upto": state.upto, "turn": state.turn, "made_by": state.made_by}
        self._connection.execute(delete(shelf.gathered))
        self._connection.execute(insert(shelf.gathered), {**values, "ruled": packed(state.ruled)})

    def clear(self) -> None:
        """Take everything off the shelf."""
        for table in shelf.TABLES:
            self._connection.execute(delete(table))

    def entries(self) -> int:
        """Return how many entries the ledger has."""
        number = tables.entries.c.number
        return self._connection.scalar(select(number).order_by(number.desc()).limit(1)) or 0

    def due(self, upto: int, limit: int) -> tuple[list[str], int]:
        """Return reports that entries after one number are about, and the number up to which these are all.

        Args:
            upto: The number of the last entry that was taken in.
            limit: How many reports at most.
        """
        last = self.entries()
        found = dict.fromkeys(self._emptied(upto, last))
        parts = [
            select(table.c.number, table.c.report).where(table.c.number > upto, table.c.number <= last)
            for table in (tables.reports, tables.readings, tables.claims, tables.decided)
        ]
        rows = self._connection.execute(union_all(*parts).order_by("number"))
        for number, report in rows:
            if report is None or report in found:
                continue
            if len(found) >= limit:
                rows.close()
                return list(found), number - 1
            found[report] = None
        return list(found), last

    def _emptied(self, upto: int, last: int) -> Iterator[str]:
        """Yield the reports with stories that a redaction emptied."""
        table = tables.entries
        redacted = select(table.c.number).where(
            table.c.number > upto, table.c.number <= last, table.c.kind == "redaction"
        )
        if self._connection.scalar(redacted.limit(1)) is None:
            return
        for one in (shelf.stories, shelf.period_claims):
            yield from self._connection.scalars(select(one.c.report).where(one.c.content.is_(None)).distinct())

    # ── what holds in the ledger ─────────────────────────────────────────────────────────────────────────────────

    def read(self, reports: Sequence[str]) -> dict[str, ReportRead]:
        """Return reports as they stand, by id; those that hold no longer are left out."""
        at = self.entries()
        found: dict[str, ReportRead] = {}
        for part in parts(reports):
            claims: dict[str, list[Kept]] = {}
            for kept in ask.kept_of(self._connection, at, tables.claims.c.report, part):
                claims.setdefault(kept.report.id, []).append(kept)
            held = select(tables.reports.c.number, tables.reports.c.report, tables.reports.c.heading)
            held = held.where(tables.reports.c.report.in_(part), ask.held(tables.reports, at))
            rows = self._connection.execute(held).all()
            texts = self._texts([row.number for row in rows])
            for row in rows:
                inside = sorted(claims.get(row.report, ()), key=lambda kept: (kept.claim.start, kept.claim.id))
                heading = from_plain(Heading, json.loads(row.heading))
                found[row.report] = ReportRead(heading, texts.get(row.number, ""), tuple(inside))
        return found

    def texts(self, reports: Sequence[str]) -> dict[str, str]:
        """Return the texts of reports as they stand, by id; those that hold no longer are left out."""
        at, table, found = self.entries(), tables.reports, dict[str, str]()
        for part in parts(reports):
            held = select(table.c.number, table.c.report).where(table.c.report.in_(part), ask.held(table, at))
            numbers = {row.number: row.report for row in self._connection.execute(held)}
            found |= {numbers[number]: text for number, text in self._texts(list(numbers)).items()}
        return found

    def people_in(self, reports: Sequence[str], but: Container[str]) -> dict[str, list[str]]:
        """Return by report the words for single people harmed in its claims.

        Args:
            reports: Ids of reports.
            but: Ids of claims that are left out.
        """
        at = self.entries()
        found: dict[str, list[str]] = {}
        for part in parts(reports):
            for kept in ask.people_of(self._connection, at, part):
                if kept.claim.id not in but:
                    found.setdefault(kept.report.id, []).append(kept.claim.text)
        return found

    def own_ids(self, reports: Sequence[str]) -> dict[str, str]:
        """Return by report the id that it came with, which need not be unlike every other in the ledger."""
        at, table, found = self.entries(), tables.reports, dict[str, str]()
        for part in parts(reports):
            held = select(table.c.report, tables.entries.c.content).where(table.c.report.in_(part), ask.held(table, at))
            for row in self._connection.execute(held.join(tables.entries, tables.entries.c.number == table.c.number)):
                if row.content is not None:
                    found[row.report] = json.loads(row.content)["report"]["id"]
        return found

    def _texts(self, numbers: list[int]) -> dict[int, str]:
        table = tables.entries
        rows = self._connection.execute(select(table.c.number, table.c.content).where(table.c.number.in_(numbers)))
        return {row.number: json.loads(row.content)["report"]["text"] for row in rows if row.content is not None}

    def decisions(self, kinds: Iterable[str]) -> list[Decision]:
        """Return the decisions of some kinds in force, in the order in which they came in."""
        return list(ask.decisions(self._connection, self.entries(), kinds=kinds))

    def withdrawn(self, kinds: Iterable[str]) -> list[tuple[Decision, Decision]]:
        """Return the decisions of some kinds that were withdrawn, each with its withdrawal."""
        return ask.withdrawn(self._connection, kinds)

    def decided_after(self, number: int, kinds: Iterable[str]) -> list[tuple[Decision, Decision | None]]:
        """Return the decisions of some kinds that were made or taken back after an entry, each with its withdrawal.

        Args:
            number: The number of the entry.
            kinds: The kinds.
        """
        table, wanted = tables.decisions, frozenset(kinds)
        later = select(table.c.number).where(table.c.number > number, table.c.kind.in_((*wanted, "withdraw")))
        new = self._decisions(later)
        back = {one.on[0]: one for one in new if one.kind == "withdraw"}
        old = self._decisions(select(table.c.number).where(table.c.id.in_(back)))
        found = {one.id: one for one in (*old, *new) if one.kind in wanted}
        return [(one, back.get(one.id)) for one in found.values()]

    def _decisions(self, numbers: Select[Any]) -> list[Decision]:
        entries = tables.entries
        return [
            one for _, one in ask.decision_rows(self._connection, select(entries).where(entries.c.number.in_(numbers)))
        ]

    def standing(self, claims: Iterable[str]) -> dict[str, str]:
        """Return the id of the claim that now stands where a claim stood, by any id that it ever had.

        Args:
            claims: Ids of claims; those in whose place none stands are left out of what is returned.
        """
        found: dict[str, str] = {}
        waiting = {claim: {claim} for claim in claims}
        met = {claim: {claim} for claim in waiting}
        while waiting:
            numbers, holding = self._entries_of({name for names in waiting.values() for name in names})
            after = self._successors([number for each in numbers.values() for number in each])
            onward: dict[str, set[str]] = {}
            for claim, names in waiting.items():
                if names & holding:
                    found[claim] = min(names & holding)
                    continue
                next_ones = {after[number] for name in names for number in numbers[name] if number in after}
                if next_ones - met[claim]:
                    onward[claim] = next_ones - met[claim]
                    met[claim] |= next_ones
            waiting = onward
        return found

    def _entries_of(self, claims: set[str]) -> tuple[dict[str, list[int]], set[str]]:
        """Return by claim the numbers of its entries, and which of the claims hold."""
        table, at = tables.claims, self.entries()
        numbers: dict[str, list[int]] = {claim: [] for claim in claims}
        holding: set[str] = set()
        for part in parts(sorted(claims)):
            query = select(table.c.claim, table.c.number, ask.held(table, at).label("holds"))
            for row in self._connection.execute(query.where(table.c.claim.in_(part))):
                numbers[row.claim].append(row.number)
                if row.holds:
                    holding.add(row.claim)
        return numbers, holding

    def _successors(self, numbers: list[int]) -> dict[int, str]:
        table, links = tables.claims, tables.successions
        after: dict[int, str] = {}
        for part in parts(numbers):
            query = select(links.c.old, table.c.claim).join(table, table.c.number == links.c.new)
            after.update((row.old, row.claim) for row in self._connection.execute(query.where(links.c.old.in_(part))))
        return after
