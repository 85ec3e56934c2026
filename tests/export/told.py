"""Incidents for the tests of exports: made from what the program reads in our own reports, grouped by hand."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.events import Actor, Dossier, Heading, Incident, Kept, Range, Relation, Ruling, SetAside, Toll, Victims
from sayso.export import formats
from sayso.pipeline import read_all
from sayso.records import Claim, Given, Harm, Reading

if TYPE_CHECKING:
    from sayso.export.writing import Choices
    from sayso.problems import Problem

ROOT = Path(__file__).parents[2]

MINISTRY = Actor("velmora-mod", "Velmora Ministry of Defence", "military", "Velmora", country="MD")
STAFF = Actor("sarnovia-staff", "Sarnovian General Staff", "military", "Sarnovia", country="RO")
DOCTORS = Actor("dresk-doctors", "Doctors at Dresk district hospital", "medical")
_ACTORS = {"ministry": MINISTRY, "MINISTRY": MINISTRY, "Ministry": MINISTRY, "General Staff": STAFF, "octors": DOCTORS}
DRESK_AT = (47.8417, 28.9561)
HARMS: tuple[Harm, ...] = ("killed", "injured", "missing")


@cache
def readings() -> dict[str, Reading]:
    """Read the examples once, by the names of their files; records of a file by their ids."""
    names = ["dresk-barracks-wire.txt", "dresk-live-ticker.html", "velmora-ministry-statement.txt"]
    names += ["plovdiv-dye-works-fire.html", "plovdiv-followups.jsonl", "sarnovia-agency-translated.txt"]
    given = Given(outlet="Meridian Wire", published="2023-03-15")
    found: dict[str, Reading] = {}
    for name in names:
        for item in read_all([str(ROOT / "examples" / name)], given=given if name.endswith(".txt") else None):
            assert isinstance(item, Reading), item
            found[item.report.id if name.endswith(".jsonl") else name] = item
    return found


def heading(reading: Reading) -> Heading:
    """Return what is known of a report."""
    report = reading.report
    known = {
        key: getattr(report, key)
        for key in ("title", "url", "outlet", "published", "language", "origin", "page_sha256")
    }
    return Heading(report.id, **known, voice=report.id, text_sha256=report.text_sha256)


def kept(reading: Reading, claim: Claim) -> Kept:
    """Return a claim with its heading, its sentence and, where its source is one of our actors, that."""
    source = next((actor for words, actor in _ACTORS.items() if words in (claim.source or "")), None)
    side = "Velmora" if "soldier" in (claim.victims or "") or "conscript" in (claim.victims or "") else None
    words = claim.sentence.of(reading.report.text)
    return Kept(claim, heading(reading), None, words, source, (None,) * len(claim.via), None, Victims(side))


@cache
def dresk() -> Dossier:
    """Return the strike on the barracks at Dresk: rival figures, vague words, a denial, a ruling, two tolls."""
    chosen = [
        replace(one, claim=replace(one.claim, date_from="2023-03-14", date_to="2023-03-14", date_prec=1))
        for name in ("dresk-barracks-wire.txt", "dresk-live-ticker.html", "sarnovia-agency-translated.txt")
        for one in (kept(readings()[name], claim) for claim in readings()[name].claims)
        if one.claim.place == "Dresk" and one.claim.scope == "incident"
    ]
    first = chosen[0]
    chosen[0] = replace(first, ruling=Ruling("accepted", "A. Reader", "2023-03-17T09:00:00Z", "read in the wire"))
    chosen = [
        replace(one, perpetrator=STAFF) if one.claim.source and "Staff" in one.claim.source else one for one in chosen
    ]
    killed = [one.claim for one in chosen if one.claim.harm == "killed"]
    ids = tuple(one.claim.id for one in chosen)
    incident = Incident(
        id="i-dresk-1",
        name="Missile strike on a school used as a barracks, Dresk, 14 March 2023",
        type="Shelling/artillery/missile attack",
        date_from="2023-03-14",
        date_to="2023-03-14",
        date_prec=1,
        place="Dresk",
        place_prec=1,
        region="Lower Tamm",
        country="MD",
        lat=DRESK_AT[0],
        lon=DRESK_AT[1],
        claims=ids,
        reports=tuple(dict.fromkeys(one.report.id for one in chosen)),
        figures={"killed": Range(17, None), "injured": Range(24, None)},
        perpetrators=(("Sarnovian General Staff", tuple(c.id for c in killed[1:2])),),
        means="missile strike",
        contested=True,
        relations=(Relation("contradicts", killed[1].id, killed[0].id, "over 100 against 17 for the same strike"),),
    )
    aside = (SetAside(killed[1].id, "the source's own enemy's losses"),)
    tolls = (
        Toll(
            "ucdp-best-low-high",
            "1",
            incident.id,
            "killed",
            17,
            30,
            None,
            decided=(killed[0].id, killed[2].id),
            aside=aside,
        ),
        Toll("ucdp-best-low-high", "1", incident.id, "killed", 2, 2, 2, status="civilian", decided=(killed[-1].id,)),
        Toll("ucdp-best-low-high", "1", incident.id, "injured", 46, 46, None, decided=(chosen[1].claim.id,)),
    )
    return Dossier(incident, tuple(chosen), tolls)


@cache
def plovdiv() -> Dossier:
    """Return a fire at a factory, in which the dead are named; no tolls were worked out."""
    names = ("plovdiv-dye-works-fire.html", *(f"plovdiv-followups-{number}" for number in (1, 2, 3)))
    chosen = [
        one
        for name in names
        for one in (kept(readings()[name], claim) for claim in readings()[name].claims)
        if (one.claim.date_from or "").startswith("2024")
    ]
    incident = Incident(
        id="i-plovdiv-1",
        name="Fire at a dye works, Plovdiv, 4 February 2024",
        date_from="2024-02-04",
        date_to="2024-02-04",
        date_prec=1,
        place="Plovdiv",
        place_id=728193,
        place_prec=1,
        region="Plovdiv",
        country="BG",
        lat=42.15387,
        lon=24.75001,
        claims=tuple(one.claim.id for one in chosen),
        reports=tuple(dict.fromkeys(one.report.id for one in chosen)),
        figures={"killed": Range(6, 11), "injured": Range(9, None)},
        means="fire",
        contested=True,
    )
    return Dossier(incident, tuple(chosen))


def period() -> Dossier:
    """Return the total since the war began, which belongs to no single event."""
    reading = readings()["dresk-barracks-wire.txt"]
    (claim,) = (claim for claim in reading.claims if claim.scope == "cumulative")
    incident = Incident(
        "i-war-1", "Border war since March 2022", "period", date_from="2022-03-01", date_to="2023-03-15", date_prec=5,
        claims=(claim.id,), reports=(reading.report.id,), figures={"killed": Range(4200, None)},
    )  # fmt: skip
    return Dossier(incident, (kept(reading, claim),))


def loose() -> Dossier:
    """Return a claim that stands in no incident."""
    reading = readings()["velmora-ministry-statement.txt"]
    (claim,) = (claim for claim in reading.claims if claim.harm == "captured")
    return Dossier(None, (kept(reading, claim),))


def everything() -> list[Dossier]:
    """Return all of them."""
    return [dresk(), plovdiv(), period(), loose()]


def changed(dossier: Dossier, **fields: object) -> Dossier:
    """Return a dossier whose incident has other values in some fields."""
    assert dossier.incident is not None
    return replace(dossier, incident=replace(dossier.incident, **fields))  # type: ignore[arg-type]  # any field


def written(name: str, *dossiers: Dossier, choices: Choices | None = None) -> tuple[bytes, dict[str, Problem]]:
    """Write dossiers in a format; return the file, and what was left out by code."""
    out = io.BytesIO()
    problems = formats.write(name, iter(dossiers), out, choices)
    return out.getvalue(), {problem.code: problem for problem in problems}
