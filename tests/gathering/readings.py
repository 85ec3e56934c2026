"""Reports of the invented set as the program reads them, ready to be put into a ledger; and what to compare."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from sayso.pipeline import read_pages
from sayso.records import Given, Page, Reading
from tests.incident.told_set import told

if TYPE_CHECKING:
    from sayso.ledger import Ledger

READER = "sayso 0.0.test"


@cache
def read(*stories: str) -> tuple[tuple[Page, Reading], ...]:
    """Return the pages of some stories of the invented set, each with what is read in it."""
    reports = [one.report for one in told().reports if one.report.id.partition("-")[0] in stories]
    pages = []
    for one in reports:
        values = {"id": one.id, "text": one.text, "title": one.title, "url": one.url, "outlet": one.outlet}
        record = json.dumps({**values, "published": one.published, "language": "en"})
        pages.append(Page(record.encode(), f"told.jsonl:{one.id}", "application/json", url=one.url))
    found = list(read_pages(pages, Given()))
    readings = [one for one in found if isinstance(one, Reading)]
    assert len(readings) == len(pages)
    return tuple(zip(pages, readings, strict=True))


def read_again(reading: Reading, mark: str) -> Reading:
    """Return what a later program reads: the same claims under other ids, so that each succeeds one."""
    claims = tuple(replace(claim, id=f"c-{mark}{claim.id.removeprefix('c-')[:12]}") for claim in reading.claims)
    return replace(reading, claims=claims, program=f"{READER}-{mark}")


def incidents(ledger: Ledger) -> dict[str, Any]:
    """Return all that a ledger keeps of incidents, but for the order in which it was written."""
    with ledger.shelf() as shelf:
        found: dict[str, Any] = dict(shelf.all_incidents())
        for story in shelf.story_ids():
            found[f"joins of {story}"] = shelf.joins([story])[story]
            found[f"incidents of {story}"] = shelf.incidents_of([story])[story]
    return found


def incident_of(ledger: Ledger, text: str, report: str) -> dict[str, Any]:
    """Return the incident in which a claim of these words stands, in the report that came with this id."""
    with ledger.shelf() as shelf:
        names = {kept.report.id: kept for kept in ledger.claims()}
        own = shelf.own_ids(list(names))
        (claim,) = (
            kept.claim.id for kept in ledger.claims() if kept.claim.text == text and own[kept.report.id] == report
        )
        story = shelf.story_of_claim(claim)
        assert story is not None
        held = [one for one in shelf.incidents(sorted(shelf.incidents_of([story])[story])).values()]
        (incident,) = (one for one in held if claim in one["claims"])
    return dict(incident)
