"""Claims for tests of counting rules: words as reports have them, read by the program's own table of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sayso.claim.numbers import read
from sayso.events import Actor, Heading, Kept, Relation, Ruling, Toll, Victims
from sayso.reconcile import tolls
from sayso.records import Claim, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.events import IncidentScope, RelationKind
    from sayso.reconcile.rank import Ranks
    from sayso.records import Harm, Status

VELMORA = Actor("velmora-mod", "Velmora's Ministry of Defence", "military", "velmora")
KARSK = Actor("karsk-mod", "Karsk's Ministry of Defence", "military", "karsk")
RIDGE = Actor("ridge-front", "the Ridge Front", "armed_group", "ridge-front")
HOSPITAL = Actor("dresk-hospital", "Dresk hospital", "medical")
MONITOR = Actor("lirna-monitor", "the Lirna Monitor", "monitor")
RESCUE = Actor("dresk-rescue", "Dresk rescue service", "rescue")
POLICE = Actor("dresk-police", "Dresk police", "police")
MAYOR = Actor("dresk-mayor", "the mayor of Dresk", "official")
UN = Actor("un-mission", "the UN mission", "un")
WITNESS = Actor("shopkeeper", "a shopkeeper", "witness")
CHARITY = Actor("open-wells", "Open Wells", "ngo")
CIVIL, FIGHTERS, BOTH = "civilian", "combatant", "mixed"

Told = tuple[Kept, ...]


def said(words: str, by: Actor | str | None = None, **more: Any) -> Kept:  # noqa: ANN401 - fields of several records
    """Return a claim.

    Args:
        words: The counting words: "at least 17 soldiers", or the name of a person.
        by: Who says so: an actor, a name that nobody could place, or None for the report's own voice.
        more: ``id``, ``harm``, ``status``, ``side`` (of those harmed), ``sex``, ``age``, ``perpetrator``, ``stance``,
            ``scope``, ``country``, ``day``, ``outlet``, ``origin``, ``voice``, ``ruling``, ``kind``, ``dates``.
    """
    count = read(words)
    assert count is not None, words
    number = more.get("id") or f"{words}|{by if isinstance(by, str | None) else by.id}|{more.get('outlet', '')}"
    perpetrator: Actor | None = more.get("perpetrator")
    first, last = more.get("dates", (None, None))
    claim = Claim(
        number,
        0,
        len(words),
        words,
        more.get("harm", "killed"),
        more.get("kind", count.kind),
        count.low,
        count.high,
        count.qualifier,
        count.phrase,
        source=by.name if isinstance(by, Actor) else by,
        stance=more.get("stance", "asserts"),
        status=more.get("status", "unknown"),
        perpetrator=perpetrator.name if perpetrator else None,
        scope=more.get("scope", "incident"),
        country=more.get("country"),
        date_from=first,
        date_to=last,
        sentence=Span(0, len(words)),
    )
    outlet = more.get("outlet", f"outlet of {number}")
    heading = Heading(
        f"report of {outlet} {more.get('day', '')}",
        outlet=outlet,
        published=more.get("day", "2023-03-04"),
        origin=more.get("origin"),
        voice=more.get("voice", f"text of {outlet}"),
    )
    victims = Victims(more.get("side"), more.get("sex"), more.get("age"))
    source = by if isinstance(by, Actor) else None
    return Kept(claim, heading, more.get("ruling"), "", source, (), perpetrator, victims)


def rejected(why: str | None = None) -> Ruling:
    """Return a ruling that a report does not say this."""
    return Ruling("rejected", "Ana", "2023-03-09T10:00:00Z", why)


def stands(one: Kept, kind: RelationKind, other: Kept) -> Relation:
    """Return how one claim stands to another."""
    return Relation(kind, one.claim.id, other.claim.id, "")


def toll(  # noqa: PLR0913 - what one toll is told from another by
    told: Sequence[Kept],
    policy: str,
    relations: Sequence[Relation] = (),
    *,
    harm: Harm = "killed",
    status: Status | None = None,
    side: str | None = None,
    scope: IncidentScope = "event",
    ranks: Ranks | None = None,
) -> Toll:
    """Return one toll of an incident: the whole, unless a status or a side is given."""
    found = tolls(told, policy, relations, incident="dresk", scope=scope, ranks=ranks)
    if status is None and policy in {"ibc-min-max", "airwars-grade"}:
        status = "civilian"
    return next(one for one in found if (one.harm, one.status, one.side) == (harm, status, side))


def numbers(one: Toll) -> tuple[int | None, int | None, int | None, str | None]:
    """Return what a toll says, without how it came about."""
    return one.low, one.best, one.high, one.label
