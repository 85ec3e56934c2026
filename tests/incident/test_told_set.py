"""The invented set is what it says: enough of it, marked where it says so, and its days and places are real ones."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from sayso.claim.gazetteer import Gazetteer
from tests.incident.told_set import ToldReport, told

SET = told()
WRITTEN = told(Path(__file__).parents[2] / "training" / "told")
"""The stories that the grouping is fitted on and never measured by."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def test_the_set_is_large_and_varied_enough() -> None:
    events = [one for one in SET.incidents.values() if one.scope == "event"]
    assert len(events) >= 40
    assert len(SET.reports) >= 200
    assert len({one.voice for one in SET.reports}) >= 10
    assert len({one.report.outlet for one in SET.reports}) >= 60
    assert len({one.country for one in events if one.country}) >= 10
    assert sum(one.copy_of is not None for one in SET.reports) >= 20


def test_a_fifth_is_held_out_and_shares_no_incident_with_the_rest() -> None:
    held = SET.part(heldout=True)
    share = sum(one.scope == "event" for one in held.incidents.values()) / len(
        [one for one in SET.incidents.values() if one.scope == "event"]
    )
    assert 0.15 <= share <= 0.25
    for one in SET.reports:
        assert {SET.incidents[mark.incident].heldout for mark in one.marks} <= {one.heldout}


@pytest.mark.parametrize("one", SET.reports, ids=lambda one: one.report.id)
def test_every_mark_gives_its_words(one: ToldReport) -> None:
    assert one.marks, "a report without a figure tells nothing of an incident"
    for mark in one.marks:
        assert mark.span.of(one.report.text) == mark.quote
        assert mark.incident in SET.incidents
    assert not re.search(r"\]\(|<<|>>", one.report.text)
    spans = [mark.span for mark in one.marks]
    assert spans == sorted(spans)


@pytest.mark.parametrize("one", WRITTEN.reports, ids=lambda one: one.report.id)
def test_stories_to_fit_on_have_texts_whose_marks_give_their_words(one: ToldReport) -> None:
    assert one.report.text, "the text stands where the headline belongs"
    assert not re.search(r"\]\(|<<|>>", f"{one.report.title}\n{one.report.text}")
    for mark in one.marks:
        assert mark.span.of(one.report.text) == mark.quote
        assert mark.incident in WRITTEN.incidents


def test_stories_to_fit_on_tell_of_no_incident_that_is_measured() -> None:
    assert not {one.split("-")[0] for one in WRITTEN.incidents} & {one.split("-")[0] for one in SET.incidents}


def test_every_incident_is_told_and_most_by_several_voices() -> None:
    by_incident: dict[str, set[str]] = defaultdict(set)
    for one in SET.reports:
        for mark in one.marks:
            by_incident[mark.incident].add(one.report.id)
    assert set(by_incident) == set(SET.incidents)
    events = [key for key, one in SET.incidents.items() if one.scope == "event"]
    assert sum(len(by_incident[key]) >= 2 for key in events) >= 0.85 * len(events)


def test_ids_are_unique_and_days_make_sense() -> None:
    assert max(Counter(one.report.id for one in SET.reports).values()) == 1
    for incident in SET.incidents.values():
        assert date.fromisoformat(incident.date_from) <= date.fromisoformat(incident.date_to)
    for one in SET.reports:
        assert one.report.day is not None
        for mark in one.marks:
            assert SET.incidents[mark.incident].date_from <= one.report.day.isoformat()


def test_weekdays_in_wire_reports_are_days_of_an_incident_or_of_its_report() -> None:
    """A wire report's "on Tuesday" must be a day within the week before it, on which something it tells happened."""
    for one in SET.reports:
        day = one.report.day
        if one.voice != "wire" or day is None:
            continue
        ends = {SET.incidents[mark.incident].date_to for mark in one.marks}
        starts = {SET.incidents[mark.incident].date_from for mark in one.marks}
        days = {WEEKDAYS[date.fromisoformat(each).weekday()] for each in starts | ends}
        for found in re.findall(rf"\bon ({'|'.join(WEEKDAYS)})\b(?! morning)", one.report.text.split("\n\n")[0]):
            spoken = {WEEKDAYS[day.weekday()], WEEKDAYS[day.weekday() - 1]}
            assert found in days | spoken, (one.report.id, found)


def test_real_towns_are_known_to_the_gazetteer_and_invented_ones_are_not() -> None:
    known = Gazetteer()
    for incident in SET.incidents.values():
        if incident.scope == "period" or not incident.place:
            continue
        countries = {entry.country for entry in known.lookup(incident.place)}
        assert (incident.country in countries) if incident.country else not countries, incident
