"""What is closed to a person who codes reports blind: all that could show what others made of these reports.

As long as not all coders of a report are done with it, each of them sees of it what the pages of double coding show,
and nothing else. What rests on several reports cannot be shown without what was ruled on one of them: incidents that
such a report speaks of are closed as a whole, and left out of lists, sums and files. What others ruled on any claim is
left out of the history, so that nobody can count what concerns their own reports.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.desk.refusals import Refusal
from sayso.gathering.asking import find

if TYPE_CHECKING:
    from sayso.desk.visit import Visit
    from sayso.ledger.shelf import Shelf
    from sayso.ledger.shelf_incidents import Wanted

_REMEDY = "Go on with it under Double coding; it opens once all its coders are done."


def given(visit: Visit) -> dict[str, str]:
    """Return the reports that the person codes blind, each with the address at which they code it."""
    found = visit.desk.codings.blind(visit.person.name) if visit.desk.codings is not None else {}
    return {report: f"/coding/{number}/report/{report}" for report, number in found.items()}


def closed_reports(visit: Visit) -> frozenset[str]:
    """Return the reports that are closed to the person; none for nearly everybody."""
    return frozenset(given(visit))


def closed_incidents(visit: Visit) -> frozenset[str]:
    """Return the incidents and totals over a period that rest on a report which is closed to the person."""
    reports = closed_reports(visit)
    if not reports:
        return frozenset()
    with visit.ledger.shelf() as shelf:
        return _resting_on(shelf, sorted(reports))


def open_ones(visit: Visit, wanted: Wanted) -> Wanted:
    """Return what is asked for without what is closed to the person."""
    closed = closed_incidents(visit)
    return replace(wanted, without=tuple(sorted(closed))) if closed else wanted


def check_report(visit: Visit, report: str) -> None:
    """Refuse a report that is closed to the person, by its whole id.

    Raises:
        Refusal: It is.
    """
    address = given(visit).get(report)
    if address is not None:
        what = "You code this report blind: what others made of it is closed to you until all its coders are done."
        raise Refusal(403, what, _REMEDY, address)


def check_incident(visit: Visit, incident: str) -> None:
    """Refuse an incident that is closed to the person.

    Args:
        visit: Who asks.
        incident: Its id or its beginning, or the id of a claim in it.

    Raises:
        Refusal: It is closed.
        LedgerError: There is none, or there are several.
    """
    closed = closed_incidents(visit)
    if closed:
        with visit.ledger.shelf() as shelf:
            check_open(closed, find(shelf, incident))


def check_open(closed: frozenset[str], *incidents: str | None) -> None:
    """Refuse incidents that are among those which are closed.

    Raises:
        Refusal: One of them is.
    """
    if closed.isdisjoint(incidents):
        return
    what = "This incident rests on a report that you code blind, and is closed to you until all its coders are done."
    raise Refusal(403, what, _REMEDY, "/coding")


def _resting_on(shelf: Shelf, reports: list[str]) -> frozenset[str]:
    told = shelf.incidents_of(shelf.stories_told_in(reports))
    events = [incident for incidents in told.values() for incident in incidents]
    keys = {key for report in reports for key in shelf.periods_of_report(report)}
    periods = [shelf.incident_of_period(key) for key in keys]
    return frozenset((*events, *(one for one in periods if one is not None)))
