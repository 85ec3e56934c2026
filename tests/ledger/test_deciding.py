"""What people rule is kept, and refused where it makes no sense or would undo what somebody else ruled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sayso.entries import Decision
from sayso.ledger import NOBODY_SAW, LedgerError
from sayso.problems import UsageError
from sayso.records import PlaceMatch, Trace
from tests.ledger.invented import page, reading

if TYPE_CHECKING:
    from sayso.events import Kept
    from sayso.ledger import Ledger
    from sayso.records import Claim, Report

TEXT = "At least 17 villagers were killed at Dresk. 46 miners were wounded."


@pytest.fixture
def claim(ledger: Ledger) -> str:
    ledger.add([(page(TEXT), reading(page(TEXT)))], "Mara Voss")
    return next(ledger.claims()).claim.id


def first(ledger: Ledger) -> Kept:
    return next(ledger.claims())


def correct(claim: str, **values: object) -> Decision:
    return Decision("correct", (claim,), "Ode Tarn", "Read again.", values)


def test_the_last_word_holds_and_corrections_add_up(ledger: Ledger, claim: str) -> None:
    ledger.decide(correct(claim, status="civilian", stance="doubts"))
    ledger.decide(correct(claim, stance="denies"))
    last = ledger.decide(Decision("accept", (claim,), "Mara Voss", "So it stands."))
    kept = first(ledger)
    assert (kept.claim.status, kept.claim.stance) == ("civilian", "denies")
    assert kept.ruling is not None
    assert (kept.ruling.verdict, kept.ruling.by, kept.ruling.at, kept.ruling.why) == (
        *("accepted", "Mara Voss", last.at),
        "So it stands.",
    )
    assert [one.kind for one in ledger.decisions()] == ["correct", "correct", "accept"]


def test_a_withdrawn_decision_holds_no_more(ledger: Ledger, claim: str) -> None:
    first_one = ledger.decide(correct(claim, status="civilian"))
    second = ledger.decide(Decision("reject", (claim,), "Mara Voss"))
    moment = second.at
    ledger.decide(Decision("withdraw", (second.id,), "Ode Tarn", "By mistake."))
    kept = first(ledger)
    assert kept.ruling is not None
    assert kept.ruling.verdict == "corrected"
    ledger.decide(Decision("withdraw", (first_one.id,), "Ode Tarn"))
    assert first(ledger).ruling is None
    assert first(ledger).claim.status == "unknown"
    then = next(ledger.claims(as_of=moment)).ruling
    assert then is not None
    assert then.verdict == "rejected"
    with pytest.raises(LedgerError, match="withdrawn already"):
        ledger.decide(Decision("withdraw", (second.id,), "Ode Tarn"))


def test_two_people_cannot_undo_each_other_unseen(ledger: Ledger, claim: str) -> None:
    mine = ledger.decide(correct(claim, status="civilian"), expects=NOBODY_SAW)
    head = ledger.head()
    with pytest.raises(LedgerError, match="Ode Tarn ruled on it in the meantime"):
        ledger.decide(Decision("reject", (claim,), "Mara Voss"), expects=NOBODY_SAW)
    assert ledger.head() == head
    ledger.decide(Decision("reject", (claim,), "Mara Voss"), expects=mine.id)
    with pytest.raises(LedgerError, match="Mara Voss ruled on it"):
        ledger.decide(correct(claim, status="combatant"), expects=mine.id)


def test_what_hangs_on_a_corrected_field_does_not_stay(ledger: Ledger, claim: str) -> None:
    where = {"place": "Dresk", "place_id": 17, "lat": 50.5, "lon": 30.25, "place_prec": 1, "country": "VE"}
    ledger.decide(correct(claim, **where, date_from="2026-02-01", date_to="2026-02-02", date_prec=2))
    ledger.decide(correct(claim, place="Orlí", date_to="2026-02-03"))
    kept = first(ledger).claim
    assert (kept.place, kept.place_id, kept.lat, kept.lon, kept.place_prec, kept.country) == ("Orlí", *[None] * 5)
    assert (kept.date_from, kept.date_to, kept.date_prec) == ("2026-02-01", "2026-02-03", None)


def test_words_may_be_corrected_to_others_that_stand_there(ledger: Ledger, claim: str) -> None:
    ledger.decide(correct(claim, start=9, end=21, text="17 villagers", low=17, high=17, qualifier="exact", phrase=None))
    kept = first(ledger).claim
    assert (kept.text, kept.span.of(TEXT), kept.high, kept.id) == ("17 villagers", "17 villagers", 17, claim)
    assert not ledger.verify().problems


SENSELESS: list[tuple[dict[str, Any], str]] = [
    ({}, "Fields are set"),
    ({"figure": 3}, "no field that can be set"),
    ({"id": "c-1"}, "no field that can be set"),
    ({"confidence": 1.0}, "no field that can be set"),
    ({"low": "17"}, "low: it is not a whole number"),
    ({"low": True}, "low: it is not a whole number"),
    ({"harm": "hurt"}, "harm: it is none of killed"),
    ({"lat": "50"}, "lat: it is not a number"),
    ({"text": "17 villagers"}, "words do not stand"),
    ({"start": 0, "end": 900, "text": TEXT}, "words do not stand"),
    ({"sentence": [0, 900]}, "sentence does not stand"),
    ({"sentence": [9, 3]}, "does not run backwards"),
    ({"spans": {"source": [3]}}, "pair of whole numbers"),
]


def test_a_correction_that_makes_no_sense_is_refused(ledger: Ledger, claim: str) -> None:
    head = ledger.head()
    for values, message in SENSELESS:
        with pytest.raises(UsageError, match=message):
            ledger.decide(correct(claim, **values))
    assert ledger.head() == head


def test_the_caller_can_ask_for_more(ledger: Ledger, claim: str) -> None:
    def check(after: Claim, report: Report) -> str | None:
        assert report.text == TEXT
        return None if after.low == 17 else f"“{after.text}” read again does not give the same figure"

    ledger.decide(correct(claim, low=17), check=check)
    with pytest.raises(UsageError, match="does not give the same figure"):
        ledger.decide(correct(claim, low=18), check=check)


REFUSED = [
    (Decision("accept", ("c-nobody",), "Ode Tarn"), "no such claim"),
    (Decision("add", ("r-nobody",), "Ode Tarn", None, {"start": 0}), "no such report"),
    (Decision("withdraw", ("ab" * 32,), "Ode Tarn"), "no such decision"),
    (Decision("merge", ("c-nobody", "c-other"), "Ode Tarn"), "no such claim"),
    (Decision("accept", (), "Ode Tarn"), "about 1 to"),
    (Decision("accept", ("a", "b"), "Ode Tarn"), "one thing at a time"),
    (Decision("merge", ("a",), "Ode Tarn"), "two at least"),
    (Decision("accept", ("a",), ""), "who it is by"),
    (Decision("accept", ("a",), "Ode\x1b[31m"), "who it is by"),
    (Decision("accept", ("a",), "Ode Tarn", "x" * 10_001), "in at most"),
    (Decision("accept", ("a",), "Ode Tarn", None, {"low": 3}), "Fields are set"),
]


def test_a_decision_that_makes_no_sense_is_refused(ledger: Ledger) -> None:
    for decision, message in REFUSED:
        with pytest.raises((LedgerError, UsageError), match=message):
            ledger.decide(decision)
    assert ledger.head().entries == 0


def test_a_claim_is_not_added_where_one_stands(ledger: Ledger, claim: str) -> None:
    report = first(ledger).report.id
    values = {"start": 9, "end": 11, "text": "17", "harm": "killed", "kind": "count", "low": 17, "high": 17}
    values |= {"qualifier": "exact", "phrase": None}
    with pytest.raises(LedgerError, match="there already") as told:
        ledger.decide(Decision("add", (report,), "Ode Tarn", None, values))
    assert told.value.problem.where == claim
    with pytest.raises(UsageError, match="lacks 'harm'"):
        ledger.decide(Decision("add", (report,), "Ode Tarn", None, {k: v for k, v in values.items() if k != "harm"}))


def test_decisions_on_incidents_and_notes_are_kept(ledger: Ledger, claim: str) -> None:
    claims = tuple(kept.claim.id for kept in ledger.claims())
    merged = ledger.decide(Decision("merge", claims, "Ode Tarn", "One shell."))
    moved = ledger.decide(Decision("move", claims[:1], "Ode Tarn", None, {"to": "i-17"}))
    note = ledger.decide(Decision("note", ("i-17",), "Ode Tarn", "Ask the hospital."))
    assert list(ledger.decisions(kinds=("merge", "split", "move"))) == [merged, moved]
    assert ledger.log(limit=1)[0].kind == "note"
    assert ledger.show(claim).decisions == (merged, moved)
    ledger.decide(Decision("withdraw", (merged.id,), "Mara Voss"))
    assert list(ledger.decisions()) == [moved, note]
    assert first(ledger).ruling is None


def test_what_leads_back_to_the_page_goes_with_the_words(ledger: Ledger, claim: str) -> None:
    ledger.decide(correct(claim, start=9, end=21, text="17 villagers"))
    assert first(ledger).claim.trace == Trace()
    assert not isinstance(first(ledger).claim.place_match, PlaceMatch)
