"""``gtd-recent-majority-lowest``: the most recent independent source, else the majority, else the lowest figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reconcile.choices import claims_of, one_number, set_aside, told, votes, who_says
from sayso.reconcile.policy import Policy, Settled
from sayso.reconcile.words import day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reconcile.policy import Account, Case

NAME = "gtd-recent-majority-lowest"


def settle(case: Case) -> Settled:
    """Follow the most recent source, unless it is doubtful or not alone."""
    limit = case.ranks.limits[NAME]
    usable = [one for one in case.accounts if one.number is not None and not one.blamed]
    sound = [one for one in usable if one.level <= limit] or usable
    aside = [
        *(
            (claim, "It speaks for those who are said to have done it.")
            for one in case.accounts
            if one.blamed
            for claim in one.claims
        ),
        *(
            (claim, f"Its validity is in question: {one.why}.")
            for one in usable
            if one not in sound
            for claim in one.claims
        ),
        *(
            (claim, "It states no number from below.")
            for one in case.accounts
            if one.number is None and not one.blamed
            for claim in one.claims
        ),
        *set_aside(case.floors, "It counts only some of the people."),
    ]
    if not sound:
        return Settled(
            aside=tuple(aside), left_open=("No independent source gives a number, so the field stays blank.",)
        )
    decided, reason, rest = _chosen(case.accounts, sound)
    low, best, high = one_number(min(one.number for one in decided if one.number is not None), decided)
    others = [one for one in sound if one not in decided]
    notes = (f"Reports conflict: {' '.join(told(case.accounts))}",) if len(votes(case.accounts)) > 1 else ()
    return Settled(low, best, high, None, claims_of(decided), (*aside, *set_aside(others, rest)), (reason, *notes))


def _chosen(every: Sequence[Account], sound: Sequence[Account]) -> tuple[Sequence[Account], str, str]:
    """Return the accounts that decide, why they do, and why the others do not."""
    last = max(one.day for one in every)
    newest = [one for one in every if one.day == last]
    if last and all(one in sound for one in newest) and len(votes(newest)) == 1:
        when = f", of {day(last)}" if last else ""
        return (
            newest,
            f"{who_says(newest)} is the most recent source{when}.",
            "A more recent source gives another figure.",
        )
    ranked = votes(sound)
    most = ranked[0][1]
    if len(most) * 2 > len(sound):
        if len(sound) == 1:
            return most, f"{who_says(most)} is the only independent source whose validity is not in question.", ""
        return (
            most,
            f"It is the figure of most independent sources: {who_says(most)}.",
            "Most independent sources give another figure.",
        )
    lowest = min(one.number for one in sound if one.number is not None)
    decided = [one for one in sound if one.number == lowest]
    return (
        decided,
        "No figure has a majority, so the lowest is taken.",
        "No figure has a majority, and a lower one is given.",
    )


GTD = Policy(
    name=NAME,
    version="1",
    title="GTD, recent, majority, lowest",
    source="https://www.start.umd.edu/gtd/downloads/Codebook.pdf",
    counts="Confirmed deaths and injuries of anybody, attackers included; of one side alone where no more is known.",
    harms=("killed", "injured"),
    settle=settle,
    words="gtd",
    sums_what_is_known=True,
    undecided=(
        "How close in time two sources are equally recent; we take it to be the same day.",
        "What makes a source questionable; your list of levels decides.",
        "It gives one number, or none where the words are too vague; the conflict between sources goes into the notes.",
    ),
    unchecked=("The codebook was read as Our World in Data quotes it (owid/etl, global_terrorism_database.meta.yml).",),
)
