"""``airwars-grade``: the range of civilians harmed, with a grade for how well the event is borne out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reconcile.choices import claims_of, open_ends, said_range, set_aside, told, trusted
from sayso.reconcile.figures import Figure
from sayso.reconcile.independence import origin
from sayso.reconcile.policy import Policy, Settled
from sayso.reconcile.rank import blamed, side
from sayso.reconcile.words import listed, speaker

if TYPE_CHECKING:
    from sayso.events import Kept
    from sayso.reconcile.policy import Case

NAME = "airwars-grade"
HEADLINE = frozenset({"confirmed", "fair"})
"""The grades whose events go into Airwars' headline totals."""
_HARMS = frozenset({"killed", "injured", "killed_or_injured"})


def settle(case: Case) -> Settled:
    """Give the range of what sources other than the belligerent say, and grade the event."""
    outside = [one for one in case.accounts if not one.blamed]
    conceded = [one for one in case.accounts if one.blamed]
    good, poor = trusted(case, outside or case.accounts, NAME)
    figure = said_range(good, floors=case.floors, vague=case.vague)
    low = figure.low if figure.low is None else max(figure.low, case.named)
    high = figure.high if figure.high is None or low is None else max(figure.high, low)
    grade, reason = graded(case.context)
    aside = [
        *((claim, f"It does not rank as credible: {one.why}.") for one in poor for claim in one.claims),
        *set_aside(case.floors, "It counts only some of the people."),
    ]
    if outside:
        aside += set_aside(conceded, "A belligerent's own figure is kept apart from what others say.")
    return Settled(
        low,
        low if low == high else None,
        high,
        grade,
        claims_of(good),
        tuple(aside),
        (reason, *told(good), *(f"Conceded: {sentence}" for sentence in told(conceded))),
        (*open_ends(Figure(low, high), good), *_not_known(grade)),
    )


def graded(claims: tuple[Kept, ...]) -> tuple[str, str]:
    """Return the grade of an event and the reason for it.

    Args:
        claims: All claims of the incident that stand.

    Returns:
        ``confirmed``, ``contested``, ``discounted``, ``fair`` or ``weak``, and a sentence. The order in which they are
        asked is ours.
    """
    guilty = sorted({who for who in map(blamed, claims) if who is not None})
    owning = sorted({speaker(one) for one in claims if _owns_up(one)})
    if owning:
        return "confirmed", f"{listed(owning)} accepts responsibility for harm to civilians."
    if len(guilty) > 1:
        return "contested", f"More than one is said to have done it: {listed(guilty)}."
    # Who says that nobody was harmed bears out no harm.
    killed = [one for one in claims if one.claim.harm in _HARMS and one.claim.kind != "zero"]
    of_fighters = {origin(one) for one in killed if one.claim.status == "combatant" and not _speaks_for(one, guilty)}
    of_others = {origin(one) for one in killed if one.claim.status != "combatant" and not _speaks_for(one, guilty)}
    if len(of_fighters - of_others) > len(of_others):
        return "discounted", "Most sources say that those harmed were fighters."
    if len(of_others) > 1 and guilty:
        return "fair", f"{len(of_others)} independent sources, and {listed(guilty)} is said to have been active there."
    if not of_others:
        return "weak", "No independent source tells of civilians harmed."
    if len(of_others) > 1:
        return "weak", "Several sources, but none says who did it, so nothing tells of a belligerent active there."
    return "weak", "There is only one independent source."


def _owns_up(one: Kept) -> bool:
    who = one.source and (one.source.side or one.source.id)
    named = one.claim.source and one.claim.source == one.claim.perpetrator
    own = (who is not None and who == blamed(one)) or bool(named)
    return own and one.claim.status == "civilian" and one.claim.kind != "zero"


def _speaks_for(one: Kept, guilty: list[str]) -> bool:
    return bool(one.source) and (side(one) in guilty or (one.source is not None and one.source.id in guilty))


def _not_known(grade: str) -> tuple[str, ...]:
    if grade in {"fair", "weak"}:
        return ("Whether a belligerent declared strikes there; reports of harm alone do not tell.",)
    return ()


AIRWARS = Policy(
    name=NAME,
    version="1",
    title="Airwars, graded",
    source="https://airwars.org/about/methodology/",
    counts="Civilians killed or injured; people are civilians unless there is evidence that they were not.",
    harms=("killed", "injured"),
    settle=settle,
    whom="civilians_unless_shown",
    undecided=(
        "A best number: there is a minimum and a maximum, and a grade.",
        "Whether a belligerent declared strikes near the place; a perpetrator whom a source names stands in for it.",
        "Whether the harm had another cause, which discounts an event too.",
    ),
    unchecked=(
        "The grades are read from Airwars' published site code; the order in which they are asked is ours.",
        "The table of vague words is ours.",
    ),
)
