"""Which incidents are asked for: one filter for the list, the map, the line of time, comparisons and exports."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads the annotations
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, BeforeValidator, Field

from sayso.gathering.wanting import wanted
from sayso.records import Harm  # noqa: TC001 - likewise

if TYPE_CHECKING:
    from sayso.ledger.shelf_incidents import Wanted

_LONGEST = 200


def _or_none(stated: object) -> object:
    """Take a field that was left empty for one that was not sent: browsers send all fields of a form."""
    return None if stated == "" else stated


_Blank = BeforeValidator(_or_none)
Words = Annotated[Annotated[str, Field(max_length=_LONGEST)] | None, _Blank]
"""Words that may be left empty."""


class Filter(BaseModel):
    """Which incidents; what is left out or empty asks for nothing.

    Attributes:
        place: Words of the place's name, its region's or its country's; each must be met.
        box: West, south, east and north in degrees, with commas between.
        since: Only what may have happened on this day or later.
        until: Only what may have happened on this day or before.
        harm: Only with a number for this harm.
        party: Words of the name of who is said to have done it.
        least: Only where somebody says so many or more; killed, else the harm.
        contested: Only where claims contradict one another.
        totals: Totals over a period in place of events.
    """

    place: Words = None
    box: Words = None
    since: Annotated[date | None, _Blank] = None
    until: Annotated[date | None, _Blank] = None
    harm: Annotated[Harm | None, _Blank] = None
    party: Words = None
    least: Annotated[Annotated[int, Field(ge=0, le=10**9)] | None, _Blank] = None
    contested: bool = False
    totals: bool = False

    def wanted(self, sort: Literal["newest", "toll", "reports"] = "newest") -> Wanted:
        """Return the same as the shelf looks it up.

        Raises:
            UsageError: The box is none.
        """
        return wanted(
            place=self.place,
            box=self.box,
            since=self.since.isoformat() if self.since else None,
            until=self.until.isoformat() if self.until else None,
            harm=self.harm,
            party=self.party,
            least=self.least,
            contested=self.contested,
            totals=self.totals,
            sort=sort,
        )

    def alone(self) -> Filter:
        """Return the filter without what a page adds to it."""
        return Filter(**self.model_dump(include=set(Filter.model_fields)))

    @property
    def narrows(self) -> bool:
        """Whether it asks for anything but all events."""
        return bool(self.model_dump(exclude_defaults=True))

    def stated(self) -> list[tuple[str, str]]:
        """Return the fields of the filter that ask for something, as a form sends them."""
        return [(key, _stated(one)) for key, one in self.alone().model_dump(mode="json", exclude_defaults=True).items()]

    def query(self, **changed: object) -> str:
        """Return the query of an address that asks for the same.

        Args:
            changed: Fields that are to be otherwise, and fields of the page's own; None leaves one out.
        """
        stated = {**self.model_dump(mode="json"), **changed}
        return urlencode(
            {key: _stated(value) for key, value in stated.items() if value is not None and value is not False}
        )


def _stated(value: object) -> str:
    return "yes" if value is True else str(value)
