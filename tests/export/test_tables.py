"""Tables of claims and incidents, read back with what their users use."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import hxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.events import Range, Ruling, Toll
from sayso.export import acled, cells, claims_csv, ged, incidents_csv, table_csv
from sayso.export import hxl as hxl_table
from sayso.export.writing import Choices
from tests.export import told

if TYPE_CHECKING:
    from sayso.events import Dossier
    from sayso.problems import Problem


def frame(name: str, *dossiers: Dossier) -> tuple[pd.DataFrame, dict[str, Problem]]:
    """Write dossiers and read them as pandas does."""
    body, problems = told.written(name, *dossiers)
    return pd.read_csv(io.BytesIO(body)), problems


def test_a_claim_has_its_row_and_what_a_recorder_expects_beside_it() -> None:
    rows, problems = frame("csv", *told.everything())
    said = [one for dossier in told.everything() for one in dossier.claims]
    assert rows["id"].tolist() == [one.claim.id for one in said]
    assert tuple(rows.columns) == claims_csv.columns()
    assert tuple(rows.columns)[: len(table_csv.columns())] == table_csv.columns()
    assert not problems
    first = rows.iloc[0]
    assert (first["source"], first["source_actor.kind"]) == ("Velmora's Defence Ministry", "military")
    assert (first["ruling.verdict"], first["ruling.by"]) == ("accepted", "A. Reader")
    assert first["sentence_text"].startswith("OSTREL, Velmora, March 15")
    assert rows["contradicts"].dropna().tolist() == [rows["id"][0]]
    assert rows["incident.id"].isna().tolist()[-1]


def test_a_bound_that_nobody_stated_is_empty_and_none_is_zero() -> None:
    rows, _ = frame("csv", *told.everything())
    over = rows[rows["text"] == "more than 100 Velmoran soldiers"].iloc[0]
    assert (over["low"], pd.isna(over["high"])) == (100, True)
    none = rows[rows["text"] == "No one"].iloc[0]
    assert (none["low"], none["high"]) == (0, 0)


def test_whole_texts_go_out_only_when_asked_for() -> None:
    dossier = replace(told.dresk(), texts=((told.dresk().claims[0].report.id, "The whole text."),))
    assert "report.text" not in frame("csv", dossier)[0]
    body, _ = told.written("csv", dossier, choices=Choices(with_text=True))
    assert pd.read_csv(io.BytesIO(body))["report.text"][0] == "The whole text."


def test_an_incident_has_its_numbers_their_rule_and_their_claims() -> None:
    rows, problems = frame("incidents-csv", *told.everything())
    assert tuple(rows.columns) == incidents_csv.COLUMNS
    assert rows["id"].tolist() == ["i-dresk-1", "i-plovdiv-1", "i-war-1"]
    strike = rows.iloc[0]
    assert (strike["killed_low"], strike["killed_best"], pd.isna(strike["killed_high"])) == (17, 30, True)
    assert strike["policy"] == "ucdp-best-low-high"
    assert set(strike["decided_by"].split()) <= set(strike["claims"].split())
    assert rows["policy"][1] == "as-said"
    assert problems["claims-without-incident"].what.endswith(f"1 ({told.loose().claims[0].claim.id}).")


def test_ged_has_ucdps_columns_and_its_sums() -> None:
    rows, problems = frame("ged", *told.everything())
    assert len(ged.COLUMNS) == len(set(ged.COLUMNS)) == 49
    assert tuple(rows.columns) == ged.COLUMNS
    strike = rows[rows["relid"] == "i-dresk-1"].iloc[0]
    parts = strike[["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]]
    assert parts.sum() == strike["best"] == 30
    assert (strike["low"], pd.isna(strike["high"])) == (17, True)
    assert (strike["type_of_violence"], strike["country_id"], strike["region"]) == (1, 359, "Europe")
    assert strike["geom_wkt"] == "POINT (28.956100 47.841700)"
    assert (strike["where_prec"], strike["date_prec"], strike["date_start"]) == (1, 1, "2023-03-14")
    assert all(claim in strike["source_article"] for claim in told.dresk().incident.claims)  # type: ignore[union-attr]
    assert "periods" in problems
    assert "1 (i-plovdiv-1)" in problems["no-best"].what
    assert "1 (i-plovdiv-1)" in problems["no-type"].what


def test_ged_leaves_out_what_ucdp_leaves_out() -> None:
    hurt_only = told.changed(replace(told.dresk(), tolls=()), id="i-hurt", figures={"injured": Range(3, 3)})
    nobody = told.changed(replace(told.dresk(), tolls=()), id="i-none", figures={"killed": Range(0, 0)})
    undated = told.changed(told.dresk(), id="i-undated", date_from=None)
    nowhere = told.changed(told.dresk(), id="i-nowhere", lat=None)
    rows, problems = frame("ged", hurt_only, nobody, undated, nowhere, told.dresk())
    assert rows["relid"].tolist() == ["i-dresk-1"]
    assert "2 (i-hurt, i-none)" in problems["no-death"].what
    assert "1 (i-undated)" in problems["no-first-day"].what
    assert "1 (i-nowhere)" in problems["no-place"].what


def test_deaths_whose_parts_exceed_the_best_number_are_all_unknown() -> None:
    tolls = (
        Toll("p", "1", "i-dresk-1", "killed", 1, 2, 9),
        Toll("p", "1", "i-dresk-1", "killed", 5, 5, 9, status="civilian"),
    )
    rows, _ = frame("ged", replace(told.dresk(), tolls=tolls))
    assert rows[["deaths_civilians", "deaths_unknown", "best"]].iloc[0].tolist() == [0, 2, 2]


def test_acled_has_its_columns_and_precisions() -> None:
    rows, problems = frame("acled", *told.everything())
    assert len(acled.COLUMNS) == len(set(acled.COLUMNS)) == 31
    assert tuple(rows.columns) == acled.COLUMNS
    strike = rows.iloc[0]
    assert (strike["event_date"], strike["year"], strike["time_precision"]) == ("2023-03-14", 2023, 1)
    assert strike["event_type"] == "Explosions/Remote violence"
    assert (strike["iso"], strike["country"], strike["geo_precision"]) == (498, "Moldova", 1)
    assert (strike["latitude"], strike["longitude"], strike["fatalities"]) == (47.8417, 28.9561, 30)
    assert strike["event_id_cnty"].startswith("MDA")
    assert f"over 100 killed (Velmoran soldiers) [{told.dresk().claims[2].claim.id}]" in strike["notes"]
    assert rows["actor2"].tolist() == ["Velmora", "Civilians (Bulgaria)"]
    assert rows["civilian_targeting"].isna().all()  # nobody aimed the fire
    assert "1 (i-plovdiv-1)" in problems["no-type"].what


@pytest.mark.parametrize(
    ("first", "last", "precision", "day", "time_precision"),
    [
        ("2023-03-14", "2023-03-14", 1, "2023-03-14", 1),
        ("2023-03-13", "2023-03-19", 3, "2023-03-16", 2),
        ("2023-03-01", "2023-03-31", 4, "2023-03-16", 3),
    ],
)
def test_acled_takes_the_middle_of_what_is_known(
    first: str, last: str, precision: int, day: str, time_precision: int
) -> None:
    rows, _ = frame("acled", told.changed(told.dresk(), date_from=first, date_to=last, date_prec=precision))
    assert rows[["event_date", "time_precision"]].iloc[0].tolist() == [day, time_precision]


@pytest.mark.parametrize(
    ("sub_event", "event", "disorder"),
    [
        ("Armed clash", "Battles", "Political violence"),
        ("Peaceful protest", "Protests", "Demonstrations"),
        ("Excessive force against protesters", "Protests", "Political violence; Demonstrations"),
        ("Violent demonstration", "Riots", "Demonstrations"),
        ("Mob violence", "Riots", "Political violence"),
        ("Attack", "Violence against civilians", "Political violence"),
        ("Arrests", "Strategic developments", "Strategic developments"),
    ],
)
def test_acled_has_the_types_that_belong_to_a_sub_event(sub_event: str, event: str, disorder: str) -> None:
    row = frame("acled", told.changed(told.dresk(), type=sub_event))[0].iloc[0]
    assert (row["disorder_type"], row["event_type"], row["sub_event_type"]) == (disorder, event, sub_event)


@pytest.mark.parametrize(("place", "geo"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (7, 3)])
def test_ucdp_and_acled_say_how_exact_a_place_is(place: int, geo: int) -> None:
    dossier = told.changed(told.dresk(), place_prec=place)
    assert frame("ged", dossier)[0]["where_prec"].tolist() == [place]
    assert frame("acled", dossier)[0]["geo_precision"].tolist() == [geo]


def test_acled_leaves_out_unknown_months_and_whole_countries() -> None:
    year = told.changed(told.dresk(), id="i-year", date_from="2023-01-01", date_to="2023-12-31", date_prec=5)
    country = told.changed(told.dresk(), id="i-country", place_prec=6)
    hurt_only = told.changed(replace(told.dresk(), tolls=()), id="i-hurt", figures={"injured": Range(3, 3)})
    rows, problems = frame("acled", year, country, hurt_only)
    assert rows["fatalities"].tolist() == [0]
    assert "1 (i-year)" in problems["no-month"].what
    assert "1 (i-country)" in problems["no-place"].what


def test_hxl_is_valid_and_adds_up() -> None:
    body, _ = told.written("hxl", *told.everything())
    data = hxl.data(io.BytesIO(body))
    assert data.tags[0] == "#date"
    assert [column.header for column in data.columns] == list(hxl_table.TAGS)
    assert hxl.schema(None).validate(hxl.data(io.BytesIO(body)))
    assert not hxl.schema(None).validate(hxl.data(io.BytesIO(body.replace(b"2023-03-14,2023", b"sometime,2023"))))
    killed = [row.get("#affected+killed-min-max") for row in hxl.data(io.BytesIO(body))]
    assert killed == ["30", None]


@given(st.text())
def test_a_cell_is_never_a_formula_and_gives_its_text_back(words: str) -> None:
    kept = cells.safe(words)
    assert not kept.lstrip().startswith(("=", "+", "-", "@"))
    assert cells.plain(kept) == cells.plain(cells.safe(cells.plain(kept)))
    if "\ufffd" not in kept:
        assert cells.plain(kept) == words


@given(st.lists(st.text(alphabet="ab|\\ c", min_size=1).map(str.strip).filter(bool)))
def test_lists_in_one_cell_come_apart_again(entries: list[str]) -> None:
    assert cells.parted(cells.listed(entries)) == entries


def test_words_of_a_report_cannot_run_in_a_spreadsheet() -> None:
    first = told.dresk().claims[0]
    claim = replace(
        first.claim,
        text="=1+1",
        source='=HYPERLINK("http://x")',
        via=("@now", "b"),
        victims="-people",
        perpetrator="+them",
        means="=cmd|' /C calc'!A0",
        status="civilian",
        kind="individual",
    )
    report = replace(first.report, title="=1+1", outlet="@outlet", published="+2023", url="=http://x", id="-r")
    ruling = Ruling("accepted", "=Ana", "2023-03-17T09:00:00Z", "\t=why")
    said = replace(first, claim=claim, sentence="+1 died", report=report, ruling=ruling, source=None)
    dossier = replace(told.dresk(), claims=(said, *told.dresk().claims[1:]))
    hostile = {"name": "-cmd", "place": "@home", "region": "\tx", "means": "=m", "perpetrators": (("=p", (claim.id,)),)}
    dossier = told.changed(dossier, **hostile)
    for name in ("csv", "incidents-csv", "ged", "acled", "hxl", "airwars", "ibc"):
        body, _ = told.written(name, dossier)
        for row in csv.reader(io.StringIO(body.decode())):
            assert not [
                cell
                for cell in row
                if cell.lstrip()[:1] in {"=", "+", "-", "@"} or cell[:1] in {"\t", "\r"}
            ]  # fmt: skip
