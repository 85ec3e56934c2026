"""Claims as accounts: what each origin says of a group of people, whole or in part."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sayso.reconcile.figures import Figure, added, span
from sayso.reconcile.policy import Account
from sayso.reconcile.rank import LEAST_TRUSTED, blamed, side
from sayso.reconcile.words import speaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.events import Kept
    from sayso.reconcile.cells import Cell
    from sayso.reconcile.figures import Words
    from sayso.reconcile.rank import Ranks
    from sayso.reconcile.standing import Ground


def is_vague(account: Account) -> bool:
    """Say whether an origin uses vague words and gives no number."""
    return all(one.claim.kind == "vague" for one in account.claims)


class Accounts:
    """Makes accounts of the standing claims of one incident under one table of vague words.

    Attributes:
        ground: The claims, sorted out.
        ranks: What is thought of sources.
    """

    def __init__(self, ground: Ground, words: Words, ranks: Ranks) -> None:
        self.ground = ground
        self.ranks = ranks
        self._words = words
        every = ground.claims
        self._guilty = {who for who in map(blamed, every) if who is not None}
        self._sides = self._guilty | {one.victims.side for one in every if one.victims.side is not None}

    def figure(self, kept: Kept) -> Figure | None:
        """Return what a claim states by the rule's words, or None where the rule takes no number from it."""
        return self._words.read(kept.claim, in_war=kept.claim.country in self.ranks.at_war)

    def of_wholes(self, claims: Iterable[Kept]) -> tuple[Account, ...]:
        """Return an account for each origin: the range of its figures, each of which counts the whole group."""
        read = [(one, self.figure(one)) for one in claims]
        return self._by_origin([(one, figure) for one, figure in read if figure is not None], _range)

    def of_parts(self, claims: Iterable[Kept], cells: Mapping[str, Cell]) -> tuple[Account, ...]:
        """Return an account for each origin: the sum of its figures of different people.

        Of figures that may count the same people, only the one of the wider group is added.
        """
        read = [(one, self.figure(one)) for one in claims]
        kept = [(one, figure) for one, figure in read if figure is not None]
        return self._by_origin(kept, lambda said: _sum(said, cells))

    def of_persons(self, claims: Iterable[Kept]) -> tuple[Account, ...]:
        """Return an account for each origin: as many as it tells of one by one, and perhaps more."""
        read = [(one, Figure(1, None)) for one in claims]
        return self._by_origin(read, lambda said: Figure(persons([one for one, _ in said]), None))

    def _by_origin(self, read: Sequence[tuple[Kept, Figure]], joined: _Join) -> tuple[Account, ...]:
        said: defaultdict[str, list[tuple[Kept, Figure]]] = defaultdict(list)
        for one, figure in read:
            said[self.ground.origins[one.claim.id]].append((one, figure))
        for origin, claims in said.items():
            # Beside a number, a vague word of the same origin says nothing more.
            said[origin] = [pair for pair in claims if pair[0].claim.kind != "vague"] or claims
        made = [self._account(origin, claims, joined) for origin, claims in said.items()]
        return tuple(sorted(made, key=lambda one: (one.level, one.number is None, one.number or 0, one.origin)))

    def _account(self, origin: str, said: Sequence[tuple[Kept, Figure]], joined: _Join) -> Account:
        claims = tuple(one for one, _ in said)
        level = max(self.ranks.level(one) for one in claims)
        speaking = {side(one) or (one.source.id if one.source else None) for one in claims} - {None}
        return Account(
            origin,
            speaker(claims[0]),
            joined(said),
            claims,
            _day(said),
            min(level.number, LEAST_TRUSTED),
            level.why,
            party=bool(speaking & self._sides),
            blamed=bool(speaking & self._guilty),
            settled=_settled(said) if joined is _range else None,
        )


if TYPE_CHECKING:
    from collections.abc import Callable

    _Join = Callable[[Sequence[tuple[Kept, Figure]]], Figure]


def persons(claims: Iterable[Kept]) -> int:
    """Return how many people are told of one by one, at the least.

    Names that end in the same word may be one person's, and so are counted once; people told of without a name ("the
    mayor") may be any of those named, and count as one where nobody is named.
    """
    words = [one.claim.text.partition(",")[0].split() for one in claims]
    names = {last[-1].casefold() for last in words if last and last[-1][:1].isupper() and last[0][:1].isupper()}
    return len(names) or min(len(words), 1)


def _range(said: Sequence[tuple[Kept, Figure]]) -> Figure:
    return span(figure for _, figure in said)


def _settled(said: Sequence[tuple[Kept, Figure]]) -> int | None:
    """Return the one number of an origin that stands in a report within a range of the same origin; None for none."""
    exact = {figure.low for _, figure in said if figure.low is not None and figure.low == figure.high}
    if len(exact) != 1:
        return None
    number = exact.pop()
    with_it = {one.report.id for one, figure in said if figure == Figure(number, number)}
    around = (
        (one.report.id, figure.low, figure.high)
        for one, figure in said
        if figure.low is not None and figure.high is not None and figure.low < figure.high
    )
    inside = any(report in with_it and low <= number <= high for report, low, high in around)
    return number if inside else None


def _sum(said: Sequence[tuple[Kept, Figure]], cells: Mapping[str, Cell]) -> Figure:
    """Add one origin's figures of groups that cannot overlap, the wider groups first."""
    by_cell: defaultdict[Cell, list[Figure]] = defaultdict(list)
    for one, figure in said:
        by_cell[cells[one.claim.id]].append(figure)
    chosen = widest(by_cell)
    return added(span(by_cell[one]) for one in chosen)


def widest(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Return groups of which no two can overlap, the wider ones first."""
    chosen: list[Cell] = []
    for one in sorted(set(cells), key=lambda cell: cell.order):
        if all(one.apart_from(other) for other in chosen):
            chosen.append(one)
    return tuple(chosen)


def _day(said: Sequence[tuple[Kept, Figure]]) -> str:
    """Return the day on which the newest of an origin's figures was first given: a repeat is no news."""
    first: dict[Figure, str] = {}
    for one, figure in said:
        published = (one.report.published or "")[:10]
        first[figure] = min(first.get(figure, published), published)
    return max(first.values())
