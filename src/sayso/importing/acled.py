"""ACLED: a row is one event with one number of deaths, in which 0 stands for no report of any."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sayso.export.countries import coded
from sayso.importing.record import Imported, Record
from sayso.records import Claim, Evidence, PlaceMatch

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

NEEDED = ("event_id_cnty", "event_date", "fatalities")
OUTLET = "ACLED"
NO_REPORT = "0 fatalities, which ACLED also codes where nobody reported any: not known, and so no claim"

_WHERE_PREC = {1: 1, 2: 2, 3: 4}
"""UCDP's ``where_prec`` by ACLED's ``geo_precision``: the place itself, near it or its part of a region, a region."""
_LAST_CODE = 3


def read(cells: Mapping[str, str]) -> Imported:
    """Read a row.

    Args:
        cells: The row's cells by the names of their columns, without empty ones.

    Raises:
        ValueError: The row is not what ACLED's codebook describes; the message says which cell.
    """
    record = Record(cells, ("fatalities",))
    identity = record.words("event_id_cnty")
    if identity is None:
        raise ValueError('"event_id_cnty" is empty')
    deaths = record.number("fatalities")
    claim = _claim(record)
    return Imported(
        identity,
        (claim,) if claim else (),
        record.text,
        title=identity,
        published=_published(record),
        left_out=None if claim else (NO_REPORT if deaths else "no number of deaths"),
    )


def _claim(record: Record) -> Claim | None:
    first, last, date_prec = _days(record)
    lat, lon = record.degrees("latitude"), record.degrees("longitude")
    where_prec = _WHERE_PREC.get(record.code("geo_precision", _LAST_CODE) or 0)
    deaths = record.number("fatalities")
    if not deaths or not deaths[0]:
        return None
    number, span = deaths
    place, doer, means = record.words("location"), _doer(record), _means(record)
    return Claim(
        "",
        span.start,
        span.end,
        span.of(record.text),
        "killed",
        "count",
        number,
        number,
        "exact",
        None,
        perpetrator=record.words(doer) if doer else None,
        means=record.words(means) if means else None,
        place=place,
        lat=lat,
        lon=lon,
        place_prec=where_prec,
        country=coded(iso_number=record.words("iso")),
        place_match=PlaceMatch(place, "unknown", region=record.words("admin1"), reason="As the record has it.")
        if place
        else None,
        date_from=first,
        date_to=last,
        date_prec=date_prec,
        date_reason="As the record has it.",
        sentence=record.lines("fatalities", "fatalities"),
        spans=Evidence(
            perpetrator=record.span(doer) if doer else None,
            means=record.span(means) if means else None,
            place=record.span("location"),
            date=record.span("event_date"),
        ),
    )


def _days(record: Record) -> tuple[str | None, str | None, int | None]:
    """Return the first and last possible day and UCDP's ``date_prec``.

    ACLED: 1 the very day; 2 a week, given by a day in it; 3 a month, given by a day in it.
    """
    day = record.day("event_date")
    if day is None:
        raise ValueError('"event_date" is empty')
    precision = record.code("time_precision", _LAST_CODE)
    first, last, prec = day, day, 1 if precision else None
    if precision == 2:
        first, last, prec = _moved(day, -3), _moved(day, 3), 3
    elif precision == _LAST_CODE:
        first, last = day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
        prec = 4
    return first.isoformat(), last.isoformat(), prec


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days)
    except OverflowError:
        raise ValueError('"event_date" lies at the end of the calendar') from None


def _doer(record: Record) -> str | None:
    """Return the column of who did it: the first actor, where the event is violence of one side against civilians."""
    return "actor1" if record.words("event_type") == "Violence against civilians" and record.span("actor1") else None


def _means(record: Record) -> str | None:
    """Return the column of the means: what kind of remote violence it was; other kinds of event name no weapon."""
    remote = record.words("event_type") == "Explosions/Remote violence"
    return "sub_event_type" if remote and record.span("sub_event_type") else None


def _published(record: Record) -> str | None:
    """Return the day on which ACLED last changed the row, which it gives in seconds since 1970."""
    words = record.words("timestamp") or ""
    return datetime.fromtimestamp(int(words), UTC).date().isoformat() if words.isdecimal() and len(words) < 11 else None
