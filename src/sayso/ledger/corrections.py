"""A claim with the corrections in force. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sayso.plain import checked
from sayso.records import Claim, Trace

if TYPE_CHECKING:
    from collections.abc import Mapping

_HANGS_ON: tuple[tuple[frozenset[str], dict[str, Any]], ...] = (
    (
        frozenset(("place", "place_id")),
        {"place_id": None, "lat": None, "lon": None, "place_prec": None, "country": None, "place_match": None},
    ),
    (frozenset(("date_from", "date_to")), {"date_prec": None, "date_reason": None}),
    (frozenset(("source",)), {"attribution": None}),
    (frozenset(("start", "end")), {"trace": Trace()}),
)
"""What the program worked out from what a person corrects: it goes where it is not given with it, for a wrong place's
coordinates on the right place would be a new fault."""


def corrected(claim: Claim, *sets: Mapping[str, object]) -> Claim:
    """Return a claim with some fields set.

    Args:
        claim: The claim.
        sets: Plain JSON values by the names of the claim's fields, one correction after another.

    Returns:
        The claim with these values. What hangs on a changed field and is not given with it is emptied: a place's
        coordinates, precision and country, the precision and reason of a day, the attribution behind a source, and
        the way back to the page from words that stand elsewhere.
    """
    for changes in sets:
        values: dict[str, Any] = {name: checked(Claim, name, value) for name, value in changes.items() if name != "id"}
        for causes, follow in _HANGS_ON:
            if any(name in values and values[name] != getattr(claim, name) for name in causes):
                values = {**follow, **values}
        claim = replace(claim, **values)
    return claim
