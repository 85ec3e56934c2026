"""What people ruled on the claims of one report, each decision with the claim that stands there now."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from sayso.ledger import tables
from sayso.ledger.ask import decision_rows, held
from sayso.ledger.contents import claim_name

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.entries import Decision

_CHUNK = 400


@dataclass(frozen=True, slots=True)
class History:
    """What was decided on one claim.

    Attributes:
        decisions: Decisions on the claim and on those that it succeeded, with withdrawals of them and notes, in the
            order in which they came in.
        last: The id of the last decision that is in force and counts, which a new one is held against; empty where
            there is none.
    """

    decisions: tuple[Decision, ...] = ()
    last: str = ""


def histories(connection: Connection, report: str, at: int) -> dict[str, History]:
    """Return by the ids of a report's claims what people decided on each; claims without decisions are left out.

    Args:
        connection: The database.
        report: The report's id.
        at: How many entries the ledger had.
    """
    stands = _standing(connection, report, at)
    decided, entries = tables.decided, tables.entries
    query = select(entries).join(decided, decided.c.number == entries.c.number).where(entries.c.number <= at)
    found = dict(decision_rows(connection, query.where(decided.c.report == report)))
    names = list(stands)
    for start in range(0, len(names), _CHUNK):  # notes are about a claim, and of no report
        notes = query.where(entries.c.kind == "note", decided.c.target.in_(names[start : start + _CHUNK]))
        found |= dict(decision_rows(connection, notes))
    claims: dict[str, str] = {}  # by decision
    by_claim: dict[str, list[Decision]] = defaultdict(list)
    for number in sorted(found):
        one = found[number]
        target = _target(one, report, claims)
        claims[one.id] = target
        by_claim[stands.get(target, target)].append(one)
    last = _last(connection, report, at)
    return {claim: History(tuple(those), last.get(claim, "")) for claim, those in by_claim.items()}


def _target(decision: Decision, report: str, claims: dict[str, str]) -> str:
    """Return the id of the claim that a decision is on, as the claim was called then."""
    if decision.kind == "add":
        return claim_name(str(decision.set.get("id")), report)
    return claims.get(decision.on[0], decision.on[0]) if decision.kind == "withdraw" else decision.on[0]


def _standing(connection: Connection, report: str, at: int) -> dict[str, str]:
    """Return by every id that a claim of the report ever had the id of the claim that stands there now, if any."""
    table, successions = tables.claims, tables.successions
    rows = connection.execute(
        select(table.c.number, table.c.claim, table.c.since, table.c.until).where(table.c.report == report)
    ).all()
    heirs_of = select(successions.c.old, successions.c.new)
    heirs = {
        row.old: row.new
        for row in connection.execute(heirs_of.where(successions.c.report == report, successions.c.since <= at))
    }
    now = {
        row.number: row.claim
        for row in rows
        if row.since is not None and row.since <= at and (row.until is None or row.until > at)
    }
    stands = {claim: claim for claim in now.values()}
    for row in sorted(rows, key=lambda row: -row.number):
        number = row.number
        while number in heirs:
            number = heirs[number]
        if number in now:
            stands.setdefault(row.claim, now[number])
    return stands


def _last(connection: Connection, report: str, at: int) -> dict[str, str]:
    table = tables.rulings
    query = select(table.c.claim, table.c.ruling).where(table.c.report == report, held(table, at))
    return {row.claim: str(json.loads(row.ruling)["last"]) for row in connection.execute(query)}
