"""One report through time: what its entries come to, one after another. Pure, so that it can be done again.

A Thread takes the entries of one report in their order and keeps rows that say from which entry on and until which
one something holds. The same entries give the same rows, however they came.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sayso.ledger.chain import canonical
from sayso.ledger.contents import claim_name
from sayso.ledger.inbox import IMPORTED, Tally, places_of
from sayso.ledger.succession import ClaimAt, Version, successors
from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.ledger.contents import Content
    from sayso.records import Claim

Row = dict[str, Any]
Key = tuple[str, object, object]
"""A row's table and primary key, of one or two columns."""

_OFFSETS = frozenset(("start", "end", "sentence", "spans"))
_FIGURE = frozenset(("low", "high", "qualifier", "phrase", "kind"))
_VERDICTS = {"accept": "accepted", "correct": "corrected", "reject": "rejected", "add": "added"}


@dataclass(slots=True)
class _Read:
    """A reading and as much of it as is there."""

    number: int
    id: str
    time: str
    version: Version
    missing: int
    imported: bool
    claims: list[ClaimAt] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ruled:
    """A decision on a claim of this report."""

    number: int
    id: str
    kind: str
    target: str
    set: Content
    by: str
    at: str
    why: str | None


class Thread:
    """The state of one report. Rows that changed are in `changed`; whoever writes them empties it."""

    def __init__(self, report: str) -> None:
        self.report = report
        self.rows: dict[Key, Row] = {}
        self.changed: dict[Key, Row] = {}
        self.versions: dict[str, Version] = {}
        self.readings: dict[str, _Read] = {}
        self.version: Version | None = None
        self._reading: _Read | None = None
        self._current: dict[str, ClaimAt] = {}
        self._named: dict[str, list[ClaimAt]] = {}
        self._heirs: dict[int, ClaimAt] = {}
        self._ruled: list[Ruled] = []
        self._withdrawn: set[str] = set()
        self._open: dict[Key, tuple[Key, str]] = {}

    # ── entries, one after another ───────────────────────────────────────────────────────────────────────────────

    def add_report(self, version: Version, row: Row) -> None:
        """Take an entry of the report; `row` is its row but for since and until."""
        self.versions[version.id] = version
        until = None
        if self.version is None or self.version.time <= version.time:
            if self.version is not None:
                self._close(("reports", self.version.number, None), version.number)
            self.version = version
        else:
            until = version.number  # it came late, from another ledger: it was never the last word here
        self._put(("reports", version.number, None), {**row, "since": version.number, "until": until})
        self._tally()

    def add_reading(self, number: int, identity: str, time: str, row: Row, content: Content) -> None:
        """Take an entry of a reading."""
        imported = content["program"].startswith(IMPORTED)
        read = _Read(number, identity, time, self.versions[content["report"]], content["claims"], imported)
        self.readings[identity] = read
        self._put(("readings", number, None), {**row, "since": None, "until": None})
        self._complete(read, number)

    def add_claim(self, number: int, content: Content) -> None:
        """Take an entry of a claim of a reading."""
        read = self.readings[content["reading"]]
        claim = content["claim"]
        at = self._claim(number, claim_name(claim["id"], self.report), claim, read.version)
        read.claims.append(at)
        self._put_claim(at)
        self._one_less(read, number)

    def miss_claim(self, number: int, reading: str) -> None:
        """Take an entry of a claim whose content was redacted; its reading does not wait for it."""
        if reading in self.readings:
            self._one_less(self.readings[reading], number)

    def decide(self, ruled: Ruled) -> None:
        """Take a decision on a claim, or one that adds a claim."""
        self._ruled.append(ruled)
        if ruled.kind == "add" and ruled.target == self.report and self.version is not None:
            self._add(ruled, self.version)
        self._derive(ruled.number)

    def withdraw(self, number: int, decision: str) -> None:
        """Take the withdrawal of a decision."""
        self._withdrawn.add(decision)
        for ruled in self._ruled:
            if ruled.id == decision and ruled.kind == "add":
                name = self._added(ruled)
                if name in self._current and self._current[name].number == ruled.number:
                    del self._current[name]
                    self._close(("claims", ruled.number, None), number)
        self._derive(number)

    # ── what may be asked of it ───────────────────────────────────────────────────────────────────

    @property
    def digest(self) -> str | None:
        """What the last entry of the report says, as a hash; None where there is none."""
        return None if self.version is None else str(self.rows["reports", self.version.number, None]["digest"])

    @property
    def reading_digest(self) -> str | None:
        """What the last reading read, as a hash; None where there is none."""
        return None if self._reading is None else str(self.rows["readings", self._reading.number, None]["digest"])

    def standing(self, claim: str) -> ClaimAt | None:
        """Return a claim that holds now, by its id."""
        return self._current.get(claim)

    def misplaced(self, reading: str, claim: Claim) -> str | None:
        """Return why a claim cannot be one of a reading of this report, as a sentence, or None."""
        read = self.readings.get(reading)
        if read is None or read.missing <= 0:
            return "Its reading is whole without it."
        if any(at.claim == claim_name(claim.id, self.report) for at in read.claims):
            return "Its reading has a claim of this id already."
        if not 0 <= claim.start < claim.end <= len(read.version.text) or claim.span.of(read.version.text) != claim.text:
            return "Its words do not stand in its report where it says."
        return None

    def named(self, claim: str) -> ClaimAt | None:
        """Return a claim as it was read last under this id, or None."""
        return self._named.get(claim, [None])[-1]

    def overlapping(self, harm: str, span: Span) -> str | None:
        """Return the id of a claim that holds now with this harm and words that overlap, or None."""
        for at in self._current.values():
            if at.harm == harm and at.span.overlaps(span) and at.version is self.version:
                return at.claim
        return None

    def ruling(self, claim: str) -> Content:
        """Return what is ruled on a claim that holds now; empty where nothing is."""
        found = self._open.get(("rulings", claim, None))
        return json.loads(self.rows[found[0]]["ruling"]) if found else {}

    def resolve(self, claim: str) -> str | None:
        """Return the id of the claim that stands now where `claim` stood, or None."""
        if claim in self._current:
            return claim
        for at in reversed(self._named.get(claim, ())):
            seen = at
            while seen.number in self._heirs:
                seen = self._heirs[seen.number]
            if self._current.get(seen.claim) is seen:
                return seen.claim
        return None

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _claim(self, number: int, name: str, claim: Content, version: Version) -> ClaimAt:
        sentence = Span(*claim["sentence"]).of(version.text) if claim.get("sentence") else ""
        span = Span(claim["start"], claim["end"])
        known = (claim.get("confidence"), places_of(claim))
        at = ClaimAt(number, name, version, claim["harm"], span, claim["text"], sentence, *known)
        self._named.setdefault(name, []).append(at)
        return at

    def _put_claim(self, at: ClaimAt) -> None:
        row = {"number": at.number, "claim": at.claim, "report": self.report, "text": at.version.number}
        self._put(("claims", at.number, None), {**row, "since": None, "until": None})

    def _one_less(self, read: _Read, number: int) -> None:
        read.missing -= 1
        self._complete(read, number)

    def _complete(self, read: _Read, number: int) -> None:
        """Let a reading hold once it is whole: its claims come instead of those of the reading before."""
        if read.missing != 0:
            return
        if self._reading is not None and self._reading.time > read.time:
            self._came_late(read, number)
            return
        old = list(self._current.values())
        self._succeed(successors(old, read.claims), number)
        for at in old:
            if at.number in self._heirs or not self._is_added(at):
                del self._current[at.claim]
                self._close(("claims", at.number, None), number)
        if self._reading is not None:
            self._close(("readings", self._reading.number, None), number)
        self._reading = read
        self._begin(("readings", read.number, None), number)
        for at in read.claims:
            self._current[at.claim] = at
            self._begin(("claims", at.number, None), number)
        self._derive(number)

    def _came_late(self, read: _Read, number: int) -> None:
        """Tie the claims of an earlier reading, from another ledger, to those that hold; it never held here itself."""
        self._succeed(successors(read.claims, list(self._current.values())), number)
        self._derive(number)

    def _succeed(self, pairs: Iterable[tuple[ClaimAt, ClaimAt, str]], number: int) -> None:
        for old, new, how in pairs:
            self._heirs[old.number] = new
            row = {"old": old.number, "new": new.number, "report": self.report, "since": number, "how": how}
            self._put(("successions", old.number, None), row)

    def _added(self, ruled: Ruled) -> str:
        return claim_name(str(ruled.set.get("id")), self.report)

    def _is_added(self, at: ClaimAt) -> bool:
        return any(one.kind == "add" and one.number == at.number for one in self._ruled)

    def _add(self, ruled: Ruled, version: Version) -> None:
        name = self._added(ruled)
        if name in self._current:
            return  # two people found the same words; the second is a decision on the claim that is there
        at = self._claim(ruled.number, name, ruled.set, version)
        self._put_claim(at)
        self._current[name] = at
        self._begin(("claims", at.number, None), ruled.number)

    def _in_order(self) -> list[Ruled]:
        """Return the decisions in force by when they were made: those of another ledger may have come in late."""
        return sorted(
            (one for one in self._ruled if one.id not in self._withdrawn), key=lambda one: (one.at, one.number)
        )

    def _about(self, ruled: Ruled) -> str | None:
        return self.resolve(self._added(ruled) if ruled.kind == "add" else ruled.target)

    def _derive(self, number: int) -> None:
        """Work out what is ruled on each claim now, and let rows begin and end where that has changed."""
        if self._ruled or self._open:
            self._derive_rulings(number)
        self._tally()

    def _derive_rulings(self, number: int) -> None:
        wanted: dict[Key, tuple[str, Row]] = {}
        rulings: dict[str, Content] = {}
        for ruled in self._in_order():
            claim = self._about(ruled)
            reason = "no-successor" if claim is None else self._misfit(ruled, self._current[claim])
            if claim is None or reason is not None:
                row = {"decision": ruled.id, "report": self.report, "claim": ruled.target, "reason": reason}
                wanted["unfitting", ruled.id, None] = (canonical(row), row)
                continue
            changes = [ruled.set] if ruled.kind in {"correct", "add"} else []
            rulings[claim] = {
                "sets": [*rulings.get(claim, {"sets": []})["sets"], *changes],
                "verdict": _VERDICTS[ruled.kind],
                "by": ruled.by,
                "at": ruled.at,
                "why": ruled.why,
                "last": ruled.id,
            }
        for claim, ruling in rulings.items():
            row = {"claim": claim, "report": self.report, "ruling": canonical(ruling)}
            wanted["rulings", claim, None] = (canonical(row), row)
        self._move_to(wanted, number)

    def _move_to(self, wanted: dict[Key, tuple[str, Row]], number: int) -> None:
        for name, (key, written) in list(self._open.items()):
            if name not in wanted or wanted[name][0] != written:
                del self._open[name]
                self._close(key, number)
        for name, (written, row) in wanted.items():
            if name not in self._open:
                key = (name[0], name[1], number)
                self._open[name] = (key, written)
                self._put(key, {**row, "since": number, "until": None})

    def _misfit(self, ruled: Ruled, claim: ClaimAt) -> str | None:
        """Return why a correction cannot be carried over to the claim that now stands in its claim's place."""
        name = self._added(ruled) if ruled.kind == "add" else ruled.target
        named = self._named.get(name, [])
        ruled_on = next((at for at in reversed(named) if at.number <= ruled.number), named[0] if named else None)
        if ruled_on is not None and ruled_on.claim == claim.claim and ruled_on.words != claim.words:
            return "other-words"  # a later release of the record says something else
        if ruled_on is None or ruled.kind not in {"correct", "add"}:
            return None
        if not _OFFSETS.isdisjoint(ruled.set) and ruled_on.version.text_sha256 != claim.version.text_sha256:
            return "other-text"
        if not _FIGURE.isdisjoint(ruled.set) and "text" not in ruled.set and ruled_on.words != claim.words:
            return "other-words"
        return None

    def _tally(self) -> None:
        """Count what waits for people."""
        if self.version is None:
            return
        tally = Tally()
        for at in self._current.values():
            tally.add(at.places, at.confidence, self.ruling(at.claim))
        heading = json.loads(self.rows["reports", self.version.number, None]["heading"])
        imported = self._reading is not None and self._reading.imported
        row = tally.row(self.report, self.version.number, heading, imported=imported)
        if self.rows.get(("inbox", self.report, None)) != row:
            self._put(("inbox", self.report, None), row)

    def _put(self, key: Key, row: Row) -> None:
        self.rows[key] = self.changed[key] = row

    def _begin(self, key: Key, number: int) -> None:
        self._put(key, {**self.rows[key], "since": number})

    def _close(self, key: Key, number: int) -> None:
        self._put(key, {**self.rows[key], "until": number})
