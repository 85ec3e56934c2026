"""Actors and victims put to the claims of a report, and who is said to have done it."""

from __future__ import annotations

from dataclasses import replace

from sayso.events import Actor, Heading, Kept, Victims
from sayso.incident.parties import parties
from sayso.incident.who import with_actors
from sayso.records import Claim
from tests.incident.told_claims import actors, kept_by_incident, kept_of
from tests.incident.told_set import told

BY_ID = {one.report.id: one for one in told().reports}


def kept(number: int, **slots: object) -> Kept:
    claim = Claim(f"c{number}", 0, 1, "5", "killed", "count", 5, 5, "exact", None, **slots)  # type: ignore[arg-type]  # slots by name
    return Kept(claim, Heading(f"r{number}", outlet="Night Desk"))


def test_the_sources_of_a_wire_report_are_told_apart() -> None:
    found = {(one.claim.source, one.source.id if one.source else None) for one in kept_of(BY_ID["dresk-m1"])}
    assert ("Velmora's Defence Ministry", "velmora-defence-ministry") in found
    assert ("Sarnovia's General Staff", "sarnovia-armed-forces") in found


def test_rival_sides_speak_and_are_counted() -> None:
    claims = {one.claim.text: one for one in kept_of(BY_ID["dresk-m1"])}
    theirs = claims["more than 100 Velmoran soldiers"]
    assert theirs.source is not None
    assert (theirs.source.side, theirs.victims.side) == ("Sarnovia", "Velmora")


def test_a_short_mention_is_taken_from_the_other_claims_of_the_report() -> None:
    first = kept(1, source="the Syrian Observatory for Human Rights")
    second = kept(2, source="the Observatory", via=("AFP", "a friend"))
    _, filled = with_actors([first, second], actors())
    assert filled.source is not None
    assert filled.source.id == "sohr"
    assert [one.id if one else None for one in filled.via] == ["afp", None]


def test_names_that_hold_no_claim_may_name_a_body_in_full_too() -> None:
    (filled,) = with_actors([kept(1, source="the Observatory")], actors(), ["the Syrian Observatory for Human Rights"])
    assert filled.source is not None
    assert filled.source.id == "sohr"


def test_what_a_claim_has_already_stays() -> None:
    ruled = Actor("our-own", "Our own", "ngo")
    before = replace(kept(1, source="AFP", victims="women"), source=ruled, victims=Victims(side="Velmora"))
    (after,) = with_actors([before], actors())
    assert after == before


def test_a_bodys_own_statement_is_said_by_that_body_and_a_newspaper_by_nobody() -> None:
    own = kept_of(BY_ID["dresk-v1"])[0]
    assert (own.claim.source, own.source and own.source.id) == (None, "velmora-defence-ministry")
    paper = next(one for one in kept_of(BY_ID["dresk-d1"]) if one.claim.source is None)
    assert paper.source is None


def test_parties_stand_by_whose_word_it_is() -> None:
    told_by = [
        kept(1, perpetrator="Russian warplanes", source="residents"),
        kept(2, perpetrator="Russian jets", source="the Syrian Observatory for Human Rights"),
        kept(3, perpetrator="the gunmen"),
        kept(4, perpetrator="Gunmen"),
        kept(5, source="Russia's Defence Ministry", stance="denies"),
        kept(6),
    ]
    claims = [filled for one in told_by for filled in with_actors([one], actors())]
    russia, gunmen = parties(claims)
    assert (russia.name, russia.claims, russia.denied) == ("Armed forces (Russia)", ("c1", "c2"), ("c5",))
    assert russia.by == ("residents", "Syrian Observatory for Human Rights (SOHR)")
    assert (gunmen.name, gunmen.actor, gunmen.by, gunmen.claims) == ("the gunmen", None, ("Night Desk",), ("c3", "c4"))


def test_a_weapon_is_nobody() -> None:
    claims = [kept(1, perpetrator="a drone"), kept(2, perpetrator="Mortar shells"), kept(3, perpetrator="a bomber")]
    assert [party.name for party in parties(claims)] == ["a bomber"]


def test_a_contested_strike_has_its_rival_accounts() -> None:
    by = {party.name: party.by for party in parties(kept_by_incident()["dresk-bakery"])}
    assert "Armed forces (Sarnovia)" in {speaker for speakers in by.values() for speaker in speakers}
