"""A toll explained: which claims decided it, which were set aside and why, with their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sayso.reconcile.words import place, quoted, speaker, upper

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.events import Kept, Toll


class Line(NamedTuple):
    """One claim in an explanation.

    Attributes:
        claim: Its id.
        words: Who says what, and where: ``Doctors: “34 bodies” (Lirna Post, 11 Mar 2023)``.
        reason: Why it was set aside; empty where it decided.
    """

    claim: str
    words: str
    reason: str = ""


class Explanation(NamedTuple):
    """Why a toll is what it is.

    Attributes:
        reason: How it came about, in sentences.
        decided: The claims that decided it.
        aside: Those that were not followed.
        left_open: What stays undecided, in sentences.
    """

    reason: str
    decided: tuple[Line, ...]
    aside: tuple[Line, ...]
    left_open: tuple[str, ...]


def explain(toll: Toll, kept: Iterable[Kept]) -> Explanation:
    """Explain a toll with the words of its claims.

    Args:
        toll: The toll.
        kept: The claims that it was made from; one that is not among them is left out.

    Returns:
        Its reason, its claims in the order of publication, and what stays open. No person harmed is named.
    """
    by_id = {one.claim.id: one for one in kept}
    decided = tuple(Line(one, _words(by_id[one])) for one in toll.decided if one in by_id)
    aside = tuple(Line(one.claim, _words(by_id[one.claim]), one.reason) for one in toll.aside if one.claim in by_id)
    return Explanation(toll.reason, decided, aside, toll.left_open)


def _words(one: Kept) -> str:
    verb = {"asserts": "", "denies": "denies ", "doubts": "doubts "}[one.claim.stance]
    return f"{upper(speaker(one))}: {verb}{quoted(one)} ({place(one)})"
