"""Reports are parted by what their sentences say, and two events that one report tells of stay apart."""

from __future__ import annotations

from sayso.events import Heading, Kept
from sayso.incident.parting import parted, with_lone
from sayso.incident.score import log_odds, shipped
from sayso.incident.stories import stories
from sayso.incident.told import Told
from sayso.incident.within import Turns, said, within
from sayso.pipeline import read_report
from sayso.records import Report

TWO = (
    "VELM - Shells hit a bakery in Velm on Tuesday morning, killing seven people, the mayor said. "
    "Twenty were wounded.\n\n"
    "In a separate attack that evening, a drone struck a bus on the road to Ostrel and killed four passengers. "
    "Nine were hurt."
)
ONE = (
    "VELM - Shells hit a bakery in Velm on Tuesday morning, killing seven people, the mayor said.\n\n"
    "The army said that three people were killed in the bakery. Twenty were wounded."
)


def _told(text: str) -> Told:
    report = Report("r", text, "News of Velm", None, "The Post", "2023-03-17", "en")
    heading = Heading("r", report.title, None, report.outlet, report.published, voice="r")
    claims = read_report(report).claims
    return Told(heading, tuple(Kept(one, heading, sentence=one.sentence.of(text)) for one in claims), text)


def test_a_report_of_two_attacks_is_parted_and_one_of_a_dispute_is_not() -> None:
    two, one = (parted(told.claims, told.text) for told in (_told(TWO), _told(ONE)))
    assert [[kept.claim.low for kept in part.claims] for part in two] == [[7, 20], [4, 9]]
    assert [[kept.claim.low for kept in part.claims] for part in one] == [[7, 3, 20]]
    assert parted([]) == []


def test_two_stories_of_one_report_stand_apart_from_each_other_more_than_words_alone_would_say() -> None:
    (first, _), (second, _) = stories(_told(TWO))
    assert set(first.beside) == {second.id}
    assert first.beside[second.id] == second.beside[first.id] < shipped().within.least
    assert log_odds(first, second) == log_odds(second, first) == shipped().witness * first.beside[second.id]


def test_words_that_turn_count_where_they_stand_between_two_claims() -> None:
    told = _told(TWO)
    forms, turns = [said(kept, told.text) for kept in told.claims], Turns(told.text)
    assert "turn_other" not in within(forms[0], forms[1], turns)
    assert "turn_other" in within(forms[0], forms[2], turns)
    assert "turn_other" in within(forms[1], forms[3], turns)


def test_a_long_report_is_parted_in_stretches() -> None:
    kept = _told(ONE).claims[0]
    assert sum(len(part.claims) for part in parted([kept] * 450)) == 450


def test_a_claim_that_says_nothing_of_its_own_stands_alone_only_where_it_is_unlike_every_story() -> None:
    told = _told(
        "VELM - Shells hit a bakery in Velm on Tuesday morning, killing seven people, the mayor said.\n\n"
        "In a separate attack that evening, a drone struck a bus on the road to Ostrel and killed four passengers.\n\n"
        "Two of the dead were children."
    )
    forms = [said(kept, told.text) for kept in told.claims]
    assert [one.bare for one in forms] == [False, False, True]
    scores = {(0, 1): -4.0, (0, 2): -3.0, (1, 2): -0.9}
    assert with_lone([[0], [1], [2]], scores, forms) == [[0], [1, 2]]
    assert with_lone([[0], [1], [2]], scores | {(1, 2): -1.1}, forms) == [[0], [1], [2]]
    assert with_lone([[0], [1], [2]], scores, forms[:2] + forms[:1]) == [[0], [1], [2]]
    assert with_lone([[2]], {}, forms) == [[2]]
