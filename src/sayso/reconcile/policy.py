"""What a counting rule is, what it is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.events import Kept
    from sayso.reconcile.cells import Cell
    from sayso.reconcile.figures import Figure
    from sayso.reconcile.rank import Ranks
    from sayso.records import Harm

Whom = Literal["everybody", "civilians", "civilians_unless_shown"]


@dataclass(frozen=True, slots=True)
class Account:
    """What one origin says of a group of people, as it stands.

    Attributes:
        origin: Whose word it is; equal keys are one origin.
        who: The same in words.
        figure: The range of the figures it gives.
        claims: The claims that give it.
        day: The last day on which it was published, ISO; empty where no day is known.
        level: How far it is trusted, 1 the most; of several claims the least trusted one counts.
        why: Why it has this level.
        party: Whether it speaks for a side of the conflict.
        blamed: Whether it speaks for those who are said to have done it.
        settled: The number that it settles on itself, where one report has it within a range of the same origin, as a
            record of UCDP has; None otherwise.
    """

    origin: str
    who: str
    figure: Figure
    claims: tuple[Kept, ...]
    day: str = ""
    level: int = 3
    why: str = ""
    party: bool = False
    blamed: bool = False
    settled: int | None = None

    @property
    def number(self) -> int | None:
        """The one number that it stands for where a rule needs one: the lowest that it states."""
        return self.figure.low


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule is asked: how many of a group came to a harm, by these accounts.

    Attributes:
        harm: The harm.
        cell: The group.
        accounts: Accounts of the whole group, the most trusted first; vague words only where nobody gives a number.
        vague: Accounts of the whole group in vague words, where somebody gives a number.
        floors: Accounts of a part of it, from origins that give no figure for the whole.
        wider: Accounts of people of whom it is not said whether they belong to it.
        named: How many people of the group are told of one by one.
        context: All claims of the incident that stand, of whatever harm.
        ranks: What is thought of sources.
    """

    harm: Harm
    cell: Cell
    accounts: tuple[Account, ...]
    vague: tuple[Account, ...] = ()
    floors: tuple[Account, ...] = ()
    wider: tuple[Account, ...] = ()
    named: int = 0
    context: tuple[Kept, ...] = ()
    ranks: Ranks = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a rule answers.

    Attributes:
        low: The lowest number; None where it is open.
        best: The number it settles on; None where it settles on none.
        high: The highest; None where it is open.
        label: What it calls the result.
        decided: The claims that decided.
        aside: Claims that were not followed, each with the reason.
        why: How it came about, in sentences.
        left_open: What stays undecided, in sentences.
    """

    low: int | None = None
    best: int | None = None
    high: int | None = None
    label: str | None = None
    decided: tuple[Kept, ...] = ()
    aside: tuple[tuple[Kept, str], ...] = ()
    why: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """A named, versioned counting rule.

    Attributes:
        name: Its name, in kebab-case.
        version: The version of our statement of it.
        title: Whose rule it is, in a few words.
        source: Where it is published.
        counts: Whom and what it counts, in a sentence.
        harms: The harms that it counts.
        settle: The rule itself.
        words: Its table of vague words, by name.
        whom: ``everybody``; ``civilians``, of whom the words must say so; or ``civilians_unless_shown``, where people
            are civilians until some source says otherwise.
        sums_what_is_known: Whether a total of several groups holds those alone whose number is known.
        when_unsaid: What it codes for deaths where nobody speaks of any; None where it codes nothing.
        undecided: What it leaves undecided, in sentences.
        unchecked: What of our statement rests on memory or on a copy of the source, in sentences.
    """

    name: str
    version: str
    title: str
    source: str
    counts: str
    harms: tuple[Harm, ...]
    settle: Callable[[Case], Settled]
    words: str = "as-read"
    whom: Whom = "everybody"
    sums_what_is_known: bool = False
    when_unsaid: int | None = None
    undecided: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
