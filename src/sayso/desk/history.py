"""The page of history: every entry of the ledger, by whom and when."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel

from sayso.desk.routes import Pages
from sayso.desk.visit import Seen  # noqa: TC001 - FastAPI reads the annotations
from sayso.export.ledger_log import what

pages = Pages(("/history", "History"))

_AT_ONCE = 50


class EntryRow(BaseModel):
    """One entry.

    Attributes:
        number: Its number in this ledger.
        id: Its id.
        kind: What it holds.
        time: When it was written, ISO 8601 in UTC.
        author: Who wrote it.
        told: What it holds, in words; names of people harmed are masked unless they were asked for.
        redacted: Whether its content was taken out.
    """

    number: int
    id: str
    kind: str
    time: str
    author: str
    told: str
    redacted: bool


class History(BaseModel):
    """A page of the log.

    Attributes:
        entries: Entries, the newest first.
        total: How many entries the ledger has.
        head: How far it goes and the last entry's hash, to be published.
        older: The number before which the next page begins; None on the last page.
    """

    entries: list[EntryRow]
    total: int
    head: str
    older: int | None


@pages.page("/history", "history.html")
def history(visit: Seen, before: Annotated[int | None, Query(ge=1, le=2**53)] = None) -> History:
    """Return entries of the ledger, the newest first."""
    head = visit.ledger.head()
    found = visit.ledger.log(before=before, limit=_AT_ONCE + 1)
    rows = [
        EntryRow(
            number=one.number,
            id=one.id,
            kind=one.kind,
            time=one.time,
            author=one.author,
            told=what(one, names=visit.session.names),
            redacted=one.content is None,
        )
        for one in found[:_AT_ONCE]
    ]
    older = rows[-1].number if len(found) > _AT_ONCE else None
    return History(entries=rows, total=head.entries, head=str(head), older=older)
