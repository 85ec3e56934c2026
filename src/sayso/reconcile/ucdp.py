"""``ucdp-best-low-high``: the lowest and the highest reliable estimate, and the most reliable one as the best."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reconcile.choices import claims_of, open_ends, said_range, set_aside, trusted, who_says
from sayso.reconcile.figures import span
from sayso.reconcile.policy import Policy, Settled

if TYPE_CHECKING:
    from sayso.reconcile.policy import Account, Case

NAME = "ucdp-best-low-high"


def settle(case: Case) -> Settled:
    """Take the range of reliable figures; the best is that of the most reliable source, the lower of several."""
    good, poor = trusted(case, case.accounts, NAME)
    floors, poor_floors = trusted(case, case.floors, NAME) if case.floors else ((), ())
    vague, poor_vague = trusted(case, case.vague, NAME) if case.vague else ((), ())
    figure = said_range(good, floors=floors, vague=vague)
    with_number = [one for one in good if one.number is not None]
    top = [one for one in with_number if one.level == min(other.level for other in with_number)]
    best = min((number for one in top if (number := _number(one)) is not None), default=None)
    decided = [one for one in top if _number(one) == best]
    return Settled(
        figure.low,
        best,
        figure.high,
        decided=claims_of(decided),
        aside=(
            *((claim, _bounds(one, decided)) for one in good if one not in decided for claim in one.claims),
            *(
                (claim, f"It does not rank as reliable: {one.why}.")
                for one in (*poor, *poor_vague)
                for claim in one.claims
            ),
            *set_aside((*floors, *poor_floors), "It counts only some of the people."),
        ),
        why=(
            *_why(case, decided, with_number),
            *_own(decided),
            *_widened(floors, widened=figure != said_range(good, vague=vague)),
        ),
        left_open=(*_unranked(case, good), *open_ends(figure, good)),
    )


def _number(one: Account) -> int | None:
    return one.number if one.settled is None else one.settled


def _own(decided: list[Account]) -> tuple[str, ...]:
    own = [one for one in decided if one.settled is not None]
    return (f"{who_says(own)} settles on this number within a range of its own.",) if own else ()


def _why(case: Case, decided: list[Account], others: list[Account]) -> tuple[str, ...]:
    if not decided:
        return ("No source states a number from below.",)
    top = [one for one in others if one.level == decided[0].level]
    if len(others) == len(decided):
        return (
            "Only one figure ranks as reliable." if len(case.accounts) > len(decided) else "It is the only figure.",
        )
    if span(one.figure for one in top) == span(one.figure for one in decided):
        return (f"{who_says(decided)} ranks as the most reliable: {decided[0].why}.",)
    return (f"{who_says(top)} rank alike as the most reliable; the lower figure is taken.",)


def _widened(floors: tuple[Account, ...], *, widened: bool) -> tuple[str, ...]:
    if not widened:
        return ()
    return (f"{who_says(floors)} counts some of the people alone, and these reach beyond it, which widens the range.",)


def _bounds(one: Account, decided: list[Account]) -> str:
    if decided and one.level == decided[0].level:
        return "It ranks alike and its figure is higher, so it bounds the range and is not the best."
    return f"It ranks below the most reliable, so it bounds the range and is not the best: {one.why}."


def _unranked(case: Case, good: tuple[Account, ...]) -> tuple[str, ...]:
    if good and good[0].level > case.ranks.limits[NAME]:
        return ("No source ranks as reliable, so all figures are taken.",)
    return ()


UCDP = Policy(
    name=NAME,
    version="1",
    title="UCDP, best with low and high",
    source="https://www.uu.se/en/department/peace-and-conflict-research/research/ucdp/ucdp-methodology",
    counts="Direct deaths of anybody; best is the sum of both sides, of civilians and of people unknown.",
    harms=("killed",),
    settle=settle,
    undecided=(
        "Which sources are reliable is your list of levels, not UCDP's own judgement.",
        "Whether the dyad passes 25 deaths in some year, which is a filter of the data set.",
        (
            "How far off the figures may be: low and high are the range of what was said, and known to be too narrow "
            "and too low (Vesco et al. 2026, doi 10.1177/00220027261423826)."
        ),
    ),
    unchecked=(
        "That the lower figure is the best one where sources cannot be ranked is from memory.",
        "That best adds both sides, civilians and unknown was read in a quotation of the codebook.",
        "That a less trusted figure still bounds the range where it is reasonable is from memory; we leave it out.",
    ),
)
