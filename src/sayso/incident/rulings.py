"""What people ruled on which claims belong together, which always goes before what the program finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from sayso.entries import Decision


@dataclass(slots=True)
class Rulings:
    """Claims that people put together or apart.

    Attributes:
        mark: By claim, a mark; claims with one mark belong together.
        apart: Pairs of marks that do not belong together, each in alphabetical order.
        decided: By mark, the decision that gave it last.
    """

    mark: dict[str, str] = field(default_factory=dict)
    apart: set[tuple[str, str]] = field(default_factory=set)
    decided: dict[str, Decision] = field(default_factory=dict)
    _claims: dict[str, tuple[str, ...]] | None = field(default=None, repr=False, compare=False)

    def claims(self, mark: str) -> tuple[str, ...]:
        """Return the claims that have a mark, in alphabetical order."""
        return self._by_mark().get(mark, ())

    def first(self, mark: str) -> str:
        """Return the first claim that has a mark, which names it whatever the marks are called."""
        return self.claims(mark)[0]

    def _by_mark(self) -> Mapping[str, tuple[str, ...]]:
        if self._claims is None:
            claims: dict[str, list[str]] = {}
            for claim in sorted(self.mark):
                claims.setdefault(self.mark[claim], []).append(claim)
            self._claims = {mark: tuple(of_mark) for mark, of_mark in claims.items()}
        return self._claims

    def are_apart(self, a: str, b: str) -> bool:
        """Say whether two marks must not come together."""
        return (min(a, b), max(a, b)) in self.apart


def rulings(decisions: Iterable[Decision]) -> Rulings:
    """Bring merges, splits and moves into one state; of two that contradict each other the later holds.

    ``merge`` puts all claims of `Decision.on` together. ``split`` takes those of `on` away, as one event of their own,
    from those that ``set["from"]`` lists. ``move`` does the same and puts them together with those that ``set["to"]``
    lists, or with the one claim that it is.

    Args:
        decisions: The decisions in force, in the order in which they were made; other kinds are passed over.
    """
    state = Rulings()
    for number, decision in enumerate(decisions):
        if decision.kind not in {"merge", "split", "move"} or not decision.on:
            continue
        if decision.kind != "merge":
            for claim in decision.on:
                state.mark.pop(claim, None)
        to = decision.set.get("to") if decision.kind == "move" else ()
        joined = (*((to,) if isinstance(to, str) else to if isinstance(to, (list, tuple)) else ()), *decision.on)
        mark = _together(state, joined, f"{number}")
        state.decided[mark] = decision
        stay = decision.set.get("from") if decision.kind != "merge" else ()
        for claim in stay if isinstance(stay, (list, tuple)) else ():
            other = state.mark.setdefault(str(claim), f"{number}:{claim}")
            if other != mark:
                state.apart.add((min(mark, other), max(mark, other)))
    return state


def changed(before: Rulings, after: Rulings) -> set[str]:
    """Return the claims of which another thing is ruled than before: what they belong with, or what they do not.

    Marks are numbers of decisions, and change where an earlier decision is taken back; what they mean is compared.
    """
    was, now = _meanings(before), _meanings(after)
    return {claim for claim in was.keys() | now.keys() if was.get(claim) != now.get(claim)}


def _meanings(state: Rulings) -> dict[str, Any]:
    """Return by claim what stands for the claims it belongs with, for those it is kept from, and for who ruled so."""
    away: dict[str, set[str]] = {}
    for a, b in state.apart:
        for one, other in ((a, b), (b, a)):
            if state.claims(one) and state.claims(other):
                away.setdefault(one, set()).add(state.first(other))
    of_mark = {
        mark: (state.claims(mark), away.get(mark, set()), state.decided.get(mark)) for mark in set(state.mark.values())
    }
    return {claim: of_mark[mark] for claim, mark in state.mark.items()}


def _together(state: Rulings, claims: Iterable[str], mark: str) -> str:
    """Give some claims one new mark, and all that shared a mark with one of them too."""
    former = {state.mark[claim] for claim in claims if claim in state.mark}
    if former:
        state.mark.update({claim: mark for claim, held in state.mark.items() if held in former})
        renamed = ((mark if a in former else a, mark if b in former else b) for a, b in state.apart)
        state.apart = {(min(pair), max(pair)) for pair in renamed if pair[0] != pair[1]}
    state.mark.update(dict.fromkeys(claims, mark))
    return mark
