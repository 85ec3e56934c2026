"""Names of people harmed left out of what the desk says of reports, until a person asks to see them.

What the desk says is all but the text of a report and its original, which are shown as they were published: headlines,
cards, forms, reasons, addresses and titles of pages, in the page and in its JSON twin alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.events import Dossier, Kept
from sayso.export.withheld import Mask, mask_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.desk.visit import Visit
    from sayso.events import Heading
    from sayso.records import Claim


def mask(visit: Visit, heading: Heading, claims: Iterable[Claim | Kept] = ()) -> Mask:
    """Return what masks the names that one report gives away; nothing where the person asked to see them.

    Args:
        visit: Who looks.
        heading: The report.
        claims: Its claims.
    """
    if visit.session.names:
        return Mask(())
    kept = (one if isinstance(one, Kept) else Kept(one, heading) for one in claims)
    # The headline may name people though no claim is there yet.
    return mask_of(Dossier(None, tuple(kept), texts=((heading.id, heading.title or ""),)))


def mask_incident(visit: Visit, found: Dossier) -> Mask:
    """Return what masks the names that an incident with its claims gives away; nothing where they were asked for."""
    return Mask(()) if visit.session.names else mask_of(found)


def masks(visit: Visit, headings: Iterable[Heading]) -> dict[str, Mask]:
    """Return by the ids of reports what masks the names that each gives away; some hundred reports at most."""
    headings = list(headings)
    if visit.session.names:
        return {one.id: Mask(()) for one in headings}
    people: dict[str, list[Kept]] = {}
    for kept in visit.ledger.people_of(list(dict.fromkeys(one.id for one in headings))):
        people.setdefault(kept.report.id, []).append(kept)
    return {one.id: mask(visit, one, people.get(one.id, ())) for one in headings}
