"""Every figure in every format leads back to the ids of the claims that it rests on."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from prov.model import ProvDocument

from sayso.events import Dossier, Incident, Range
from sayso.export import totals
from sayso.export.formats import FORMATS, named
from sayso.records import HARMS
from sayso.tolling import counted
from tests.export import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sayso.export.formats import Format
    from sayso.records import Status

OF_INCIDENTS = [one for one in FORMATS if one.rows == "incident"]
OF_CLAIMS = [one for one in FORMATS if one.rows == "claim"]


def one_by_one() -> Dossier:
    """Return an incident whose dead are told of one by one, each a civilian."""
    fire = told.plovdiv()
    people = [one for one in fire.claims if one.claim.kind == "individual" and one.claim.harm == "killed"]
    claims = tuple(replace(one, claim=replace(one.claim, status="civilian"), perpetrator=told.STAFF) for one in people)
    ids = tuple(one.claim.id for one in claims)
    return told.changed(
        replace(fire, claims=claims),
        id="i-alone-1",
        type="Attack",
        claims=ids,
        perpetrators=(("Sarnovian General Staff", ids),),
    )


def only_casualties() -> Dossier:
    """Return an incident of which nobody says more than how many were killed or injured together."""
    base = told.dresk()
    claim = replace(base.claims[0].claim, harm="killed_or_injured", low=24, high=99, kind="vague", phrase="dozens")
    return told.changed(
        replace(base, claims=(replace(base.claims[0], claim=claim),), tolls=()),
        id="i-hurt-1",
        claims=(claim.id,),
        figures={"killed_or_injured": Range(24, 99), "injured": Range(0, 99)},
    )


def records(one: Format, body: bytes) -> Mapping[str, str]:
    """Return by the id of an incident all that a file says of it."""
    words = body.decode()
    if one.name in {"jsonl", "plover"}:
        lines = [json.loads(line) for line in words.splitlines()]
        return {line.get("id") or line["incident"]["id"]: json.dumps(line) for line in lines}
    if one.name == "geojson":
        return {feature["id"]: json.dumps(feature) for feature in json.loads(words)["features"]}
    if one.name == "kml":
        return {part.partition('"')[0]: part for part in words.split('<Placemark id="')[1:]}
    if one.name == "html":
        return {re.findall(r"i-\w+-1", part)[0]: part for part in words.split("<section")[1:]}
    rows = list(csv.reader(io.StringIO(words)))[1:]
    found: dict[str, str] = {}
    for row in rows:
        cells = "\t".join(row)
        if cells.startswith("#"):
            continue
        own = re.findall(r"i-\w+-1", cells)
        incident = own[0] if own else next(iter(IBC[at] for at in IBC if at in cells))
        found[incident] = found.get(incident, "") + cells
    return found


IBC = {"Dresk": "i-dresk-1", "Plovdiv": "i-alone-1"}
"""Rows of Iraq Body Count's have no id of an incident; the places tell."""


@pytest.mark.parametrize("one", OF_INCIDENTS, ids=lambda one: one.name)
@pytest.mark.parametrize("policy", [None, "as-said", "ecc-range"])
def test_a_figure_of_an_incident_names_the_claims_that_decided(one: Format, policy: str | None) -> None:
    every = [counted(found, [policy or one.policy]) for found in (told.dresk(), one_by_one())]
    found = records(one, told.written(one.name, *every)[0])
    assert set(found) == {"i-dresk-1", "i-alone-1"}
    for dossier in every:
        assert isinstance(dossier.incident, Incident)
        used = [totals.total(dossier, harm, status) for harm in _HARMS[one.name] for status in _STATUSES[one.name]]
        decided = {claim for toll in used if toll for claim in toll.decided}
        assert decided or policy == "ecc-range" or dossier.incident.id == "i-alone-1"
        assert not [claim for claim in decided if claim not in found[dossier.incident.id]]


_COUNTS = re.compile(r"(killed|injured)_(low|best|high)|best|low|high|deaths_|civilian_\w+_(min|max)|(Min|Max)imum")
_HARMS = dict.fromkeys((one.name for one in OF_INCIDENTS), HARMS) | {"ged": ("killed",), "acled": ("killed",)}
_HARMS |= dict.fromkeys(("airwars", "ibc", "plover"), ("killed", "injured"))
_STATUSES: dict[str, tuple[Status | None, ...]] = dict.fromkeys((one.name for one in OF_INCIDENTS), (None,)) | {
    "ged": (None, "civilian"),
    "airwars": ("civilian", "combatant"),
    "ibc": ("civilian",),
}


@pytest.mark.parametrize("one", OF_CLAIMS, ids=lambda one: one.name)
def test_a_figure_of_a_claim_stands_beside_its_id(one: Format) -> None:
    body = told.written(one.name, *told.everything())[0]
    ids = {kept.claim.id for dossier in told.everything() for kept in dossier.claims}
    if one.name == "csv":
        found = {row["id"] for row in csv.DictReader(io.StringIO(body.decode()))}
    elif one.name == "parquet":
        import pyarrow.parquet as pq

        found = set(pq.read_table(io.BytesIO(body))["id"].to_pylist())
    elif one.name == "prov":
        every = ProvDocument.deserialize(content=body.decode(), format="json").bundles
        names = [str(record.identifier) for bundle in every for record in bundle.get_records()]
        found = {name.rpartition("/")[2] for name in names if "claim/" in name}
    else:
        read = json.loads(body)
        found = {(item.get("id") or item["@id"]).rpartition(":")[2] for item in read.get("items") or read["@graph"]}
    assert found == ids


@pytest.mark.parametrize("one", [one for one in OF_INCIDENTS if one.name != "html"], ids=lambda one: one.name)
def test_casualties_are_never_killed_nor_injured(one: Format) -> None:
    for policy in (named(one.name).policy, "as-said", "ucdp-best-low-high"):
        dossier = counted(only_casualties(), [policy])
        assert all(totals.total(dossier, harm) is None for harm in ("killed", "injured") if policy == "as-said")
        body = told.written(one.name, dossier)[0]
        rows = csv.DictReader(io.StringIO(body.decode())) if body[:1].isalpha() else ()
        for row in (row for row in rows if not row.get("year", "").startswith("#")):
            assert not [key for key, cell in row.items() if cell and _COUNTS.match(key)]
        if one.name == "geojson":
            (feature,) = json.loads(body)["features"]
            assert {
                feature["properties"][f"{harm}_{end}"] for harm in ("killed", "injured") for end in ("low", "high")
            } == {None}
        if one.name == "plover":
            assert all(json.loads(line)["size"] == {"dead": None, "injured": None} for line in body.splitlines())
    assert totals.total(only_casualties(), "injured") is None, "no claim says so"
