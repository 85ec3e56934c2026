"""One thing of the ledger by its id, or by as much of the id's beginning as is unlike all others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select

from sayso.ledger import tables
from sayso.ledger.ask import MOST_CLAIMS, claim_at, decision_rows, entry_at, heading_at, held, kept_of, text_at
from sayso.ledger.errors import refusal

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection

    from sayso.entries import Decision, Entry
    from sayso.events import Heading, Kept
    from sayso.records import Claim, Report

Thing = Literal["entry", "claim", "report", "page"]

_SHORTEST = 4
_LONGEST = 100
_CANDIDATES = 10
_PLACES: tuple[tuple[Thing, Column[str]], ...] = (
    ("entry", tables.entries.c.id),
    ("claim", tables.claims.c.claim),
    ("report", tables.reports.c.report),
    ("page", tables.pages.c.sha256),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the ledger has under one id.

    Attributes:
        thing: What it is.
        id: Its whole id.
        entries: The entry; of a claim, report or page all entries that hold it, in their order.
        claim: A claim as it was read last, or as a person added it, without what people ruled; None where it was
            redacted.
        standing: The claim that stands there now, with corrections and rulings: the claim itself or the one that
            succeeded it. None where none does.
        decisions: Decisions and notes about it, withdrawn ones as well, in their order.
        before: Ids of the claims that it succeeded.
        after: The id of the claim that succeeded it, or None.
        heading: The report that it is or stands in, or None.
        report: A report with its text, as it was read last.
        claims: The claims that hold in a report, the first thousand.
        reports: The ids of the reports that a page gave.
    """

    thing: Thing
    id: str
    entries: tuple[Entry, ...]
    claim: Claim | None = None
    standing: Kept | None = None
    decisions: tuple[Decision, ...] = ()
    before: tuple[str, ...] = ()
    after: str | None = None
    heading: Heading | None = None
    report: Report | None = None
    claims: tuple[Kept, ...] = ()
    reports: tuple[str, ...] = ()


def show(connection: Connection, prefix: str, at: int) -> Shown:
    """Return what the ledger has under an id or the beginning of one.

    Args:
        connection: The database.
        prefix: An id of an entry, claim or report, or the hash of a page's bytes; or its beginning.
        at: How many entries the ledger had at the time that is asked about.

    Raises:
        LedgerError: Nothing has that id, or several things do; the problem then lists them.
    """
    thing, whole = find(connection, prefix)
    if thing == "claim":
        return _claim(connection, whole, at)
    if thing == "report":
        return _report(connection, whole, at)
    if thing == "page":
        return _page(connection, whole)
    number = connection.scalars(select(tables.entries.c.number).where(tables.entries.c.id == whole)).one()
    return Shown("entry", whole, (entry_at(connection, number),), decisions=_about(connection, [whole]))


def find(connection: Connection, prefix: str) -> tuple[Thing, str]:
    """Return what sort of thing an id belongs to, and the whole id."""
    found: list[tuple[Thing, str]] = []
    if re.fullmatch(rf"[A-Za-z0-9._-]{{{_SHORTEST},{_LONGEST}}}", prefix):
        for thing, column in _PLACES:
            # A range, for which every database uses its index; PREFIX and whatever may follow it.
            within = select(column).where(column >= prefix, column < prefix + "\x7f").distinct().limit(_CANDIDATES + 1)
            found += [(thing, one) for one in connection.scalars(within)]
        if not found:
            _refuse_redacted(connection, prefix)
    exact = [one for one in found if one[1] == prefix]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        remedy = f'Give an id, or {_SHORTEST} signs of its beginning at least; "sayso log" and "sayso search" list ids.'
        raise refusal("no-such-id", prefix[:_LONGEST], "Nothing in the ledger has this id.", remedy)
    listed = ", ".join(f"{thing} {one}" for thing, one in found[:_CANDIDATES])
    more = ", and more" if len(found) > _CANDIDATES else ""
    raise refusal("ambiguous-id", prefix, f"Several ids begin so: {listed}{more}.", "Give more of the one you mean.")


