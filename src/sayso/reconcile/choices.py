"""What several rules do with accounts: ranges, majorities, the most trusted, and how each is told."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sayso.reconcile.accounts import is_vague
from sayso.reconcile.figures import Figure, span
from sayso.reconcile.policy import Settled
from sayso.reconcile.words import counted, listed, quoted, upper

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.events import Kept
    from sayso.reconcile.policy import Account, Case

_MOST_WORDS = 3
"""How many different wordings of one source are quoted."""


def said_range(accounts: Iterable[Account], *, floors: Iterable[Account] = (), vague: Iterable[Account] = ()) -> Figure:
    """Return the range of what was said.

    Args:
        accounts: Accounts of the whole group.
        floors: Accounts of a part of it, which count where they reach above every figure of the whole.
        vague: Accounts in vague words beside numbers, which count where they lie beyond every number.
    """
    whole = span(one.figure for one in accounts)
    return span([whole, *(one.figure for one in beyond(whole, floors=floors, vague=vague))])


def beyond(whole: Figure, *, floors: Iterable[Account] = (), vague: Iterable[Account] = ()) -> tuple[Account, ...]:
    """Return the accounts of a part, and those in vague words, that a range of the whole does not cover."""
    over = [one for one in (*floors, *vague) if whole.high is not None and (one.figure.low or 0) > whole.high]
    # More than a hundred soldiers are more than a hundred people, whoever says that there were a hundred at most.
    over += [one for one in floors if one.figure == (whole.high, None) and not is_vague(one)]
    under = [
        one for one in vague if whole.low is not None and one.figure.high is not None and one.figure.high < whole.low
    ]
    return (*over, *under)


def claims_of(accounts: Iterable[Account]) -> tuple[Kept, ...]:
    """Return the claims of accounts."""
    return tuple(claim for one in accounts for claim in one.claims)


def set_aside(accounts: Iterable[Account], why: str) -> tuple[tuple[Kept, str], ...]:
    """Return the claims of accounts with the reason why none of them was followed."""
    return tuple((claim, why) for claim in claims_of(accounts))


def trusted(case: Case, accounts: Sequence[Account], rule: str) -> tuple[tuple[Account, ...], tuple[Account, ...]]:
    """Part accounts by the rule's limit into those that are trusted and those that are not.

    Where none would be left, all are taken: a figure from a poor source is more than none.
    """
    limit = case.ranks.limits[rule]
    good = tuple(one for one in accounts if one.level <= limit)
    return (good, tuple(one for one in accounts if one.level > limit)) if good else (tuple(accounts), ())


def votes(accounts: Iterable[Account]) -> list[tuple[Figure, tuple[Account, ...]]]:
    """Return each figure with the origins that give it, most origins first, then the lowest figure.

    "17" and "at least 17" are one figure; "30 to 40" is another than 35.
    """
    given: defaultdict[tuple[int, int], list[Account]] = defaultdict(list)
    for one in accounts:
        low, high = one.figure
        if low is not None:
            given[low, low if high is None else high].append(one)
    ordered = sorted(given.items(), key=lambda item: (-len(item[1]), item[0]))
    return [(span(one.figure for one in some), tuple(some)) for _, some in ordered]


def one_number(number: int | None, decided: Sequence[Account]) -> tuple[int | None, int | None, int | None]:
    """Return low, best and high for a rule that gives one number: no lower, and as far up as its words reach."""
    high = span(one.figure for one in decided).high
    return number, number, high if number is None or high is None else max(high, number)


def told(accounts: Iterable[Account]) -> tuple[str, ...]:
    """Return what each origin says, a sentence each, from the lowest figure to the highest."""
    ordered = sorted(accounts, key=lambda one: (one.figure.low or 0, one.figure.high is None, one.who))
    return tuple(f"{upper(one.who)}: {said(one)}." for one in ordered)


def said(account: Account) -> str:
    """Return what an origin says in its own words, and the figure where the words alone do not show it."""
    words = list(dict.fromkeys(quoted(one) for one in account.claims))
    vague = any(one.claim.kind == "vague" for one in account.claims)
    shown = listed(words[:_MOST_WORDS]) if len(words) <= _MOST_WORDS else f"{', '.join(words[:_MOST_WORDS])} and more"
    plain = len(words) == 1 and not vague and account.claims[0].claim.kind != "individual"
    return shown if plain else f"{shown} ({account.figure})"


def who_says(accounts: Sequence[Account]) -> str:
    """Return the names behind accounts as a list."""
    return upper(listed(list(dict.fromkeys(one.who for one in accounts))))


def open_ends(figure: Figure, accounts: Sequence[Account]) -> tuple[str, ...]:
    """Say which end of a range is open, and whose words leave it so."""
    sentences: list[str] = []
    if figure.high is None and figure.low is not None:
        top = [one for one in accounts if one.figure.high is None]
        if top:
            most = max(top, key=lambda one: (one.number or 0, one.who))
            sentences.append(f"The upper end is open: {most.who} says {said(most)}.")
    if figure.low is None and figure.high is not None:
        bottom = [one for one in accounts if one.figure.low is None]
        if bottom:
            least = min(bottom, key=lambda one: (one.figure.high or 0, one.who))
            sentences.append(f"The lower end is open: {least.who} says {said(least)}.")
    return tuple(sentences)


def one_newsroom(accounts: Sequence[Account]) -> tuple[str, ...]:
    """Say where several sources all stand in one report, which only one newsroom vouches for."""
    voices = {claim.report.voice or claim.report.id for claim in claims_of(accounts)}
    if len(accounts) < 2 or len(voices) > 1:
        return ()
    return (
        f"All {counted(len(accounts), 'source', 'sources')} are quoted in one report, which one newsroom vouches for.",
    )


def unsettled(case: Case, why: str) -> Settled:
    """Return an answer without a number."""
    return Settled(aside=set_aside(case.accounts, why), why=(why,))
