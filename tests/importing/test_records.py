"""Rows of GED and ACLED become claims whose words stand in them, and hold in a ledger like any others."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.gathering import catch_up
from sayso.gathering.asking import listed
from sayso.gathering.wanting import wanted
from sayso.importing import acled, ged
from sayso.importing.record import Record
from sayso.verifying import recheck
from tests.importing.tables import BARRACKS, COLUMNS, MILL, table, taken

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.records import Claim


def strings(row: dict[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in row.items() if value != ""}


def of_ged(**changes: object) -> list[Claim]:
    found = ged.read(strings(BARRACKS | changes))
    for claim in found.claims:
        assert claim.span.of(found.text) == claim.text
        assert claim.sentence.holds(claim.span)
    return list(found.claims)


def figures(claims: list[Claim]) -> list[tuple[str, int | None, int | None, str]]:
    return [(one.text, one.low, one.high, one.status) for one in claims]


def test_best_and_the_range_are_two_claims_and_parts_are_claims_of_their_own() -> None:
    assert figures(of_ged()) == [
        ("34", 34, 34, "unknown"),
        ("low: 29\nhigh: 100", 29, 100, "unknown"),
        ("29", 29, 29, "combatant"),
        ("3", 3, 3, "civilian"),
    ]
    best, between, fighters, civilians = of_ged()
    assert (best.kind, best.qualifier) == ("count", "exact")
    assert (between.qualifier, between.phrase) == ("between", "between")
    assert (fighters.victims, fighters.perpetrator) == ("Government of Velmora", "Government of Sarnovia")
    assert civilians.victims == "civilians"


def test_where_and_when_are_those_of_the_row() -> None:
    best = of_ged()[0]
    assert (best.place, best.lat, best.lon, best.place_prec, best.country) == ("Dresk", 47.8417, 28.9561, 1, "MD")
    assert (best.date_from, best.date_to, best.date_prec) == ("2023-03-14", "2023-03-14", 1)
    assert best.source is None


@pytest.mark.parametrize(
    ("low", "best", "high", "expected"),
    [
        (5, 5, 5, [(5, 5)]),
        (0, 0, 4, [(0, 0), (0, 4)]),
        (0, 2, 2, [(2, 2), (0, 2)]),
        (3, "", "", [(3, None)]),
        ("", "", 9, [(None, 9)]),
        (3, "", 3, [(3, 3)]),
        ("", 4, 9, [(4, 4), (None, 9)]),
        (2, 4, "", [(4, 4), (2, None)]),
    ],
)
def test_an_open_bound_stays_open(low: object, best: object, high: object, expected: list[object]) -> None:
    claims = of_ged(low=low, best=best, high=high, deaths_b=0, deaths_civilians=0, deaths_unknown=0)
    assert [(one.low, one.high) for one in claims] == expected


def test_one_sided_violence_has_a_perpetrator_and_all_its_dead_may_be_civilians() -> None:
    (claim,) = of_ged(type_of_violence=3, deaths_b=0, deaths_unknown=0, deaths_civilians=4, low=4, best=4, high=4)
    assert (claim.status, claim.perpetrator) == ("civilian", "Government of Sarnovia")


def test_acled_gives_one_exact_number_and_remote_violence_its_means() -> None:
    found = acled.read(strings(MILL))
    (claim,) = found.claims
    assert claim.span.of(found.text) == claim.text == "2"
    assert (claim.low, claim.high, claim.means) == (2, 2, "Shelling/artillery/missile attack")
    assert (claim.country, claim.place, claim.place_prec) == ("MD", "Harlan Falls", 2)
    assert found.published == "2023-03-16"


def test_a_zero_of_acled_is_not_known_and_no_claim() -> None:
    found = acled.read(strings(MILL | {"fatalities": 0}))
    assert (found.claims, found.left_out) == ((), acled.NO_REPORT)


@pytest.mark.parametrize(
    ("precision", "first", "last", "prec"),
    [(1, "2023-03-09", "2023-03-09", 1), (2, "2023-03-06", "2023-03-12", 3), (3, "2023-03-01", "2023-03-31", 4)],
)
def test_acleds_days_are_as_wide_as_it_knows_them(precision: int, first: str, last: str, prec: int) -> None:
    (claim,) = acled.read(strings(MILL | {"time_precision": precision})).claims
    assert (claim.date_from, claim.date_to, claim.date_prec) == (first, last, prec)


def test_rows_hold_in_a_ledger_and_come_once(tmp_path: Path) -> None:
    path = table(tmp_path / "ged.csv", "ged", [BARRACKS, BARRACKS | {"id": 910178, "source_office": '=cmd|"x"\n+1'}])
    ledger, claims, problems, importing = taken(tmp_path, path, "ged", "UCDP GED 24.1")
    assert not problems
    assert importing.counts.new == 2
    assert {one.report.outlet for one in claims} == {"UCDP GED 24.1"}
    before = ledger.head()
    assert not ledger.verify(recheck=recheck).problems
    again = taken(tmp_path, path, "ged", "UCDP GED 24.1")[3]
    assert (again.counts.new, again.counts.known, again.counts.claims) == (0, 2, 0)
    assert ledger.head() == before


def test_the_page_is_the_row_as_it_stands(tmp_path: Path) -> None:
    path = table(tmp_path / "acled.csv", "acled", [MILL | {"notes": "Two\r\nlines, “quoted”"}, MILL])
    ledger = taken(tmp_path, path, "acled")[0]
    heading, rest = path.read_bytes().split(b"\r\n", 1)
    first, second = (page.body for page in ledger.pages())
    assert first + second[len(heading) + 2 :] == heading + b"\r\n" + rest


def test_bad_rows_are_told_and_the_rest_goes_in(tmp_path: Path) -> None:
    rows = [
        BARRACKS | {"best": "many"},
        BARRACKS | {"low": 50},
        BARRACKS | {"latitude": 99},
        BARRACKS | {"date_start": "14/03/2023"},
        BARRACKS | {"date_prec": 8},
        BARRACKS | {"id": ""},
        BARRACKS,
    ]
    path = table(tmp_path / "ged.csv", "ged", rows)
    _, claims, problems, importing = taken(tmp_path, path, "ged")
    assert [one.where for one in problems] == [f"{path}:{line}" for line in range(2, 8)]
    assert all(one.lost and one.remedy for one in problems)
    assert importing.counts.new == 1
    assert len(claims) == 4


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00" * 4000,
        b"PK\x03\x04" + b"\x00" * 100,
        b"\xff\xfei\x00d\x00",
        b"a,b,c\n1,2,3\n",
        b'"' * 5000,
        b"<html><body>Not found</body></html>",
        b"id\rbest\r",
    ],
)
def test_a_file_that_is_no_such_table_is_told(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "ged.csv"
    path.write_bytes(body)
    _, claims, problems, _ = taken(tmp_path, path, "ged")
    assert not claims
    assert [one.code for one in problems] == ["not-a-table"]


def test_hostile_rows_lose_none_of_their_neighbours(tmp_path: Path) -> None:
    path = table(tmp_path / "ged.csv", "ged", [BARRACKS])
    good = path.read_bytes()
    heading, row = good.split(b"\r\n", 1)
    wide = row.replace(b"Coastal Herald", b"x" * 3_000_000)
    latin = row.replace(b"Dresk district", "Drèsk".encode("cp1252")).replace(b"910177", b"910178", 1)
    longer = row[:-2] + b",9,9\r\n"
    path.write_bytes(heading + b"\r\n" + wide + latin + longer + b"\r\n" + row)
    ledger, claims, problems, importing = taken(tmp_path, path, "ged")
    assert [one.where.rpartition(":")[2] for one in problems] == ["2", "4"]
    assert importing.counts.new == 2
    assert {one.claim.place_match.region for one in claims if one.claim.place_match} == {"Drèsk", "Dresk district"}
    assert not ledger.verify(recheck=recheck).problems


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert [one.code for one in taken(tmp_path, tmp_path / "none.csv", "ged")[2]] == ["unreadable"]


CELL = (
    st.text("0159.-: =xé\n\u2028\u0661", max_size=12)
    | st.integers(-5, 200).map(str)
    | st.sampled_from(["2023-03-14", "nan", "1e999", "1", "-0"])
)


@given(st.dictionaries(st.sampled_from(COLUMNS["ged"]), CELL.filter(str.strip), max_size=20))
def test_any_row_of_ged_is_read_or_refused(cells: dict[str, str]) -> None:
    try:
        found = ged.read({"id": "1", **cells})
    except ValueError:
        return
    assert all(one.span.of(found.text) == one.text for one in found.claims)


@given(st.dictionaries(st.sampled_from(COLUMNS["acled"]), CELL.filter(str.strip), max_size=20))
def test_any_row_of_acled_is_read_or_refused(cells: dict[str, str]) -> None:
    try:
        found = acled.read({"event_id_cnty": "LTL1", "event_date": "2023-03-14", **cells})
    except ValueError:
        return
    assert all(one.span.of(found.text) == one.text for one in found.claims)


@given(st.dictionaries(st.text("ab_ :", min_size=1, max_size=8), CELL.filter(str.strip), max_size=6))
def test_every_cell_stands_in_the_text(cells: dict[str, str]) -> None:
    record = Record(cells)
    assert all(record.words(name) == value.strip() for name, value in cells.items())


def test_the_limit_on_cells_of_the_whole_program_stays(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    taken(tmp_path, table(tmp_path / "ged.csv", "ged", [BARRACKS | {"relid": "x" * 200_000}]), "ged")
    assert csv.field_size_limit() == before


def test_two_rows_of_one_data_set_are_two_events(tmp_path: Path) -> None:
    """A day apart in one town with the same words, which two reports would hardly be held apart by."""
    later = BARRACKS | {"id": 910190, "relid": "VEL-2023-1-90-1", "date_start": "2023-03-15", "date_end": "2023-03-15"}
    path = table(tmp_path / "ged.csv", "ged", [BARRACKS, later, later | {"id": 910191, "low": 30}])
    ledger = taken(tmp_path, path, "ged")[0]
    catch_up(ledger)
    found = [one.incident for one in listed(ledger, wanted())]
    assert sorted(len(one.reports) for one in found) == [1, 1, 1]
    other = table(tmp_path / "other.csv", "ged", [BARRACKS | {"number_of_sources": 3}])
    taken(tmp_path, other, "ged", "Another set")
    catch_up(ledger)
    found = [one.incident for one in listed(ledger, wanted())]
    assert sorted(len(one.reports) for one in found) == [1, 1, 2]
