"""The inbox: reports newest first with what waits in them, and the ways by which new ones come in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import File, Form, Query, UploadFile
from pydantic import BaseModel, Field

from sayso.desk.blind import closed_incidents, given
from sayso.desk.intake import Brought, FullError, State
from sayso.desk.marking import shown
from sayso.desk.masking import masks
from sayso.desk.refusals import Refusal
from sayso.desk.routes import Pages
from sayso.desk.visit import Seen, Visit  # noqa: TC001 - FastAPI reads the annotations
from sayso.events import Heading
from sayso.export.wording import published
from sayso.find.published import iso
from sayso.gathering.row import CONTESTED
from sayso.ledger import Sought, Waiting
from sayso.pages.addresses import RefusedAddressError, parse
from sayso.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

pages = Pages(("/inbox", "Inbox"))

AT_ONCE = 30
_MOST_FILES = 20
_MOST_LOOKED_AT = 10
"""Reports that came of something brought in which it is looked whom they name."""


Some = Annotated[str, Field(max_length=200)]
Day = Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$", description="A day such as 2023-03-15.")]
Only = Literal["", "waiting", "doubtful"]
Of = Literal["", "imported", "all"]


class Row(BaseModel):
    """One report.

    Attributes:
        report: Its id.
        title: Its headline, or None; names of people harmed are masked unless they were asked for.
        outlet: Who published it, or None.
        published: The day of publication in words.
        language: ISO 639-1 code, or None.
        coding: Where the person codes it blind, or None; what others made of it is not told then.
        claims: How many claims hold in it; None where that is not told.
        waiting: How many of them nobody has ruled on.
        doubtful: How many of these the reader is not sure of.
        contested: How many of its incidents have claims that contradict each other, as far as they are put together.
    """

    report: str
    title: str | None
    outlet: str | None
    published: str
    language: str | None
    coding: str | None
    claims: int | None
    waiting: int | None
    doubtful: int | None
    contested: int | None


class Filters(BaseModel):
    """What was asked for.

    Attributes:
        words: Words that all stand in the report; dro* for all that begin so.
        outlet: Part of the outlet's name.
        language: Two letters.
        place: A place of one of its claims, or a country's code.
        since: Published on this day or later.
        until: Published on this day or before.
        only: ``waiting`` or ``doubtful`` for reports with such claims alone.
        of: Reports that were read when left out; ``imported`` for other people's records, ``all`` for both.
        before: Only reports whose entry has a lower number, for the pages after the first.
    """

    words: Some = ""
    outlet: Some = ""
    language: Annotated[str, Field(pattern=r"^([A-Za-z]{2})?$")] = ""
    place: Some = ""
    since: Day = ""
    until: Day = ""
    only: Only = ""
    of: Of = ""
    before: Annotated[int | None, Field(ge=1, le=2**53)] = None


class Inbox(BaseModel):
    """A page of the inbox.

    Attributes:
        reports: Reports, the newest first.
        filters: What was asked for.
        older: The number before which the next page begins; None on the last page.
        apart: Whether there are imported records that are left out.
        running: How much is waiting or being read.
    """

    reports: list[Row]
    filters: Filters
    older: int | None
    apart: bool
    running: int


class BroughtRow(BaseModel):
    """Something that a person brought to be read.

    Attributes:
        number: Its number.
        name: What it is called.
        by: Who brought it.
        at: When, ISO 8601 in UTC.
        state: How far it is.
        read: How many reports were kept so far.
        known: How many pages were there already.
        claims: How many claims were read in them.
        reports: The ids of the first of the reports.
        problems: What went wrong, in words.
        more_problems: How many problems there were beside these.
    """

    number: int
    name: str
    by: str
    at: str
    state: State
    read: int
    known: int
    claims: int
    reports: list[str]
    problems: list[str]
    more_problems: int


class Readings(BaseModel):
    """What waits to be read, is read, and was read of late, the last that came first.

    Attributes:
        readings: They.
        running: How many of them are not done.
    """

    readings: list[BroughtRow]
    running: int


@pages.page("/inbox", "inbox.html")
def inbox(visit: Seen, asked: Annotated[Filters, Query()]) -> Inbox:
    """Return reports, the newest first, with what waits in them."""
    sought = Sought(
        **asked.model_dump(exclude={"only", "of", "before"}),
        waiting=asked.only == "waiting",
        doubtful=asked.only == "doubtful",
        imported=None if asked.of == "all" else asked.of == "imported",
    )
    found = visit.ledger.waiting(sought, before=asked.before, limit=AT_ONCE + 1)
    here = found[:AT_ONCE]
    older = here[-1].number if len(found) > AT_ONCE else None
    return Inbox(
        reports=_rows(visit, here, asked),
        filters=asked,
        older=older,
        apart=not asked.of and bool(visit.ledger.waiting(Sought(imported=True), limit=1)),
        running=_running(visit.desk.intake.all()),
    )


@pages.page("/inbox/readings", "readings.html", least="editor")
def readings(visit: Seen) -> Readings:
    """Return what waits to be read, is read, and was read of late."""
    found = visit.desk.intake.all()
    rows = [_brought(visit, one) for one in found]
    return Readings(readings=rows, running=_running(found))


@pages.page("/inbox/new", "inbox_new.html", least="editor")
def new(visit: Seen) -> Readings:
    """Return the ways by which reports come in, and what came of late."""
    return readings(visit)


@pages.act("/inbox/readings", least="editor")
def resolve(
    visit: Seen,
    number: Annotated[int, Form(ge=1, le=2**31 - 1)],
    what: Annotated[Literal["again", "forget"], Form(description="Read it once more, or let go of it.")],
) -> str:
    """Read something once more that could not be read to its end, or let go of it."""
    taking = visit.desk.intake
    there = taking.again(visit.ledger, number) if what == "again" else taking.forget(number)
    if not there:
        raise Refusal(404, "Nothing of this number could not be read.", "Look at what was read of late.")
    return "/inbox/new"


@pages.act("/inbox/files", least="editor")
def upload(visit: Seen, files: Annotated[list[UploadFile], File(description="Reports, or archives of them.")]) -> str:
    """Take in files: reports, or any container that the program reads."""
    named = [one for one in files if one.filename]
    if not named:
        raise UsageError("No file was chosen.")
    if len(named) > _MOST_FILES:
        raise UsageError(f"These are {len(named)} files; bring {_MOST_FILES} at once, or all of them in one archive.")
    for one in named:
        _taken(visit, one.filename or "", one.file.read())
    return "/inbox/new"


@pages.act("/inbox/paste", least="editor")
def paste(
    visit: Seen,
    text: Annotated[str, Form(min_length=1, max_length=2_000_000)],
    title: Annotated[str, Form(max_length=500)] = "",
    outlet: Annotated[str, Form(max_length=200)] = "",
    date: Annotated[str, Form(max_length=40)] = "",
    url: Annotated[str, Form(max_length=2000)] = "",
) -> str:
    """Take in a report as words."""
    day = iso(date) if date.strip() else None
    if date.strip() and day is None:
        raise UsageError(f'"{date[:40]}" is not a day that can be read in one way only; give it as 2023-03-15.')
    if not text.strip():
        raise UsageError("There are no words to read.")
    known = {"title": title, "outlet": outlet, "published": day or "", "url": url}
    record = {"text": text.replace("\r\n", "\n")} | {name: one.strip() for name, one in known.items() if one.strip()}
    # One line of JSON: a report record, whose text is kept as it stands.
    _taken(visit, title.strip()[:60] or "pasted words", f"{json.dumps(record)}\n".encode())
    return "/inbox/new"


@pages.act("/inbox/address", least="editor")
def fetch(visit: Seen, url: Annotated[str, Form(min_length=1, max_length=2000)]) -> str:
    """Fetch a report from the web and take it in; addresses of private networks are refused."""
    try:
        address = parse(url)
        visit.desk.intake.address(visit.ledger, address.url, visit.person.name)
    except RefusedAddressError as error:
        raise UsageError(str(error)) from None
    except FullError:
        raise _full() from None
    return "/inbox/new"


def _taken(visit: Visit, name: str, body: bytes) -> None:
    try:
        visit.desk.intake.file(visit.ledger, name, body, visit.person.name)
    except FullError:
        raise _full() from None


def _full() -> Refusal:
    return Refusal(429, "Too much waits to be read already.", "Wait until some of it is read, and bring the rest then.")


def _running(found: Iterable[Brought]) -> int:
    return sum(one.state in {"waiting", "reading"} for one in found)


def _brought(visit: Visit, one: Brought) -> BroughtRow:
    """Return something brought as a row; what it is called and what went wrong may name people harmed."""
    row = BroughtRow.model_validate(one, from_attributes=True)
    called = Heading(f"brought {one.number}", title=one.name)
    read = visit.ledger.headings_of(one.reports[:_MOST_LOOKED_AT])
    for mask in masks(visit, [called, *read]).values():
        row.name = mask.line(row.name)
        row.problems = [mask.line(problem) for problem in row.problems]
    return row


def _rows(visit: Visit, found: list[Waiting], asked: Filters) -> list[Row]:
    closed = given(visit)
    if asked.only or asked.place.strip():
        # Whether such a report fits would tell what somebody ruled.
        found = [one for one in found if one.heading.id not in closed]
    reports = [one.heading.id for one in found]
    hidden = closed_incidents(visit)
    with visit.ledger.shelf() as shelf:
        contested = shelf.reports_under(CONTESTED, reports, hidden)
    titles = _titles(visit, found)
    return [
        Row(
            report=one.heading.id,
            title=titles.get(one.heading.id),
            outlet=_shown(one.heading.outlet),
            published=published(one.heading.published),
            language=_shown(one.heading.language),
            coding=closed.get(one.heading.id),
            **_told(one, contested.get(one.heading.id, 0), told=one.heading.id not in closed),
        )
        for one in found
    ]


def _told(one: Waiting, contested: int, *, told: bool) -> dict[str, int | None]:
    """Return what is told of a report's claims."""
    counts = {"claims": one.claims, "waiting": one.waiting, "doubtful": one.doubtful, "contested": contested}
    return {name: number if told else None for name, number in counts.items()}


def _titles(visit: Visit, found: list[Waiting]) -> dict[str, str]:
    """Return the headlines, without the names of people harmed unless they were asked for."""
    titled = [one.heading for one in found if one.heading.title]
    masking = masks(visit, titled)
    return {one.id: shown(masking[one.id].words(one.title or "")) for one in titled}


def _shown(words: str | None) -> str | None:
    return shown(words) if words else None
