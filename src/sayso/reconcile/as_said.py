"""``as-said``: the lowest and the highest of what was said, and by whom. It rules on nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reconcile.choices import beyond, claims_of, one_newsroom, open_ends, said_range, told
from sayso.reconcile.policy import Policy, Settled
from sayso.records import HARMS

if TYPE_CHECKING:
    from sayso.reconcile.policy import Case


def settle(case: Case) -> Settled:
    """Give the range of all accounts; a single number only where all give the same."""
    figure = said_range(case.accounts, floors=case.floors, vague=case.vague)
    every = (*case.accounts, *beyond(said_range(case.accounts), floors=case.floors, vague=case.vague))
    best = figure.low if figure.low == figure.high else None
    return Settled(
        figure.low,
        best,
        figure.high,
        decided=claims_of(every),
        why=told((*case.accounts, *case.vague)),
        left_open=(*open_ends(figure, every), *one_newsroom(case.accounts)),
    )


AS_SAID = Policy(
    name="as-said",
    version="1",
    title="what was said, by whom",
    source="docs/policies.md",
    counts="Everybody, and every harm: the lowest and the highest figure that stands, whoever gave it.",
    harms=HARMS,
    settle=settle,
    undecided=(
        "Which figure is right, and which source to believe. It is a range of what was said, no confidence interval.",
        "A number between the lowest and the highest, unless all sources give the same one.",
    ),
)
