"""``ecc-*``: four ways in which casualty recorders deal with sources that disagree, as Every Casualty lists them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.reconcile.choices import (
    claims_of,
    one_newsroom,
    open_ends,
    said,
    said_range,
    set_aside,
    told,
    unsettled,
    votes,
    who_says,
)
from sayso.reconcile.policy import Policy, Settled
from sayso.reconcile.words import counted
from sayso.records import HARMS

if TYPE_CHECKING:
    from sayso.reconcile.policy import Case

_PART = "It counts only some of the people."
_DISAGREEMENT = (
    "https://everycasualty.org/knowledge-base/how-do-casualty-recorders-deal-with-disagreement-between-sources/"
)
_STATUS = "https://everycasualty.org/knowledge-base/rules-that-casualty-recorders-apply-to-assigning-status/"


def hierarchy(case: Case) -> Settled:
    """Take the figure of the most reliable source; where several rank alike and differ, their range."""
    top = [one for one in case.accounts if one.level == case.accounts[0].level]
    rest = [one for one in case.accounts if one not in top]
    figure = said_range(top)
    agreed = len(votes(top)) == 1 and figure.low is not None
    return Settled(
        figure.low,
        figure.low if agreed else None,
        figure.high,
        decided=claims_of(top),
        aside=(*set_aside(rest, "A source that ranks above it gives a figure."), *set_aside(case.floors, _PART)),
        why=(f"{who_says(top)}: {top[0].why}.", *(() if agreed else told(top))),
        left_open=(
            *(() if agreed else ("Sources of the same rank differ.",) if len(top) > 1 else ()),
            *open_ends(figure, top),
        ),
    )


def whole_range(case: Case) -> Settled:
    """Report the disagreement: from the lowest to the highest number."""
    figure = said_range(case.accounts, floors=case.floors, vague=case.vague)
    low = figure.low if figure.low is None else max(figure.low, case.named)
    high = figure.high if figure.high is None or low is None else max(figure.high, low)
    return Settled(
        low,
        low if low == high else None,
        high,
        decided=claims_of(case.accounts),
        aside=set_aside(case.floors, _PART),
        why=told(case.accounts),
        left_open=open_ends(figure, (*case.accounts, *case.floors, *case.vague)),
    )


def majority(case: Case) -> Settled:
    """Take the figure that the greatest number of independent sources give; a tie is left open."""
    ranked = votes(case.accounts)
    if not ranked:
        return unsettled(case, "No source states a number from below.")
    most = len(ranked[0][1])
    tied = [(figure, some) for figure, some in ranked if len(some) == most]
    accounts = [one for _, some in tied for one in some]
    figure = said_range(accounts)
    sources = counted(most, "independent source", "independent sources")
    rest = [one for one in case.accounts if one not in accounts]
    settled = Settled(
        figure.low,
        None,
        figure.high,
        decided=claims_of(accounts),
        aside=(*set_aside(rest, "Another figure has more sources."), *set_aside(case.floors, _PART)),
        left_open=open_ends(figure, accounts),
    )
    if len(tied) == 1:
        why = f"{sources} of {len(case.accounts)}: {who_says(accounts)}."
        return replace(settled, best=figure.low, why=(why,), left_open=(*settled.left_open, *one_newsroom(accounts)))
    why = f"{len(tied)} figures have {sources} each."
    return replace(settled, why=(why, *told(accounts)), left_open=(*settled.left_open, "Which of them to take."))


def defer(case: Case) -> Settled:
    """Give a number only where independent sources agree; else a category that puts the decision off."""
    aside = set_aside(case.floors, _PART)
    ranked = votes(case.accounts)
    if len(case.accounts) == 1 and ranked:
        figure = case.accounts[0].figure
        return Settled(
            figure.low,
            figure.low,
            figure.high,
            "uncorroborated",
            claims_of(case.accounts),
            aside,
            (f"{who_says(case.accounts)} alone gives a figure: {said(case.accounts[0])}.",),
        )
    if len(ranked) == 1 and len(ranked[0][1]) == len(case.accounts):
        figure = ranked[0][0]
        why = f"{counted(len(case.accounts), 'source', 'sources')} agree, each on its own: {who_says(case.accounts)}."
        return Settled(
            figure.low,
            figure.low,
            figure.high,
            "corroborated",
            claims_of(case.accounts),
            aside,
            (why,),
            one_newsroom(case.accounts),
        )
    return Settled(
        label="unconfirmed",
        aside=(*set_aside(case.accounts, "Sources disagree, and the number is put off."), *aside),
        why=("Sources disagree.", *told(case.accounts)),
        left_open=("The number, until sources agree or more comes to light.",),
    )


HIERARCHY = Policy(
    name="ecc-hierarchy",
    version="1",
    title="the most reliable source",
    source=_STATUS,
    counts="Everybody, and every harm: the figure of the source that ranks highest.",
    harms=HARMS,
    settle=hierarchy,
    undecided=(
        "Which source is the most reliable; your list of levels decides.",
        "Sources of the same rank that differ.",
    ),
)
RANGE = Policy(
    name="ecc-range",
    version="1",
    title="lowest to highest",
    source=_DISAGREEMENT,
    counts="Everybody, and every harm: from the lowest to the highest number reported, and not under the people named.",
    harms=HARMS,
    settle=whole_range,
    undecided=("A best number, and which source to believe.",),
)
MAJORITY = Policy(
    name="ecc-majority",
    version="1",
    title="most sources",
    source=_STATUS,
    counts="Everybody, and every harm: the figure given by the greatest number of independent sources.",
    harms=HARMS,
    settle=majority,
    undecided=("Figures with equally many sources, which are given as a range.",),
    unchecked=(
        "The source states this rule for the status of those killed; that it is used for numbers too is our reading.",
    ),
)
DEFER = Policy(
    name="ecc-defer",
    version="1",
    title="put off until confirmed",
    source=_DISAGREEMENT,
    counts="Everybody, and every harm: a number where independent sources agree, else a category in its place.",
    harms=HARMS,
    settle=defer,
    undecided=(
        "Every number on which sources disagree: these are “unconfirmed”. What one source says is “uncorroborated”.",
    ),
)
