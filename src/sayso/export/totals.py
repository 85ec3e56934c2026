"""The numbers of one incident for tables: what the chosen counting rule says, else the range of what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.events import Toll

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.events import Dossier, Incident, Kept
    from sayso.records import Harm, Status

AS_SAID = "as-said"
"""What stands for the rule where no toll was worked out: lowest and highest of what was said, and no best number."""


def total(dossier: Dossier, harm: Harm, status: Status | None = None, side: str | None = None) -> Toll | None:
    """Return the toll of a harm, of everybody or of those of a status or side; None where there is none.

    Args:
        dossier: The incident. Of tolls under several rules, those under the first one are taken; where it gives none,
            there is none.
        harm: The harm.
        status: Whom to count by status; None for everybody.
        side: Whom to count by side; None for everybody. Everybody is civilians where the rule counts no one else.
    """
    if not dossier.tolls and not dossier.rules:
        return _as_said(dossier.incident, dossier, harm) if status is None and side is None else None
    chosen = policy(dossier)[0]
    of_harm = [toll for toll in dossier.tolls if toll.harm == harm and toll.policy == chosen]
    found = next((toll for toll in of_harm if (toll.status, toll.side) == (status, side)), None)
    if found is None and status is None and side is None:
        # A rule that counts nobody but civilians has no toll of everybody.
        return next((toll for toll in of_harm if (toll.status, toll.side) == ("civilian", None)), None)
    return found


def policy(dossier: Dossier) -> tuple[str, str]:
    """Return the name and version of the rule that a dossier's numbers follow."""
    chosen = dossier.rules[0] if dossier.rules else dossier.tolls[0].policy if dossier.tolls else AS_SAID
    return chosen, next((toll.version for toll in dossier.tolls if toll.policy == chosen), "")


def rests_on(tolls: Iterable[Toll | None]) -> tuple[str, ...]:
    """Return the ids of the claims that decided tolls, each once, in order."""
    return tuple(dict.fromkeys(one for toll in tolls if toll for one in toll.decided))


def standing(dossier: Dossier) -> tuple[Kept, ...]:
    """Return the claims that nobody has rejected."""
    return tuple(kept for kept in dossier.claims if kept.ruling is None or kept.ruling.verdict != "rejected")


def _as_said(incident: Incident | None, dossier: Dossier, harm: Harm) -> Toll | None:
    found = incident.figures.get(harm) if incident else None
    if incident is None or found is None:
        return None
    said = tuple(kept.claim.id for kept in standing(dossier) if kept.claim.harm == harm)
    if not said:  # The list of incidents may take the injured from casualties; a figure here rests on claims of it.
        return None
    return Toll(AS_SAID, "", incident.id, harm, found.low, None, None if found.more else found.high, decided=said)
