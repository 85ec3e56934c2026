"""Whom, with what, by whom, and one event or a total, where the words are plain."""

from __future__ import annotations

import pytest

from sayso.claim import read_claims
from sayso.claim.propose import Rules
from sayso.records import Claim, Report


def first(text: str) -> Claim:
    return read_claims(Report("slots", text, published="2024-03-13", language="en"), proposer=Rules())[0][0]


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("A car bomb killed six people.", "car bomb"),
        ("An air strike killed nine villagers.", "air strike"),
        ("A landmine killed two shepherds.", "landmine"),
        ("Ten people drowned in a flood.", "flood"),
        ("An earthquake killed 200 people.", "earthquake"),
        ("Twenty people died of cold.", "cold"),
        ("Seven soldiers were killed by artillery fire.", "artillery fire"),
        ("Three children were killed in a drone attack.", "drone attack"),
        ("Thirty prisoners were killed by a HIMARS strike.", "HIMARS"),
        ("Six people were killed in a stampede.", "stampede"),
        ("Six people were killed.", None),
    ],
)
def test_the_means_is_the_weapon_or_cause(text: str, means: str | None) -> None:
    found = first(text).means
    assert (found is None) == (means is None)
    assert (means or "") in (found or "")


@pytest.mark.parametrize(
    ("text", "perpetrator"),
    [
        ("Six villagers were killed by rebel gunmen.", "rebel gunmen"),
        ("Six villagers were killed by government forces.", "government forces"),
        ("Rebels killed six soldiers.", "Rebels"),
        ("Gunmen abducted eight aid workers.", "Gunmen"),
        ("The army captured 45 rebels.", "The army"),
        ("A landmine killed two shepherds.", None),
        ("Twenty people died of cold.", None),
        ("Six villagers were killed.", None),
    ],
)
def test_the_perpetrator_is_who_did_it(text: str, perpetrator: str | None) -> None:
    assert first(text).perpetrator == perpetrator


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Six villagers were killed.", "civilian"),
        ("Three children were killed.", "civilian"),
        ("Five journalists were killed.", "civilian"),
        ("Four patients died.", "civilian"),
        ("Two civilians were hurt.", "civilian"),
        ("Six soldiers were killed.", "combatant"),
        ("Nine rebels were killed.", "combatant"),
        ("Twelve fighters were captured.", "combatant"),
    ],
)
def test_the_status_is_what_the_nouns_say(text: str, status: str) -> None:
    assert first(text).status == status


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("At least 17 soldiers were killed.", "soldiers"),
        ("Six villagers were killed.", "villagers"),
        ("Dozens of villagers were killed.", "villagers"),
        ("Eight aid workers were kidnapped.", "aid workers"),
        ("Some 40 Russian conscript troops were killed.", "Russian conscript troops"),
    ],
)
def test_the_victims_stand_without_their_number(text: str, victims: str) -> None:
    assert first(text).victims == victims


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Since the war began, 14,000 people have been killed.", "cumulative"),
        ("This year 300 people have been killed on the roads.", "cumulative"),
        ("In three separate attacks, 30 people were killed.", "cumulative"),
        ("A bomb killed six people on Monday.", "incident"),
        ("Three miners died in the fire.", "incident"),
    ],
)
def test_a_total_is_told_from_one_event(text: str, scope: str) -> None:
    assert first(text).scope == scope


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Shelling killed 39 people, more than half of them civilians.", "mixed"),
        ("Shelling killed 39 people including 12 civilians.", "mixed"),
        ("Shelling killed 39 people, all of them civilians.", "unknown"),
        ("Rebels killed 39 soldiers and their wives.", "mixed"),
        ("The army sent 900 soldiers to the valley. At least 63 people died in the flood.", "civilian"),
        ("Six people died at the dye works, the fire brigade said.", "civilian"),
        ("The army sent 900 soldiers to the valley. At least 63 people died.", "unknown"),
    ],
)
def test_status_is_what_the_words_around_say(text: str, status: str) -> None:
    assert first(text).status == status
