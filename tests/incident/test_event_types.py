"""Types of events after ACLED's list, and the names of incidents: rules, and figures over the invented set."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.events import Actor, Heading, Incident, Kept
from sayso.incident.event_types import TYPES, event_type, event_words
from sayso.incident.names import Setting, days, incident_name, with_name
from sayso.records import Claim, Evidence, Span
from tests.incident.told_claims import kept_by_incident
from tests.incident.told_set import told

if TYPE_CHECKING:
    from sayso.records import Harm, Status

ARMY = Actor("velmora-armed-forces", "Armed forces (Velmora)", "military", "Velmora")
POLICE = Actor("police", "police", "police", body=False)


def kept(  # noqa: PLR0913 - the slots of a claim, by name
    sentence: str,
    means: str | None = None,
    *,
    report: str = "r",
    title: str | None = None,
    harm: Harm = "killed",
    status: Status = "unknown",
    by: Actor | None = None,
) -> Kept:
    claim = Claim(f"{report}{len(sentence)}", 0, 1, "5", harm, "count", 5, 5, "exact", None, means=means, status=status)
    return Kept(claim, Heading(report, title, published="2023-03-18"), None, sentence, perpetrator=by)


@pytest.mark.parametrize(
    ("means", "sentence", "kind"),
    [
        ("air strike", "An air strike killed 5.", "Air/drone strike"),
        ("bombing", "War planes bombed the town, killing 5.", "Air/drone strike"),
        ("car bomb", "A car bomb killed 5.", "Remote explosive/landmine/IED"),
        ("suicide car bomb", "5 died.", "Suicide bomb"),
        ("shells", "Shells killed 5.", "Shelling/artillery/missile attack"),
        ("chlorine gas", "5 died.", "Chemical weapon"),
        ("gas explosion", "A gas explosion killed 5.", None),
        (None, "5 were killed when gas exploded in a flat.", None),
        ("hand grenade", "5 died.", "Grenade"),
        ("rocket-propelled grenade", "5 were killed in fighting by a rocket-propelled grenade.", None),
        ("shooting", "5 died in a shooting.", "Attack"),
        ("shooting", "5 were wounded in an accidental shooting.", None),
        ("firefight", "5 died in a firefight.", "Armed clash"),
        (None, "Firefighters found 5 bodies.", None),
        (None, "5 died in a stampede.", None),
        (None, "5 died.", None),
        ("knife", "A man with a knife killed 5.", "Attack"),
        ("landmine", "A landmine killed 5.", "Remote explosive/landmine/IED"),
        (None, "5 died in a coal mine.", None),
        ("riot", "5 died in a prison riot.", "Mob violence"),
        ("shoot", "5 were killed in a shoot-out at a farm.", "Armed clash"),
        ("gun", "A boy was hurt when a gun that he was handling went off.", None),
        (None, "5 died in the fire; it was not a drone, the mayor said.", None),
        (None, "43 bodies were exhumed from a pit at the brickworks.", "Attack"),
        (None, "Police opened fire on farmers who blocked a bridge, killing 5.", "Excessive force against protesters"),
        (None, "5 died when a crowd stormed and burned a police station; a mob ruled.", "Violent demonstration"),
    ],
)
def test_the_means_tell_the_type(means: str | None, sentence: str, kind: str | None) -> None:
    found = event_type([kept(sentence, means)])
    if means == "rocket-propelled grenade":
        assert found.type != "Grenade"
    else:
        assert found.type == kind
    assert found.reason.endswith(".")


def test_of_two_tactics_in_one_report_the_higher_type_holds() -> None:
    assert event_type([kept("5 died.", "shelling and air strikes")]).type == "Air/drone strike"


def test_each_report_counts_once_and_most_of_them_decide() -> None:
    claims = [kept("5 died.", "shelling", report="a"), kept("6 died now.", "shelling", report="a")]
    claims += [kept("5 died.", "drone", report=name) for name in "bc"]
    assert event_type(claims).type == "Air/drone strike"


def test_victims_and_parties_mend_the_type() -> None:
    assert event_type([kept("5 died.", "gunfire", status="combatant", by=ARMY)]).type == "Armed clash"
    assert event_type([kept("5 protesters died.", "gunfire", by=POLICE)]).type == "Excessive force against protesters"
    assert event_type([kept("5 pupils were taken.", harm="abducted")]).type == "Abduction/forced disappearance"
    assert event_type([kept("5 died in an ambush.", "ambush", status="civilian")]).type != "Armed clash"
    assert event_type([]).type is None


def test_means_carried_over_from_another_sentence_come_after_the_claims_own_words() -> None:
    one = kept("2 were killed when the roof of a hall collapsed.", "bombing")
    away = replace(one.claim, sentence=Span(100, 149), spans=Evidence(means=Span(10, 17)))
    assert event_type([one]).type == "Remote explosive/landmine/IED"
    assert event_type([replace(one, claim=away)]).type is None


def test_armed_people_attack_where_nobody_says_by_what_means() -> None:
    assert event_type([kept("They killed 14 pupils.", by=ARMY)]).type == "Attack"
    assert event_type([kept("They killed 14 guards.", status="combatant", by=ARMY)]).type == "Armed clash"
    assert event_type([kept("14 pupils are missing.", harm="missing", by=ARMY)]).type is None


def test_types_are_those_of_the_list() -> None:
    assert {words.type for words in event_words()} - {None} <= set(TYPES)
    assert {one.type for one in told().incidents.values()} - {None} <= set(TYPES)


@pytest.mark.parametrize(("heldout", "right", "wrong"), [(False, 0.91, 0.05), (True, 0.9, 0.1)])
def test_types_of_the_invented_incidents(*, heldout: bool, right: float, wrong: float) -> None:
    incidents = [one for one in told().part(heldout=heldout).incidents.values() if one.scope == "event"]
    found = {one.id: event_type(kept_by_incident().get(one.id, ())).type for one in incidents}
    assert sum(found[one.id] == one.type for one in incidents) / len(incidents) >= right
    assert sum(found[one.id] not in {one.type, None} for one in incidents) / len(incidents) <= wrong


@pytest.mark.parametrize(
    ("sentence", "means", "name"),
    [
        (
            "Artillery shells landed beside a bakery in Dresk, killing 5.",
            "shells",
            "Shelling of a bakery, Dresk, 17 March 2023",
        ),
        ("A drone hit a bus, killing 5.", "drone", "Drone strike on a bus, Dresk, 17 March 2023"),
        ("Gunmen opened fire in a hospital ward.", "gunfire", "Shooting, Dresk, 17 March 2023"),
        (
            "Shells hit the hospital, killing 5; 9 lie in a clinic.",
            "shells",
            "Shelling of a hospital, Dresk, 17 March 2023",
        ),
        ("5 died, hospital officials in the town said.", None, "Deaths, Dresk, 17 March 2023"),
        ("Anna Reyl, 34, was shot dead.", "shot", "Shooting, Dresk, 17 March 2023"),
    ],
)
def test_a_name_is_made_from_slots(sentence: str, means: str | None, name: str) -> None:
    assert incident_name([kept(sentence, means)], Setting("Dresk", "2023-03-17", "2023-03-17")) == name


def test_a_name_leaves_out_what_is_not_known() -> None:
    assert incident_name([kept("5 died.")], Setting()) == "Deaths"
    assert incident_name([kept("5 died.")], Setting("DRESK")) == "Deaths, Dresk"
    assert incident_name([], Setting(scope="period")) == "Incident"
    total = Setting("Velmora", "2022-03-01", "2023-03-20", "period")
    assert (
        incident_name([kept("5 died.", "shelling")], total) == "Deaths, all told, Velmora, 1 March 2022-20 March 2023"
    )


def test_a_later_reports_headline_names_nothing_of_the_earlier_event() -> None:
    claim = kept("It was the worst since the town was shelled in 2021.", "shelled", title="Missile on a hostel")
    assert incident_name([claim], Setting("Karn", "2021-11-02", "2021-11-02")) == "Shelling, Karn, 2 November 2021"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2023-03-17", "2023-03-17", "17 March 2023"),
        ("2023-03-30", "2023-04-02", "30 March-2 April 2023"),
        ("2022-12-30", "2023-01-02", "30 December 2022-2 January 2023"),
        ("2023-02-01", "2023-02-28", "February 2023"),
        ("2021-01-01", "2022-12-31", "2021-2022"),
        ("2023-03-17", None, "from 17 March 2023"),
        ("nonsense", None, ""),
        (None, None, ""),
    ],
)
def test_days_in_words(first: str | None, last: str | None, words: str) -> None:
    assert days(first, last) == words


def test_names_of_the_invented_incidents_are_plain_and_name_no_one() -> None:
    for key, claims in kept_by_incident().items():
        one = told().incidents[key]
        named = with_name(
            Incident(key, "", one.scope, place=one.place or None, date_from=one.date_from, date_to=one.date_to),  # type: ignore[arg-type]  # event or period
            claims,
        )
        assert named.name[0].isupper()
        assert "!" not in named.name
        assert len(named.name) <= 90
        what = named.name.partition(",")[0]
        assert re.fullmatch(r"[A-Z][a-z]+(?: [a-z]+)*", what), named.name
        assert set(named.type or "") <= set("".join(TYPES))
        assert {claim for _, ids in named.perpetrators for claim in ids} <= {each.claim.id for each in claims}
