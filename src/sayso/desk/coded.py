"""What coders made of a report, as claims that can be set side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.desk.refusals import Refusal
from sayso.ledger.corrections import corrected
from sayso.plain import from_plain
from sayso.reconcile.double_coding import Coded
from sayso.records import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sayso.desk.codings import Code, Coding
    from sayso.events import Heading
    from sayso.ledger import Ledger
    from sayso.records import Report


def opened(ledger: Ledger, coding: Coding, report: str) -> tuple[Report, Heading, dict[str, Claim]]:
    """Return a report as coders begin with it: its text, and the claims that the program read in it.

    What other people ruled on these claims is left out, so that each coder judges alone.

    Raises:
        Refusal: The report was not given out, or is no longer there.
    """
    if report not in coding.reports:
        raise Refusal(404, "This report was not given out.", "Choose one from the list of the work.")
    found = ledger.show(report)
    if found.report is None or found.heading is None:
        raise Refusal(410, "The report was taken out of the ledger.", "Go on with the next one.")
    claims: dict[str, Claim] = {}
    for kept in found.claims if not coding.blank else ():
        if kept.ruling is None:
            claims[kept.claim.id] = kept.claim
        elif kept.ruling.verdict != "added":
            read = ledger.show(kept.claim.id).claim
            if read is not None:
                claims[kept.claim.id] = replace(read, id=kept.claim.id)
    ordered = sorted(claims.values(), key=lambda claim: (claim.start, claim.end, claim.id))
    return found.report, found.heading, {claim.id: claim for claim in ordered}


def as_set(code: Code, read: Mapping[str, Claim]) -> Claim | None:
    """Return a claim as a coder has it; None for one that they rejected, or whose reading is no longer there."""
    if code.verdict == "reject":
        return None
    if code.verdict == "add":
        return from_plain(Claim, {**code.set, "id": code.claim})
    claim = read.get(code.claim)
    return None if claim is None else corrected(claim, code.set)


def as_coded(codes: Iterable[Code], read: Mapping[str, Claim], coder: str) -> Coded:
    """Return what one coder made of a report.

    Args:
        codes: What they ruled.
        read: The claims that they began with.
        coder: Who it is: claims that they added are told apart from those of others by this.

    Returns:
        Their claims. Those that they were shown and left alone are not judged.
    """
    claims: list[Claim] = []
    ruled: set[str] = set()
    for code in codes:
        ruled.add(code.claim)
        claim = as_set(code, read)
        if claim is not None:
            claims.append(claim if code.claim in read else replace(claim, id=f"{coder}{code.claim}"))
    return Coded(claims, frozenset(read.keys() - ruled))
