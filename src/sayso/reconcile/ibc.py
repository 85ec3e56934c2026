"""``ibc-min-max``: the lowest and the highest credible figure of civilians, documented and not estimated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reconcile.choices import claims_of, one_newsroom, open_ends, said_range, set_aside, told, trusted
from sayso.reconcile.figures import Figure
from sayso.reconcile.policy import Policy, Settled
from sayso.reconcile.words import counted

if TYPE_CHECKING:
    from sayso.reconcile.policy import Case

NAME = "ibc-min-max"
PROVISIONAL = "provisional"


def settle(case: Case) -> Settled:
    """Take the lowest and highest credible figure; people who may not be civilians count in the maximum alone."""
    sure, poor = trusted(case, case.accounts, NAME)
    unsure, poor_wider = trusted(case, case.wider, NAME)
    low = said_range(sure, vague=case.vague).low
    every = (*sure, *(one for one in unsure if one.origin not in {account.origin for account in sure}))
    high = said_range(every, floors=case.floors, vague=case.vague).high
    if case.named and low is not None:
        low = max(low, case.named)
    if low is not None and high is not None:
        high = max(low, high)
    sources = {one.origin for one in every}
    figure = Figure(low, high)
    return Settled(
        low,
        low if low == high else None,
        high,
        PROVISIONAL if len(sources) < 2 else None,
        claims_of(every),
        (
            *(
                (claim, f"It does not rank as credible: {one.why}.")
                for one in (*poor, *poor_wider)
                for claim in one.claims
            ),
            *set_aside(case.floors, "It counts only some of the people."),
            *set_aside(
                [one for one in unsure if one not in every], "The same source tells how many of them were civilians."
            ),
        ),
        (*told(sure), *_named(case, said_range(sure).low)),
        (
            *(
                f"Whether they were civilians is not said: {sentence}"
                for sentence in told(one for one in unsure if one in every)
            ),
            *open_ends(figure, every),
            *(("Fewer than two independent sources.",) if len(sources) < 2 else one_newsroom(every)),
        ),
    )


def _named(case: Case, said: int | None) -> tuple[str, ...]:
    if said is None or case.named <= said:
        return ()
    return (
        f"{counted(case.named, 'person is', 'people are')} told of one by one, which is more than the lowest figure.",
    )


IBC = Policy(
    name=NAME,
    version="1",
    title="Iraq Body Count, min and max",
    source="https://www.iraqbodycount.org/about/methods/",
    counts="Civilians killed or injured by violence, as documented in reports; fighters are not counted.",
    harms=("killed", "injured"),
    settle=settle,
    words="documented",
    whom="civilians",
    undecided=(
        "A best number: there is a minimum and a maximum.",
        "Totals of morgues and periods, from which recorded incidents are to be subtracted first; they are set aside.",
        "Which source is credible; your list of levels decides.",
    ),
    unchecked=(
        "That people who may not be civilians part minimum and maximum was read in a mirror.",
        "So was that the figure of one side alone is both minimum and maximum.",
    ),
)
