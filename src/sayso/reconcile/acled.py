"""``acled-conservative``: the lowest number of deaths reported, until better or more sources say otherwise."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sayso.reconcile.choices import claims_of, one_number, set_aside, told, votes, who_says
from sayso.reconcile.policy import Policy, Settled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reconcile.figures import Figure
    from sayso.reconcile.policy import Account, Case

_MOST_DAYS = 31
"""A total over more days than this is not divided: ACLED codes no event whose month is not known."""


def settle(case: Case) -> Settled:
    """Code the lowest number; one that independent sources agree on, or that no party gives, goes before."""
    sources = [one for one in case.accounts if not one.party] or list(case.accounts)
    parties = [one for one in case.accounts if one not in sources]
    aside = set_aside(parties, "It speaks for a side, and a source that does not gives a figure too.")
    ranked = votes(sources)
    if not ranked:
        return Settled(
            high=max((one.figure.high for one in sources if one.figure.high is not None), default=None),
            aside=(*aside, *set_aside(sources, "It states no lower bound.")),
            left_open=("What to code where only an upper bound is said; the codebook does not tell.",),
        )
    decided, reason, rest = _chosen(sources, ranked)
    number = min(one.number for one in decided if one.number is not None)
    low, best, high = one_number(number, decided)
    disputed = (
        (f"Sources differ; the notes would say: {' '.join(told(case.accounts))}",) if len(case.accounts) > 1 else ()
    )
    return Settled(
        low,
        best,
        high,
        decided=claims_of(decided),
        aside=(*aside, *set_aside([one for one in sources if one not in decided], rest)),
        why=(reason, *_divided(number, decided), *(disputed if len(votes(case.accounts)) > 1 else ())),
        left_open=_unknown_number(decided),
    )


def _chosen(
    sources: Sequence[Account], ranked: Sequence[tuple[Figure, tuple[Account, ...]]]
) -> tuple[Sequence[Account], str, str]:
    """Return the accounts that decide, why they do, and why the others do not."""
    most = ranked[0][1]
    if len(most) > 1 and (len(ranked) == 1 or len(ranked[1][1]) < len(most)):
        return most, f"{who_says(most)} agree, each on its own.", "Independent sources agree on another number."
    lowest = min(one.number for one in sources if one.number is not None)
    decided = [one for one in sources if one.number == lowest]
    reason = "It is the lowest number reported." if len(ranked) > 1 else "It is the only number reported."
    return decided, reason, "A lower number is reported too."


def spread(total: int, parts: int) -> tuple[int, ...]:
    """Divide a total evenly over days or places, what is left over going to the first ones.

    Args:
        total: How many in all.
        parts: Over how many days or places; at least 1.

    >>> spread(12, 3), spread(14, 4)
    ((4, 4, 4), (4, 4, 3, 3))
    """
    each, over = divmod(total, parts)
    return tuple(each + (at < over) for at in range(parts))


def _divided(number: int, decided: Sequence[Account]) -> tuple[str, ...]:
    """Say how a total over several days is divided over them."""
    totals = [one.claim for one in claims_of(decided) if one.claim.scope == "cumulative"]
    days = {(one.date_from, one.date_to) for one in totals}
    if len(days) != 1:
        return ()
    first, last = days.pop()
    try:
        length = (date.fromisoformat(last or "") - date.fromisoformat(first or "")).days + 1
    except ValueError:
        return ()
    if not 1 < length <= _MOST_DAYS:
        return ()
    shares = ", ".join(map(str, spread(number, length)))
    return (f"As a total over {length} days it is divided among them: {shares}.",)


def _unknown_number(decided: Sequence[Account]) -> tuple[str, ...]:
    """Say where a 3 or a 10 stands for a number that is not known."""
    vague = any(one.claim.kind == "vague" for one in claims_of(decided))
    if not vague or not any(one.number in {3, 10} for one in decided):
        return ()
    return (
        "Whether 3 or 10 stands for a number that is not told: the list of countries at war decides, and it is yours.",
    )


ACLED = Policy(
    name="acled-conservative",
    version="1",
    title="ACLED, the lowest reported",
    source="https://acleddata.com/methodology/acled-codebook",
    counts="Deaths of anybody in one event, however few. Injuries are not coded, and deaths are not split by side.",
    harms=("killed",),
    settle=settle,
    words="acled",
    when_unsaid=0,
    undecided=(
        "It gives one number; who disputes it is told in the notes.",
        "Which reports by parties may be taken; we follow a party only where no one else gives a figure.",
        "What to code where only an upper bound is said.",
    ),
    unchecked=(
        "That 10 stands for an unknown number in war zones and large attacks, and 3 otherwise, is from memory.",
        "The words for tens, dozens and hundreds were read in a mirror of ACLED's answers on fatalities.",
    ),
)
