"""From claims to tolls: which accounts there are of which people, and what a rule makes of them.

A toll is given for everybody (or for civilians, where a rule counts no one else), and beside it for each status and
side that the words tell apart. Where sources give a figure for the whole group, the rule chooses among these; a figure
of a part is then a floor and no more. Where nobody gives one, the tolls of groups that cannot overlap are added.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.events import SetAside, Toll
from sayso.reconcile import rank
from sayso.reconcile.accounts import Accounts, is_vague, persons, widest
from sayso.reconcile.cells import CIVILIANS, EVERYBODY, Cell
from sayso.reconcile.figures import Figure, added, tables
from sayso.reconcile.policy import Case, Policy, Settled
from sayso.reconcile.registry import named
from sayso.reconcile.standing import Ground, ground, order
from sayso.reconcile.words import listed, quoted, speaker, upper
from sayso.records import HARMS
from sayso.zeros import same_sort

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.events import IncidentScope, Kept, Relation
    from sayso.reconcile.policy import Account
    from sayso.reconcile.rank import Ranks
    from sayso.records import Harm
    from sayso.zeros import Extent

NOTHING_SAID = "none reported"
"""The label of a number that a rule codes because nobody speaks of the harm."""


def tolls(
    kept: Iterable[Kept],
    policy: Policy | str,
    relations: Iterable[Relation] = (),
    *,
    incident: str = "",
    scope: IncidentScope = "event",
    ranks: Ranks | None = None,
) -> tuple[Toll, ...]:
    """Count one incident under one rule.

    Args:
        kept: The incident's claims, in any order.
        policy: The rule, or its name.
        relations: How the claims stand to one another. Without them nothing is taken to be replaced or a part, but for
            what the words of a claim say themselves ("two children").
        incident: The incident's id.
        scope: ``event``, or ``period`` for an incident that is made of running totals.
        ranks: What is thought of sources; what comes with the program when left out.

    Returns:
        Tolls by harm; for each harm the whole first, then by status and side. Every claim of a harm is in the whole's
        `decided` or `aside`.

    Raises:
        UsageError: There is no rule of that name.
    """
    rule = named(policy) if isinstance(policy, str) else policy
    counter = _Counter(rule, ground(kept, relations, scope), ranks or rank.shipped(), incident)
    return tuple(toll for harm in HARMS if harm in rule.harms for toll in counter.of_harm(harm))


def speaks_of(kept: Kept, harm: Harm) -> bool:
    """Say whether a claim is about a harm; that nobody was killed or hurt says so of both."""
    claim = kept.claim
    if claim.harm == "killed_or_injured" and claim.kind == "zero" and harm in {"killed", "injured"}:
        return True
    return claim.harm == harm


class _Counter:
    """One rule at one incident."""

    def __init__(self, rule: Policy, sorted_out: Ground, ranks: Ranks, incident: str) -> None:
        self._rule = rule
        self._ground = _as_civilians(sorted_out) if rule.whom == "civilians_unless_shown" else sorted_out
        self._accounts = Accounts(self._ground, tables()[rule.words], ranks)
        self._incident = incident
        self._apart: frozenset[str] = frozenset()
        self._told: frozenset[str | None] = frozenset()
        self._base = EVERYBODY if rule.whom == "everybody" else CIVILIANS

    def of_harm(self, harm: Harm) -> Iterator[Toll]:
        claims = [one for one in self._ground.claims if speaks_of(one, harm)]
        aside = [(one, why) for one, why in self._ground.aside if speaks_of(one, harm)]
        cells = [self._ground.cells[one.claim.id] for one in claims if not self._is_none_of_some(one)]
        self._told = frozenset(value for one in cells for value in (one.status, one.side))
        self._apart = self._told_apart([one for one in claims if one.claim.kind != "individual"])
        unsaid = harm == "killed" and self._rule.when_unsaid is not None and bool(self._ground.claims)
        if not claims and not aside and not unsaid:
            return
        for cell in self._groups(claims):
            settled = self._settled(harm, cell, claims)
            if cell == self._base:
                if unsaid and settled == Settled():
                    settled = self._unsaid()
                yield self._toll(harm, cell, self._complete(settled, claims, aside))
            else:
                yield self._toll(harm, cell, settled)

    def _groups(self, claims: Sequence[Kept]) -> tuple[Cell, ...]:
        """Return the groups that a toll is given for, the whole first."""
        some = [one for one in claims if not self._is_none_of_some(one)]
        cells = {self._ground.cells[one.claim.id].plain for one in some}
        within = {one for one in cells if one.within(self._base)}
        parts = {Cell(status=one.status) for one in within} | {Cell(side=one.side) for one in within} | within
        # "No soldiers of Karsk" is no figure of all soldiers, nor of all people of Karsk.
        nobody = {self._ground.cells[one.claim.id] for one in claims if self._extent(one) in {"all", "kind"}}
        wanted = {one for one in parts | nobody if one == one.plain and one.within(self._base)} - {self._base}
        return (self._base, *sorted(wanted, key=lambda one: one.order))

    def _settled(self, harm: Harm, group: Cell, claims: Sequence[Kept]) -> Settled:
        """Settle a group: by figures of the whole, else by its parts, else by the people told of one by one."""
        some = [one for one in claims if not self._is_none_of_some(one)]
        counts = [one for one in some if one.claim.kind != "individual" and self._accounts.figure(one) is not None]
        told = [one for one in some if one.claim.kind == "individual" and self._as_in(one, group).within(group)]
        inside = [one for one in counts if self._as_in(one, group).within(group)]
        nobody = [one for one in claims if self._is_none_of(one, group, [*inside, *told])]
        apart = self._told_apart(inside)
        wholes = [one for one in inside if self._counted_as(one, group, apart) == group and not self._is_part(one)]
        whole_ids = {one.claim.id for one in wholes}
        wholes += [one for one in nobody if one.claim.id not in whole_ids]
        whole_ids |= {one.claim.id for one in nobody}
        partial = [one for one in inside if one.claim.id not in whole_ids]
        wider = [one for one in self._wider(group, counts) if one.claim.id not in whole_ids]
        full = self._in_full(group, [*partial, *(one for one in claims if self._extent(one) == "all")])
        if wholes or full:
            return self._ask(harm, group, self._wholes(wholes, full), partial, wider, told)
        if partial:
            groups = widest({self._counted_as(one, group, apart).plain for one in partial} - {group})
            if groups:
                return self._added(groups, [self._settled(harm, one, claims) for one in groups])
            return self._ask_of_parts(harm, group, partial, wider, told)
        if told:
            return self._ask(harm, group, self._accounts.of_persons(told), [], wider, told)
        if wider:
            return self._ask(harm, group, (), [], wider, told)
        return Settled()

    def _told_apart(self, claims: Sequence[Kept]) -> frozenset[str]:
        """Return whether status and side part the people of these claims.

        They do where two values are told, where one claim counts both, or where one origin gives one figure with the
        value and another without. Where all who say whom say the same, a figure that does not say is of them too.
        """
        claims = [one for one in claims if not self._is_none_of_some(one)]
        found = {"status"} if any(one.claim.status == "mixed" for one in claims) else set[str]()
        for name in ("status", "side"):
            values: set[str] = set()
            of_origin: dict[str, dict[bool, set[tuple[int | None, int | None]]]] = {}
            for one in claims:
                value = getattr(self._ground.cells[one.claim.id], name)
                said = of_origin.setdefault(self._ground.origins[one.claim.id], {True: set(), False: set()})
                said[value is None].add((one.claim.low, one.claim.high))
                values |= {value} - {None}
            both = any(said[True] and said[False] and said[True] != said[False] for said in of_origin.values())
            if len(values) > 1 or both:
                found.add(name)
        return frozenset(found)

    def _as_in(self, one: Kept, group: Cell) -> Cell:
        """Return the group that a claim counts; what it does not say and nothing tells apart is as in `group`."""
        cell = self._ground.cells[one.claim.id]
        status = group.status if self._rule.whom == "everybody" and "status" not in self._apart else None
        side = group.side if "side" not in self._apart else None
        # That none of some was harmed does not make them those whom other figures count.
        return replace(
            cell,
            status=cell.status or (status if status in self._told else None),
            side=cell.side or (side if side in self._told else None),
        )

    def _counted_as(self, one: Kept, group: Cell, apart: frozenset[str]) -> Cell:
        """Return the group that a claim counts, without what tells nobody of `group` apart."""
        cell = self._ground.cells[one.claim.id]
        return replace(
            cell,
            status=cell.status if "status" in apart else group.status,
            side=cell.side if "side" in apart else group.side,
        )

    def _is_part(self, one: Kept) -> bool:
        return one.claim.id in self._ground.parts

    def _extent(self, one: Kept) -> Extent | None:
        """Return how much of its group a zero counts; None for a zero of everybody, and for all that are no zeros."""
        return self._ground.none_of.get(one.claim.id)

    def _is_none_of_some(self, one: Kept) -> bool:
        return one.claim.id in self._ground.none_of

    def _is_none_of(self, one: Kept, group: Cell, others: Sequence[Kept]) -> bool:
        """Say whether a claim says that nobody of a group was harmed, beside others that count some of it."""
        cell, extent = self._ground.cells[one.claim.id], self._extent(one)
        if one.claim.kind != "zero" or self._is_part(one):
            return False
        if extent in {"all", None}:
            return group.within(cell)
        others = [other for other in others if other.claim.kind != "zero"]
        return cell == group and (same_sort(one, others) if extent == "kind" else extent == "rest" and not others)

    def _wholes(self, wholes: Sequence[Kept], full: Sequence[Kept]) -> tuple[Account, ...]:
        """Return the accounts of a whole group: its figures, and civilians and combatants of one origin together."""
        accounts = self._accounts.of_wholes(wholes)
        speaking = {self._ground.origins[one.claim.id] for one in wholes}
        more = [one for one in full if self._ground.origins[one.claim.id] not in speaking]
        both = self._accounts.of_parts(more, self._ground.cells)
        return tuple(sorted((*accounts, *both), key=lambda one: (one.level, one.number or 0, one.origin)))

    def _in_full(self, group: Cell, partial: Sequence[Kept]) -> list[Kept]:
        """Return claims of origins that tell civilians and combatants of the group apart and give both."""
        given: dict[str, dict[str, list[Kept]]] = {}
        for one in partial:
            cell = self._ground.cells[one.claim.id]
            if cell.status and replace(cell, status=group.status) == group and one.claim.id not in self._ground.parts:
                given.setdefault(self._ground.origins[one.claim.id], {}).setdefault(cell.status, []).append(one)
        return [
            one for by_status in given.values() if len(by_status) == 2 for some in by_status.values() for one in some
        ]

    def _ask_of_parts(
        self, harm: Harm, group: Cell, partial: Sequence[Kept], wider: Sequence[Kept], told: Sequence[Kept]
    ) -> Settled:
        """Settle a group of which only some are counted: women, children, or those whose whole no longer stands."""
        cells = self._ground.cells
        some = [one for one in partial if not self._is_part(one)]
        accounts = self._accounts.of_parts(some or partial, cells)
        if not some:
            accounts = tuple(replace(one, figure=Figure(one.figure.low, None)) for one in accounts)
        settled = self._ask(harm, group, accounts, [], wider, told)
        kinds = sorted({str(cells[one.claim.id]) for one in some or partial})
        note = f"No source gives a figure for {group}; what is counted is {listed(kinds)} alone."
        if not some:
            note = "No figure for the whole stands; what is counted is a part of it."
        return replace(settled, left_open=(*settled.left_open, note))

    def _added(self, groups: Sequence[Cell], settled: Sequence[Settled]) -> Settled:
        """Add the tolls of groups that cannot overlap."""
        if len(groups) == 1:
            return settled[0]
        total = added(Figure(one.low, one.high) for one in settled)
        bests = [one.best for one in settled if one.best is not None]
        whole = len(bests) == len(settled) or (self._rule.sums_what_is_known and bool(bests))
        labels = sorted({one.label for one in settled if one.label})
        told = zip(groups, settled, strict=True)
        return Settled(
            total.low,
            sum(bests) if whole else None,
            total.high,
            "; ".join(labels) or None,
            tuple(claim for one in settled for claim in one.decided),
            tuple(claim for one in settled for claim in one.aside),
            (
                f"No source gives a figure for the whole, so {listed([str(one) for one in groups])} are added.",
                *(f"{upper(str(cell))}: {sentence}" for cell, one in told for sentence in one.why),
            ),
            tuple(dict.fromkeys(sentence for one in settled for sentence in one.left_open)),
        )

    def _ask(
        self,
        harm: Harm,
        group: Cell,
        accounts: tuple[Account, ...],
        partial: Sequence[Kept],
        wider: Sequence[Kept],
        told: Sequence[Kept],
    ) -> Settled:
        speaking = {claim.claim.id for one in accounts for claim in one.claims}
        origins = {one.origin for one in accounts}
        rest = [one for one in partial if one.claim.id not in speaking]
        floors = self._accounts.of_parts(
            [one for one in rest if self._ground.origins[one.claim.id] not in origins], self._ground.cells
        )
        stated = tuple(one for one in accounts if one.figure != Figure(None, None))
        numbers = tuple(one for one in stated if not is_vague(one))
        case = Case(
            harm,
            group,
            numbers or stated,
            tuple(one for one in stated if numbers and one not in numbers),
            floors,
            self._accounts.of_wholes(wider),
            persons(told) if told else 0,
            self._ground.claims,
            ranks=self._accounts.ranks,
        )
        if not (case.accounts or case.wider):
            return Settled()
        return self._rule.settle(case)

    def _wider(self, group: Cell, counts: Sequence[Kept]) -> list[Kept]:
        """Return figures of people of whom it is not said whether they are civilians, for a rule that asks.

        Where all who say whom tell of combatants, these figures are taken to be of them.
        """
        statuses = {one.claim.status for one in counts}
        if self._rule.whom != "civilians" or ("combatant" in statuses and not statuses & {"civilian", "mixed"}):
            return []
        open_group = replace(group, status=None)
        return [one for one in counts if self._ground.cells[one.claim.id] == open_group]

    def _unsaid(self) -> Settled:
        return Settled(
            best=self._rule.when_unsaid,
            label=NOTHING_SAID,
            why=("No source gives a number of people killed.",),
            left_open=("That nobody was killed is not said either.",),
        )

    def _complete(self, settled: Settled, claims: Sequence[Kept], aside: Sequence[tuple[Kept, str]]) -> Settled:
        """Give every claim of the harm that did not decide its reason."""
        decided = {one.claim.id: one for one in settled.decided}
        reasons = {one.claim.id: (one, why) for one, why in settled.aside if one.claim.id not in decided}
        for one in claims:
            if one.claim.id not in decided and one.claim.id not in reasons:
                reasons[one.claim.id] = (one, self._left_out(one))
        everything = sorted((*reasons.values(), *aside), key=lambda pair: order(pair[0]))
        return replace(settled, aside=tuple(everything))

    def _left_out(self, one: Kept) -> str:
        """Return why a claim that stands has no part in the toll."""
        cell = self._ground.cells[one.claim.id]
        if self._is_none_of_some(one):
            who = "some people" if self._extent(one) == "some" or cell == EVERYBODY else str(cell)
            return f"It says of {who} alone that none of them came to harm, which is no figure for the others."
        if one.claim.kind == "individual":
            return "It tells of one person, who is among those counted."
        if self._accounts.figure(one) is None:
            return f"{quoted(one)} is too vague for a number under this rule."
        if one.claim.kind == "vague" and cell.within(self._base):
            return f"{quoted(one)} is vague, and numbers are given."
        if not cell.within(self._base):
            return (
                f"It counts {cell}, whom this rule does not count."
                if cell.status
                else "It does not say whether they were civilians."
            )
        if cell != self._base or one.claim.id in self._ground.parts:
            return (
                f"It counts only some of the people: {cell}."
                if cell != self._base
                else "It counts only some of the people."
            )
        return f"{speaker(one)} states no number."

    def _toll(self, harm: Harm, cell: Cell, settled: Settled) -> Toll:
        return Toll(
            self._rule.name,
            self._rule.version,
            self._incident,
            harm,
            settled.low,
            settled.best,
            settled.high,
            cell.status,
            cell.side,
            tuple(one.claim.id for one in sorted(settled.decided, key=order)),
            tuple(SetAside(one.claim.id, why) for one, why in sorted(settled.aside, key=lambda pair: order(pair[0]))),
            " ".join(settled.why) or "No claim that stands gives a number under this rule.",
            settled.label,
            settled.left_open,
        )


def _as_civilians(sorted_out: Ground) -> Ground:
    """Take people to be civilians where no word of the claim says otherwise."""
    cells = {
        one.claim.id: replace(sorted_out.cells[one.claim.id], status="civilian")
        if one.claim.status == "unknown" and sorted_out.cells[one.claim.id].status is None
        else sorted_out.cells[one.claim.id]
        for one in sorted_out.claims
    }
    return replace(sorted_out, cells=cells)
