"""Reports are parted by what their sentences say, and two events that one report tells of stay apart."""

from __future__ import annotations

from dataclasses import replace

from sayso.events import Heading, Kept
from sayso.incident.parting import parted, with_lone
from sayso.incident.score import log_odds, shipped
from sayso.incident.slots import own_means
from sayso.incident.stories import stories
from sayso.incident.told import Told
from sayso.incident.within import Turns, said, within
from sayso.pipeline import read_report
from sayso.records import Claim, Evidence, Report, Span

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


def test_a_list_is_parted_by_what_stands_before_its_colons_and_a_list_of_harms_is_not() -> None:
    events = _told("Velm, market: 11 killed, 2 injured. Orvo, clinic: 10 killed, 4 injured. Tarn, bridge: 6 killed.")
    assert [[kept.claim.low for kept in part.claims] for part in parted(events.claims, events.text)] == [
        [11, 2],
        [10, 4],
        [6],
    ]
    harms = _told("The attack on the hotel in Velm. Killed: 18. Wounded: 25.")
    assert not any(said(kept, harms.text).heading for kept in harms.claims)


def test_places_named_beside_each_figure_of_a_sentence_speak_for_events_of_their_own() -> None:
    told = _told("Air strikes killed eleven people in Karsk, six people in Orvo and three people near Velm on Tuesday.")
    forms, turns = [said(kept, told.text) for kept in told.claims], Turns(told.text)
    assert [one.claim.low for one in forms] == [11, 6, 3]
    assert "each_place" in within(forms[0], forms[1], turns)
    assert "each_place" in within(forms[1], forms[2], turns)
    one = _told("Shells killed eleven people in Karsk and wounded twenty people on Tuesday.")
    forms = [said(kept, one.text) for kept in one.claims]
    assert "each_place" not in within(forms[0], forms[1], Turns(one.text))


def test_a_sentence_that_opens_with_another_place_is_not_bare() -> None:
    told = _told(
        "A bomb under the rails near Karsk killed three passengers on Tuesday.\n\n"
        "In Ostrel, a lawyer was shot dead in his car."
    )
    first, *_, last = [said(kept, told.text) for kept in told.claims]
    assert (last.opening, last.bare) == ("ostrel", False)
    assert "opens_elsewhere" in within(first, last, Turns(told.text))


def test_means_of_the_event_that_a_sentence_looks_back_to_are_not_the_claims_own() -> None:
    sentence = "A drone hit a bus, killing four, hours after shells struck a bakery."
    report = Heading("r", "Bus hit", None, "The Post", "2023-03-17", voice="r")
    at = sentence.index("four")
    span = Span(sentence.index("shells"), sentence.index("shells") + 6)
    claim = Claim(
        *("c", at, at + 4, "four", "killed", "count", 4, 4, "exact", None),
        means="shells",
        sentence=Span(0, len(sentence)),
        spans=Evidence(means=span),
    )
    assert own_means(Kept(claim, report, sentence=sentence)) == frozenset()
    later = replace(claim, start=span.end, end=span.end + 6)
    assert own_means(Kept(later, report, sentence=sentence)) == {"shelling"}


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
