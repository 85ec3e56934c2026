"""The page that sets two accounts beside each other: two counting rules, or two sides; what differs comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, Field

from sayso.comparing import OURS
from sayso.comparing import compare as set_beside
from sayso.desk.asked import Filter, Words
from sayso.desk.blind import open_ones
from sayso.desk.incidents import Missing, missing
from sayso.desk.routes import Pages
from sayso.desk.visit import Seen  # noqa: TC001 - FastAPI reads the annotations
from sayso.export import wording
from sayso.export.side_by_side import COMPARED
from sayso.gathering.asking import dossier, find, listed
from sayso.gathering.wanting import past
from sayso.problems import UsageError
from sayso.reconcile import DEFAULT, POLICIES, named
from sayso.tolling import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.events import Dossier, Incident, Toll
    from sayso.export.side_by_side import Compared, Pair, Side
    from sayso.records import Harm

pages = Pages(("/compare", "Compare"))

_AT_ONCE = 20


class Asked(Filter):
    """What is compared with what, over which incidents.

    Attributes:
        by: Whether two counting rules or two sides are compared.
        rule: A counting rule: one of the two, or the one that both sides are counted by.
        other_rule: The other rule, where rules are compared.
        theirs: The other side: an outlet, which is what an imported set is, or a source.
        ours: Our side, named in the same way; everybody else when left out.
        after: Only incidents that come after this one, to page on.
    """

    by: Literal["rules", "sides"] = "rules"
    rule: Annotated[str, Field(max_length=80)] = DEFAULT
    other_rule: Annotated[str, Field(max_length=80)] = "ucdp-best-low-high"
    theirs: Words = None
    ours: Words = None
    after: Words = None


class Numbers(BaseModel):
    """What one account makes of it; None for a bound that is left open, and for no one number."""

    low: int | None
    best: int | None
    high: int | None


class Row(BaseModel):
    """One harm of one incident in both accounts.

    Attributes:
        id: The incident's id.
        name: Its name.
        when: Its days in words.
        harm: The harm in words.
        one: What the first account makes of it; None where it is silent.
        other: What the second makes of it.
        differs: Whether the two are not the same.
        notes: How far the two are apart in days and kilometres, in words.
    """

    id: str
    name: str
    when: str
    harm: str
    one: Numbers | None
    other: Numbers | None
    differs: bool
    notes: list[str]


class Agreed(BaseModel):
    """How far two sides agree on a figure: the figure, over how many incidents, and Krippendorff's alpha for ratios."""

    figure: str
    incidents: int
    alpha: float | None


class Comparison(BaseModel):
    """Two accounts of some incidents.

    Attributes:
        asked: What was asked for.
        behind: What the incidents do not take in yet; None where they take in everything.
        one: What the first account is called.
        other: What the second is called.
        rows: What both make of each harm: what differs first, the largest difference before the others.
        differing: How many rows differ.
        incidents: How many incidents were looked at.
        agreements: How far two sides agree, over these incidents.
        fault: Why nothing could be compared; empty where it could.
        more: The address that goes on with the next incidents, or None.
        policies: The counting rules that there are.
        query: The filter as the query of an address.
    """

    asked: Asked
    behind: Missing | None
    one: str
    other: str
    rows: list[Row]
    differing: int
    incidents: int
    agreements: list[Agreed]
    fault: str
    more: str | None
    policies: list[str]
    query: str


@pages.page("/compare", "compare.html")
def compare(visit: Seen, asked: Annotated[Asked, Query()]) -> Comparison:
    """Set two counting rules or two sides beside each other, over incidents of a filter; what differs comes first."""
    named(asked.rule)
    named(asked.other_rule)
    behind = visit.desk.catching_up.look(visit.ledger)
    wanted = open_ones(visit, asked.wanted())
    if asked.after:
        with visit.ledger.shelf() as shelf:
            wanted = past(wanted, find(shelf, asked.after))
    names = [one.incident.id for one in listed(visit.ledger, wanted, _AT_ONCE + 1)]
    dossiers = (dossier(visit.ledger, name).dossier for name in names[:_AT_ONCE])
    rows, agreements, fault = _rows(asked, dossiers)
    more = asked.query(after=names[_AT_ONCE - 1]) if len(names) > _AT_ONCE else None
    sides = asked.by == "sides"
    return Comparison(
        asked=asked,
        behind=missing(behind),
        one=(asked.ours or OURS) if sides else asked.rule,
        other=(asked.theirs or "") if sides else asked.other_rule,
        rows=sorted(rows, key=_place),
        differing=sum(row.differs for row in rows),
        incidents=min(len(names), _AT_ONCE),
        agreements=agreements,
        fault=fault,
        more=f"/compare?{more}" if more else None,
        policies=list(POLICIES),
        query=asked.alone().query(),
    )


