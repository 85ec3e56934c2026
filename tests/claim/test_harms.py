"""What came to whom: the wordings by which English tells of harm, and what only looks like it."""

from __future__ import annotations

import pytest

from sayso.claim import read_claims
from sayso.claim.propose import Rules
from sayso.records import Report

Found = tuple[str, int | None, int | None]

STATED: list[tuple[str, list[Found]]] = [
    # passive
    ("Nineteen miners were killed in the shaft.", [("killed", 19, 19)]),
    ("Nineteen miners have been killed in the shaft.", [("killed", 19, 19)]),
    ("Some 40 people were wounded.", [("injured", 40, 40)]),
    ("Five farmers were shot dead.", [("killed", 5, 5)]),
    ("Eight aid workers were kidnapped.", [("abducted", 8, 8)]),
    ("Ten people were taken hostage.", [("abducted", 10, 10)]),
    ("Some 900 villagers were evacuated.", [("displaced", 900, 900)]),
    # without an object
    ("Twenty people died of cold.", [("killed", 20, 20)]),
    ("Four hikers drowned.", [("killed", 4, 4)]),
    ("Six people are missing.", [("missing", 6, 6)]),
    ("Six people went missing after the boat sank.", [("missing", 6, 6)]),
    ("Thirty soldiers surrendered.", [("captured", 30, 30)]),
    ("About 800 people fled their homes.", [("displaced", 800, 800)]),
    # active
    ("The blast killed nineteen miners.", [("killed", 19, 19)]),
    ("The blast wounded forty people.", [("injured", 40, 40)]),
    ("Gunmen shot and killed five farmers.", [("killed", 5, 5)]),
    ("Gunmen abducted eight aid workers.", [("abducted", 8, 8)]),
    ("The army captured 45 rebels.", [("captured", 45, 45)]),
    ("The raid displaced 400 families.", [("displaced", 400, 400)]),
    ("A bomb went off in the yard, killing six guards.", [("killed", 6, 6)]),
    ("A fire tore through the hostel, injuring eleven lodgers.", [("injured", 11, 11)]),
    ("Fire swept the mill, killing two men and wounding seven.", [("killed", 2, 2), ("injured", 7, 7)]),
    # left ... dead
    ("The attack left 12 people dead.", [("killed", 12, 12)]),
    ("The collapse left nine dead and thirty injured.", [("killed", 9, 9), ("injured", 30, 30)]),
    # tolls
    ("The death toll rose to 48.", [("killed", 48, 48)]),
    ("The death toll from the flood climbed to 112 on Friday.", [("killed", 112, 112)]),
    ("The number of wounded rose to 31.", [("injured", 31, 31)]),
    ("The clashes caused 16 casualties.", [("killed_or_injured", 16, 16)]),
    # bodies
    ("Divers found the bodies of four children.", [("killed", 4, 4)]),
    ("The bodies of 16 fishermen were recovered.", [("killed", 16, 16)]),
    # among the dead
    ("Among the dead were two nurses.", [("killed", 2, 2)]),
    ("Two nurses were among the dead.", [("killed", 2, 2)]),
    # parts
    ("Fourteen people were killed, two of them children.", [("killed", 14, 14), ("killed", 2, 2)]),
    ("Fourteen people, including three teachers, were killed.", [("killed", 14, 14), ("killed", 3, 3)]),
    ("Fourteen people, among them a priest, were killed.", [("killed", 14, 14), ("killed", 1, 1)]),
    ("Half of the 40 passengers were killed.", [("killed", 20, 20)]),
    # killed and wounded
    ("Twelve people were killed and 30 wounded.", [("killed", 12, 12), ("injured", 30, 30)]),
    ("At least two were killed and four wounded.", [("killed", 2, None), ("injured", 4, 4)]),
    ("At least 12 people were killed and 30 others were wounded.", [("killed", 12, None), ("injured", 30, 30)]),
    (
        "Two people were killed, five more were injured and one is missing.",
        [("killed", 2, 2), ("injured", 5, 5), ("missing", 1, 1)],
    ),
    # coordinated
    ("Three soldiers and a child were killed.", [("killed", 3, 3), ("killed", 1, 1)]),
    ("Shelling killed three soldiers and two villagers.", [("killed", 3, 3), ("killed", 2, 2)]),
    ("Ilan Moss and Petra Vance were killed in the fire.", [("killed", 1, 1), ("killed", 1, 1)]),
    # headlines
    ("21 KILLED IN MINE FIRE", [("killed", 21, 21)]),
    ("Seven dead, 20 hurt as ferry sinks", [("killed", 7, 7), ("injured", 20, 20)]),
    ("Rebels kill 15 soldiers in night raid", [("killed", 15, 15)]),
    ("Bus crash kills nine", [("killed", 9, 9)]),
    # none
    ("There were no casualties.", [("killed_or_injured", 0, 0)]),
    ("No casualties were reported.", [("killed_or_injured", 0, 0)]),
    ("No one was killed or injured.", [("killed_or_injured", 0, 0)]),
    ("Nobody was hurt in the fire.", [("injured", 0, 0)]),
    ("The raid ended without any casualties.", [("killed_or_injured", 0, 0)]),
    ("No civilians were killed.", [("killed", 0, 0)]),
    ("None of the passengers was hurt.", [("injured", 0, 0)]),
    # vague and single
    ("Dozens of people were killed.", [("killed", 24, 99)]),
    ("Hundreds were wounded.", [("injured", 200, 999)]),
    ("A 9-year-old boy was killed.", [("killed", 1, 1)]),
    ("A British man was killed.", [("killed", 1, 1)]),
    ("The mayor was killed.", [("killed", 1, 1)]),
    ("Her husband was wounded.", [("injured", 1, 1)]),
    ("The two officials were shot dead on Tuesday.", [("killed", 2, 2)]),
]