def _refuse_redacted(connection: Connection, name: str) -> None:
    """Say so where a claim, a report or a page was taken out; of its name nothing but the whole is still known."""
    redacted = tables.redacted
    number = connection.scalar(select(redacted.c.redaction).where(redacted.c.target == name))
    if number is not None:
        what = f"It was taken out of the ledger; entry {number} says by whom and why."
        raise refusal("redacted", name[:_LONGEST], what, f"Look at entry {number}.")


def _claim(connection: Connection, claim: str, at: int) -> Shown:
    table, successions = tables.claims, tables.successions
    rows = connection.execute(select(table).where(table.c.claim == claim).order_by(table.c.number)).all()
    numbers, last = [row.number for row in rows], rows[-1]
    later = _later(connection, claim, numbers, at)
    holds = list(kept_of(connection, at, tables.claims.c.claim, [claim, *later[-1:]]))
    former = select(table.c.claim).join(successions, successions.c.old == table.c.number)
    former = former.where(successions.c.new.in_(numbers), table.c.claim != claim).distinct()
    before = tuple(sorted(connection.scalars(former)))
    return Shown(
        "claim",
        claim,
        tuple(entry_at(connection, number) for number in numbers),
        claim=claim_at(connection, last.number, last.report),
        standing=holds[0] if holds else None,
        decisions=_about(connection, [*before, claim, *later]),
        before=before,
        after=later[0] if later else None,
        heading=heading_at(connection, last.text),
    )


def _later(connection: Connection, claim: str, numbers: list[int], at: int) -> list[str]:
    """Return the ids of the claims that came in a claim's place, one after another."""
    table, successions = tables.claims, tables.successions
    names = [claim]
    while numbers:
        query = select(table.c.claim, table.c.number).join(successions, successions.c.new == table.c.number)
        query = query.where(successions.c.old.in_(numbers), successions.c.since <= at, table.c.claim.not_in(names))
        found = connection.execute(query.order_by(table.c.number.desc())).all()
        names += [row.claim for row in found[:1]]
        same = select(table.c.number).where(table.c.claim == names[-1])
        numbers = list(connection.scalars(same)) if found else []
    return names[1:]


def _report(connection: Connection, report: str, at: int) -> Shown:
    table = tables.reports
    numbers = list(connection.scalars(select(table.c.number).where(table.c.report == report).order_by(table.c.number)))
    last = connection.scalar(select(table.c.number).where(table.c.report == report, held(table, at))) or numbers[-1]
    return Shown(
        "report",
        report,
        tuple(entry_at(connection, number) for number in numbers),
        decisions=_about(connection, [report]),
        heading=heading_at(connection, last),
        report=text_at(connection, last),
        claims=tuple(kept_of(connection, at, tables.claims.c.report, [report], MOST_CLAIMS)),
    )


def _page(connection: Connection, sha256: str) -> Shown:
    table, reports = tables.pages, tables.reports
    numbers = list(connection.scalars(select(table.c.number).where(table.c.sha256 == sha256).order_by(table.c.number)))
    gave = select(reports.c.report).where(reports.c.page.in_(numbers)).distinct()
    return Shown(
        "page",
        sha256,
        tuple(entry_at(connection, number) for number in numbers),
        decisions=_about(connection, [sha256]),
        reports=tuple(sorted(connection.scalars(gave))),
    )


def _about(connection: Connection, ids: list[str]) -> tuple[Decision, ...]:
    """Return decisions about some things, and those about these decisions in turn."""
    decided, entries = tables.decided, tables.entries
    found: dict[int, Decision] = {}
    while ids:
        query = select(entries).join(decided, decided.c.number == entries.c.number).where(decided.c.target.in_(ids))
        new = {number: one for number, one in decision_rows(connection, query) if number not in found}
        found.update(new)
        ids = [one.id for one in new.values()]
    return tuple(found[number] for number in sorted(found))
