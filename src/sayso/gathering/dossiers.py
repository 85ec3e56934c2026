"""Incidents with their claims, one after another: for whoever goes through a whole ledger.

What is looked up is looked up for many incidents together, and no more of them are in memory than that.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.events import Dossier
from sayso.gathering import stored
from sayso.gathering.asking import dossier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.events import Incident, Kept
    from sayso.ledger import Ledger
    from sayso.ledger.shelf import Shelf
    from sayso.ledger.shelf_incidents import Wanted

_INCIDENTS = 200
_CLAIMS = 1_000
"""Claims that are looked up together, but for an incident that has more by itself."""


def dossiers(ledger: Ledger, wanted: Wanted) -> Iterator[Dossier]:
    """Yield incidents with their claims, in the order that is asked for.

    Args:
        ledger: The ledger, whose incidents are caught up with.
        wanted: Which ones.
    """
    after: Wanted | None = wanted
    while after is not None:
        with ledger.shelf() as shelf:
            page = shelf.listed(after, _INCIDENTS)
        after = None if page.last is None else replace(after, after=page.last)
        for group in _groups([stored.incident_in(content) for _, content in page.contents]):
            if group[0].scope == "period":
                # Its claims stand under the period and in no story.
                yield from (dossier(ledger, one.id).dossier for one in group)
                continue
            with ledger.shelf() as shelf:
                claims = _claims(shelf, group)
            for one in group:
                yield Dossier(one, tuple(claims[claim] for claim in one.claims if claim in claims))


def _groups(incidents: Sequence[Incident]) -> Iterator[list[Incident]]:
    group: list[Incident] = []
    size = 0
    for one in incidents:
        if group and size + len(one.claims) > _CLAIMS:
            yield group
            group, size = [], 0
        group.append(one)
        size += len(one.claims)
    if group:
        yield group


def _claims(shelf: Shelf, incidents: Sequence[Incident]) -> dict[str, Kept]:
    """Return the claims of some incidents by id; a story may hold claims of others, which are left out."""
    wanted = {claim for one in incidents for claim in one.claims}
    rows = shelf.stories(shelf.stories_of_incidents([one.id for one in incidents])).values()
    contents = (kept for row in rows if row.content for kept in row.content["kept"])
    return {kept["claim"]["id"]: stored.kept_in(kept) for kept in contents if kept["claim"]["id"] in wanted}