NOT_STATED = [
    # meant, or so many each time
    "He was going to kill two men.",
    "He threatened to kill three guards.",
    "Drivers kill thousands of people every year.",
    "About forty people die each week.",
    "There should've been six people dead.",
    # not yet, or never, happened
    "The plan could kill thousands.",
    "A strike might kill hundreds of people.",
    "Forty people are feared dead.",
    "He threatened to kill two hostages.",
    "If the dam breaks, 500 people would die.",
    "The plot was to murder ten officials.",
    "The gang planned to kidnap three children.",
    # only there, fighting, or called up
    "The building was packed with 600 troops.",
    "More than 300,000 men were mobilised.",
    "Two hundred soldiers took part in the drill.",
    "Rebels fired 40 rockets at the town.",
    "Some 5,000 people live in the camp.",
    "Three people survived the crash.",
    # no people
    "Twenty cows were killed by lightning.",
    "Sixty sheep died.",
    "Three tanks were destroyed.",
    # the police and the courts
    "Police arrested nine people.",
    "Five men were convicted of murder.",
    # rates, ordinals, back-references
    "Some 40 percent of the patients died.",
    "He was the seventh citizen to die.",
    "His death shocked the town.",
    "The killings went on.",
    "The army suffered heavy losses.",
]


def found(text: str) -> list[Found]:
    claims = read_claims(Report("harms", text, published="2024-03-13", language="en"), proposer=Rules())[0]
    return [(claim.harm, claim.low, claim.high) for claim in claims]


@pytest.mark.parametrize(("text", "expected"), STATED)
def test_harm_that_is_stated_is_claimed(text: str, expected: list[Found]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", NOT_STATED)
def test_what_only_looks_like_harm_is_no_claim(text: str) -> None:
    assert found(text) == []


def test_each_repetition_is_a_claim_of_its_own() -> None:
    text = "Six men were killed.\n\nAll 6 were miners. The six men were killed at dawn."
    assert found(text).count(("killed", 6, 6)) >= 2


def test_a_plain_plural_is_vague() -> None:
    text = "Women and children were killed in the attack on Karsk."
    (claim,), _, _ = read_claims(Report("v", text, language="en"), proposer=Rules())
    assert (claim.kind, claim.low, claim.high, claim.qualifier) == ("vague", 2, None, "vague")
    assert claim.text == "Women and children"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("At least 17 soldiers died and 46 were hurt.", ["At least 17 soldiers", "46"]),
        ("A priest was killed.", ["A priest"]),
        ("Ilan Moss was killed.", ["Ilan Moss"]),
        ("Hundreds of recruits were killed.", ["Hundreds of recruits"]),
    ],
)
def test_a_claim_stands_on_its_counting_words(text: str, words: list[str]) -> None:
    assert [claim.text for claim in read_claims(Report("w", text, language="en"), proposer=Rules())[0]] == words
