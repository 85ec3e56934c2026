"""The page of history: every entry of the ledger, by whom and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Query
from pydantic import BaseModel

from sayso.desk.blind import closed_reports
from sayso.desk.masking import masks
from sayso.desk.routes import Pages
from sayso.desk.visit import Seen, Visit  # noqa: TC001 - FastAPI reads the annotations
from sayso.export.ledger_log import what

if TYPE_CHECKING:
    from sayso.entries import Entry

pages = Pages(("/history", "History"))

_AT_ONCE = 50


HIDDEN = "what somebody ruled, hidden from you while you code reports blind"


class EntryRow(BaseModel):
    """One entry.

    Attributes:
        number: Its number in this ledger.
        id: Its id.
        kind: What it holds.
        time: When it was written, ISO 8601 in UTC.
        author: Who wrote it; empty where what they ruled is hidden from a person who codes blind.
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
    person = visit.person.name if closed_reports(visit) else None
    found = visit.ledger.log(before=before, limit=_AT_ONCE + 1)
    told = _told(visit, found[:_AT_ONCE])
    rows = [
        EntryRow(
            number=one.number,
            id=one.id,
            kind=one.kind,
            time=one.time,
            author=one.author if _shows(one, person) else "",
            told=told[one.number] if _shows(one, person) else HIDDEN,
            redacted=one.content is None,
        )
        for one in found[:_AT_ONCE]
    ]
    older = rows[-1].number if len(found) > _AT_ONCE else None
    return History(entries=rows, total=head.entries, head=str(head), older=older)


def _told(visit: Visit, entries: list[Entry]) -> dict[int, str]:
    """Return by number what entries hold, in words: addresses, names of files and reasons may name people harmed."""
    behind = visit.ledger.behind([one.number for one in entries])
    masking = masks(visit, (heading for headings in behind.values() for heading in headings))
    told = {}
    for one in entries:
        words = what(one, names=visit.session.names)
        for heading in behind.get(one.number, ()):
            words = masking[heading.id].line(words)
        told[one.number] = words
    return told


def _shows(entry: Entry, blind: str | None) -> bool:
    """Say whether an entry is shown to somebody, who codes reports blind and sees their own rulings alone, or nobody.

    Args:
        entry: The entry.
        blind: The name of a person who codes reports blind; None for everybody else.
    """
    return blind is None or entry.author == blind or entry.kind not in {"decision", "note"}
