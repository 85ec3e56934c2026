"""Who is meant by the words for a source or a party."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claim.countries import Countries
from sayso.claim.gazetteer import Gazetteer
from sayso.incident.actor_list import shipped
from sayso.incident.actors import Actors, Context

ACTORS = Actors(shipped(), Countries(Gazetteer()))


def who(name: str, *names: str, **more: object) -> tuple[str, str, bool] | None:
    actor = ACTORS.resolve(name, Context(names=names, **more)).actor  # type: ignore[arg-type]  # fields by name
    return (actor.id, actor.kind, actor.body) if actor is not None else None


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("the Syrian Observatory for Human Rights", "sohr"),
        ("The Britain-based Syrian Observatory for Human Rights (SOHR)", "sohr"),
        ("Dara Elwin, head of the Syrian Observatory for Human Rights", "sohr"),
        ("observatory chief Rami Abdel Rahman", "sohr"),
        ("An AFP photographer at the scene", "afp"),
        ("a spokesman for Médecins Sans Frontières", "msf"),
        ("UNICEF, the UN children's agency", "unicef"),
        ("the United Nations Childrens Fund", "unicef"),
        ("the Gaza health ministry", "gaza-health-ministry"),
        ("Gaza's health ministry", "gaza-health-ministry"),
        ("Russia's Defence Ministry", "ru-defence-ministry"),
        ("Russias Ministry of Defence", "ru-defence-ministry"),
        ("Russian Defense Ministry spokesman Maj. Gen. Igor Konashenkov", "ru-defence-ministry"),
        ("the Ministry of Defence of Ukraine", "ua-defence-ministry"),
        ("The Turkish General Staff", "tr-armed-forces"),
        ("TURKISH GENERAL STAFF", "tr-armed-forces"),
        ("Ukraine's State Emergency Service", "ua-emergency-service"),
        ("the Qatar Red Crescent Society (QRCS)", "qa-red-crescent"),
        ("Velmora's Defence Ministry", "velmora-defence-ministry"),
        ("Sarnovia's General Staff", "sarnovia-armed-forces"),
        ("Houston police officers", "houston-police"),
        ("Berrien County Sheriff Paul Hale", "berrien-county-sheriff"),
        ("Col. Marta Ives of the Louisiana State Police", "louisiana-state-police"),
        ("the Clark County Coroner's Office", "clark-county-coroner"),
        ("A source at Dresk Police Command", "dresk-police"),
        ("RIGA, Jan 9 (BEA) - Latvia's interior minister", "lv-interior-ministry"),
        ("Daesh-linked Aamaq news agency", "amaq"),
        ("the Evening Tribune", "evening-tribune"),
        ("Ministry of Defence of Velmora", "velmora-defence-ministry"),
        ("Police of Onduru State", "onduru-state-police"),
        ("OSTREL, March 19 (Meridian Wire) - Velmora's Defence Ministry", "velmora-defence-ministry"),
    ],
)
def test_a_body_is_told_by_its_name(name: str, number: str) -> None:
    found = who(name)
    assert found is not None
    assert (found[0], found[2]) == (number, True)


@pytest.mark.parametrize(
    ("name", "number", "kind"),
    [
        ("witnesses", "witness", "witness"),
        ("A witness", "witness", "witness"),
        ("several residents of the town", "resident", "witness"),
        ("police", "police", "police"),
        ("local doctors", "doctor", "medical"),
        ("a medical source at the town hospital", "medical-source", "medical"),
        ("the defence ministry", "defence-ministry", "military"),
        ("the health ministry", "health-ministry", "medical"),
        ("US officials", "official-us", "official"),
        ("a rebel spokesman", "rebel", "armed_group"),
        ("a monitoring group", "monitoring-group", "monitor"),
        ("state television", "state-television", "media"),
        ("the town's mayor", "mayor", "official"),
        ("rescuers", "rescuer", "rescue"),
        ("doctors and medics", "medic", "medical"),
        ("a police spokesman", "police", "police"),
    ],
)
def test_words_that_name_no_body_tell_a_kind(name: str, number: str, kind: str) -> None:
    assert who(name) == (number, kind, False)


@pytest.mark.parametrize(
    "name",
    [
        "a ministry",
        "the ministry",
        "the source",
        "sources",
        "the group",
        "he",
        "",
        "...",
        "reports",
        "Anna Reyl",
        "us",
        "authorities and witnesses",
        "the Observatory",
        "rebels fighting the Islamic State",
        "men in military uniforms",
        "Russia and Turkey's army",
        "who",
        "a former police officer",
        "Russia",
        "Washington",
        "the Army of Fire",
        "the front's media office",
    ],
)
def test_what_is_not_clear_stays_open_and_says_why(name: str) -> None:
    found = ACTORS.resolve(name)
    assert found.actor is None
    assert found.reason.endswith(".")


def test_a_short_name_is_taken_for_the_body_that_the_report_names_in_full() -> None:
    full = "the Syrian Observatory for Human Rights"
    assert who("the Observatory", full) == ("sohr", "monitor", True)
    assert who("the Britain-based monitor", full) == ("sohr", "monitor", True)
    assert who("the Observatory", sentences=(f"Nine died, {full} said.",)) == ("sohr", "monitor", True)
    assert who("a monitor", full) == ("monitor", "monitor", False)


def test_a_ministry_is_taken_for_the_one_that_the_report_names_and_for_none_where_it_names_two() -> None:
    assert who("the ministry", "Velmora's Defence Ministry") == ("velmora-defence-ministry", "military", True)
    assert who("the defence ministry", "Ukraine's Defence Ministry", "witnesses") == (
        "ua-defence-ministry",
        "military",
        True,
    )
    assert who("the ministry", "Ukraine's Defence Ministry", "Ukraine's health ministry") is None
    assert who("the Ministry of Defence", "the Pentagon") == ("ministry-of-defence", "military", False)


def test_a_surname_is_taken_for_the_body_that_the_report_says_the_person_speaks_for() -> None:
    assert who("Hale", "Berrien County Sheriff Paul Hale") == ("berrien-county-sheriff", "police", True)
    assert who("Hale", "Berrien County Sheriff Paul Hale", "Houston police spokesman Jim Hale") is None
    assert who("Hale", "Jim Hale, a neighbour") is None


def test_the_country_decides_what_a_name_that_two_places_have_stands_for() -> None:
    assert who("Georgia's interior ministry", country="GE") == ("ge-interior-ministry", "government", True)
    assert who("Georgia's interior ministry", country="US") == ("georgia-interior-ministry", "government", True)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Russian warplanes", "ru-armed-forces"),
        ("Syrian regime forces", "sy-armed-forces"),
        ("Syrian regime", "sy-government"),
        ("ISIS militants", "islamic-state"),
        ("a U.S.-led coalition", "global-coalition"),
        ("Israeli drone", "il-armed-forces"),
        ("rebels", "rebel"),
    ],
)
def test_a_party_is_told_by_its_forces(name: str, number: str) -> None:
    found = who(name, role="perpetrator")
    assert found is not None
    assert found[0] == number


@pytest.mark.parametrize(
    "name", ["a gunman", "two men in a passing car", "John Hale", "Regime and Russian forces", "Reuters", "doctors"]
)
def test_persons_and_two_parties_at_once_are_no_party(name: str) -> None:
    assert who(name, role="perpetrator") is None


def test_an_adjective_by_itself_is_no_party_in_its_own_country() -> None:
    assert who("Syrian", role="perpetrator", country="SY") is None
    assert who("Russian", role="perpetrator", country="SY") == ("ru-armed-forces", "military", True)


def test_forces_of_a_state_that_no_gazetteer_knows_are_told_by_its_ministry() -> None:
    found = ACTORS.resolve("Velmoran soldiers", Context(names=("Velmora's Defence Ministry",), role="perpetrator"))
    assert found.actor is not None
    assert (found.actor.id, found.actor.side) == ("velmora-armed-forces", "Velmora")
    assert who("Velmoran soldiers", "Sarnovia's Defence Ministry", role="perpetrator") == ("soldier", "military", False)


def test_bodies_of_a_state_speak_for_its_side_and_those_of_a_town_for_none() -> None:
    sides = {
        name: actor.side
        for name in ("Ukraine's Defence Ministry", "the Syrian army", "Ukraine's health ministry", "Houston police")
        if (actor := ACTORS.resolve(name).actor) is not None
    }
    assert sides == {
        "Ukraine's Defence Ministry": "Ukraine",
        "the Syrian army": "Syrian government",
        "Ukraine's health ministry": None,
        "Houston police": None,
    }


@given(st.text(max_size=300), st.lists(st.text(max_size=60), max_size=3))
def test_any_words_give_a_reason_and_the_same_twice(name: str, names: list[str]) -> None:
    for role in ("source", "perpetrator"):
        context = Context("SY", tuple(names), tuple(names), role)
        found = ACTORS.resolve(name, context)
        assert found.reason
        assert found == ACTORS.resolve(name, context)
        assert found.actor is None or found.actor.id


NAMES = ["the army", "police", "Velmora's Defence Ministry", "US", "and", "the", "of", "Houston", "Observatory", "led"]


@given(st.lists(st.sampled_from(NAMES), max_size=12))
def test_any_mixture_of_names_gives_a_reason(parts: list[str]) -> None:
    assert ACTORS.resolve(" ".join(parts), Context(names=tuple(parts))).reason
