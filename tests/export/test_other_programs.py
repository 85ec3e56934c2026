"""Files for Google Earth, typed tables, and the shapes of Airwars, Iraq Body Count and PLOVER."""

from __future__ import annotations

import builtins
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest

from sayso.events import Toll, Victims
from sayso.export import airwars, claims_csv, ibc, parquet
from sayso.export.writing import Choices
from sayso.problems import UsageError
from tests.export import told

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.events import Dossier

CIVILIANS = (
    Toll("airwars-grade", "1", "i-dresk-1", "killed", 2, 2, 4, status="civilian", label="fair"),
    Toll("airwars-grade", "1", "i-dresk-1", "injured", 1, None, None, status="civilian"),
)


def graded() -> Dossier:
    return replace(told.dresk(), tolls=CIVILIANS)


def test_a_map_program_reads_the_placemarks(tmp_path: Path) -> None:
    body, problems = told.written("kml", *told.everything())
    layer = tmp_path / "incidents.kml"
    layer.write_bytes(body)
    info = pyogrio.read_info(layer)
    assert info["features"] == 2
    assert info["total_bounds"] == pytest.approx((24.75001, 42.15387, 28.9561, 47.8417))
    rows = pyogrio.raw.read(layer)
    columns = dict(zip(rows[0]["fields"], rows[3], strict=True))
    assert columns["Name"][0].startswith("Missile strike on a school")
    assert "1 (i-war-1)" in problems["no-place"].what


def test_a_typed_table_has_the_columns_and_values_of_the_csv() -> None:
    body, _ = told.written("parquet", *told.everything())
    table = pq.read_table(io.BytesIO(body))
    assert tuple(table.column_names) == claims_csv.columns()
    rows = pd.read_csv(io.BytesIO(told.written("csv", *told.everything())[0]))
    typed = table.to_pylist()
    assert [row["id"] for row in typed] == rows["id"].tolist()
    for name in ("low", "high", "lat", "start", "place_id"):
        assert [row[name] for row in typed] == [None if pd.isna(value) else value for value in rows[name]]
    assert typed[0]["sentence"] == [0, 266]
    assert typed[4]["via"] == ["Meridian Wire"]


def test_a_typed_table_is_written_some_rows_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    usual, _ = told.written("parquet", *told.everything())
    monkeypatch.setattr(parquet, "_ROWS", 5)
    monkeypatch.setattr(parquet, "_TOGETHER", 2)
    body, _ = told.written("parquet", *told.everything())
    file = pq.ParquetFile(io.BytesIO(body))
    assert file.num_row_groups == -(-file.metadata.num_rows // 10)
    assert file.read().to_pylist() == pq.read_table(io.BytesIO(usual)).to_pylist()


def test_a_typed_table_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name.startswith("pyarrow"):
            raise ImportError
        return usual(name, *rest)  # type: ignore[arg-type]  # what an import is given

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=r"pip install 'sayso\[tables\]'"):
        told.written("parquet", told.dresk())


def test_airwars_has_its_grade_and_what_the_belligerent_concedes() -> None:
    body, problems = told.written("airwars", graded(), told.period())
    (row,) = pd.read_csv(io.BytesIO(body)).to_dict("records")
    assert list(row) == list(airwars.COLUMNS)
    assert (row["code"], row["civilian_harm_status_slug"], row["country_slug"]) == ("i-dresk-1", "fair", "moldova")
    assert (row["civilian_non_combatants_killed_min"], row["civilian_non_combatants_killed_max"]) == (2, 4)
    assert pd.isna(row["civilian_non_combatants_injured_max"])
    assert (row["belligerent_1_belligerent_name"], row["belligerent_1_type"]) == (
        "Sarnovian General Staff",
        "suspected",
    )
    assert told.dresk().claims[2].claim.id in row["belligerent_1_civcas_statements"]
    assert "periods" in problems


def test_airwars_counts_children_and_women_where_the_words_tell() -> None:
    claims = [
        replace(one, victims=Victims(age="child")) if one.claim.text.startswith("Two of the school") else one
        for one in told.dresk().claims
    ]
    body, _ = told.written("airwars", replace(graded(), claims=tuple(claims)))
    row = pd.read_csv(io.BytesIO(body)).iloc[0]
    assert (row["children_killed_min"], row["children_killed_max"]) == (2, 2)
    assert pd.isna(row["women_killed_min"])


def test_ibc_counts_civilians_and_each_of_them_once() -> None:
    fire = replace(told.plovdiv(), tolls=(Toll("ibc-min-max", "1", "i-plovdiv-1", "killed", 6, None, 11, "civilian"),))
    body, problems = told.written("ibc", fire, told.changed(told.dresk(), id="i-no"), told.period())
    rows = pd.read_csv(io.BytesIO(body))
    assert tuple(rows.columns) == ibc.COLUMNS
    assert len(ibc.COLUMNS) == 18
    assert rows["Minimum deaths"].sum() == 6 + 2
    people = [one for one in told.plovdiv().claims if one.claim.kind == "individual" and one.claim.harm == "killed"]
    assert len(rows) == 2 + len(people)
    assert rows["Name"].isna().all()
    assert all(any(one.claim.id in media for media in rows["Media sources"]) for one in people)
    assert "periods" in problems
    with_names = pd.read_csv(io.BytesIO(told.written("ibc", fire, choices=Choices(names=True))[0]))
    assert "Rayna Kostova" in with_names["Name"].tolist()


def test_ibc_leaves_out_incidents_without_a_civilian_killed() -> None:
    soldiers = (Toll("ibc-min-max", "1", "i-dresk-1", "killed", 0, 0, 0, status="civilian"),)
    _, problems = told.written("ibc", replace(told.dresk(), tolls=soldiers))
    assert "1 (i-dresk-1)" in problems["no-civilian-death"].what


def test_plover_codes_deeds_that_somebody_is_said_to_have_done() -> None:
    nobody = told.changed(replace(told.dresk(), claims=told.dresk().claims[:2]), id="i-nobody", perpetrators=())
    body, problems = told.written("plover", *told.everything(), nobody)
    (event,) = map(json.loads, body.decode().splitlines())
    assert event["id"] == "i-dresk-1"
    assert event["event"] == ["ASSAULT"]
    assert event["actor"] == [{"code": "ROU", "sector": "MIL", "entity_text": "Sarnovian General Staff"}]
    assert event["size"] == {"dead": 30, "injured": 46}
    assert event["event_loc"]["country_code"] == "MDA"
    assert event["cite_info"]["claims"] == [one.claim.id for one in told.dresk().claims]
    assert "i-plovdiv-1" in problems["no-type"].what
    assert "1 (i-nobody)" in problems["no-actor"].what
