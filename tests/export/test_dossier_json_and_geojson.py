"""The line of JSON an incident, and the map layer, read back."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING

import pyogrio

from sayso.events import Actor, Heading, Incident, Ruling, Toll, Victims
from sayso.export.jsonl import CLAIM_KEYS, TRACE_KEYS
from tests.export import told

if TYPE_CHECKING:
    from pathlib import Path


def names(record: type) -> list[str]:
    return [one.name for one in fields(record)]


def test_every_field_of_every_record_is_in_the_line() -> None:
    body, problems = told.written("jsonl", *told.everything())
    strike, _fire, period, loose = map(json.loads, body.decode().splitlines())
    assert not problems
    assert list(strike["incident"]) == names(Incident)
    assert strike["incident"]["figures"] == {"killed": [17, None], "injured": [24, None]}
    assert list(strike["tolls"][0]) == names(Toll)
    first = strike["claims"][0]
    assert list(first)[: len(CLAIM_KEYS + TRACE_KEYS)] == [*CLAIM_KEYS, *TRACE_KEYS]
    assert list(first["report"]) == names(Heading)
    assert list(first["source_actor"]) == names(Actor)
    assert list(first["ruling"]) == names(Ruling)
    assert list(first["victims_told"]) == names(Victims)
    assert period["incident"]["scope"] == "period"
    assert loose["incident"] is None
    assert len(loose["claims"]) == 1


def test_a_map_program_reads_the_features(tmp_path: Path) -> None:
    body, _ = told.written("geojson", *told.everything())
    layer = tmp_path / "incidents.geojson"
    layer.write_bytes(body)
    info = pyogrio.read_info(layer)
    assert (info["crs"], info["features"], info["geometry_type"]) == ("EPSG:4326", 3, "Point")
    rows = pyogrio.raw.read(layer)
    columns = dict(zip(rows[0]["fields"], rows[3], strict=True))
    assert columns["incident"].tolist() == ["i-dresk-1", "i-plovdiv-1", "i-war-1"]
    assert columns["killed_low"].tolist() == [17, 6, 4200]
    x, y = info["total_bounds"][:2]
    assert (x, y) == (24.75001, 42.15387)


def test_a_collection_without_incidents_is_one() -> None:
    body, _ = told.written("geojson")
    assert json.loads(body) == {"type": "FeatureCollection", "features": []}