def _rows(asked: Asked, dossiers: Iterable[Dossier]) -> tuple[list[Row], list[Agreed], str]:
    if asked.by == "rules":
        return [row for one in dossiers for row in _by_rules(one, asked.rule, asked.other_rule)], [], ""
    if not asked.theirs:
        return [], [], "Say whom to compare with: an outlet, a source, or an imported set by its name."
    try:
        found = set_beside(dossiers, asked.theirs, asked.ours, asked.rule)
    except UsageError as error:
        return [], [], str(error)
    return [row for pair in found.pairs for row in _of_pair(pair)], list(_agreed(found)), ""


def _by_rules(found: Dossier, rule: str, other: str) -> Iterator[Row]:
    """Yield what two rules make of the people of an incident as a whole."""
    made = counted(found, dict.fromkeys((rule, other))).tolls
    for harm in dict.fromkeys(toll.harm for toll in made):
        one, two = (_whole(made, policy, harm) for policy in (rule, other))
        if one is not None or two is not None:
            incident = found.incident
            assert incident is not None  # noqa: S101 - the dossier of an incident has it
            yield _row(incident, harm, one, two, [])


def _whole(tolls: Sequence[Toll], policy: str, harm: Harm) -> Toll | None:
    """Return a rule's toll of everybody, or of civilians where the rule counts nobody else."""
    own = [toll for toll in tolls if (toll.policy, toll.harm, toll.side) == (policy, harm, None)]
    whole = next((toll for toll in own if toll.status is None), None)
    return whole or next((toll for toll in own if toll.status == "civilian"), None)


def _of_pair(pair: Pair) -> Iterator[Row]:
    notes = []
    if pair.days:
        notes.append(f"{pair.days} day{'s' * (pair.days > 1)} apart")
    if pair.km:
        notes.append(f"{pair.km:g} km apart")
    for harm in COMPARED:
        one, two = (_told(side, harm) for side in (pair.ours, pair.theirs))
        if one is not None or two is not None:
            yield _row(pair.incident, harm, one, two, notes)


def _told(side: Side | None, harm: Harm) -> Toll | None:
    return side.tolls.get(harm) if side else None


def _row(incident: Incident, harm: Harm, one: Toll | None, other: Toll | None, notes: list[str]) -> Row:
    return Row(
        id=incident.id,
        name=wording.shown(incident.name) or f"Incident {incident.id}",
        when=wording.when(incident.date_from, incident.date_to),
        harm=wording.harm(harm),
        one=_numbers(one),
        other=_numbers(other),
        differs=_numbers(one) != _numbers(other),
        notes=notes,
    )


def _numbers(toll: Toll | None) -> Numbers | None:
    return None if toll is None else Numbers(low=toll.low, best=toll.best, high=toll.high)


def _place(row: Row) -> tuple[bool, bool, int, str, str]:
    """Return where a row stands: what differs first, then what both count, then by how far they are apart."""
    return not row.differs, row.one is None or row.other is None, -_gap(row), row.id, row.harm


def _gap(row: Row) -> int:
    if row.one is None or row.other is None:
        return max((number for side in (row.one, row.other) if side for number in _known(side)), default=0)
    both = zip((row.one.low, row.one.best, row.one.high), (row.other.low, row.other.best, row.other.high), strict=True)
    return max((abs(one - other) for one, other in both if one is not None and other is not None), default=0)


def _known(side: Numbers) -> list[int]:
    return [number for number in (side.low, side.best, side.high) if number is not None]


def _agreed(found: Compared) -> Iterator[Agreed]:
    for one in found.agreements:
        alpha = None if one.alpha is None else round(one.alpha, 3)
        yield Agreed(figure=f"{wording.harm(one.harm)}, {one.bound}", incidents=one.incidents, alpha=alpha)
