"""Double coding: reports that several people code, each blind to what the others make of them.

What a coder makes of a report stands here, and not in the ledger, until all coders of the report are done and somebody
has judged between them; only then is it written into the ledger, with who said what.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text, and_, delete, func, insert, select

from sayso.desk.beside import metadata
from sayso.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection

    from sayso.desk.beside import Beside

Verdict = Literal["accept", "correct", "reject", "add"]

MOST_REPORTS = 200
MOST_CODERS = 8
_MOST_CODES = 2000
"""Codes of one person in one report."""


def _coding() -> Column[int]:
    return Column("coding", Integer, ForeignKey("desk_codings.coding", ondelete="CASCADE"), primary_key=True)


def _key(name: str) -> Column[str]:
    return Column(name, Text, primary_key=True)


_codings = Table(
    "desk_codings",
    metadata,
    Column("coding", Integer, primary_key=True, autoincrement=True),
    *(Column(name, Text, nullable=False) for name in ("name", "by", "made")),
    Column("blank", Boolean, nullable=False),
)
_reports = Table("desk_coding_reports", metadata, _coding(), _key("report"), Column("place", Integer, nullable=False))
_coders = Table("desk_coding_coders", metadata, _coding(), _key("coder"))
_codes = Table(
    "desk_codes",
    metadata,
    *(_coding(), _key("report"), _key("coder"), _key("claim")),
    *(Column(name, Text, nullable=False) for name in ("verdict", "sets", "at")),
)
_done = Table("desk_coded", metadata, _coding(), _key("report"), _key("coder"), Column("at", Text, nullable=False))
"""Reports with which a coder is done."""
_judged = Table(
    "desk_judged",
    metadata,
    *(_coding(), _key("report")),
    *(Column(name, Text, nullable=False) for name in ("by", "at")),
)
"""Reports about which somebody has judged."""


@dataclass(frozen=True, slots=True)
class Coding:
    """Reports given out to several coders.

    Attributes:
        number: Its number.
        name: What it is called.
        by: Who gave it out.
        made: When, ISO 8601 in UTC.
        blank: Whether coders begin with the bare text; else with the claims that the program read in it.
        coders: Who codes.
        reports: The ids of the reports, in the order in which they were given out.
        done: By coder the reports with which they are done.
        judged: The reports about which somebody has judged.
    """

    number: int
    name: str
    by: str
    made: str
    blank: bool
    coders: tuple[str, ...]
    reports: tuple[str, ...]
    done: Mapping[str, frozenset[str]]
    judged: frozenset[str]

    def all_done(self, report: str) -> bool:
        """Say whether every coder is done with a report, so that they may be set side by side."""
        return all(report in self.done[coder] for coder in self.coders)


@dataclass(frozen=True, slots=True)
class Code:
    """What one coder made of one claim.

    Attributes:
        claim: The claim's id; for one that the coder added a name of its own, ``+1`` and so on.
        verdict: What they ruled.
        set: The fields that they set, for ``correct`` and ``add``.
    """

    claim: str
    verdict: Verdict
    set: dict[str, Any]


class Codings:
    """The work given out at one desk.

    Args:
        beside: Where it is kept.
        clock: What tells the time.
    """

    def __init__(self, beside: Beside, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._beside = beside
        self._clock = clock

    def give_out(self, name: str, reports: Sequence[str], coders: Sequence[str], by: str, *, blank: bool) -> int:
        """Give reports out, and return the number of the work.

        Raises:
            UsageError: There are no reports or too many, or fewer than two coders or too many.
        """
        reports, coders = list(dict.fromkeys(reports)), list(dict.fromkeys(coders))
        if not 1 <= len(reports) <= MOST_REPORTS:
            raise UsageError(f"Give out 1 to {MOST_REPORTS:,} reports; these are {len(reports):,}.")
        if not 2 <= len(coders) <= MOST_CODERS:
            raise UsageError(f"Double coding takes 2 to {MOST_CODERS} coders; these are {len(coders)}.")
        with self._beside.connection() as connection:
            row = {"name": name, "by": by, "made": self._now(), "blank": blank}
            number: int = connection.execute(insert(_codings).values(**row).returning(_codings.c.coding)).scalar_one()
            rows = [{"coding": number, "report": one, "place": place} for place, one in enumerate(reports)]
            connection.execute(insert(_reports), rows)
            connection.execute(insert(_coders), [{"coding": number, "coder": one} for one in coders])
            return number

    def all(self) -> list[Coding]:
        """Return all work given out, the newest first."""
        with self._beside.connection() as connection:
            numbers = connection.scalars(select(_codings.c.coding).order_by(_codings.c.coding.desc())).all()
            return [found for number in numbers if (found := _found(connection, number)) is not None]

    def find(self, number: int) -> Coding | None:
        """Return one piece of work by its number."""
        with self._beside.connection() as connection:
            return _found(connection, number)

    def blind(self, coder: str) -> dict[str, int]:
        """Return the reports that a person codes and with which not all of their coders are done.

        Each with the number of the work in which it was given to them, the last where there are several.
        """
        given = select(_reports.c.coding, _reports.c.report).join(_coders, _coders.c.coding == _reports.c.coding)
        given = given.where(_coders.c.coder == coder)
        every = _coders.alias()
        coders = select(func.count(every.c.coder)).where(every.c.coding == _reports.c.coding)
        done = (_done.c.coding == _reports.c.coding, _done.c.report == _reports.c.report)
        ready = select(func.count(_done.c.coder)).where(*done)
        number, so_far = (one.correlate(_reports).scalar_subquery() for one in (coders, ready))
        still = given.where(so_far < number)
        with self._beside.connection() as connection:
            return {row.report: row.coding for row in connection.execute(still.order_by(_reports.c.coding))}

    def code(self, coding: int, report: str, coder: str, code: Code) -> None:
        """Keep what a coder makes of a claim, in place of what they made of it before.

        Raises:
            UsageError: It was not given out to them, they are done with it, or there are too many codes.
        """
        with self._beside.connection() as connection:
            _check_open(connection, coding, report, coder)
            mine = _mine(coding, report, coder)
            connection.execute(delete(_codes).where(mine, _codes.c.claim == code.claim))
            if (connection.scalar(select(func.count()).where(mine)) or 0) >= _MOST_CODES:
                raise UsageError(f"One report takes {_MOST_CODES:,} codes of one coder at most.")
            row = {"coding": coding, "report": report, "coder": coder, "claim": code.claim, "verdict": code.verdict}
            connection.execute(insert(_codes).values(**row, sets=json.dumps(code.set), at=self._now()))

    def take_back(self, coding: int, report: str, coder: str, claim: str) -> None:
        """Forget what a coder made of a claim.

        Raises:
            UsageError: It was not given out to them, or they are done with it.
        """
        with self._beside.connection() as connection:
            _check_open(connection, coding, report, coder)
            connection.execute(delete(_codes).where(_mine(coding, report, coder), _codes.c.claim == claim))

    def codes(self, coding: int, report: str, coder: str) -> list[Code]:
        """Return what one coder made of a report, in the order in which they made it."""
        with self._beside.connection() as connection:
            query = select(_codes).where(_mine(coding, report, coder)).order_by(_codes.c.at, _codes.c.claim)
            return [Code(row.claim, row.verdict, json.loads(row.sets)) for row in connection.execute(query)]

    def finish(self, coding: int, report: str, coder: str) -> None:
        """Say that a coder is done with a report; they change nothing of it afterwards.

        Raises:
            UsageError: It was not given out to them, or they were done with it already.
        """
        with self._beside.connection() as connection:
            _check_open(connection, coding, report, coder)
            row = {"coding": coding, "report": report, "coder": coder, "at": self._now()}
            connection.execute(insert(_done).values(**row))

    def judge(self, coding: int, report: str, by: str) -> None:
        """Say that somebody has judged about a report, once all its coders were done.

        Raises:
            UsageError: Somebody is not done yet, or it was judged already.
        """
        with self._beside.connection() as connection:
            found = _found(connection, coding)
            if found is None or report not in found.reports or not found.all_done(report):
                raise UsageError("Not all coders are done with this report.")
            if report in found.judged:
                raise UsageError("Somebody has judged about this report already.")
            connection.execute(insert(_judged).values(coding=coding, report=report, by=by, at=self._now()))

    def _now(self) -> str:
        return self._clock().isoformat()


def _mine(coding: int, report: str, coder: str) -> ColumnElement[bool]:
    return and_(_codes.c.coding == coding, _codes.c.report == report, _codes.c.coder == coder)


def _found(connection: Connection, number: int) -> Coding | None:
    row = connection.execute(select(_codings).where(_codings.c.coding == number)).one_or_none()
    if row is None:
        return None
    coders = connection.scalars(select(_coders.c.coder).where(_coders.c.coding == number).order_by(_coders.c.coder))
    reports = select(_reports.c.report).where(_reports.c.coding == number).order_by(_reports.c.place)
    done: dict[str, set[str]] = defaultdict(set)
    for one in connection.execute(select(_done).where(_done.c.coding == number)):
        done[one.coder].add(one.report)
    return Coding(
        row.coding,
        row.name,
        row.by,
        row.made,
        row.blank,
        names := tuple(coders),
        tuple(connection.scalars(reports)),
        {name: frozenset(done[name]) for name in names},
        frozenset(connection.scalars(select(_judged.c.report).where(_judged.c.coding == number))),
    )


def _check_open(connection: Connection, coding: int, report: str, coder: str) -> None:
    found = _found(connection, coding)
    if found is None or report not in found.reports or coder not in found.coders:
        raise UsageError("This report was not given out to you.")
    if report in found.done[coder]:
        raise UsageError("You are done with this report, and no longer change it.")
